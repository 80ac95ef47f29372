"""Units: all faces of one history as one piece of ground, with the spans of that history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from mapapp.timeline.partition.faces import OUTSIDE, Faces, faces
from mapapp.timeline.partition.groups import begins, ranges
from mapapp.timeline.partition.history import NONE, Histories
from mapapp.timeline.partition.ledger import FOREVER

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Units:
    """The ground by its history.

    Attributes
    ----------
    shapes : array of MultiPolygon
        In the coordinates of the edges, sorted by their bounds; they do not overlap and share their edges exactly.
    unit, claim, start, stop : array of int
        Unit `unit` was under `claim` from day `start` until before day `stop`, sorted by unit and day. No unit has two
        claims on one day.
    """

    shapes: Array
    unit: Array
    claim: Array
    start: Array
    stop: Array


def units(ends: Array, found: Faces, past: Histories, says: Array, days: Array) -> Units:
    """Join the faces of one history.

    Parameters
    ----------
    ends : array of int64, shape (n, 4)
        The edges that `found` was made of.
    found : Faces
        The faces between them.
    past : Histories
        What became of each face; one without an entry was never under any claim.
    says : array of int
        What each claim says: histories that say the same at the same times are one.
    days : array of int
        The days that positions in time stand for.

    Returns
    -------
    Units
        Ground that was never under any claim is in none of them.
    """
    group, first = _alike(past, says, len(found.polygons))
    alone = np.bincount(group[group != NONE], minlength=len(first))[group] == 1
    alone &= group != NONE
    joined, of_joined = _joined(ends, found, np.where(alone, NONE, group))
    pieces, of_piece = np.r_[found.polygons[alone], joined], np.r_[group[alone], of_joined]
    order = np.lexsort(shapely.bounds(pieces).T[::-1])
    pieces, of_piece = pieces[order], of_piece[order]
    _, where, unit_of_piece = np.unique(of_piece, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(where))  # units in the order in which their first pieces come
    order = np.argsort(rank[unit_of_piece], kind="stable")
    shapes = shapely.multipolygons(pieces[order], indices=rank[unit_of_piece][order])
    return Units(shapes, *_spans(past, first, rank, days))


def _joined(ends: Array, found: Faces, group: Array) -> tuple[Array, Array]:
    """The ground of each group of faces in connected pieces, without the edges within, and the group of each piece."""
    sides = np.append(group, NONE)
    left, right = sides[found.left], sides[found.right]  # the outside is -1, which is where NONE was put
    bounds = left != right
    pieces = faces(ends[bounds])
    of_piece = np.full(len(pieces.polygons) + 1, NONE)
    for side, groups in ((pieces.left, left[bounds]), (pieces.right, right[bounds])):
        of_piece[side] = np.where(side == OUTSIDE, NONE, groups)
    held = of_piece[:-1] != NONE
    return pieces.polygons[held], of_piece[:-1][held]


def _alike(past: Histories, says: Array, count: int) -> tuple[Array, Array]:
    """For each face the number of its history, and for each history where the entries of its first face begin."""
    starts = begins(past.face)
    what = np.ascontiguousarray(np.stack([past.time, np.append(says, NONE)[past.claim]], axis=1).astype(np.int32))
    group = np.full(count, NONE)
    numbers: dict[bytes, int] = {}
    first: list[int] = []
    for start, stop in zip(starts, np.append(starts[1:], len(what)), strict=False):
        key = what[start:stop].tobytes()
        if key not in numbers:
            numbers[key] = len(first)
            first.append(start)
        group[past.face[start]] = numbers[key]
    return group, np.array(first, dtype=np.int64)


def _spans(past: Histories, first: Array, rank: Array, days: Array) -> tuple[Array, Array, Array, Array]:
    """Unit, claim, start and stop of the spans of each history, given where the entries of its first face begin."""
    runs = np.append(begins(past.face), len(past.face))
    stops = runs[np.searchsorted(runs, first, side="right")]
    entry = ranges(first, stops)
    unit = np.repeat(rank, stops - first)
    start = days[past.time[entry]]
    stop = np.where(np.append(unit[1:] != unit[:-1], True)[: len(unit)], FOREVER, np.roll(start, -1))
    claim = past.claim[entry]
    order = np.lexsort((start, unit))
    order = order[claim[order] != NONE]
    return unit[order], claim[order], start[order], stop[order]
