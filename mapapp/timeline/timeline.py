"""The time line of a situation: everything a date can be asked about, computed once, so that a date is a lookup."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from mapapp.situation.lazily import Lazily
from mapapp.situation.problem import Problem
from mapapp.situation.situation import Situation
from mapapp.timeline.claims import place_spans
from mapapp.timeline.clashes import clashes
from mapapp.timeline.common_ground import CommonGround
from mapapp.timeline.composite import Composite
from mapapp.timeline.custody import custody
from mapapp.timeline.front import fronts
from mapapp.timeline.joins import join_events
from mapapp.timeline.known import known_ground
from mapapp.timeline.own_ground import OwnGround
from mapapp.timeline.records import plain_values
from mapapp.timeline.register import Register, register
from mapapp.timeline.reporting import reporting
from mapapp.timeline.staleness import sightings
from mapapp.timeline.store import ground_of, is_stored
from mapapp.timeline.terrain import Terrain
from mapapp.timeline.told import Told
from mapapp.timeline.unchanged import Whole
from mapapp.timeline.verification import verified
from mapapp.timeline.weighed import weighed


@dataclass(frozen=True, eq=False, kw_only=True)
class Timeline:
    """What held when.

    Attributes
    ----------
    situation : Situation
        What is on record.
    composite : Composite
        Who held which ground when: to be drawn, and for exports. That of a look back is worked out when it is first
        asked for.
    common_ground : CommonGround
        The units that all look backs of a situation share.
    held : Composite
        As `composite`, on the common units where that is possible: for every answer.
    places : DataFrame
        Spans of the holder of each place (see `claims.place_spans`).
    custody : DataFrame
        Spans of status, operator, guard and ground holder of each facility (see `custody.custody`).
    front : DataFrame
        Spans of the distance of each facility to the ground of another holder (see `front.fronts`).
    events : DataFrame
        The events, with the columns of `joins.join_events` and of `weighed.weighed`.
    figures : DataFrame
        The figures, with the columns of `weighed.weighed`.
    verified : DataFrame
        The days on which each facility was seen (see `verification.verified`).
    sightings : DataFrame
        The days on which each value of `custody` was seen to be so, and by whom (see `staleness.sightings`).
    clashes : DataFrame
        The contradictions and how long each lasts (see `clashes.clashes`).
    source_days : mapping
        source_id -> the day from which the source is known, as `YYYY-MM-DD`; None: always (see `reporting.Reporting`).
    register : Register
        The records by what they are about, as plain values.
    days : DataFrame
        Where the ground was imported from daily maps: the map of each day (see `store.Stored`).
    told : mapping
        `custody`, `places`, `front` and `clashes` as plain records, from which a day is chosen.
    problems : tuple of Problem
        Those of the situation.
    whole : Timeline or None
        Of a look back that shares with others: the time line of all records.
    """

    situation: Situation
    composite: Lazily[Composite] = Lazily()  # noqa: RUF009 - a descriptor, not a value that all share
    common_ground: CommonGround
    held: Composite
    places: pd.DataFrame
    custody: pd.DataFrame
    front: pd.DataFrame
    events: pd.DataFrame
    figures: pd.DataFrame
    verified: pd.DataFrame
    sightings: pd.DataFrame
    clashes: pd.DataFrame
    source_days: Mapping[str, str | None]
    register: Register
    days: pd.DataFrame
    told: Mapping[str, Told]
    problems: tuple[Problem, ...]
    whole: Timeline | None = None

    @property
    def on_common_ground(self) -> Composite:
        """As `held`; that of all records too is on the units that its look backs share."""
        return self.common_ground.whole if self.situation is self.common_ground.situation else self.held

    @cached_property
    def all_known(self) -> dict[str, Whole]:
        """The records of which a look back has some."""
        return {
            "events": Whole(self.events, self.register.events),
            "figures": Whole(self.figures, self.register.records),
            "sources": Whole(self.situation.sources, self.register.sources),
            "facilities": Whole(self.situation.facilities, self.register.facilities),
            "places": Whole(self.situation.places, self.register.places),
        }


def build(situation: Situation, whole: Timeline | None = None) -> Timeline:
    """Join the tables of a situation in space and time.

    Parameters
    ----------
    situation : Situation
        As loaded; it stays as it is.
    whole : Timeline, optional
        Where the situation is a look back (see `lookback.look_back`): the time line of all records. What look backs
        share is taken from there, the answers are the same.

    Returns
    -------
    Timeline
        Everything computed; questions about a day are lookups from here on.
    """
    places = place_spans(situation.events, situation.places)
    laid = (_as_shared(situation, whole, places) if whole else None) or _laid_out(situation)
    custodians = custody(situation, laid.held, laid.terrain)
    joined = join_events(situation, laid.held, laid.terrain)
    reported = reporting(situation)
    events = pd.concat([situation.events.drop(columns=["longitude", "latitude"]), joined], axis=1)
    all_known = whole.all_known if whole else {}
    events = weighed(events, situation, reported, "events", all_known.get("events"))
    figures = weighed(situation.figures, situation, reported, "figures", all_known.get("figures"))
    records = register(situation, events, figures, all_known)
    turns = laid.terrain.states.turns(laid.held)
    front = fronts(situation, laid.held, laid.terrain, turns)
    own_ground = OwnGround(laid.terrain, turns, situation.alerts.guard_ground_km)
    against = clashes(situation, custodians, own_ground, records)
    tables = {"custody": custodians, "places": places, "front": front, "clashes": against.drop(columns="sides")}
    return Timeline(
        situation=situation,
        composite=laid.composite,
        held=laid.held,
        common_ground=laid.common,
        places=places,
        custody=custodians,
        front=front,
        events=events,
        figures=figures,
        verified=verified(events, situation.figures, custodians, situation.sources),
        sightings=sightings(custodians, events, situation.sources),
        clashes=against,
        source_days=plain_values(reported.sources),
        register=records,
        days=laid.days,
        told={name: Told(table) for name, table in tables.items()},
        problems=(*situation.problems, *laid.problems),
        whole=whole,
    )


@dataclass(frozen=True, eq=False)
class _Laid:
    """The ground that a time line is built on; the attributes are those of `Timeline`."""

    held: Composite
    terrain: Terrain
    common: CommonGround
    composite: Composite | Callable[[], Composite]
    days: pd.DataFrame
    problems: tuple[Problem, ...]


def _laid_out(situation: Situation) -> _Laid:
    found, days, problems = ground_of(situation)  # zones that overlap are among the situation's problems already
    composite = known_ground(_without_unproved(found, situation), situation.known_on)
    terrain = Terrain(situation, composite.units)
    return _Laid(composite, terrain, CommonGround(situation, composite, terrain), composite, days, tuple(problems))


def _as_shared(situation: Situation, whole: Timeline, places: pd.DataFrame) -> _Laid | None:
    """The ground of a look back on the units that it shares with others; None where it has to be laid out anew."""
    common = whole.common_ground
    held = common.of(situation, places)
    if held is None:
        return None
    problems = whole.problems[len(whole.situation.problems) :]
    return _Laid(held, common.terrain, common, lambda: _laid_out(situation).held, whole.days, problems)


def _without_unproved(composite: Composite, situation: Situation) -> Composite:
    """Imported maps rest on no records: where only what is established is shown, they are not."""
    if situation.at_least and is_stored(situation.folder):
        return Composite(composite.units, composite.spans[:0])
    return composite
