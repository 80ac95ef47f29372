"""Hatches, the second code beside colour: real lines cut to the ground they lie on, the same in every format."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from mapapp.briefing.canvas import Canvas

SPACING_MM = 1.9
ANGLES = {
    "diagonal": (45,), "back_diagonal": (-45,), "cross": (45, -45), "horizontal": (0,), "vertical": (90,), "none": (),
}  # fmt: skip
DOTS = "dots"


def hatch(
    canvas: Canvas,
    ground: Any,
    pattern: str,
    colour: str,
    width: float = 0.45,
    spacing: float = SPACING_MM,
    **more: Any,
) -> None:
    """Draw a pattern of `situation.manifest.HATCHES` over polygons in mm."""
    whole = shapely.union_all(np.atleast_1d(np.asarray(ground, dtype=object)))
    if whole.is_empty:
        return
    if pattern == DOTS:
        _dots(canvas, whole, colour, width, spacing, **more)
        return
    for angle in ANGLES.get(pattern, ()):
        apart = spacing * (1.35 if pattern == "cross" else 1)
        parts = shapely.get_parts(
            shapely.intersection(whole, shapely.MultiLineString(rulings(whole.bounds, angle, apart)))
        )
        lines = parts[shapely.get_type_id(parts) == 1]
        canvas.strokes([shapely.get_coordinates(line) for line in lines], colour, width, cap="butt", **more)


def rulings(bounds: tuple[float, ...], angle: float, spacing: float) -> list[Any]:
    """Parallel lines across a rectangle; they lie on one grid, so that neighbouring pieces of ground match."""
    x0, y0, x1, y1 = bounds
    turn = np.radians(angle)
    along, across = np.array([np.cos(turn), -np.sin(turn)]), np.array([np.sin(turn), np.cos(turn)])
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    offsets, reach = corners @ across, corners @ along
    steps = np.arange(np.ceil(offsets.min() / spacing), np.floor(offsets.max() / spacing) + 1) * spacing
    return [(across * step + along * reach.min(), across * step + along * reach.max()) for step in steps]


def _dots(canvas: Canvas, whole: Any, colour: str, width: float, spacing: float, **more: Any) -> None:
    """Dots in rows, every other row moved by half a space."""
    x0, y0, x1, y1 = whole.bounds
    rows = np.arange(np.floor(y0 / spacing), np.ceil(y1 / spacing) + 1)
    columns = np.arange(np.floor(x0 / spacing), np.ceil(x1 / spacing) + 1)
    column, row = (grid.ravel() for grid in np.meshgrid(columns, rows))
    x, y = (column + 0.5 * (row % 2)) * spacing, row * spacing
    inside = shapely.contains_xy(whole, x, y)
    canvas.dots(x[inside], y[inside], width * 3, colour, **more)
