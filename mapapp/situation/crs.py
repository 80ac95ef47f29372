"""The coordinate reference system that an older GeoJSON file declares: converted where known, refused where not."""

from __future__ import annotations

import re

import geopandas as gpd
from pyproj.exceptions import CRSError

from mapapp.situation.problem import Problem
from mapapp.situation.shapes import Shape
from mapapp.situation.wording import quoted

_DEGREES = re.compile(r"(urn:ogc:def:crs:)?(OGC:[\d.]*:?CRS84|EPSG:[\d.]*:?4326)", re.IGNORECASE)
_EPSG = re.compile(r"(?:urn:ogc:def:crs:)?EPSG:[\d.]*:?(\d{4,6})", re.IGNORECASE | re.ASCII)
_EXPORT = "Export the layer in EPSG:4326 (longitude and latitude)."


def in_degrees(shapes: list[Shape], crs: str, file: str) -> tuple[list[Shape], list[Problem]]:
    """Convert shapes to EPSG:4326 from the system that their file declares (the `crs` member of GeoJSON 2008).

    Parameters
    ----------
    shapes : list of Shape
        As read, in the units of the file, x before y.
    crs : str
        The declared name; empty where the file declares none, which means EPSG:4326.
    file : str
        The file, for the Problem.

    Returns
    -------
    tuple of list of Shape, and list of Problem
        Longitude before latitude; without geometry where the system is not known. Only EPSG codes are looked up.
    """
    if not crs or _DEGREES.fullmatch(crs):
        return shapes, []
    code = _EPSG.fullmatch(crs)
    moved = _converted(shapes, int(code[1])) if code else None
    if moved is None:
        reason = f"The file declares the coordinate system {quoted(crs)}, which is not known here. {_EXPORT}"
        return [Shape() for _ in shapes], [Problem(file, "", "geometry", reason)]
    reason = f"The file declares the coordinate system {quoted(crs)}. The shapes were converted to EPSG:4326. {_EXPORT}"
    return moved, [Problem(file, "", "geometry", reason, "warning", hidden=False)]


def _converted(shapes: list[Shape], epsg: int) -> list[Shape] | None:
    try:
        series = gpd.GeoSeries([shape.geometry for shape in shapes], crs=epsg).to_crs(4326)
    except CRSError:
        return None
    return [shape._replace(geometry=new) for shape, new in zip(shapes, series, strict=True)]
