"""GeoJSON of the plain kind, read by GEOS in a third of the time that a general reader takes."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Array = npt.NDArray[Any]

IN_DEGREES = re.compile(rb'"crs"\s*:\s*\{[^{}]*\{\s*"name"\s*:\s*"[^"]*(?:CRS84|EPSG:[\d.]*:?4326)"')
COORDINATES = re.compile(rb'"coordinates"\s*:\s*\[[\[\]\d\s,.eE+-]*\]')
"""Of no use in looking for properties. Within a text a quotation mark has a backslash before it: no match there."""


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer of a file.

    Attributes
    ----------
    name : str
        The layer's own name; empty where nobody asked.
    shapes : array of geometry
        Longitude, latitude in degrees (EPSG:4326); None where a feature has none.
    columns : dict of array
        The columns asked for that the layer has, row by row with `shapes`.
    remarks : list of str
        What was assumed or mended in reading.
    """

    name: str
    shapes: Array
    columns: dict[str, Array] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def read_plain(data: bytes, columns: Collection[str]) -> Layer | None:
    """Read a FeatureCollection in degrees.

    Parameters
    ----------
    data : bytes
        The file.
    columns : collection of str
        The properties that are needed.

    Returns
    -------
    Layer or None
        None where anything about it is unusual: then another reader is to judge.
    """
    if b'"crs"' in data and not IN_DEGREES.search(data):
        return None
    try:
        whole = shapely.from_geojson(data.decode("utf-8-sig"))
        if whole.geom_type != "GeometryCollection":
            return None
        shapes = shapely.get_parts(whole)
        return Layer("", shapes, _properties(data, columns, len(shapes)))
    except (shapely.errors.GEOSException, ValueError, KeyError, TypeError, RecursionError):
        return None


def _properties(data: bytes, columns: Collection[str], count: int) -> dict[str, Array]:
    """The properties that are needed; ValueError or KeyError where they cannot be told with certainty."""
    if not columns:
        return {}
    if "coordinates" in columns:
        raise ValueError
    features = json.loads(COORDINATES.sub(b'"coordinates": null', data).decode("utf-8-sig"))["features"]
    if len(features) != count:
        raise ValueError
    rows = [feature["properties"] or {} for feature in features]
    found = {}
    for column in columns:
        if any(column in row for row in rows):
            found[column] = np.array([row.get(column) for row in rows] + [None], dtype=object)[:-1]
    return found
