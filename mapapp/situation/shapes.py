"""A GeoJSON geometry, read position by position, so that nothing in it reaches the geometry library unread."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mapapp.situation.wording import quoted

Positions = np.ndarray[tuple[Any, ...], np.dtype[np.float64]]
_NUMBERS = {int, float}
_MOST = 1e15


class Shape(NamedTuple):
    """What a geometry gave: a shape, or why there is none; a remark where the shape is kept all the same."""

    geometry: BaseGeometry | None = None
    fault: str = ""
    remark: str = ""


class _NotAShape(ValueError):
    """Why a geometry is none, in words for the user."""


def read_shape(raw: Any) -> Shape:
    """Read one GeoJSON geometry (RFC 7946, section 3.1).

    Parameters
    ----------
    raw : object
        Any JSON value. None is no geometry, which is no fault here.

    Returns
    -------
    Shape
        Two-dimensional, in the units and the axis order of the file. Heights are left aside. A ring that is not closed
        is closed, with a remark.
    """
    if raw is None:
        return Shape()
    kind = raw.get("type") if isinstance(raw, dict) else None
    build = _BUILD.get(kind) if isinstance(kind, str) else None
    if build is None:
        return Shape(
            fault=f"The geometry is of no known type ({quoted(kind)})." if kind else "The geometry has no type."
        )
    coordinates = raw.get("coordinates")
    if coordinates in ([], None):
        return Shape(fault="The geometry is empty: it has no coordinates.")
    try:
        geometry = build(coordinates)
    except _NotAShape as fault:
        return Shape(fault=str(fault))
    remark = "" if _closed(raw["type"], coordinates) else "The outline does not end where it begins. It was closed."
    return Shape(geometry, remark=remark)


def _positions(raw: Any) -> Positions:
    """The longitudes and latitudes of a list of positions, one row each; read one by one only where they look odd."""
    positions = _several(raw)
    if all(isinstance(one, list) and len(one) >= 2 for one in positions) and _NUMBERS.issuperset(
        map(type, chain.from_iterable(positions))
    ):
        with suppress(OverflowError, ValueError):  # a number too large, heights here and there
            found = np.array(positions, dtype=np.float64)[:, :2]
            if (np.abs(found) < _MOST).all():
                return found
    return np.array([_position(one) for one in positions])


def _position(raw: Any) -> tuple[float, float]:
    if not isinstance(raw, list) or len(raw) < 2:
        raise _NotAShape("The coordinates are not pairs of longitude and latitude.")
    return _degree(raw[0]), _degree(raw[1])


def _degree(raw: Any) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise _NotAShape(f"A coordinate is {quoted(raw)} where a number belongs.")
    if not -_MOST < raw < _MOST:
        raise _NotAShape("A coordinate is not a usable number.")
    return float(raw)


def _several(raw: Any) -> list[Any]:
    if not isinstance(raw, list) or not raw:
        raise _NotAShape("The coordinates are not lists of pairs of longitude and latitude.")
    return raw


def _line(raw: Any) -> BaseGeometry:
    positions = _positions(raw)
    if len(positions) < 2:
        raise _NotAShape("A line has only one point.")
    return shapely.LineString(positions)


def _ring(raw: Any) -> Positions:
    positions = _positions(raw)
    if (positions[0] != positions[-1]).any():
        positions = np.vstack([positions, positions[:1]])
    if len(positions) < 4:
        raise _NotAShape("An outline has fewer than three corners.")
    return positions


def _polygon(raw: Any) -> BaseGeometry:
    shell, *holes = [_ring(one) for one in _several(raw)]
    return shapely.Polygon(shell, holes)


def _closed(kind: str, coordinates: Any) -> bool:
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(kind, [])
    return all(ring[0][:2] == ring[-1][:2] for polygon in polygons for ring in polygon)


_BUILD: dict[str, Callable[[Any], BaseGeometry]] = {
    "Point": lambda raw: shapely.Point(_position(raw)),
    "MultiPoint": lambda raw: shapely.MultiPoint(_positions(raw)),
    "LineString": _line,
    "MultiLineString": lambda raw: shapely.MultiLineString([_line(one) for one in _several(raw)]),
    "Polygon": _polygon,
    "MultiPolygon": lambda raw: shapely.MultiPolygon([_polygon(one) for one in _several(raw)]),
}
