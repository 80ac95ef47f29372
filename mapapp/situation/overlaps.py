"""Zones of one day that cover the same ground: two holders of one place."""

from __future__ import annotations

from datetime import date

import numpy as np
import shapely

from mapapp.situation.draft import Draft
from mapapp.situation.geometry import area_km2
from mapapp.situation.wording import quoted

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
    first, second = shapely.STRtree(shapes).query(shapes)
    for a, b in sorted(zip(first.tolist(), second.tolist(), strict=True)):
        shared = _shared_days(zones, rows[a], rows[b]) if a < b else None
        if shared and (km2 := _shared_km2(shapes[a], shapes[b])) >= _LEAST_KM2:
            _report(zones, rows[a], rows[b], shared, km2)


def _shared_days(zones: Draft, a: int, b: int) -> tuple[date, date] | None:
    """The span that both zones hold, half-open; None where there is no such day."""
    start = max(zones.cells["valid_from"][row] or date.min for row in (a, b))
    end = min(zones.cells["valid_to"][row] or date.max for row in (a, b))
    return (start, end) if start < end else None


def _shared_km2(a: shapely.Geometry, b: shapely.Geometry) -> float:
    """The area that two polygons share, in km2, without the strips that rounding leaves along a border."""
    common = shapely.intersection(a, b)
    parts = [part for part in shapely.get_parts(common) if part.geom_type == "Polygon"]
    return sum(km2 for part in parts if (km2 := area_km2(part)) * 1e6 > _SLIVER_M * part.length * 111_000 / 2)


def _report(zones: Draft, a: int, b: int, shared: tuple[date, date], km2: float) -> None:
    """Say it at the zone that is hidden there: the one that began earlier, else the one further up the file."""
    begun = zones.cells["valid_from"]
    under, over = (b, a) if (begun[b] or date.min) < (begun[a] or date.min) else (a, b)
    other = f"{quoted(zones.names[over])} of {zones.cells['holder'][over]}"
    reason = (
        f"It shares {km2:,.1f} km2 with the zone {other}{_in_words(shared)}. There the other is shown: it began later "
        "or stands further down. Redraw one of the two, or end one before the other begins."
    )
    zones.say(under, "geometry", reason)


def _in_words(shared: tuple[date, date]) -> str:
    since = "" if shared[0] == date.min else f" from {shared[0]}"
    until = "" if shared[1] == date.max else f" until {shared[1]}"
    return f"{since}{until}" or " on all days"
