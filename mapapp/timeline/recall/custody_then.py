"""Custody then: who held, ran and guarded what as known on a day, and when that was last seen to be so."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.custody import READ, RECORDED, basis, laid_out, recorded
from mapapp.timeline.recall.belated import Belated
from mapapp.timeline.recall.cut import Mask, Rows, positions
from mapapp.timeline.records import Record
from mapapp.timeline.spans import united
from mapapp.timeline.staleness import sightings
from mapapp.timeline.told import Told
from mapapp.timeline.verification import verified

SEEN = ["facility_id", "to_facility_id", "event_date", "date_latest", "status_after", "operator_after", "guard_after"]
"""Columns of the events that say when a facility was seen."""


class CustodyThen:
    """Custody as known on a day, where the ground is that of all records up to it and rests on none of them.

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
        """The spans (see `custody.custody`)."""
        group = self._work.custody_groups(self._fresh)
        return self._work.custody.on(self._then.day, self._kept, self._amended, self._fresh, group)

    def spans(self, facilities: Mask) -> pd.DataFrame:
        """Give the spans of some facilities."""
        kept = self._kept[facilities[self._work.custody_of[self._kept]]]
        ids = self._work.subjects[facilities]
        return self._table(kept, self._fresh[self._fresh["facility_id"].isin(ids)])

    def sightings(self) -> pd.DataFrame:
        """Give the days on which each value was seen to be so (see `staleness.sightings`)."""
        told, shortened = self._work.whole.sightings, np.array(list(self._shortened), dtype=np.intp)
        same = np.zeros(len(self._work.custody_of), dtype=bool)
        same[self._kept] = True
        same[shortened] = False
        kept = told[same[told["span"].to_numpy()] & (told["day"] <= self._then.moment).to_numpy()]
        again, records = self._table(np.sort(shortened), self._fresh), self._work.all_known.events
        cited = positions(records.table.index, united(again["event_ids"]))
        events = self._then.table(records, np.sort(cited), ["event_date", "date_latest", "source_ids"])
        both: pd.DataFrame = pd.concat([kept, sightings(again, events, self.situation.sources)], ignore_index=True)
        return both

    def verified(self) -> pd.DataFrame:
        """Give the days on which each facility was seen (see `verification.verified`)."""
        work, all_known, anew = self._work, self._work.all_known, self._belated.subjects | self._else_seen()
        told, wanted = work.whole.verified, np.append(anew, False)
        kept = np.flatnonzero(~wanted[work.verified_of] & (told["day"] <= self._then.moment).to_numpy())
        at_facilities = wanted[work.about["at"]] | wanted[work.about["to"]]
        happened = self._then.rows(all_known.events, at_facilities)
        counted = self._then.rows(all_known.figures, wanted[work.about["figures"]])
        events = self._then.table(all_known.events, happened, SEEN)
        figures = self._then.table(all_known.figures, counted, ["facility_id", "as_of_date"])
        again = verified(events, figures, self.spans(anew), self.situation.sources)
        again = again[again["facility_id"].isin(work.subjects[anew])]
        rank = np.append(work.rank[work.verified_of[kept]], work.rank_of(again["facility_id"]))
        both: pd.DataFrame = pd.concat([told.iloc[kept], again], ignore_index=True)
        return both.iloc[np.argsort(rank, kind="stable")].reset_index(drop=True)

    def _table(self, rows: Rows, fresh: pd.DataFrame) -> pd.DataFrame:
        return self._work.custody.table(self._then.day, rows, self._amended, fresh)

    @cached_property
    def _fresh(self) -> pd.DataFrame:
        """The spans of those whose records were late or were to change."""
        anew = self._belated.there & self._belated.in_custody
        about = self._work.states & np.append(anew, False)[self._work.about["at"]]
        events = self._belated.events_about(about, READ)
        facilities = self.situation.facilities.loc[self._work.subjects[anew]]
        return self._work.custody.labelled(laid_out(recorded(facilities, events), RECORDED, facilities, events))

    @cached_property
    def _amended(self) -> dict[int, Record]:
        return self._shortened | self._without_hidden

    @cached_property
    def _kept(self) -> Rows:
        """The spans that are those of all records up to the day."""
        work, there = self._work, self._belated.there
        recorded_alike = (there & ~self._belated.in_custody)[work.custody_of]
        return work.custody.begun(self._then.day, np.where(work.is_ground, there[work.custody_of], recorded_alike))

    @cached_property
    def _shortened(self) -> dict[int, Record]:
        """Spans that later records say again: they rest on the earlier ones alone."""
        work, rows = self._work, self._kept
        later = rows[(work.custody.resting[rows] > self._then.day) & ~work.is_ground[rows]]
        found: dict[int, Record] = {}
        for row in later.tolist():
            span = work.custody.told.rows[row]
            cells = self._belated.shortened(span["event_ids"])
            found[row] = {**cells, "basis": basis({**span, **cells}, None)}
        return found

    @cached_property
    def _without_hidden(self) -> dict[int, Record]:
        """Spans of ground, some of whose sources came later."""
        work, rows = self._work, self._kept
        partly = rows[(work.custody_sources[rows] > self._then.day) & work.is_ground[rows]]
        return {row: {"source_ids": self._then.without(work.custody.told.rows[row]["source_ids"])} for row in partly}

    def _else_seen(self) -> Mask:
        """Facilities that, with all records, were seen on a day by the sources of records of a later day."""
        work, since = self._work, self._work.all_known.sources_since
        found = np.zeros(len(work.subjects), dtype=bool)
        for row in self._shortened:
            unknown = (one for one in work.custody.told.rows[row]["event_ids"] if not self._belated.is_known(one))
            if any(since[source] <= self._then.day for one in unknown for source in work.cited[one]):
                found[work.custody_of[row]] = True
        return found
