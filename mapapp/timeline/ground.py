"""The ground a facility stands on: who held it when, and on whose word, by the claims at the place nearest to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any, TypeAlias

import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.composite import SPANS, Composite
from mapapp.timeline.records import Record, plain
from mapapp.timeline.spans import DAY, united
from mapapp.timeline.terrain import Terrain

COLUMNS = ["facility_id", "value", "detail", "contested_by", "valid_from", "valid_to", "event_ids", "source_ids"]
NEARLY_THERE_KM = 0.5
OUTSIDE = -1

Ids: TypeAlias = tuple[str, ...]


def ground(situation: Situation, composite: Composite, terrain: Terrain) -> pd.DataFrame:
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
    DataFrame
        `facility_id`, `value` (the holder), `detail` (the place and how far it is, or the zones where they rest on no
        record), `contested_by`, `valid_from`, `valid_to`, `event_ids` and `source_ids`. Facilities without a point, and
        days on which nothing is established, have no row.
    """
    held = _spans_of(composite, set(terrain.standing.values()))
    about = _About(situation, terrain)
    rows = [
        {"facility_id": one, **about.row(one, span)}
        for one in situation.facilities.index
        for span in held.get(terrain.standing.get(one, OUTSIDE), ())
    ]
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object).astype({"valid_from": DAY, "valid_to": DAY})


def _spans_of(composite: Composite, units: Collection[int]) -> dict[int, list[Record]]:
    """The spans of some units."""
    spans = composite.spans[composite.spans["unit_id"].isin(units)]
    found: dict[int, list[Record]] = {}
    for row in zip(*(spans[name] for name in SPANS), strict=True):
        found.setdefault(row[0], []).append(dict(zip(SPANS, row, strict=True)))
    return found


class _About:
    """What the ground of facilities rests on."""

    def __init__(self, situation: Situation, terrain: Terrain) -> None:
        self.situation, self.terrain = situation, terrain
        self.place_of = situation.events["place_id"].to_dict()
        self.sources = situation.events["source_ids"].to_dict()

    @cached_property
    def zones(self) -> dict[str, Record]:
        """What the zones rest on; asked for only where that is not told by claims alone."""
        zones = self.situation.zones
        told = zip(zones["event_ids"], zones["source_ids"], strict=True)
        return {
            str(zone): {"event_ids": events, "source_ids": sources}
            for zone, (events, sources) in zip(zones.index, told, strict=True)
        }

    def row(self, facility_id: str, span: Record) -> Record:
        """A span of the ground of a facility, from the span of its unit."""
        zone_ids, event_ids = self._own(facility_id, span["zone_ids"], span["event_ids"])
        km = self.terrain.km_to_places(facility_id)
        place, claims = _nearest_claims(event_ids, self.place_of, km)
        cited = (self.sources.get(one, ()) for one in claims)
        return {
            "value": span["holder"],
            "detail": _at(self.situation, place, km) if place else _drawn(zone_ids),
            **{name: span[name] for name in ("contested_by", "valid_from", "valid_to")},
            "event_ids": claims,
            "source_ids": united(cited if claims else (self.zones[one]["source_ids"] for one in zone_ids)),
        }

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


def _at(situation: Situation, place_id: str, km: Mapping[Any, float]) -> str:
    away = f", {km[place_id]:.0f} km away" if km[place_id] >= NEARLY_THERE_KM else ""
    return f"{situation.places.loc[place_id, 'name']}{away}"


def _drawn(zone_ids: tuple[str, ...]) -> str:
    return f"zone {', '.join(zone_ids)} as drawn" if zone_ids else "the imported map of that day"


def within(radius_km: float | None, geo_precision: str | None) -> str:
    """Say how well the point of a facility or place is known."""
    if plain(radius_km) is not None:
        return f"the point is known within {radius_km:g} km"
    return "the point is as published" if geo_precision == "1" else "how well the point is known is not stated"
