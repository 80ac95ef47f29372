"""Zones of one day that cover the same ground: two holders of one place."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import shapely

from mapapp.situation.draft import Draft
from mapapp.situation.geometry import area_km2
from mapapp.situation.wording import quoted

_Array = np.ndarray[tuple[Any, ...], np.dtype[Any]]
_LEAST_KM2 = 0.05
_SLIVER_M = 3.0
"""Borders written with five decimals may miss each other by a metre or two: a strip thinner than this is no overlap."""


def check_overlaps(zones: Draft) -> None:
    """Find zones that hold on the same day and share ground.

    Parameters
    ----------
    zones : Draft
        The control zones. Each pair gives one warning; both are kept.
    """
    rows = list(zones.rows())
    shapes = np.array([zones.geometry[row] for row in rows], dtype=object)
    if len(rows) < 2:
        return
    for a, b in _together(zones, rows, shapes):
        if (km2 := _shared_km2(shapes[a], shapes[b])) >= _LEAST_KM2:
            _report(zones, rows[a], rows[b], km2)


def _together(zones: Draft, rows: list[int], shapes: _Array) -> list[tuple[int, int]]:
    """The pairs of zones, by position, that are near each other on the same day."""
    begin = np.array([_bounds(zones, row)[0].toordinal() for row in rows])
    end = np.array([_bounds(zones, row)[1].toordinal() for row in rows])
    first, second = shapely.STRtree(shapes).query(shapes)
    on_one_day = np.maximum(begin[first], begin[second]) < np.minimum(end[first], end[second])
    chosen = on_one_day & (first < second)
    return sorted(zip(first[chosen].tolist(), second[chosen].tolist(), strict=True))


def _bounds(zones: Draft, row: int) -> tuple[date, date]:
    """The days of a zone, half-open; an open end is one before or after all others."""
    return zones.cells["valid_from"][row] or date.min, zones.cells["valid_to"][row] or date.max


def _shared_km2(a: shapely.Geometry, b: shapely.Geometry) -> float:
    """The area that two polygons share, in km2, without the strips that rounding leaves along a border."""
    common = shapely.intersection(a, b)
    parts = [part for part in shapely.get_parts(common) if part.geom_type == "Polygon"]
    return sum(km2 for part in parts if (km2 := area_km2(part)) * 1e6 > _SLIVER_M * part.length * 111_000 / 2)


def _report(zones: Draft, a: int, b: int, km2: float) -> None:
    """Say it at the zone that is hidden there: the one that began earlier, else the one further up the file."""
    spans = [_bounds(zones, row) for row in (a, b)]
    under, over = (b, a) if spans[1][0] < spans[0][0] else (a, b)
    other = f"{quoted(zones.names[over])} of {zones.cells['holder'][over]}"
    days = _in_words(max(begin for begin, _ in spans), min(end for _, end in spans))
    reason = (
        f"It shares {km2:,.1f} km2 with the zone {other}{days}. There the other is shown: it began later "
        "or stands further down. Redraw one of the two, or end one before the other begins."
    )
    zones.say(under, "geometry", reason)


def _in_words(begin: date, end: date) -> str:
    since = "" if begin == date.min else f" from {begin}"
    until = "" if end == date.max else f" until {end}"
    return f"{since}{until}" or " on all days"
