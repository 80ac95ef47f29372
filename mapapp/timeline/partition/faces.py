"""Faces between edges, and what covers each of them on each day.

Every edge knows on which days how many layers end at it. So the face on its one side is covered on a day as often as
the face on its other side, plus that number: one walk from the empty outside through all faces settles every day at
once, and no point is ever tested against a polygon.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from mapapp.timeline.partition.groups import ranges

Array = npt.NDArray[Any]

OUTSIDE = -1


@dataclass(frozen=True, eq=False)
class Faces:
    """The faces of a plane graph.

    Attributes
    ----------
    polygons : array of Polygon
        In the coordinates of the edges, outer rings against the clock.
    left, right : array of int
        For each edge, seen from its lesser to its greater end, the face on that side, or `OUTSIDE`.
    """

    polygons: Array
    left: Array
    right: Array


@dataclass(frozen=True, eq=False)
class Walk:
    """A way from the outside to every face, over one edge a step.

    Attributes
    ----------
    face : array of int
        The faces in the order of the walk.
    before : array of int
        Where in the walk the face is from which each is reached, or `OUTSIDE`.
    edge, sign : array of int
        The edge crossed; sign is 1 where it is crossed from its right to its left.
    rounds : list of slice
        Faces of one round are reached from the round before, those of the first from the outside.
    """

    face: Array
    before: Array
    edge: Array
    sign: Array
    rounds: list[slice]


def faces(ends: Array) -> Faces:
    """Find the faces between edges.

    Parameters
    ----------
    ends : array of int64, shape (n, 4)
        x, y, x, y of each edge, the lesser point first; sorted, each once, meeting only at their ends.

    Returns
    -------
    Faces
        Sorted by their bounds, so that the order depends on nothing but the edges.
    """
    lines = shapely.linestrings(ends.reshape(-1, 2, 2).astype(float))
    polygons = shapely.get_parts(shapely.polygonize(lines))
    polygons = shapely.orient_polygons(shapely.normalize(polygons), exterior_cw=False)
    polygons = polygons[np.lexsort(shapely.bounds(polygons).T[::-1])]
    rings, face = shapely.get_rings(polygons, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    number = _numbering(ends)
    points, runs = number(xy.astype(np.int64)), ring[1:] == ring[:-1]
    first, second, inside = points[:-1][runs], points[1:][runs], face[ring[:-1][runs]]
    edge = np.searchsorted(
        _paired(number(ends[:, :2]), number(ends[:, 2:])),
        _paired(np.minimum(first, second), np.maximum(first, second)),
    )
    left, right = np.full((2, len(ends)), OUTSIDE)
    ahead = first < second
    left[edge[ahead]] = inside[ahead]
    right[edge[~ahead]] = inside[~ahead]
    return Faces(polygons, left, right)


def walk(found: Faces) -> Walk:
    """Plan a way from the outside to every face, breadth first, so that each round is one addition."""
    left, right = found.left + 1, found.right + 1  # the outside is 0 here
    source, target = np.r_[left, right], np.r_[right, left]
    edge = np.tile(np.arange(len(left)), 2)
    sign = np.repeat([-1, 1], len(left))
    order = np.lexsort((edge, source))
    source, target, edge, sign = source[order], target[order], edge[order], sign[order]
    begins = np.searchsorted(source, np.arange(len(found.polygons) + 2))
    place = np.full(len(found.polygons) + 1, -2)
    place[0] = OUTSIDE
    steps, rounds, front, done = [np.empty((4, 0), dtype=np.int64)], [], np.array([0]), 0
    while len(front):
        ways = ranges(begins[front], begins[front + 1])
        ways = ways[place[target[ways]] == -2]
        ways = ways[np.unique(target[ways], return_index=True)[1]]
        front = target[ways]
        steps.append(np.stack([front - 1, place[source[ways]], edge[ways], sign[ways]]))
        place[front] = np.arange(done, done + len(front))
        rounds.append(slice(done, done + len(front)))
        done += len(front)
    face, before, crossed, direction = np.concatenate(steps, axis=1)
    return Walk(face, before, crossed, direction, rounds)


def covered(way: Walk, changes: tuple[Array, Array, Array], carried: Array, length: int) -> Array:
    """Count the layers over each face at each of some times.

    Parameters
    ----------
    way : Walk
        The way through the faces.
    changes : three arrays of int
        Edge, time, weight: from that position in time on, so many more layers have their inside on its left.
    carried : array of int
        The weight of every edge before the first time; it is brought up to the last.
    length : int
        How many times there are.

    Returns
    -------
    array of int16, shape (faces, length)
        In the order of the walk.
    """
    edge, time, weight = changes
    step = np.full(len(carried), -1)
    step[way.edge] = np.arange(len(way.edge))
    crossed = step[edge] >= 0
    layers = np.zeros((len(way.face), length), dtype=np.int16)
    np.add.at(layers, (step[edge[crossed]], time[crossed]), weight[crossed].astype(np.int16))
    layers[:, 0] += carried[way.edge].astype(np.int16)
    np.cumsum(layers, axis=1, out=layers, dtype=np.int16)
    layers *= way.sign[:, None].astype(np.int16)
    np.add.at(carried, edge, weight)
    for step_of_round in way.rounds[1:]:
        layers[step_of_round] += layers[way.before[step_of_round]]
    return layers


def _numbering(ends: Array) -> Callable[[Array], Array]:
    """A function that numbers points of the edges by x, then y."""
    xs, ys = np.unique(ends[:, 0::2]), np.unique(ends[:, 1::2])

    def key(points: Array) -> Array:
        return _paired(np.searchsorted(xs, points[:, 0]), np.searchsorted(ys, points[:, 1]))

    known = np.unique(key(ends.reshape(-1, 2)))
    return lambda points: np.searchsorted(known, key(points))


def _paired(first: Array, second: Array) -> Array:
    return (first.astype(np.int64) << 32) | second.astype(np.int64)
