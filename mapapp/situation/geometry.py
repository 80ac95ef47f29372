"""The shapes of a table: in degrees, of the kind that the table needs, on the globe, valid."""

from __future__ import annotations

import re
from collections.abc import Sequence

import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from mapapp.situation.crs import in_degrees
from mapapp.situation.draft import Draft
from mapapp.situation.raw import RawTable
from mapapp.situation.shapes import Shape, read_shape

WGS84 = Geod(ellps="WGS84")
_ACCEPTED = {"Point": ("Point",), "Polygon": ("Polygon", "MultiPolygon")}
_INVALID = {
    "Self-intersection": "The outline crosses itself",
    "Ring Self-intersection": "The outline touches itself",
    "Hole lies outside shell": "A hole lies outside the outline",
    "Holes are nested": "A hole lies in another hole",
    "Nested shells": "One part lies inside another",
    "Interior is disconnected": "Holes cut the inside into pieces",
    "Duplicate Rings": "An outline is there twice",
}


def read_shapes(draft: Draft, raw: RawTable) -> None:
    """Give every record of a draft its shape, or the Problem that says why it has none.

    Parameters
    ----------
    draft : Draft
        Changed in place: shapes in EPSG:4326, longitude before latitude, two-dimensional, of the kind of the table.
    raw : RawTable
        The table the draft was read from.
    """
    shapes, problems = in_degrees([read_shape(record.geometry) for record in raw.records], raw.crs, raw.file)
    draft.problems += problems
    for row in list(draft.rows()):
        if problems and problems[0].severity == "error":
            draft.lost.add((row, "geometry"))
        else:
            _take(draft, row, shapes[row])


def area_km2(shape: BaseGeometry) -> float:
    """The geodesic area of a polygon in EPSG:4326 on the WGS84 ellipsoid (Karney 2013), in square kilometres."""
    return abs(float(WGS84.geometry_area_perimeter(shapely.orient_polygons(shape))[0])) / 1e6


def off_the_globe(bounds: Sequence[float]) -> str:
    """Why coordinates cannot be degrees of longitude and latitude; empty where they can."""
    west, south, east, north = bounds
    x, y = (west if abs(west) > abs(east) else east), (south if abs(south) > abs(north) else north)
    if abs(x) <= 180 and abs(y) <= 90:
        return ""
    if not max(abs(x), abs(y)) <= 1000:
        return f"The coordinates ({x:.0f}, {y:.0f}) look like metres, not degrees. Export the layer in EPSG:4326."
    what, value, limit = ("longitude", x, 180) if abs(x) > 180 else ("latitude", y, 90)
    hint = " Longitude comes first: the two may be swapped." if abs(x) <= 90 and abs(y) <= 180 else ""
    return f"The {what} {value:g} is not between -{limit} and {limit}.{hint}"


def _take(draft: Draft, row: int, shape: Shape) -> None:
    geometry, fault = _as_needed(shape.geometry, draft.table.geometry)
    fault = shape.fault or fault or (off_the_globe(geometry.bounds) if geometry else "")
    if not fault and shape.remark:
        draft.say(row, "geometry", shape.remark)
    if not fault and geometry and not geometry.is_valid:
        geometry, fault = _repaired(draft, row, geometry)
    draft.geometry[row] = geometry
    if fault:
        draft.lose(row, "geometry", fault, hidden=True)


def _as_needed(geometry: BaseGeometry | None, needed: str) -> tuple[BaseGeometry | None, str]:
    """The geometry as the table needs it, and what is wrong with its kind. A MultiPoint of one point is a point."""
    if geometry is None or geometry.geom_type in _ACCEPTED[needed]:
        return geometry, ""
    if geometry.geom_type == "MultiPoint" and len(geometry.geoms) == 1:
        return geometry.geoms[0], ""
    return None, f"The geometry is a {geometry.geom_type}. A {needed} is needed here."


def _repaired(draft: Draft, row: int, geometry: BaseGeometry) -> tuple[BaseGeometry | None, str]:
    """A valid copy of a polygon, with a remark that states what changed; or the fault that none can be made."""
    what = _why_invalid(geometry)
    repaired = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    if repaired.is_empty or "Polygon" not in repaired.geom_type:
        return None, f"{what}, and no area is left when it is repaired."
    before, after = area_km2(geometry), area_km2(repaired)
    draft.say(row, "geometry", f"{what}. A repaired copy is used: {before:,.1f} km2 before, {after:,.1f} km2 after.")
    return repaired, ""


def _why_invalid(geometry: BaseGeometry) -> str:
    reason, _, place = shapely.is_valid_reason(geometry).rstrip("]").partition("[")
    numbers = re.findall(r"-?[\d.]+(?:e[+-]?\d+)?", place)
    at = f" at longitude {float(numbers[0]):.5g}, latitude {float(numbers[1]):.5g}" if len(numbers) == 2 else ""
    return f"{_INVALID.get(reason.strip(), 'The outline is not a valid area')}{at}"
