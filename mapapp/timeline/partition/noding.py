"""Noding: segments cut wherever they cross or touch, each piece still knowing which segment it came from.

Ends of segments are whole numbers, so whether a point lies on a segment, or two segments cross, is decided exactly.
Two segments that cross do so at a fraction; that point is rounded to a grid `FINE` times finer (a millimetre where the
map's own grid is a metre). A piece bent so may meet another, so cutting goes on until nothing crosses any more. GEOS
nodes as well, but does not say which line a piece came from, and that is what gives each piece its days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from mapapp.errors import MapappError
from mapapp.timeline.partition.groups import begins

Array = npt.NDArray[Any]

FINE = 1000
"""Steps of the grid of crossings to a step of the grid of vertices."""

ROUNDS = 50
AT_A_TIME = 20_000
EXACT = 1 << 30
"""Products of two differences below this are exact in 64 bits."""


@dataclass(frozen=True, eq=False)
class Edges:
    """Pieces of segments that meet only at their ends.

    Attributes
    ----------
    ends : array of int64, shape (n, 4)
        x, y, x, y in steps of the fine grid, the lesser point first; each edge once.
    edge, segment, sign : array of int, shape (m,)
        Edge `edge` is a piece of `segment`; `sign` is -1 where the segment runs from its greater to its lesser point.
    """

    ends: Array
    edge: Array
    segment: Array
    sign: Array


def node(segments: Array) -> Edges:
    """Cut segments wherever they cross or touch.

    Parameters
    ----------
    segments : array of int64, shape (n, 4)
        x, y, x, y in steps of the grid; no two alike.

    Returns
    -------
    Edges
        On the grid `FINE` times finer.

    Raises
    ------
    MapappError
        Where crossings are so close that rounding them keeps making new ones.
    """
    pieces, parent = segments * FINE, np.arange(len(segments))
    fresh = np.arange(len(segments))
    for _ in range(ROUNDS):
        where, points = _meetings(pieces, fresh)
        if not len(where):
            return _unique(pieces, parent)
        pieces, parent, fresh = _cut(pieces, parent, where, points)
    raise MapappError("The borders cross one another too closely to be told apart. Try a finer grid.")


def _meetings(pieces: Array, fresh: Array) -> tuple[Array, Array]:
    """Which pieces are to be cut at which points: those that a fresh piece meets away from its ends, and that piece."""
    lines = shapely.linestrings(pieces.reshape(-1, 2, 2).astype(float))
    tree = shapely.STRtree(lines)
    is_fresh = np.zeros(len(pieces), dtype=bool)
    is_fresh[fresh] = True
    found = [(np.empty(0, dtype=np.int64), np.empty((0, 2), dtype=np.int64))]
    for some in np.array_split(fresh, range(AT_A_TIME, len(fresh), AT_A_TIME)):
        first, second = tree.query(lines[some])
        first = some[first]
        once = (first < second) | ~is_fresh[second]
        found += _met(pieces, first[once], second[once])
    return np.concatenate([which for which, _ in found]), np.concatenate([point for _, point in found])


def _met(pieces: Array, first: Array, second: Array) -> list[tuple[Array, Array]]:
    """Which of two pieces are to be cut at which points."""
    a, b = pieces[first, :2], pieces[first, 2:]
    c, d = pieces[second, :2], pieces[second, 2:]
    on_ab_c, on_ab_d, on_cd_a, on_cd_b = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    found = [
        (which[touch], point[touch])
        for which, point, turn, start, end in (
            (first, c, on_ab_c, a, b),
            (first, d, on_ab_d, a, b),
            (second, a, on_cd_a, c, d),
            (second, b, on_cd_b, c, d),
        )
        for touch in [(turn == 0) & _inside(point, start, end)]
    ]
    cross = (np.sign(on_ab_c) * np.sign(on_ab_d) < 0) & (np.sign(on_cd_a) * np.sign(on_cd_b) < 0)
    share = on_cd_a[cross].astype(float) / (on_cd_a[cross] - on_cd_b[cross]).astype(float)
    points = a[cross] + np.rint((b - a)[cross] * share[:, None]).astype(np.int64)
    found += [(first[cross], points), (second[cross], points)]
    return found


def _turn(a: Array, b: Array, c: Array) -> Array:
    """Twice the area of triangle abc: above 0 where c lies to the left of the way from a to b, 0 where on its line."""
    ab, ac = b - a, c - a
    turn = ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]
    wide = (np.abs(ab) >= EXACT).any(axis=1) | (np.abs(ac) >= EXACT).any(axis=1)
    if wide.any():
        ab, ac = ab[wide].astype(object), ac[wide].astype(object)  # Python's own whole numbers: exact at any size
        turn = turn.astype(object)
        turn[wide] = ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]
    return np.asarray(turn)


def _inside(point: Array, start: Array, end: Array) -> Array:
    """Whether points on the line of segments lie between their ends, the ends not counted."""
    between = ((np.minimum(start, end) <= point) & (point <= np.maximum(start, end))).all(axis=1)
    return np.asarray(between & (point != start).any(axis=1) & (point != end).any(axis=1))


def _cut(pieces: Array, parent: Array, where: Array, points: Array) -> tuple[Array, Array, Array]:
    """The pieces after cutting, their segments, and which of them are new."""
    hit = np.unique(where)
    chain = np.concatenate([hit, where, hit])
    stops = np.concatenate([pieces[hit, :2], points, pieces[hit, 2:]])
    along = np.sign(pieces[chain, 2:] - pieces[chain, :2])
    order = np.lexsort(((stops * along).sum(axis=1), chain))
    chain, stops = chain[order], stops[order]
    runs = (chain[1:] == chain[:-1]) & (stops[1:] != stops[:-1]).any(axis=1)
    new = np.hstack([stops[:-1], stops[1:]])[runs]
    whole = np.ones(len(pieces), dtype=bool)
    whole[hit] = False
    pieces = np.vstack([pieces[whole], new])
    fresh = np.arange(len(pieces) - len(new), len(pieces))
    return pieces, np.concatenate([parent[whole], parent[chain[:-1][runs]]]), fresh


def _unique(pieces: Array, segment: Array) -> Edges:
    """Each edge once, whichever way and however often segments run along it."""
    back = (pieces[:, 0] > pieces[:, 2]) | ((pieces[:, 0] == pieces[:, 2]) & (pieces[:, 1] > pieces[:, 3]))
    ends = np.where(back[:, None], pieces[:, [2, 3, 0, 1]], pieces)
    order = np.lexsort(ends.T[::-1])
    first = begins(*ends[order].T)
    edge = np.empty(len(ends), dtype=np.int64)
    edge[order] = np.repeat(np.arange(len(first)), np.diff(first, append=len(ends)))
    return Edges(ends[order][first], edge, segment, np.where(back, -1, 1))
