"""Made-up archives of control maps, small enough to reckon by hand."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import shapely

FIRST = date(2024, 3, 1)


def box(west, south, width, height, cell=0.1):
    """A rectangle in cells of a tenth of a degree east and north of 38 E, 36 N."""
    x, y = 38 + west * cell, 36 + south * cell
    return shapely.box(round(x, 6), round(y, 6), round(x + width * cell, 6), round(y + height * cell, 6))


def feature(shape, **properties):
    geometry = None if shape is None else json.loads(shapely.to_geojson(shape))
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write_geojson(path: Path, *features, crs=None):
    collection = {"type": "FeatureCollection", "features": list(features)}
    if crs:
        collection["crs"] = {"type": "name", "properties": {"name": crs}}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(collection), "utf-8")
    return path


def day(number):
    return FIRST + timedelta(days=number)


def daily(folder: Path, shapes, pattern="map_{:%Y%m%d}.geojson", skip=()):
    """One file a day, each with one shape; days in `skip` have none."""
    for number, shape in enumerate(shapes):
        if number not in skip:
            write_geojson(folder / pattern.format(day(number)), feature(shape))
    return folder


def kml(folders) -> str:
    """A KML document: for each layer a folder, with a placemark for each name and geometry."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>']
    for layer, placemarks in folders.items():
        parts.append(f"<Folder><name>{layer}</name>")
        for name, geometry in placemarks:
            parts.append(f"<Placemark><name><![CDATA[{name}]]></name>{geometry}</Placemark>")
        parts.append("</Folder>")
    return "\n".join([*parts, "</Document></kml>"])


def kml_polygon(shape, height=None):
    z = "" if height is None else f",{height}"
    ring = " ".join(f"{x},{y}{z}" for x, y in shape.exterior.coords)
    outline = f"<LinearRing><coordinates>{ring}</coordinates></LinearRing>"
    return f"<Polygon><outerBoundaryIs>{outline}</outerBoundaryIs></Polygon>"
