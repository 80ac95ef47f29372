"""Polygons out of whatever a map file holds: collections taken apart, the invalid repaired, the rest counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from mapapp.timeline.partition.area import quick_km2

Array = npt.NDArray[Any]

POINTS, LINES, POLYGONS, COLLECTION = (0, 4), (1, 2, 5), (3, 6), 7


@dataclass(frozen=True, eq=False)
class Polygons:
    """What a layer holds.

    Attributes
    ----------
    shapes : array of Polygon or MultiPolygon
        Valid, not empty.
    feature : array of int
        The position of the feature that each came from.
    points, lines, empty, misplaced : int
        How many shapes are left out: points, lines, features without any shape, and shapes with a corner that is not on
        the Earth.
    repaired : list of (int, str, float)
        Feature, what was wrong, and by how many km2 its area changed.
    """

    shapes: Array
    feature: Array
    points: int
    lines: int
    empty: int
    misplaced: int
    repaired: list[tuple[int, str, float]]


def polygons_of(shapes: Array) -> Polygons:
    """Take the polygons out of some shapes.

    Parameters
    ----------
    shapes : array of geometry
        Longitude, latitude in degrees; None where a feature has none.

    Returns
    -------
    Polygons
        Invalid ones are repaired by the structure method of GEOS: outer rings are joined, inner ones cut out.
    """
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    shapes, feature = _apart(shapes[there], np.flatnonzero(there))
    kind = shapely.get_type_id(shapes)
    is_polygon = np.isin(kind, POLYGONS)
    found, feature = shapes[is_polygon], feature[is_polygon]
    on_earth = _on_earth(found)
    found, feature = found[on_earth], feature[on_earth]
    repaired = _repair(found, feature)
    kept = ~shapely.is_empty(found)
    return Polygons(
        shapes=found[kept],
        feature=feature[kept],
        points=int(np.isin(kind, POINTS).sum()),
        lines=int(np.isin(kind, LINES).sum()),
        empty=int((~there).sum()),
        misplaced=int((~on_earth).sum()),
        repaired=repaired,
    )


def _apart(shapes: Array, feature: Array) -> tuple[Array, Array]:
    """The shapes with collections, and collections in these, taken apart."""
    while (whole := shapely.get_type_id(shapes) == COLLECTION).any():
        parts, where = shapely.get_parts(shapes[whole], return_index=True)
        parts_feature = feature[whole][where]
        shapes, feature = np.r_[shapes[~whole], parts], np.r_[feature[~whole], parts_feature]
        shapes, feature = shapes[~shapely.is_empty(shapes)], feature[~shapely.is_empty(shapes)]
    order = np.argsort(feature, kind="stable")
    return shapes[order], feature[order]


def _on_earth(shapes: Array) -> Array:
    west, south, east, north = shapely.bounds(shapes).reshape(-1, 4).T
    return np.asarray((west >= -180) & (east <= 180) & (south >= -90) & (north <= 90))


def _repair(shapes: Array, feature: Array) -> list[tuple[int, str, float]]:
    """Put valid shapes in the place of invalid ones; tell which, why and what it did to their areas."""
    report = []
    for at in np.flatnonzero(~shapely.is_valid(shapes)):
        reason = str(shapely.is_valid_reason(shapes[at])).partition("[")[0]
        parts = shapely.get_parts(shapely.make_valid(shapes[at], method="structure", keep_collapsed=False))
        mended = shapely.multipolygons(shapely.get_parts(parts[np.isin(shapely.get_type_id(parts), POLYGONS)]))
        before, after = quick_km2(np.array([shapes[at], mended]))
        shapes[at] = mended
        report.append((int(feature[at]), reason, float(after - before)))
    return report
