"""Recalled: the time line of a look back, cut from that of all records.

What rests on records that were settled by its day is the same as with all records, up to that day. Only what rests on
others is worked out anew (see `belated`).
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain

import numpy as np
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline import claims
from mapapp.timeline import clashes as found_once
from mapapp.timeline.claims import place_spans
from mapapp.timeline.custody import ground_spans
from mapapp.timeline.joins import join_events
from mapapp.timeline.own_ground import OwnGround
from mapapp.timeline.recall.belated import Belated
from mapapp.timeline.recall.custody_then import CustodyThen
from mapapp.timeline.recall.cut import Mask, Rows, positions
from mapapp.timeline.recall.groundwork import clash_groups, groundwork
from mapapp.timeline.recall.register_then import register_then
from mapapp.timeline.record_rules import Side
from mapapp.timeline.register import Register
from mapapp.timeline.spans import FIRST, day_number, day_text
from mapapp.timeline.states import Turns
from mapapp.timeline.then import Then
from mapapp.timeline.timeline import Timeline, part
from mapapp.timeline.told import Told


def recalled(situation: Situation, whole: Timeline) -> Timeline:
    """Give the time line of a look back on a day, with all that was known on it, from that of all records."""
    kind = RecalledWithGround if whole.common_ground.is_cut_for(situation) else Recalled
    return kind(situation, whole)


class Recalled(Timeline):
    """A time line of what was known on a day; its ground is laid out from what was known of it.

    Parameters
    ----------
    situation : Situation
        The look back.
    whole : Timeline
        Of all records.
    """

    def __init__(self, situation: Situation, whole: Timeline) -> None:
        super().__init__(situation, whole)
        assert situation.known_on
        work = groundwork(whole)
        self._belated = Belated(work, Then(work.all_known, day_number(situation.known_on)))

    @property
    def custody(self) -> pd.DataFrame:
        """See `custody_then`."""
        return self.told["custody"].table

    @property
    def places(self) -> pd.DataFrame:
        """Those of places without belated records are cut, the others laid out anew."""
        return self.told["places"].table

    @property
    def clashes(self) -> pd.DataFrame:
        """Those of facilities without belated records are cut, the others found anew."""
        return self.told["clashes"].table

    def custody_of(self, facility_id: str) -> pd.DataFrame:
        """See `custody_then`."""
        spans = self._custody_then.spans(self._belated.work.subjects == facility_id)
        return spans.sort_values("attribute", kind="stable")

    @part
    def sightings(self) -> pd.DataFrame:
        """See `custody_then`."""
        return self._custody_then.sightings()

    @part
    def verified(self) -> pd.DataFrame:
        """See `custody_then`."""
        return self._custody_then.verified()

    @part
    def register(self) -> Register:
        """See `register_then`."""
        return register_then(self.situation, self._belated, self._days_of_sources, self._joined)

    @part
    def _custody_then(self) -> CustodyThen:
        return CustodyThen(self.situation, self._belated, self._ground_spans)

    @property
    def _ground_spans(self) -> pd.DataFrame | None:
        """The spans of the ground of facilities, where they are not cut."""
        return ground_spans(self.situation, self.held, self._laid.terrain)

    @property
    def _joined(self) -> pd.DataFrame | None:
        """The joins of all events (see `joins.join_events`), where they are not those of all records."""
        return join_events(self.situation, self.held, self._laid.terrain)

    @property
    def _sites_anew(self) -> Mask:
        """Of which facilities something about custody may be otherwise."""
        return self._belated.there

    def _tell(self, name: str) -> Told:
        if name == "custody":
            return self._custody_then.told
        if name == "places":
            return self._places_told()
        return self._clashes_told() if name == "clashes" else super()._tell(name)

    def _places_told(self) -> Told:
        work, then, anew = self._belated.work, self._belated.then, self._belated.places
        cut, marked = work.places, np.append(anew, False)
        rows = cut.begun(then.day, ~marked[cut.group])
        events = self._belated.events_about(marked[work.place], claims.READ)
        fresh = cut.labelled(place_spans(events, self.situation.places.loc[work.place_ids[anew]]))
        again = rows[cut.resting[rows] > then.day].tolist()
        shortened = {row: self._belated.shortened(cut.told.rows[row]["event_ids"]) for row in again}
        return cut.on(then.day, rows, shortened, fresh, positions(work.place_ids, fresh["place_id"]))

    def _clashes_told(self) -> Told:
        work, day, there = self._belated.work, self._belated.then.day, self._belated.there
        cut, anew, sites = work.clashes, self._belated.subjects, self._sites_anew
        of, since = work.clash_of, np.append(self._belated.subjects_since, FIRST)
        over_before = cut.told.ends < since[of]
        by_site, by_records = (np.append(there & ~one, False)[of] for one in (sites, anew))
        known = np.append(there, False)[of]
        rows = cut.begun(day, np.where(work.of_site, by_site, by_records | (known & over_before)))
        found = (
            found_once.of_sites(
                self.situation, self._custody_then.spans(there & sites), self.own_ground, self.register
            ),
            found_once.of_records(self.register, self._since(there & anew)),
            found_once.of_all(self.situation, self.register),
        )
        fresh = cut.labelled(found_once.laid_out(chain.from_iterable(found)))
        later = rows[cut.resting[rows] > day].tolist()
        amended = {row: {"sides": self._known_by_then(work.sides[row])} for row in later}
        return cut.on(day, rows, amended, fresh, clash_groups(fresh))

    def _since(self, subjects: Mask) -> dict[str, str]:
        """The day of the first belated record of some subjects."""
        days = self._belated.subjects_since[subjects].tolist()
        return dict(zip(self._belated.work.subjects[subjects], map(day_text, days), strict=True))

    def _known_by_then(self, sides: tuple[Side, ...]) -> tuple[Side, ...]:
        """The sides of a contradiction without the records that came later."""
        records = self.register.records
        return tuple(Side(one.says, tuple(each for each in one.ids if each in records)) for one in sides)


class RecalledWithGround(Recalled):
    """One whose ground is that of all records up to its day, and rests on none of them: it is cut too."""

    @property
    def front(self) -> pd.DataFrame:
        """Cut, like the ground."""
        return self.told["front"].table

    def front_of(self, facility_id: str) -> pd.DataFrame:
        """Cut, like the ground."""
        work, rows = self._belated.work, self._front_rows
        here = rows[work.subjects[work.front_of[rows]] == facility_id]
        return work.front.table(self._belated.then.day, here, {}, work.whole.front[:0])

    @part
    def turns(self) -> Turns:
        """Cut, like the ground."""
        days, numbers, states = self._belated.work.whole.turns
        by_then = int(np.searchsorted(days, self._belated.then.day, side="right"))
        return Turns(days[:by_then], numbers[:by_then], states)

    @property
    def own_ground(self) -> OwnGround:
        """By the states of the map that were known."""
        terrain = self._belated.work.whole.common_ground.terrain
        return OwnGround(terrain, self.turns, self.situation.alerts.guard_ground_km)

    @property
    def _ground_spans(self) -> None:
        return None

    @property
    def _joined(self) -> None:
        return None

    @property
    def _sites_anew(self) -> Mask:
        return self._belated.in_custody

    def _tell(self, name: str) -> Told:
        return self._front_told() if name == "front" else super()._tell(name)

    def _front_told(self) -> Told:
        work, none_anew = self._belated.work, self._belated.work.whole.front[:0]
        return work.front.on(self._belated.then.day, self._front_rows, {}, none_anew, np.empty(0, dtype=np.intp))

    @cached_property
    def _front_rows(self) -> Rows:
        """The spans of the front of those whose ground was known."""
        work, day = self._belated.work, self._belated.then.day
        held = self._belated.there & (work.held_since <= day)
        return work.front.begun(day, held[work.front_of])
