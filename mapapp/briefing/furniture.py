"""What every map carries: its frame with degrees, a scale bar, north, and where it lies in the world around."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely

from mapapp.briefing import ink
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.frame import Box
from mapapp.briefing.mapdraw import draw_sea
from mapapp.briefing.projection import Window, window
from mapapp.briefing.scene import Scene
from mapapp.briefing.text import width_mm

STEPS = (10, 5, 2, 1, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01)
DEGREE_PT, SCALE_PT = 5.6, 6.2
TICK_MM = 1.2
BAR, ARROW, INSET = (46.0, 7.2), (8.0, 11.0), (38.0, 28.0)
"""Width and height of scale bar, north arrow and inset on A4, in mm."""


def corners(box: Box, width: float, height: float, scale: float, *, low: bool) -> list[Box]:
    """Where a piece of furniture may stand on a map: corners first, then the middles of the sides.

    `low`: the lower ones first.
    """
    edge = 4 * scale
    left, right = box.x + edge, box.right - edge - width
    top, bottom = box.y + edge, box.bottom - edge - height
    middle, half = box.x + (box.w - width) / 2, box.y + (box.h - height) / 2
    upper, lower = [(right, top), (left, top)], [(left, bottom), (right, bottom)]
    spots = (lower + upper if low else upper + lower) + [(left, half), (right, half), (middle, bottom), (middle, top)]
    return [Box(x, y, width, height) for x, y in spots]


def draw_frame(canvas: Canvas, seen: Window, scale: float, taken: list[Box]) -> None:
    """The neat line, with ticks and degrees along it and faint crosses where parallels and meridians meet.

    Where something stands already (`taken`) there are none.
    """
    box = seen.box
    west, south, east, north = seen.extent
    step = next(one for one in STEPS if (east - west) / one >= 3.5 or one == STEPS[-1])
    meridians = _multiples(west, east, step)
    parallels = _multiples(south, north, step)
    crosses = seen.to_mm(np.array([(m, p) for m in meridians for p in parallels] or [(0.0, 0.0)]))
    inner = box.inside(3 * scale)
    x0, y0, x1, y1 = inner.bounds
    arm = 1.0 * scale
    strokes: list[Any] = []
    for x, y in crosses:
        if x0 < x < x1 and y0 < y < y1 and not any(place.has(x, y) for place in taken):
            strokes += [np.array([[x - arm, y], [x + arm, y]]), np.array([[x, y - arm], [x, y + arm]])]
    canvas.strokes(strokes, ink.FAINT, 0.35 * scale, order=3.5)
    for value in meridians:
        _tick(
            canvas,
            seen,
            shapely.LineString([(value, south - 1), (value, north + 1)]),
            _degrees(value, "EW"),
            scale,
            taken,
            upright=True,
        )
    for value in parallels:
        _tick(
            canvas,
            seen,
            shapely.LineString([(west - 1, value), (east + 1, value)]),
            _degrees(value, "NS"),
            scale,
            taken,
            upright=False,
        )
    canvas.box(box, "none", ink.INK, 0.7 * scale, order=12)


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [n * step for n in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _tick(canvas: Canvas, seen: Window, line: Any, text: str, scale: float, taken: list[Box], *, upright: bool) -> None:
    """A tick at both ends of a meridian or parallel, with its degrees inside the neat line."""
    path = shapely.transform(shapely.segmentize(line, 0.25), seen.to_mm)
    size = DEGREE_PT * scale
    x0, y0, x1, y1 = seen.box.bounds
    reach = TICK_MM * scale
    sides = ([(x0, y0), (x1, y0)], [(x0, y1), (x1, y1)]) if upright else ([(x0, y0), (x0, y1)], [(x1, y0), (x1, y1)])
    for first, side in enumerate(sides):
        for x, y in shapely.get_coordinates(shapely.intersection(path, shapely.LineString(side))):
            wide = width_mm(text, size)
            if not (x0 + wide < x < x1 - wide if upright else y0 + 4 * scale < y < y1 - 4 * scale):
                continue
            if any(place.inside(-4 * scale).has(x, y) for place in taken):
                continue
            inward = -1 if first else 1
            end = (x, y + inward * reach) if upright else (x + inward * reach, y)
            canvas.strokes([np.array([(x, y), end])], ink.INK, 0.6 * scale, order=12)
            style: dict[str, Any] = {"colour": ink.SOFT, "halo": 1.6 * scale}
            if upright:
                top = y + reach + 0.2 if not first else y - reach - size * 0.42
                canvas.text(x, top, text, size, align="center", **style)
            else:
                aside = x + inward * (reach + 0.4)
                canvas.text(aside, y - size * 0.2, text, size, align="right" if first else "left", **style)


def _degrees(value: float, signs: str) -> str:
    minutes = round(abs(value) * 60)
    whole, rest = divmod(minutes, 60)
    return f"{whole}°{f'{rest:02d}′' if rest else ''}{signs[value < 0]}"


def draw_scale(canvas: Canvas, seen: Window, area: Box, scale: float) -> float:
    """A bar in true kilometres at the middle of the map; gives its length in km."""
    per_km = seen.mm_per_km()
    km = _round_below(area.w * 0.78 / per_km)
    length = km * per_km
    y, height = area.y + 3.9 * scale, 1.2 * scale
    quarters = [Box(area.x + length * n / 4, y, length / 4, height) for n in range(4)]
    canvas.box(Box(area.x - 0.5, y - 0.5, length + 1, height + 1), ink.PAPER, order=11)
    for n, quarter in enumerate(quarters):
        canvas.box(quarter, ink.PAPER if n % 2 else ink.INK, ink.INK, 0.5 * scale, order=11.1)
    size = SCALE_PT * scale
    for share in (0, 0.5, 1):
        label = f"{km * share:g}" + (" km" if share == 1 else "")
        aside = width_mm(" km", size) / 2 if share == 1 else 0
        canvas.text(
            area.x + length * share + aside,
            area.y + 0.6 * scale,
            label,
            size,
            align="center",
            halo=1.8 * scale,
            order=11.2,
        )
    return km


def _round_below(value: float) -> float:
    power = 10 ** math.floor(math.log10(value))
    return max(n for n in (1, 2, 4, 5, 10) if n * power <= value) * power


def draw_north(canvas: Canvas, seen: Window, area: Box, scale: float) -> None:
    """An arrow to true north in the middle of the map."""
    x, y = area.middle
    turn = math.radians(seen.north_angle())
    up = np.array([math.sin(turn), -math.cos(turn)])
    aside = np.array([-up[1], up[0]])
    middle = np.array([x, y + 1.6 * scale])
    tip, tail = middle + up * 4.0 * scale, middle - up * 3.0 * scale
    notch = middle - up * 1.6 * scale
    for side, fill in ((1, ink.INK), (-1, ink.PAPER)):
        wing = tail + aside * side * 1.9 * scale
        canvas.area([shapely.Polygon([tip, wing, notch])], fill, ink.INK, 0.5 * scale, order=11)
    canvas.text(
        *(tip + up * 2.2 * scale - (0, 1.3 * scale)),
        "N",
        8 * scale,
        weight="bold",
        align="center",
        halo=2 * scale,
        order=11,
    )


def draw_inset(canvas: Canvas, scene: Scene, box: Box, scale: float) -> None:
    """Where the map lies: its country among its neighbours, the map as a frame in it."""
    basemap = scene.timeline.situation.basemap
    around = window(_around(scene), box)
    canvas.box(box, ink.ABROAD, order=13)
    draw_sea(canvas, around, basemap, order=13.1)
    countries = basemap.get("countries")
    if countries is not None and "name" in countries:
        home = (countries["name"] == scene.timeline.situation.zone_settings.area).to_numpy()
        canvas.area(around.shapes(countries.geometry[~home].to_numpy()), ink.ABROAD, ink.FAINT, 0.3 * scale, order=13.2)
        canvas.area(around.shapes(countries.geometry[home].to_numpy()), ink.PAPER, ink.BORDER, 0.5 * scale, order=13.3)
    x0, y0, x1, y1 = scene.window.box.bounds
    edge = shapely.segmentize(shapely.box(x0, y0, x1, y1), 5)
    here = around.shapes(np.array([shapely.transform(edge, scene.window.to_degrees)], dtype=object))
    canvas.outlines(shapely.boundary(here), ink.ACCENT, 1.2 * scale, order=13.4)
    canvas.box(box, "none", ink.INK, 0.5 * scale, order=13.5)


def _around(scene: Scene) -> tuple[float, float, float, float]:
    """The extent of the inset: the area the situation is about, and the map, with some land around."""
    extents = [scene.window.extent]
    countries = scene.timeline.situation.basemap.get("countries")
    if countries is not None and "name" in countries:
        home = countries[countries["name"] == scene.timeline.situation.zone_settings.area]
        if len(home):
            extents.append(tuple(home.total_bounds))
    west, south, east, north = (float(f(one[n] for one in extents)) for n, f in enumerate((min, min, max, max)))
    edge = max(east - west, north - south) * (0.1 if len(extents) > 1 else 0.8)
    return max(west - edge, -180), max(south - edge, -85), min(east + edge, 180), min(north + edge, 85)
