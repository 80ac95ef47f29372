"""Places then: who held which place as known on a day."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.claims import READ, place_spans
from mapapp.timeline.hindsight import Days
from mapapp.timeline.recall.belated import Belated
from mapapp.timeline.recall.cut import positions
from mapapp.timeline.spans import FIRST, LAST
from mapapp.timeline.told import Told


class PlacesThen:
    """The holders of places as known on a day, where the ground is that of all records up to it.

    Parameters
    ----------
    situation : Situation
        As known on the day.
    belated : Belated
        Whose spans are not those of all records up to the day.
    """

    def __init__(self, situation: Situation, belated: Belated) -> None:
        self.situation = situation
        self._belated = belated
        self._work = belated.work
        self._then = belated.then

    @cached_property
    def told(self) -> Told:
        """The spans (see `claims.place_spans`)."""
        cut, day, fresh = self._work.places, self._then.day, self._fresh
        rows = cut.begun(day, cut.told.starts < self._anew_from[cut.group])
        again = rows[cut.resting[rows] > day].tolist()
        shortened = {row: self._belated.shortened(cut.told.rows[row]["event_ids"]) for row in again}
        return cut.on(day, rows, shortened, fresh, positions(self._work.place_ids, fresh["place_id"]))

    @cached_property
    def _anew_from(self) -> Days:
        """The day from which spans of each place are worked out anew, `LAST` for none; there is one more, for none.

        It is the last one before the first belated record on which, by one record alone, the holder became another:
        nothing from before goes on over it.
        """
        cut, since = self._work.places, np.append(self._belated.places_since, LAST)
        begin = np.where(since < LAST, FIRST, LAST)
        before = np.flatnonzero(self._work.passed_on & (cut.told.starts < since[cut.group]))
        np.maximum.at(begin, cut.group[before], cut.told.starts[before])
        return begin

    @cached_property
    def _fresh(self) -> pd.DataFrame:
        """The spans from then on; that another held the place before is no part of them."""
        work, records = self._work, self._work.all_known.events
        begin = self._anew_from[work.place]
        rows = self._belated.standing((begin < LAST) & (records.own >= begin))
        events = self._then.table(records, rows, READ)
        holder_before = events["holder_before"].to_numpy(copy=True)
        holder_before[(records.own == begin)[rows] & (begin[rows] > FIRST)] = None
        events = events.assign(holder_before=pd.Series(holder_before, events.index, object))
        places = self.situation.places.loc[work.place_ids[self._anew_from[:-1] < LAST]]
        return work.places.labelled(place_spans(events, places))
