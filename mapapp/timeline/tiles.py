"""Tiles that lie in one piece of ground alone: points in them need no geometry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from mapapp.timeline.partition.groups import ranges

Array = npt.NDArray[Any]

ACROSS = 256
"""Tiles from west to east, and from south to north."""

MIXED, OUTSIDE = -2, -1
HAIR = 1e-9
"""Degrees by which edges are taken to be thicker than they are, for the rounding of computed points."""


@dataclass(frozen=True, eq=False)
class Tiles:
    """A rectangle cut into tiles.

    Attributes
    ----------
    low, high : array of float
        West and south, east and north, in degrees.
    unit : array of int, shape (ACROSS, ACROSS)
        By column and row the unit that a tile lies in, `OUTSIDE`, or `MIXED`.
    """

    low: Array
    high: Array
    unit: Array

    def at(self, longitude: Array, latitude: Array) -> Array:
        """Give the unit of each point by its position, `OUTSIDE`, or `MIXED` where its tile does not tell."""
        points = np.column_stack([longitude, latitude])
        within = ((points >= self.low) & (points <= self.high)).all(axis=1)
        found = np.full(len(points), OUTSIDE)
        found[within] = self.unit[_tile(points[within], self.low, self.high)]
        return found


def tiles_of(pieces: Array, piece_of: Array, ends: Array) -> Tiles:
    """Cut the ground into tiles.

    Parameters
    ----------
    pieces, piece_of : array of Polygon, array of int
        The ground in connected pieces that do not overlap, and the unit that each belongs to.
    ends : array of float, shape (n, 2, 2)
        Every edge of theirs.

    Returns
    -------
    Tiles
        A tile that no edge touches lies in one unit, or outside of all, with every point of it.
    """
    if not len(pieces):
        return Tiles(np.full(2, np.inf), np.full(2, -np.inf), np.full((ACROSS, ACROSS), OUTSIDE))
    low, high = shapely.total_bounds(pieces).reshape(2, 2)
    unit = np.full((ACROSS, ACROSS), OUTSIDE)
    unit[_touched(ends, low, high)] = MIXED
    column, row = np.nonzero(unit != MIXED)
    middle = low + (np.column_stack([column, row]) + 0.5) * (high - low) / ACROSS
    piece, tile = shapely.STRtree(shapely.points(middle)).query(pieces, predicate="intersects")
    unit[column[tile], row[tile]] = piece_of[piece]
    return Tiles(low, high, unit)


def _tile(points: Array, low: Array, high: Array) -> tuple[Array, Array]:
    """Column and row of points in the rectangle; those beyond it get the nearest tile."""
    share = (points - low) / (high - low)
    column, row = np.clip(np.floor(share * ACROSS), 0, ACROSS - 1).astype(np.int64).T
    return column, row


def _touched(ends: Array, low: Array, high: Array) -> tuple[Array, Array]:
    """Columns and rows of tiles that edges may touch: the corners of boxes around pieces of half a tile at most."""
    first, way = ends[:, 0], ends[:, 1] - ends[:, 0]
    count = np.ceil(2 * ACROSS * np.abs(way / (high - low)).max(axis=1, initial=0)).astype(np.int64).clip(1)
    edge = np.repeat(np.arange(len(ends)), count)
    number = ranges(np.zeros_like(count), count)
    start, stop = (first[edge] + way[edge] * (n / count[edge])[:, None] for n in (number, number + 1))
    west, south = _tile(np.minimum(start, stop) - HAIR, low, high)
    east, north = _tile(np.maximum(start, stop) + HAIR, low, high)
    return np.concatenate([west, west, east, east]), np.concatenate([south, north, south, north])
