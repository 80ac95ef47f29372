"""Custody then: who held, ran and guarded what as known on a day, and when that was last seen to be so."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.custody import GROUND, READ, RECORDED, basis, laid_out, recorded
from mapapp.timeline.recall.belated import Belated
from mapapp.timeline.recall.cut import Mask, Rows, positions
from mapapp.timeline.recall.ground_then import GroundThen
from mapapp.timeline.recall.groundwork import NONE
from mapapp.timeline.records import Record
from mapapp.timeline.spans import FIRST, numbered, united
from mapapp.timeline.staleness import sightings
from mapapp.timeline.told import Told
from mapapp.timeline.verification import as_keys, each_once


class CustodyThen:
    """Custody as known on a day, where the ground rests on no records.

    Parameters
    ----------
    situation : Situation
        As known on the day.
    belated : Belated
        Whose spans are not those of all records up to the day.
    ground : GroundThen
        The ground that is not.
    """

    def __init__(self, situation: Situation, belated: Belated, ground: GroundThen) -> None:
        self.situation = situation
        self._belated = belated
        self._ground = ground
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

    def verified(self, seen: pd.DataFrame) -> pd.DataFrame:
        """Give the days on which each facility was seen (see `verification.verified`); `seen` are the `sightings`."""
        work, (of_records, since) = self._work, self._work.seen
        recorded_of = np.where(self._fresh["attribute"] == GROUND, NONE, work.rank_of(self._fresh["facility_id"]))
        facility = np.append(work.recorded_of, recorded_of)[seen["span"]]
        of_spans = as_keys(facility, numbered(seen["day"], FIRST))
        return each_once(np.concatenate([of_records[since <= self._then.day], of_spans]), work.in_order.to_numpy())

    def _table(self, rows: Rows, fresh: pd.DataFrame) -> pd.DataFrame:
        return self._work.custody.table(self._then.day, rows, self._amended, fresh)

    @cached_property
    def _fresh(self) -> pd.DataFrame:
        """The spans of those whose records were late or were to change, and of ground that was known otherwise."""
        anew = self._belated.there & self._belated.in_custody
        about = self._work.states & np.append(anew, False)[self._work.about["at"]]
        events = self._then.table(self._work.all_known.events, self._belated.standing(about), READ)
        facilities = self.situation.facilities.loc[self._work.subjects[anew]]
        fresh = laid_out(recorded(facilities, events), RECORDED, facilities, events)
        if self._ground.under.any():
            fresh = pd.concat([fresh, self._ground.custody()])
        return self._work.custody.labelled(fresh)

    @cached_property
    def _amended(self) -> dict[int, Record]:
        return self._shortened | self._without_hidden

    @cached_property
    def _kept(self) -> Rows:
        """The spans that are those of all records up to the day."""
        work, there = self._work, self._belated.there
        recorded_alike, ground_alike = there & ~self._belated.in_custody, there & ~self._ground.under
        alike = np.where(work.is_ground, ground_alike[work.custody_of], recorded_alike[work.custody_of])
        return work.custody.begun(self._then.day, alike)

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
