"""Recalled: the time line of a look back, cut from that of all records.

What rests on records that were settled by its day, and on ground that was known as it was, is the same as with all
records, up to that day. Only what rests on others is worked out anew (see `belated`, `ground_then`).
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain

import numpy as np
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline import clashes as found_once
from mapapp.timeline.hindsight import Days
from mapapp.timeline.own_ground import OwnGround
from mapapp.timeline.recall.belated import Belated
from mapapp.timeline.recall.custody_then import CustodyThen
from mapapp.timeline.recall.cut import Mask
from mapapp.timeline.recall.ground_then import GroundThen
from mapapp.timeline.recall.groundwork import clash_groups, groundwork
from mapapp.timeline.recall.places_then import PlacesThen
from mapapp.timeline.recall.register_then import register_then
from mapapp.timeline.record_rules import RECORD_RULES, RecordRule, Side
from mapapp.timeline.register import Register
from mapapp.timeline.spans import FIRST, LAST, day_number, day_text
from mapapp.timeline.states import Turns
from mapapp.timeline.then import Then
from mapapp.timeline.timeline import Timeline, part
from mapapp.timeline.told import Told


def recalled(situation: Situation, whole: Timeline) -> Timeline | None:
    """Give the time line of a look back where it can be cut from that of all records, else None."""
    ground = whole.common_ground
    if not ground.is_cut_for(situation):
        return None
    return RecalledWithGround(situation, whole) if ground.is_all_known(situation) else Recalled(situation, whole)


class Recalled(Timeline):
    """A time line whose ground rests on no records.

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
        self._ground = GroundThen(situation, self._belated)
        self._custody_then = CustodyThen(situation, self._belated, self._ground)

    @property
    def custody(self) -> pd.DataFrame:
        """See `custody_then`."""
        return self.told["custody"].table

    @property
    def places(self) -> pd.DataFrame:
        """See `places_then`."""
        return self.told["places"].table

    @property
    def clashes(self) -> pd.DataFrame:
        """Those of facilities without belated records are cut, the others found anew."""
        return self.told["clashes"].table

    @part
    def sightings(self) -> pd.DataFrame:
        """See `custody_then`."""
        return self._custody_then.sightings()

    @part
    def verified(self) -> pd.DataFrame:
        """See `custody_then`."""
        return self._custody_then.verified(self.sightings)

    @part
    def register(self) -> Register:
        """See `register_then`."""
        return register_then(self.situation, self._belated, self._ground, self._days_of_sources)

    def _tell(self, name: str) -> Told:
        tell = {
            "custody": lambda: self._custody_then.told,
            "places": lambda: PlacesThen(self.situation, self._belated).told,
            "clashes": self._clashes_told,
        }
        return tell[name]() if name in tell else super()._tell(name)

    def _clashes_told(self) -> Told:
        work, day, cut = self._belated.work, self._belated.then.day, self._belated.work.clashes
        since = self._clashes_since[cut.group, work.clash_of]
        rows = cut.begun(day, (since == LAST) | (cut.told.ends < since))
        custody = self._custody_then.spans(self._belated.there & self._sites_anew)
        found = (
            found_once.of_sites(self.situation, custody, self.own_ground, self.register),
            found_once.of_records(self.register, self._belated_for),
            found_once.of_all(self.situation, self.register),
        )
        fresh = cut.labelled(found_once.laid_out(chain.from_iterable(found)))
        later = rows[cut.resting[rows] > day].tolist()
        amended = {row: {"sides": self._known_by_then(cut.told.rows[row]["sides"])} for row in later}
        return cut.on(day, rows, amended, fresh, clash_groups(fresh))

    @property
    def _sites_anew(self) -> Mask:
        """The facilities whose custody, or whose distance to ground of their guard, may be another."""
        may_be_far = self._belated.work.may_be_far_since <= self._belated.then.day
        return np.asarray(self._custody_anew | may_be_far)

    @property
    def _custody_anew(self) -> Mask:
        return np.asarray(self._belated.in_custody | self._ground.under)

    @cached_property
    def _clashes_since(self) -> Days:
        """By rule and subject, the day from which contradictions are found anew: `LAST` for none of them."""
        belated = self._belated
        of_site = np.where(self._sites_anew, FIRST, LAST)
        of_rule = {rule.id: belated.since(rule.tables) for rule in RECORD_RULES if isinstance(rule, RecordRule)}
        since = np.array([of_rule.get(rule, of_site) for rule in found_once.ORDER])
        known = np.where(belated.there, since, FIRST)
        return np.pad(known, [(0, 0), (0, 1)], constant_values=FIRST)  # `NONE`

    def _belated_for(self, rule: RecordRule) -> dict[str, str]:
        """The day of the first belated record that a rule looks at, of each facility that has one."""
        since = self._belated.since(rule.tables)
        anew = self._belated.there & (since < LAST)
        return dict(zip(self._belated.work.subjects[anew], map(day_text, since[anew].tolist()), strict=True))

    def _known_by_then(self, sides: tuple[Side, ...]) -> tuple[Side, ...]:
        """The sides of a contradiction without the records that came later."""
        records = self.register.records
        return tuple(Side(one.says, tuple(each for each in one.ids if each in records)) for one in sides)


class RecalledWithGround(Recalled):
    """One whose ground is that of all records up to its day; only what zones make it up may not be."""

    @property
    def front(self) -> pd.DataFrame:
        """Cut, like the ground."""
        return self.told["front"].table

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

    def _tell(self, name: str) -> Told:
        return self._front_told() if name == "front" else super()._tell(name)

    def _front_told(self) -> Told:
        """The spans of the front of those whose ground was known."""
        work, day = self._belated.work, self._belated.then.day
        held = self._belated.there & (work.held_since <= day)
        return work.front.alone(day, work.front.begun(day, held[work.front_of]))

    @property
    def _sites_anew(self) -> Mask:
        """The facilities whose custody may be another."""
        return self._custody_anew
