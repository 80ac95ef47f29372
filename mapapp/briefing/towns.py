"""Towns and countries on a map: named where there is room, and not drawn at all where there is none."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from mapapp.briefing import ink
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.labels import Room, Wanted
from mapapp.briefing.names import Line, size_of, square, write
from mapapp.briefing.scene import Scene
from mapapp.briefing.text import clean, line_mm, width_mm
from mapapp.situation.schema import HOLDS_GROUND

TOWN_PT, COUNTRY_PT = 6.2, 8.0
TOWN_MM = 0.55
TOWNS = 60
"""No more towns than this are tried: beyond that a map is a gazetteer."""

TOWN, OTHER = "town", "other place"


def name_towns(canvas: Canvas, scene: Scene, room: Room, scale: float) -> None:
    """A town is drawn where its name finds room beside it, and not at all where it does not."""
    size = TOWN_PT * scale
    for town in scene.places[:TOWNS]:
        largest = town.record["place_type"] == "city"
        name = clean(town.record["name"])
        lines = [Line(name, size * (1.08 if largest else 1), "medium" if largest else "normal", ink.SOFT)]
        dot = TOWN_MM * scale
        width, height = size_of(lines)
        placed = room.place(Wanted(town.key, town.x, town.y, dot, width, height, far=False))
        if placed is None:
            continue
        kind = TOWN if town.record["place_type"] in HOLDS_GROUND else OTHER
        draw_town(canvas, town.x, town.y, dot * (1.25 if largest else 1), kind, "map")
        room.take(square(town.x, town.y, dot))
        write(canvas, placed, lines, scale)


def draw_town(canvas: Canvas, x: float, y: float, radius: float, kind: str, part: str) -> None:
    """A dot for a town, a small square for a base, a dam, a field."""
    if kind == TOWN:
        canvas.circle(x, y, radius, ink.SOFT, ink.PAPER, width=0.6, key=f"{part}:place:{kind}", order=5.2)
    else:
        canvas.box(square(x, y, radius * 0.85), ink.PAPER, ink.SOFT, 0.7, key=f"{part}:place:{kind}", order=5.2)


def name_countries(canvas: Canvas, scene: Scene, room: Room, scale: float) -> None:
    """Countries in spaced capitals, where the largest free part of them has room."""
    countries = scene.timeline.situation.basemap.get("countries")
    if countries is None or "name" not in countries:
        return
    for name, geometry in zip(countries["name"], countries.geometry, strict=True):
        seen = scene.window.shapes(np.array([geometry], dtype=object))
        if not len(seen) or not isinstance(name, str):
            continue
        text = " ".join(clean(name).upper())
        size = COUNTRY_PT * scale
        width, height = width_mm(text, size) + 2, line_mm(size)
        inner = shapely.buffer(shapely.union_all(seen), -2)
        for x, y in _spots_in(inner):
            if not shapely.contains(inner, shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)):
                continue
            placed = room.place(Wanted(name, x, y - height / 2 - 0.35, 0, width, height, np.pi / 2, far=False))
            if placed:
                canvas.text(placed.box.middle[0], placed.box.y, text, size, colour=ink.FAINT, align="center", order=4.5)
                break


def _spots_in(shape: Any) -> list[tuple[float, float]]:
    """A grid of spots in a shape, from its middle outwards."""
    if shape.is_empty:
        return []
    x0, y0, x1, y1 = shape.bounds
    middle = shapely.point_on_surface(shape)
    x, y = (grid.ravel() for grid in np.meshgrid(np.linspace(x0, x1, 15), np.linspace(y0, y1, 15)))
    order = np.argsort(np.hypot(x - middle.x, y - middle.y), kind="stable")
    return [(middle.x, middle.y), *zip(x[order], y[order], strict=True)]
