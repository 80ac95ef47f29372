"""Borders as dated changes: every border segment once, with the days on which it comes and goes.

A map of a day is a set of rings. On the grid a ring is a list of segments between whole-number points; a segment of the
outline has ground on its left, so it counts +1 from its lesser to its greater point and -1 the other way round. Two
neighbours that share a border cancel it out. Only what changed from one map to the next is kept, so a border that
stands still for a year costs two entries, and memory grows with the change and not with days times vertices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from mapapp.timeline.partition.groups import summed

Array = npt.NDArray[Any]

ALWAYS, FOREVER = -(1 << 30), 1 << 30
"""Day numbers of an open start and an open end."""

BUFFER = 2_000_000
"""Entries held before those that cancel out are dropped."""

_HALF = np.int64(1 << 31)
_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)


@dataclass(frozen=True, eq=False)
class Changes:
    """What a `Ledger` holds.

    Attributes
    ----------
    segments : array of int64, shape (n, 4)
        x, y, x, y of both ends in steps of the grid, the lesser point first; each segment once.
    segment, lane, day, weight : array of int, shape (m,)
        From `day` on, `weight` more layers of `lane` have their inside on the left of `segment`.
    """

    segments: Array
    segment: Array
    lane: Array
    day: Array
    weight: Array


class Ledger:
    """Takes in dated polygons one map at a time and keeps their changes.

    Parameters
    ----------
    scale : float
        Steps of the grid to a degree; longitudes and latitudes are rounded to it.
    """

    def __init__(self, scale: float) -> None:
        self._scale = scale
        self._points = _Numbering()
        self._open: dict[int, tuple[int, Array, Array]] = {}
        self._parts: list[Array] = []
        self._size = 0

    def put(self, lane: int, polygons: Array, start: int, stop: int) -> None:
        """Enter what one lane holds from day `start` until before day `stop`.

        Parameters
        ----------
        lane : int
            Layers of one lane add up: where two of them lie on each other, the ground is held once.
        polygons : array of Polygon or MultiPolygon
            Longitude, latitude in degrees, each valid; others may lie on them.
        start, stop : int
            Days since 1970-01-01, or `ALWAYS` and `FOREVER`. Maps may come in any order; least memory is needed where
            each begins on the day on which the one before it in its lane ends.
        """
        keys, weights = self._outline(polygons)
        before = self._open.pop(lane, None)
        if before and before[0] == start:
            keys_before, weights_before = before[1:]
            (changed,), change = summed((np.r_[keys, keys_before],), np.r_[weights, -weights_before])
            self._enter(lane, start, changed, change)
        else:
            if before:
                self._enter(lane, before[0], before[1], -before[2])
            self._enter(lane, start, keys, weights)
        self._open[lane] = (stop, keys, weights)

    def changes(self) -> Changes:
        """Everything entered so far."""
        for lane, (stop, keys, weights) in self._open.items():
            self._enter(lane, stop, keys, -weights)
        self._open.clear()
        self._settle()
        entries: Array = self._parts[0] if self._parts else np.empty((3, 0), dtype=np.uint64)
        key, rest, weight = entries
        segments, segment = np.unique_inverse(key)
        ends = self._points.places()[np.stack([segments >> _SHIFT, segments & _LOW], axis=1).astype(np.int64)]
        lane, day = (rest >> _SHIFT).astype(np.int64), (rest & _LOW).astype(np.int64) - _HALF
        return Changes(ends.reshape(-1, 4), segment, lane, day, weight.astype(np.int64))

    def _outline(self, polygons: Array) -> tuple[Array, Array]:
        """The segments of some polygons with their weights; those that cancel out are gone."""
        parts = shapely.get_parts(polygons)
        parts = parts[~shapely.is_empty(parts)]
        if not len(parts):
            return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
        _, xy, (rings, shells) = shapely.to_ragged_array(parts, include_z=False)
        grid = np.rint(xy * self._scale).astype(np.int64)
        first, second = grid[:-1], grid[1:]
        inner = np.ones(len(grid), dtype=bool)
        inner[rings[1:] - 1] = False  # from the last point of a ring none leads to the next ring
        cross = np.where(inner[:-1], first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0], 0)
        turn = np.sign(np.add.reduceat(cross, rings[:-1]))
        turn[~np.isin(np.arange(len(turn)), shells)] *= -1
        weights = np.repeat(turn, np.diff(rings))[inner]
        numbers = self._points.number(grid)
        start, stop = numbers[:-1][inner[:-1]], numbers[1:][inner[:-1]]
        keys = (np.minimum(start, stop).astype(np.uint64) << _SHIFT) | np.maximum(start, stop).astype(np.uint64)
        (keys,), weights = summed((keys,), np.where(start < stop, weights, -weights) * (start != stop))
        return keys, weights

    def _enter(self, lane: int, day: int, keys: Array, weights: Array) -> None:
        if day == FOREVER:
            return
        rest = np.full(len(keys), (lane << 32) | (day + int(_HALF)), dtype=np.uint64)
        self._parts.append(np.stack([keys, rest, weights.astype(np.int64).view(np.uint64)]))
        self._size += len(keys)
        if self._size > BUFFER:
            self._settle()

    def _settle(self) -> None:
        """Add up the entries of one segment, lane and day and drop those that come to nothing."""
        if not self._parts:
            return
        key, rest, weight = np.concatenate(self._parts, axis=1)
        (key, rest), weight = summed((key, rest), weight.view(np.int64))
        self._parts = [np.stack([key, rest, weight.view(np.uint64)])]
        self._size = 0


class _Numbering:
    """Numbers points of the grid in the order in which they are first met."""

    def __init__(self) -> None:
        self._keys = np.empty(0, dtype=np.uint64)
        self._numbers = np.empty(0, dtype=np.int64)

    def number(self, grid: Array) -> Array:
        """The numbers of some points, given as x and y in steps of the grid."""
        x, y = (grid + _HALF).astype(np.uint64).T
        keys = (x << _SHIFT) | y
        at = np.searchsorted(self._keys, keys)
        known = at < len(self._keys)
        known[known] = self._keys[at[known]] == keys[known]
        if not known.all():
            new = np.unique(keys[~known])
            where = np.searchsorted(self._keys, new)
            self._numbers = np.insert(self._numbers, where, np.arange(len(self._keys), len(self._keys) + len(new)))
            self._keys = np.insert(self._keys, where, new)
            at = np.searchsorted(self._keys, keys)
        return np.asarray(self._numbers[at])

    def places(self) -> Array:
        """Both coordinates of every number."""
        xy = np.empty((len(self._keys), 2), dtype=np.int64)
        xy[self._numbers] = np.stack([self._keys >> _SHIFT, self._keys & _LOW], axis=1).astype(np.int64) - _HALF
        return xy
