"""The time line of a situation: everything a date can be asked about, computed once, so that a date is a lookup."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from mapapp.situation.problem import Problem
from mapapp.situation.situation import Situation
from mapapp.timeline.claims import place_spans
from mapapp.timeline.clashes import clashes
from mapapp.timeline.common_ground import CommonGround
from mapapp.timeline.composite import Composite
from mapapp.timeline.custody import custody
from mapapp.timeline.front import fronts
from mapapp.timeline.joins import joins
from mapapp.timeline.laid import Laid, laid_out
from mapapp.timeline.own_ground import OwnGround
from mapapp.timeline.records import plain_values
from mapapp.timeline.register import Register, register
from mapapp.timeline.reporting import as_days, source_days
from mapapp.timeline.staleness import sightings
from mapapp.timeline.states import Turns
from mapapp.timeline.stretches import Stretches
from mapapp.timeline.told import Told, told
from mapapp.timeline.unchanged import Whole
from mapapp.timeline.undisturbed import undisturbed
from mapapp.timeline.verification import verified
from mapapp.timeline.weighed import Weighed, weighed, weighed_again

T = TypeVar("T")

TOLD = ("custody", "places", "front", "clashes")
"""The tables of spans that are also there as plain records."""


def part(work_out: Callable[[Any], T]) -> cached_property[T]:
    """A part that is worked out when it is first asked for, and kept."""
    return cached_property(undisturbed()(work_out))


class Timeline:
    """What held when. Each part is worked out when it is first asked for.

    Parameters
    ----------
    situation : Situation
        What is on record.
    whole : Timeline, optional
        Where the situation is a look back (see `lookback.look_back`): the time line of all records. What look backs
        share is taken from there, the answers are the same.
    """

    def __init__(self, situation: Situation, whole: Timeline | None = None) -> None:
        self.situation = situation
        self.whole = whole
        self._told: dict[str, Told] = {}

    @part
    def held(self) -> Composite:
        """As `composite`, on the common units where that is possible: for every answer."""
        return self._laid.held

    @part
    def composite(self) -> Composite:
        """Who held which ground when: to be drawn, and for exports."""
        return laid_out(self.situation).held if self._laid.is_shared else self._laid.held

    @property
    def common_ground(self) -> CommonGround:
        """The units that all look backs of a situation share."""
        return self._laid.common

    @property
    def on_common_ground(self) -> Composite:
        """As `held`; that of all records too is on the units that its look backs share."""
        return self.common_ground.whole if self.situation is self.common_ground.situation else self.held

    @property
    def days(self) -> pd.DataFrame:
        """Where the ground was imported from daily maps: the map of each day (see `store.Stored`)."""
        return self._laid.days

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Those of the situation, and of its ground."""
        return (*self.situation.problems, *self._laid.problems)

    @part
    def places(self) -> pd.DataFrame:
        """Spans of the holder of each place (see `claims.place_spans`)."""
        return place_spans(self.situation.events, self.situation.places)

    @part
    def custody(self) -> pd.DataFrame:
        """Spans of status, operator, guard and ground holder of each facility (see `custody.custody`)."""
        return custody(self.situation, self.held, self._laid.terrain)

    @part
    def front(self) -> pd.DataFrame:
        """Spans of the distance of each facility to the ground of another holder (see `front.fronts`)."""
        return fronts(self.situation, self.held, self._laid.terrain, self.turns)

    @property
    def events(self) -> pd.DataFrame:
        """The events, with the columns of `joins.join_events` and of `weighed.weighed`."""
        return self._events.table

    @property
    def figures(self) -> pd.DataFrame:
        """The figures, with the columns of `weighed.weighed`."""
        return self._figures.table

    @part
    def verified(self) -> pd.DataFrame:
        """The days on which each facility was seen (see `verification.verified`)."""
        return verified(self.situation.events, self.situation.figures, self.custody, self.sightings)

    @part
    def sightings(self) -> pd.DataFrame:
        """The days on which each value of `custody` was seen to be so, and by whom (see `staleness.sightings`)."""
        return sightings(self.custody, self.situation.events, self.situation.sources)

    @part
    def clashes(self) -> pd.DataFrame:
        """The contradictions and how long each lasts (see `clashes.clashes`)."""
        return clashes(self.situation, self.custody, self.own_ground, self.register)

    @property
    def own_ground(self) -> OwnGround:
        """How far facilities are from the ground of a side."""
        return OwnGround(self._laid.terrain, self.turns, self.situation.alerts.guard_ground_km)

    @part
    def source_days(self) -> Mapping[str, str | None]:
        """source_id -> the day from which the source is known, as `YYYY-MM-DD`; None: always (see `reporting`)."""
        return plain_values(as_days(self._days_of_sources))

    @part
    def register(self) -> Register:
        """The records by what they are about, as plain values."""
        return register(self.situation, self._events.records, self._figures.records, self._all_known)

    @property
    def told(self) -> Mapping[str, Told]:
        """`custody`, `places`, `front` and `clashes` as plain records, from which a day is chosen."""
        return _Telling(self)

    def tell(self, name: str) -> Told:
        """Give a table of `told`."""
        if name not in self._told:
            with undisturbed():
                self._told[name] = self._tell(name)
        return self._told[name]

    def _tell(self, name: str) -> Told:
        return told(getattr(self, name))

    @cached_property
    def facility_values(self) -> Stretches:
        """How status, operator, guard and ground of each facility follow one another."""
        return Stretches(self.told["custody"], "facility_id", "value", are_asked_often=self.whole is None)

    @cached_property
    def place_values(self) -> Stretches:
        """How the holders of each place follow one another."""
        return Stretches(self.told["places"], "place_id", "holder", are_asked_often=self.whole is None)

    @cached_property
    def all_known(self) -> dict[str, Whole]:
        """The records of which a look back has some."""
        return {
            "events": Whole(self.events, self.register.events, self._days_of_sources),
            "figures": Whole(self.figures, self.register.records, self._days_of_sources),
            "sources": Whole(self.situation.sources, self.register.sources),
            "facilities": Whole(self.situation.facilities, self.register.facilities),
            "places": Whole(self.situation.places, self.register.places),
        }

    @property
    def _all_known(self) -> Mapping[str, Whole]:
        return self.whole.all_known if self.whole else {}

    @part
    def _laid(self) -> Laid:
        return (self._as_shared(self.whole) if self.whole else None) or laid_out(self.situation)

    def _as_shared(self, whole: Timeline) -> Laid | None:
        """The ground of a look back on the units that it shares with others; None where it has to be laid out anew."""
        common = whole.common_ground
        held = common.of(self.situation, lambda: self.places)
        if held is None:
            return None
        problems = whole.problems[len(whole.situation.problems) :]
        return Laid(held, common.terrain, common, whole.days, problems, is_shared=True)

    @part
    def turns(self) -> Turns:
        """The states of the map, and the days on which they begin."""
        return self._laid.terrain.states.turns(self.held)

    @part
    def _events(self) -> Weighed:
        return self._weighed("events", joins(self.situation, self.held, self._laid.terrain))

    @part
    def _figures(self) -> Weighed:
        return self._weighed("figures", {})

    def _weighed(self, table: str, joined: Mapping[str, Any]) -> Weighed:
        if self.whole:
            return weighed_again(self.situation, table, joined, self._days_of_sources, self.whole.all_known[table])
        return weighed(self.situation, table, joined, self._days_of_sources)

    @part
    def _days_of_sources(self) -> Mapping[str, int]:
        return source_days(self.situation)


class _Telling(Mapping[str, Told]):
    """What a time line tells by table; the time line keeps it and does not know of this, so that it is free to go."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline

    def __getitem__(self, name: str) -> Told:
        return self._timeline.tell(name)

    def __iter__(self) -> Iterator[str]:
        return iter(TOLD)

    def __len__(self) -> int:
        return len(TOLD)


def build(situation: Situation) -> Timeline:
    """Join the tables of a situation in space and time.

    Parameters
    ----------
    situation : Situation
        As loaded; it stays as it is.

    Returns
    -------
    Timeline
        Whatever is asked of it is worked out once: questions about a day are lookups from then on.
    """
    return Timeline(situation)
