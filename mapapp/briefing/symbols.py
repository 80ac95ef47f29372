"""The symbols of sites on paper: the shapes and marks of the page, as paths in mm."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.svgLib.path import parse_path
from matplotlib.path import Path

from mapapp.briefing import ink
from mapapp.briefing.canvas import Canvas
from mapapp.situation.symbols import SHAPES, SIZE, STATUSES, UNKNOWN

SYMBOL_MM = 4.0
"""How wide a site is drawn on A4."""

CASING_PT = 2.2
MARK_PT = 0.95
EDGE_PT, EDGE_DASH = 5.6, (0, (0.26, 0.22))
"""The striped edge of a site on contested ground; the dash is in widths of the line."""


def _codes() -> dict[str, int]:
    return {"moveTo": Path.MOVETO, "lineTo": Path.LINETO, "curveTo": Path.CURVE4, "qCurveTo": Path.CURVE3}


@lru_cache(maxsize=256)
def svg_path(data: str) -> Path:
    """SVG path data as a path; both have y downwards."""
    pen = DecomposingRecordingPen({})
    parse_path(data, pen)
    vertices: list[tuple[float, float]] = []
    codes: list[int] = []
    for name, points in pen.value:
        if name == "closePath":
            vertices.append(vertices[-1])
            codes.append(Path.CLOSEPOLY)
        elif name in _codes():
            vertices += points
            codes += [_codes()[name]] * len(points)
    return Path(np.array(vertices), codes)


def draw_site(
    canvas: Canvas,
    x: float,
    y: float,
    kind: str | None,
    status: str | None,
    *,
    scale: float = 1,
    part: str = "map",
    order: float = 8,
    rival: str | None = None,
) -> None:
    """Draw a site at a spot in mm: the shape says its kind, colour and mark its status.

    Where its ground is contested it has an edge of stripes in the colour `rival` of the claimant.
    """
    shape = SHAPES.get(kind or UNKNOWN, SHAPES[UNKNOWN])
    look = STATUSES.get(status or UNKNOWN, STATUSES[UNKNOWN])
    unit = SYMBOL_MM * scale / SIZE
    middle = np.array([SIZE / 2, SIZE / 2])
    outline = _placed(svg_path(shape.outline), middle, x, y, unit)
    if rival:
        ring = outline.to_polygons()
        canvas.strokes(ring, ink.PAPER, EDGE_PT * scale, order=order - 0.2)
        canvas.strokes(ring, rival, EDGE_PT * scale, dash=EDGE_DASH, cap="butt", order=order - 0.1)
    canvas.shape(outline, ink.PAPER, ink.PAPER, CASING_PT * scale, order=order)
    fill = ink.PAPER if look.hollow else look.light
    canvas.shape(
        outline,
        fill,
        look.light,
        (1.1 if look.hollow else 0.3) * scale,
        key=f"{part}:kind:{kind or UNKNOWN}",
        order=order + 0.1,
    )
    if look.mark:
        dx, dy = (np.array(shape.middle) - middle) * unit
        mark = _placed(svg_path(look.mark), np.zeros(2), x + dx, y + dy, unit)
        canvas.shape(
            mark,
            "none",
            look.light if look.hollow else ink.PAPER,
            MARK_PT * scale,
            order=order + 0.2,
            key=f"{part}:mark:{status or UNKNOWN}",
        )


def _placed(path: Path, middle: np.ndarray, x: float, y: float, unit: float) -> Path:
    return Path((path.vertices - middle) * unit + (x, y), path.codes)
