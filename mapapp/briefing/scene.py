"""The scene: what is on the records about a day within a window, ready to be drawn, listed and traced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely

from mapapp.briefing.extent import default_extent
from mapapp.briefing.frame import Box
from mapapp.briefing.projection import Window, window
from mapapp.briefing.view import View
from mapapp.timeline.records import NEVER, Record, plain
from mapapp.timeline.spans import as_of
from mapapp.timeline.status import board
from mapapp.timeline.timeline import Timeline


@dataclass(frozen=True, eq=False)
class Ground:
    """Ground of one holder: `shapes` are polygons in mm; `contested_by` is who claims it against the holder."""

    holder: str
    contested_by: str | None
    shapes: Any


@dataclass(frozen=True, eq=False)
class Spot:
    """A site or a place on the map: its record, its point in mm, and how far the true one may lie from it, in mm."""

    key: str
    record: Record
    x: float
    y: float
    radius: float


@dataclass(frozen=True, eq=False)
class Happening:
    """What happened at one spot on the day: `x` and `y` in mm, the events in order of weight."""

    x: float
    y: float
    events: list[Record]


@dataclass(frozen=True, eq=False)
class Scene:
    """What a map shows.

    Attributes
    ----------
    timeline, view, window
        What it is made from.
    country : array of polygons
        The land of the area the situation is about, in mm: where there is no `ground` on it, none is established.
    ground : list of Ground
        In a fixed order.
    sites : list of Spot
        The sites in view, by name.
    elsewhere : list of Record
        Sites that are asked for but lie outside of the map or have no known point.
    places : list of Spot
        In view, the largest first.
    happenings : list of Happening
        The weightiest first.
    event_ids, zone_ids : list of str
        The records that ground and custody in view rest on.
    """

    timeline: Timeline
    view: View
    window: Window
    country: Any
    ground: list[Ground]
    sites: list[Spot]
    elsewhere: list[Record]
    places: list[Spot]
    happenings: list[Happening]
    event_ids: list[str]
    zone_ids: list[str]


def scene(timeline: Timeline, view: View, box: Box) -> Scene:
    """Collect what a map of the view shows.

    Parameters
    ----------
    timeline : Timeline
        Of the situation as its readers may see it and as it was known.
    view : View
        What is asked for.
    box : Box
        Where the map stands on the paper, in mm.
    """
    seen = window(view.extent or default_extent(timeline, view), box)
    rows = [row for row in board(timeline, view.day) if _asked_for(row, view)]
    sites = _spots(rows, "facility_id", seen)
    found = {site.key for site in sites}
    units = as_of(timeline.composite.spans, view.day)
    ground, shown = _ground(timeline, units, seen)
    return Scene(
        timeline=timeline,
        view=view,
        window=seen,
        country=_country(timeline, seen),
        ground=ground,
        sites=sites,
        elsewhere=[row for row in rows if row["facility_id"] not in found],
        places=_places(timeline, seen),
        happenings=_happenings(timeline, view.day, seen),
        event_ids=_rests_on(timeline, view.day, found) + _ids(shown["event_ids"]),
        zone_ids=_ids(shown["zone_ids"]),
    )


def _asked_for(row: Record, view: View) -> bool:
    asked = ((view.facility_types, "facility_type"), (view.statuses, "status"), (view.holders, "ground_holder"))
    return all(not wanted or (row[name] or "unknown") in wanted for wanted, name in asked)


def _spots(rows: list[Record], key: str, seen: Window) -> list[Spot]:
    located = [row for row in rows if row["longitude"] is not None]
    if not located:
        return []
    spots = seen.to_mm(np.array([(row["longitude"], row["latitude"]) for row in located], dtype=float))
    x0, y0, x1, y1 = seen.box.bounds
    scale = seen.mm_per_km()
    return [
        Spot(row[key], row, float(x), float(y), (row["geo_radius_km"] or 0) * scale)
        for row, (x, y) in zip(located, spots, strict=True)
        if x0 <= x <= x1 and y0 <= y <= y1
    ]


def _places(timeline: Timeline, seen: Window) -> list[Spot]:
    rank = {"city": 0, "town": 1, "village": 3, "neighbourhood": 4}
    spots = _spots(list(timeline.register.places.values()), "place_id", seen)
    weights = {
        spot.key: (rank.get(spot.record["place_type"], 2), -(spot.record["population"] or 0), spot.key)
        for spot in spots
    }
    return sorted(spots, key=lambda spot: weights[spot.key])


def _ground(timeline: Timeline, units: Any, seen: Window) -> tuple[list[Ground], Any]:
    """The ground in view by holder and claimant, and the spans it was read from."""
    shapes = timeline.composite.units.geometry
    west, south, east, north = seen.extent
    near = shapes.index[shapely.intersects(shapes.to_numpy(), shapely.box(west, south, east, north))]
    units = units[units["unit_id"].isin(near) & units["holder"].notna()]
    groups = units.assign(claimant=units["contested_by"].fillna("")).groupby(["holder", "claimant"], sort=True)
    found = [
        Ground(
            holder, claimant or None, seen.shapes(shapely.coverage_union_all(shapes.loc[rows["unit_id"]].to_numpy()))
        )
        for (holder, claimant), rows in groups
    ]
    return [ground for ground in found if len(ground.shapes)], units


def _country(timeline: Timeline, seen: Window) -> Any:
    countries = timeline.situation.basemap.get("countries")
    if countries is None or "name" not in countries:
        return seen.shapes(np.array([], dtype=object))
    return seen.shapes(countries.geometry[countries["name"] == timeline.situation.zone_settings.area].to_numpy())


WEIGHT = {"security": 0, "movement": 1, "control": 2, "humanitarian": 3, "status": 4, "custody": 5, "political": 6}
QUIET = ("baseline", "not_established", "retained")
"""Records of control that say that nothing happened."""


def _happenings(timeline: Timeline, day: date, seen: Window) -> list[Happening]:
    events = [one for one in timeline.register.events.values() if _of_day(one, day.isoformat())]
    spots = [(_spots([event | {"geo_radius_km": None}], "event_id", seen) or [None])[0] for event in events]
    groups: dict[tuple[float, float], list[Record]] = {}
    for spot in spots:
        if spot is not None:
            groups.setdefault((round(spot.x, 1), round(spot.y, 1)), []).append(spot.record)
    found = [
        Happening(x, y, sorted(several, key=lambda one: (WEIGHT[one["event_type"]], one["event_id"])))
        for (x, y), several in groups.items()
    ]
    return sorted(
        found, key=lambda one: (WEIGHT[one.events[0]["event_type"]], -len(one.events), one.events[0]["event_id"])
    )


def _of_day(event: Record, day: str) -> bool:
    begun, over = event["event_date"] or NEVER, event["end_date"] or event["event_date"]
    return begun <= day <= (over or "") and not event["superseded_by"] and event["sub_event_type"] not in QUIET


def _rests_on(timeline: Timeline, day: date, facility_ids: set[str]) -> list[str]:
    held = as_of(timeline.custody, day)
    return _ids(held.loc[held["facility_id"].isin(facility_ids), "event_ids"])


def _ids(several: Iterable[tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(one for ids in several for one in plain(ids)))
