"""The ground a facility stands on: who held it when, and on whose word, by the claims at the place nearest to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from mapapp.situation.situation import Situation
from mapapp.timeline.composite import Composite
from mapapp.timeline.records import Record, by_label
from mapapp.timeline.spans import FIRST, LAST, numbers, united
from mapapp.timeline.terrain import Terrain

NEARLY_THERE_KM = 0.5
OUTSIDE = -1

Ids: TypeAlias = tuple[str, ...]


class State(NamedTuple):
    """What is on record of one attribute of a facility from a day on; days as numbers (see `spans.numbers`).

    `detail` says more of it in words, `end` is the day on which it is known to have ended.
    """

    value: str | None
    detail: str | None
    contested_by: str | None
    start: int
    end: int
    event_ids: Ids
    source_ids: Ids


def ground(situation: Situation, composite: Composite, terrain: Terrain) -> list[tuple[str, State]]:
    """Give the spans of the ground at each facility's point.

    A zone is dissolved from the cells of many places. Of its claims those count here that were made at the place
    nearest to the facility: its cell is the one that the facility stands in. Of several zones that make up one unit,
    those count that the facility itself stands in.

    Parameters
    ----------
    situation : Situation
        Its facilities, places, events and zones.
    composite : Composite
        Who held which ground when.
    terrain : Terrain
        Of the units of the composite; it may have more facilities.

    Returns
    -------
    list of tuple
        Facility and state: the holder, with the place and how far it is for its detail, or with the zones where they
        rest on no record. Facilities without a point, and days on which nothing is established, have none.
    """
    held = _spans_of(composite, set(terrain.standing.values()))
    about = _About(situation, terrain)
    return [
        (str(one), about.state(one, span))
        for one in situation.facilities.index
        for span in held.get(terrain.standing.get(one, OUTSIDE), ())
    ]


def _spans_of(composite: Composite, units: Collection[int]) -> dict[int, list[_Held]]:
    """The spans of some units."""
    rows = np.flatnonzero(composite.spans["unit_id"].isin(units))
    spans = {str(name): composite.spans[name].to_numpy()[rows] for name in composite.spans}
    start, end = numbers(spans["valid_from"], FIRST), numbers(spans["valid_to"], LAST)
    names = ("unit_id", "holder", "contested_by", "zone_ids", "event_ids")
    held: dict[int, list[_Held]] = {}
    for unit, *said in zip(*(spans[name] for name in names), start, end, strict=True):
        held.setdefault(unit, []).append(_Held(*said))
    return held


class _Held(NamedTuple):
    """A span of a unit."""

    holder: str | None
    contested_by: str | None
    zone_ids: Ids
    event_ids: Ids
    start: int
    end: int


class _About:
    """What the ground of facilities rests on."""

    def __init__(self, situation: Situation, terrain: Terrain) -> None:
        self.situation, self.terrain = situation, terrain
        self.place_of = by_label(situation.events["place_id"])
        self.sources = by_label(situation.events["source_ids"])
        self.names = by_label(situation.places["name"])

    @cached_property
    def zones(self) -> dict[str, Record]:
        """What the zones rest on; asked for only where that is not told by claims alone."""
        zones = self.situation.zones
        told = zip(zones.index.tolist(), zones["event_ids"], zones["source_ids"], strict=True)
        return {zone: {"event_ids": events, "source_ids": sources} for zone, events, sources in told}

    def state(self, facility_id: str, held: _Held) -> State:
        """A state of the ground of a facility, from a span of its unit."""
        zone_ids, event_ids = self._own(facility_id, held.zone_ids, held.event_ids)
        km = self.terrain.km_to_places(facility_id)
        place, claims = _nearest_claims(event_ids, self.place_of, km)
        detail = _at(self.names[place], km[place]) if place else _drawn(zone_ids)
        cited = [self.sources.get(one, ()) for one in claims] or [self.zones[one]["source_ids"] for one in zone_ids]
        return State(held.holder, detail, held.contested_by, held.start, held.end, claims, united(cited))

    def _own(self, facility_id: str, zone_ids: Ids, event_ids: Ids) -> tuple[Ids, Ids]:
        """Of several zones with one history, those that the facility stands in, and the records that they rest on."""
        if len(zone_ids) < 2:
            return zone_ids, event_ids
        around = self.terrain.zones_around[facility_id]
        own = tuple(one for one in zone_ids if one in around) or zone_ids
        return own, united(self.zones[one]["event_ids"] for one in own)


def _nearest_claims(
    event_ids: tuple[str, ...], place_of: Mapping[Any, str | None], km: Mapping[Any, float]
) -> tuple[str | None, tuple[str, ...]]:
    """The nearest place of those that the records are about, and the records that are about it."""
    places = [place for one in event_ids if (place := place_of.get(one)) in km]
    if not places:
        return None, event_ids
    nearest = min(places, key=km.__getitem__)
    return nearest, tuple(one for one in event_ids if place_of.get(one) == nearest)


def _at(name: str, km: float) -> str:
    return f"{name}, {km:.0f} km away" if km >= NEARLY_THERE_KM else name


def _drawn(zone_ids: tuple[str, ...]) -> str:
    return f"zone {', '.join(zone_ids)} as drawn" if zone_ids else "the imported map of that day"


def within(radius_km: float | None, geo_precision: str | None) -> str:
    """Say how well the point of a facility or place is known."""
    if radius_km is not None:
        return f"the point is known within {radius_km:g} km"
    return "the point is as published" if geo_precision == "1" else "how well the point is known is not stated"
