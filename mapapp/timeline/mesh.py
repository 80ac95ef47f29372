"""Faces: the smallest pieces into which lines cut the plane, on one grid."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Array = npt.NDArray[Any]

GRID = 1e-5
"""Grid of all coordinates in degrees: about one metre, finer than any such map is true."""


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
    rings = shapely.get_rings(shapely.get_parts(shapely.set_precision(shapes, grid)))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    steps = np.rint(xy / grid).astype(np.int64)
    pairs = np.hstack([steps[:-1], steps[1:]])[ring[:-1] == ring[1:]]
    backwards = (pairs[:, 0] > pairs[:, 2]) | ((pairs[:, 0] == pairs[:, 2]) & (pairs[:, 1] > pairs[:, 3]))
    pairs[backwards] = pairs[backwards][:, [2, 3, 0, 1]]
    unique = np.unique(pairs, axis=0)
    lines: Array = shapely.linestrings(on_grid(unique.reshape(-1, 2, 2) * grid, grid))
    return lines


def on_grid(xy: Array, grid: float = GRID) -> Array:
    """Coordinates as the floating-point numbers next to multiples of the grid."""
    scale = round(1 / grid)
    return np.asarray(np.rint(xy * scale) / scale)
