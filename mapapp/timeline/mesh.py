"""Faces: the smallest pieces into which lines cut the plane, on one grid."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Array = npt.NDArray[Any]

GRID = 1e-5
"""Grid of all coordinates in degrees: about one metre, finer than any such map is true."""

WIDE = 1 << 32
"""More than there are steps of the grid round the Earth."""


def faces(lines: Any, grid: float = GRID) -> Array:
    """Node lines with one another and give the faces between them.

    Parameters
    ----------
    lines : sequence of LineString or MultiLineString
        Longitude and latitude in degrees.
    grid : float
        All vertices of the faces lie on multiples of it, in degrees (snap rounding, Hobby 1999).

    Returns
    -------
    array of Polygon
        Without overlap or gap, sharing their edges exactly, in an order that depends on nothing but the lines.
    """
    noded = shapely.union_all(lines, grid_size=grid)
    found = shapely.get_parts(shapely.polygonize([noded]))
    found = shapely.normalize(shapely.transform(found, lambda xy: on_grid(xy, grid)))
    ordered: Array = found[np.lexsort(shapely.bounds(found).T)]
    return ordered


def segments(shapes: Array, grid: float = GRID) -> Array:
    """Give the edges of polygons as two-point lines on the grid, each once, whichever way and how often it is drawn.

    Where many maps repeat one border, only what is new of each is left to be noded.
    """
    xy, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(shapes)), return_index=True)
    x, y = np.rint(xy * round(1 / grid)).astype(np.int64).T
    # One whole number for a point, and one for a pair of points: rows of numbers are slow to compare.
    points, number = np.unique(x * WIDE + y, return_inverse=True)
    pairs = np.sort(np.column_stack([number[:-1], number[1:]])[ring[:-1] == ring[1:]])
    edges = np.unique(pairs[:, 0] * len(points) + pairs[:, 1])
    first, second = np.divmod(edges, max(len(points), 1))
    ends = points[np.column_stack([first, second])[first != second]]
    x = (ends + WIDE // 2) // WIDE
    lines: Array = shapely.linestrings(np.stack([x, ends - x * WIDE], axis=-1) / round(1 / grid))
    return lines


def on_grid(xy: Array, grid: float = GRID) -> Array:
    """Coordinates as the floating-point numbers next to multiples of the grid."""
    scale = round(1 / grid)
    return np.asarray(np.rint(xy * scale) / scale)
