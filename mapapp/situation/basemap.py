"""The base map: land, borders, rivers and lakes that show without any network."""

from __future__ import annotations

import geopandas as gpd

from mapapp.situation.crs import in_degrees
from mapapp.situation.frames import CRS
from mapapp.situation.geometry import off_the_globe
from mapapp.situation.problem import Problem
from mapapp.situation.readers import BASEMAP, Content, basemap_file, read_basemap
from mapapp.situation.shapes import Shape, read_shape
from mapapp.situation.wording import visible


def read_layers(contents: dict[str, Content]) -> tuple[dict[str, gpd.GeoDataFrame], list[Problem]]:
    """Read the layers that are there.

    Returns
    -------
    tuple of dict of GeoDataFrame, and list of Problem
        By layer name, in EPSG:4326, with the properties of the file. A layer that is absent is no Problem.
    """
    layers, problems = {}, []
    for layer in BASEMAP:
        if not contents[basemap_file(layer)].missing:
            layers[layer], found = _layer(contents, layer)
            problems += found
    return {name: layer for name, layer in layers.items() if len(layer)}, problems


def _layer(contents: dict[str, Content], name: str) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    raw = read_basemap(contents, name)
    shapes, problems = in_degrees([read_shape(record.geometry) for record in raw.records], raw.crs, raw.file)
    problems = raw.problems + problems
    rows, geometries = [], []
    for record, shape in zip(raw.records, shapes, strict=True):
        if fault := _fault(shape):
            problems.append(Problem(raw.file, record.where, "geometry", fault))
        elif shape.geometry is not None:
            rows.append(
                {key: visible(value) if isinstance(value, str) else value for key, value in record.cells.items()}
            )
            geometries.append(shape.geometry)
    rows = [{key: value for key, value in row.items() if key != "geometry"} for row in rows]
    return gpd.GeoDataFrame(rows, geometry=geometries, crs=CRS), problems


def _fault(shape: Shape) -> str:
    return shape.fault or (off_the_globe(shape.geometry.bounds) if shape.geometry is not None else "")
