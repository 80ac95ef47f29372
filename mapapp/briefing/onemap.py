"""One map in its box, with its furniture and names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from mapapp.briefing import furniture, ink, mapdraw
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.frame import Box
from mapapp.briefing.labels import Room
from mapapp.briefing.names import Names, draw_names
from mapapp.briefing.scene import Scene
from mapapp.briefing.spread import Seat, seats
from mapapp.briefing.symbols import SYMBOL_MM
from mapapp.briefing.text import line_mm, width_mm
from mapapp.briefing.towns import name_countries, name_towns

TITLE_PT = 8.0
INSET, SCALE = "inset", "scale"
"""What a canvas knows an inset and a scale bar by."""

LEAST_INSET_MM, BAR_EDGE_MM = 14.0, 1.5
LAND, HELD = 0.3, 1.2
"""How bad it is to hide land of the area itself, and ground on it that somebody holds."""

MOST_HIDDEN = 0.5
"""An inset that would hide a site, or more than a third of it ground that somebody holds, is not drawn on the map."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a map is drawn.

    Attributes
    ----------
    scale : float
        How much larger than on A4 letters and symbols are.
    symbols : float
        How much larger symbols are than that.
    only : set of str or None
        Name these sites only; None: all.
    title : str
        Written in the upper left corner, for one map of several.
    inset : bool
        Whether to show where the map lies.
    focus : str or None
        The site that the map is about.
    """

    scale: float
    symbols: float = 1.0
    only: frozenset[str] | None = None
    title: str = ""
    inset: bool = True
    focus: str | None = None


def draw_map(canvas: Canvas, shown: Scene, style: Style) -> Names:
    """Draw one map in its box, with its furniture and names.

    Returns
    -------
    Names
        Which sites could not be named, and where numbers for what happened would have room.
    """
    scale, box = style.scale, shown.window.box
    mapdraw.draw_base(canvas, shown)
    mapdraw.draw_ground(canvas, shown, scale)
    mapdraw.draw_waters(canvas, shown, scale)
    mapdraw.draw_borders(canvas, shown, scale)
    symbol = scale * style.symbols
    placed = seats(shown.sites, SYMBOL_MM * symbol, box)
    mapdraw.draw_seats(canvas, shown, placed, symbol, style.focus)
    taken = [_title(canvas, box, style.title, scale)] if style.title else []
    taken += draw_furniture(canvas, shown, placed, scale, taken, inset=style.inset)
    room = Room(box.inside(3.4 * scale), taken)
    names = draw_names(canvas, shown, placed, room, scale=scale, symbol=symbol, only=style.only, focus=style.focus)
    name_towns(canvas, shown, room, scale)
    name_countries(canvas, shown, room, scale)
    return names


def draw_furniture(
    canvas: Canvas, shown: Scene, placed: list[Seat], scale: float, taken: Sequence[Box] = (), *, inset: bool = True
) -> list[Box]:
    """Draw scale bar, north arrow and inset, each where it hides the least, and the frame; gives the room they take."""
    box = shown.window.box
    land, ground = shown.country, np.concatenate([[], *(one.shapes for one in shown.ground)])
    sites = [Box(seat.x - SYMBOL_MM, seat.y - SYMBOL_MM, 2 * SYMBOL_MM, 2 * SYMBOL_MM) for seat in placed]

    def hides(corner: Box, found: list[Box]) -> float:
        patch = shapely.box(*corner.bounds)
        country, held = (float(shapely.area(shapely.intersection(shapes, patch)).sum()) for shapes in (land, ground))
        covered = sum(corner.meets(site) for site in sites)
        blocked = any(corner.meets(other) for other in (*taken, *found))
        return 1000.0 * blocked + 10 * covered + (LAND * country + HELD * held) / corner.area

    def best(size: tuple[float, float], found: list[Box], *, low: bool) -> tuple[Box, float]:
        spots = furniture.corners(box, size[0] * scale, size[1] * scale, scale, low=low)
        costs = [hides(spot, found) for spot in spots]
        return spots[costs.index(min(costs))], min(costs)

    corner, cost = best(furniture.INSET, [], low=False)
    insets = [corner] if inset and cost <= MOST_HIDDEN else []
    bar, _ = best(furniture.BAR, insets, low=True)
    arrow, _ = best(furniture.ARROW, [bar, *insets], low=False)
    furniture.draw_scale(canvas, shown.window, bar, scale)
    canvas.note(SCALE)
    furniture.draw_north(canvas, shown.window, arrow, scale)
    for place in insets:
        furniture.draw_inset(canvas, shown, place, scale)
        canvas.note(INSET)
    furniture.draw_frame(canvas, shown.window, scale, [*taken, bar, arrow, *insets])
    return [bar.inside(-BAR_EDGE_MM), arrow, *insets]


def _title(canvas: Canvas, box: Box, title: str, scale: float) -> Box:
    """The day of one map of several; gives the room it takes."""
    size = TITLE_PT * scale
    label = Box(box.x, box.y, width_mm(title, size, "bold") + 4 * scale, line_mm(size) + 1.6 * scale)
    canvas.box(label, ink.PAPER, ink.INK, 0.7 * scale, order=12.5)
    canvas.text(label.x + 2 * scale, label.y + 0.9 * scale, title, size, weight="bold", order=12.6)
    return label


def draw_inset_beside(canvas: Canvas, shown: Scene, free: list[Box], scale: float) -> list[Box]:
    """Draw the inset at the foot of the largest free box if no map has it; gives the boxes as they are then."""
    if INSET in canvas.keys(""):
        return free
    box = max(free, key=lambda one: one.h)
    width, height = min(furniture.INSET[0] * scale, box.w), furniture.INSET[1] * scale
    if box.h < height:
        height = max(box.h, 0)
    if height < LEAST_INSET_MM:
        return free
    furniture.draw_inset(canvas, shown, Box(box.x, box.bottom - height, width, height), scale)
    canvas.note(INSET)
    rest = Box(box.x, box.y, box.w, box.h - height - 2)
    return [rest if one is box else one for one in free]


def map_facts(shown: Scene) -> str:
    """Scale and projection of a map."""
    denominator = 1e6 / shown.window.mm_per_km()
    power = 10 ** (len(str(int(denominator))) - 3)
    return f"1:{round(denominator / power) * power:,} on paper  ·  {shown.window.projection.name}"
