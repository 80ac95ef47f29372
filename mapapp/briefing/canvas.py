"""The canvas: one matplotlib figure with one axes in millimetres, x to the right and y downwards from the top left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import Stroke
from matplotlib.transforms import IdentityTransform

from mapapp.briefing import ink
from mapapp.briefing.frame import Box
from mapapp.briefing.text import MM_PER_PT, clean, font, letters, line_mm, width_mm

MM_PER_INCH = 25.4


class Canvas:
    """A sheet of paper to draw on.

    Parameters
    ----------
    width, height : float
        Of the paper, in mm.
    letters_as_shapes : bool
        Draw letters as outlines (for pictures) rather than as text (for documents).
    clear : bool
        Without paper: a layer to lay over others.

    Notes
    -----
    What is drawn with a `key` is known by it: `keys("map")` are the things on the map, `keys("legend")` those in the
    legend. Line widths are in points.
    """

    def __init__(self, width: float, height: float, *, letters_as_shapes: bool = True, clear: bool = False):
        self.letters_as_shapes = letters_as_shapes
        self._letters: dict[tuple[float, str, float], list[tuple[Any, Any]]] = {}
        self.width, self.height = width, height
        self.figure = Figure(
            figsize=(width / MM_PER_INCH, height / MM_PER_INCH), facecolor="none" if clear else ink.PAPER
        )
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)
        self.axes.set_autoscale_on(False)
        self._keys: set[str] = set()

    def keys(self, part: str) -> set[str]:
        """What was drawn on a part of the sheet."""
        start = f"{part}:" if part else ""
        return {key.removeprefix(start) for key in self._keys if key.startswith(start)}

    def note(self, key: str) -> None:
        """Say that something was drawn."""
        self._keys.add(key)

    def add(self, artist: Any, key: str = "", order: float = 1) -> Any:
        """Put an artist on the sheet."""
        artist.set_zorder(order)
        artist.set_clip_on(False)
        self.note(key)
        self.axes.add_artist(artist)
        return artist

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 7,
        *,
        weight: str = "normal",
        colour: str = ink.INK,
        align: str = "left",
        halo: float = 0,
        order: float = 10,
    ) -> float:
        """Write one line with the top of its letters at y, and give where the next line begins.

        A halo is laid under the letters by itself: the letters then stay letters in a PDF.
        """
        clear = clean(text)
        baseline = y + size * 1.02 * MM_PER_PT
        if self.letters_as_shapes:
            self._shape_letters(x, baseline, clear, size, weight, align, colour, halo, order)
        else:
            self._write(x, baseline, clear, {"fontproperties": font(size, weight), "ha": align}, colour, halo, order)
        return y + line_mm(size)

    def _write(
        self, x: float, y: float, text: str, style: dict[str, Any], colour: str, halo: float, order: float
    ) -> None:
        """Letters that stay letters: they can be searched for and copied."""
        style |= {"va": "baseline", "parse_math": False}
        if halo:
            under = self.axes.text(x, y, text, color=ink.PAPER, zorder=order - 0.1, **style)
            under.set_path_effects([Stroke(linewidth=halo, foreground=ink.PAPER)])
        self.axes.text(x, y, text, color=colour, zorder=order, **style)

    def _shape_letters(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        weight: str,
        align: str,
        colour: str,
        halo: float,
        order: float,
    ) -> None:
        """Letters as outlines, collected so that those of one colour are drawn at once: much faster on a picture."""
        path = letters(text, weight)
        if not len(path.vertices):
            return
        left = x - width_mm(text, size, weight) * {"left": 0, "center": 0.5, "right": 1}[align]
        outline = path.vertices * (size, -size) + (left, y)
        if halo:
            self._letters.setdefault((order - 0.1, ink.PAPER, halo), []).append((outline, path.codes))
        self._letters.setdefault((order, colour, 0), []).append((outline, path.codes))

    def finish(self) -> None:
        """Draw the letters that were collected."""
        for (order, colour, halo), runs in self._letters.items():
            path = Path(np.concatenate([run[0] for run in runs]), np.concatenate([run[1] for run in runs]))
            self.add(
                PathPatch(
                    path,
                    facecolor="none" if halo else colour,
                    edgecolor=colour if halo else "none",
                    linewidth=halo,
                    joinstyle="round",
                ),
                order=order,
            )
        self._letters.clear()

    def lines(self, x: float, y: float, lines: Sequence[str], size: float = 7, **style: Any) -> float:
        """Write several lines and give where the next one begins."""
        for line in lines:
            y = self.text(x, y, line, size, **style)
        return y

    def box(self, box: Box, fill: str = "none", edge: str = "none", width: float = 0.5, **more: Any) -> None:
        """Draw a rectangle."""
        patch = Rectangle((box.x, box.y), box.w, box.h, facecolor=fill, edgecolor=edge, linewidth=width)
        self.add(patch, **more)

    def circle(self, x: float, y: float, radius: float, fill: str = "none", edge: str = "none", **more: Any) -> None:
        """Draw a circle; `width` and `dash` style its line."""
        width, dash = more.pop("width", 0.5), more.pop("dash", "-")
        self.add(Circle((x, y), radius, facecolor=fill, edgecolor=edge, linewidth=width, linestyle=dash), **more)

    def rule(self, x: float, y: float, right: float, colour: str = ink.HAIR, width: float = 0.5, **more: Any) -> None:
        """Draw a line across."""
        self.strokes([np.array([[x, y], [right, y]])], colour, width, **more)

    def strokes(
        self, paths: Sequence[Any], colour: str, width: float, dash: Any = "-", cap: str = "round", **more: Any
    ) -> None:
        """Draw lines, each an n x 2 array of mm."""
        if len(paths):
            style = {"colors": colour, "linewidths": width, "linestyles": dash, "capstyle": cap}
            self.add(LineCollection(list(paths), **style), **more)

    def outlines(self, geometries: Any, colour: str, width: float, **more: Any) -> None:
        """Draw the lines of geometries in mm."""
        parts = shapely.get_parts(np.asarray(geometries, dtype=object))
        paths = [shapely.get_coordinates(part) for part in parts if shapely.get_type_id(part) in {1, 2}]
        self.strokes(paths, colour, width, **more)

    def area(self, geometries: Any, fill: str, edge: str = "none", width: float = 0, **more: Any) -> None:
        """Fill polygons in mm, holes left open."""
        path = polygon_path(geometries)
        if path is not None:
            style = {"facecolor": fill, "edgecolor": edge, "linewidth": width, "joinstyle": "round"}
            self.add(PathPatch(path, **style), **more)

    def shape(self, path: Path, fill: str = "none", edge: str = "none", width: float = 0.5, **more: Any) -> None:
        """Draw a path in mm."""
        style = {"facecolor": fill, "edgecolor": edge, "linewidth": width, "joinstyle": "round", "capstyle": "round"}
        self.add(PathPatch(path, **style), **more)

    def dots(self, x: Any, y: Any, size: float, colour: str, **more: Any) -> None:
        """Draw dots of a size in points."""
        if len(x):
            style = {"sizes": [size**2], "facecolors": colour, "linewidths": 0}
            marks = PathCollection([Path.unit_circle()], offsets=np.column_stack([x, y]), **style)
            marks.set_transform(IdentityTransform())
            marks.set_offset_transform(self.axes.transData)
            self.add(marks, **more)


def polygon_path(geometries: Any) -> Path | None:
    """Several polygons in mm as one path; None where there is nothing to fill."""
    parts = shapely.get_parts(np.atleast_1d(np.asarray(geometries, dtype=object)))
    rings = shapely.get_rings(parts[shapely.get_type_id(parts) == 3])
    if not len(rings):
        return None
    vertices, codes = [], []
    for ring in rings:
        points = shapely.get_coordinates(ring)
        code = np.full(len(points), Path.LINETO, dtype=Path.code_type)
        code[0], code[-1] = Path.MOVETO, Path.CLOSEPOLY
        vertices.append(points)
        codes.append(code)
    return Path(np.concatenate(vertices), np.concatenate(codes))
