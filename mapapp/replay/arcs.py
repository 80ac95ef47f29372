"""Borders shared once: a partition of the area as arcs, each with the units on its two sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Array = npt.NDArray[Any]

OUTSIDE = -1
"""The side on which no unit lies."""


@dataclass(frozen=True, eq=False)
class Arcs:
    """Lines between units.

    Attributes
    ----------
    points : array of int64, shape (n, 2)
        x, y of all arcs one after another, in steps of the grid (longitude, latitude).
    lengths : array of int
        How many points each arc has, both ends counted.
    left, right : array of int
        The unit on each side of each arc, seen along it; `OUTSIDE` where there is none. The arcs around a unit close.
    """

    points: Array
    lengths: Array
    left: Array
    right: Array


def arcs(units: Sequence[Any] | Array, scale: int) -> Arcs:
    """Cut the borders of adjoining polygons into arcs (the way of TopoJSON, Bostock 2013).

    Parameters
    ----------
    units : sequence of Polygon or MultiPolygon
        A partition: the border between two neighbours has the same vertices in both.
    scale : int
        Steps to a degree. Borders are rounded to it.

    Returns
    -------
    Arcs
        Each ends where more than two units meet, or goes round. They stand in the order of a walk over all of them.
    """
    places, start, stop, unit = _edges(np.asarray(units, dtype=object), scale)
    start, stop, left, right = _sided(start, stop, unit)
    chains, sides = _chains(start, stop, left, right)
    order, turned = _order(chains)
    chains = [chains[i][::-1] if back else chains[i] for i, back in zip(order, turned, strict=True)]
    sides = np.array([sides[i][::-1] if back else sides[i] for i, back in zip(order, turned, strict=True)])
    sides = sides.reshape(-1, 2).astype(np.int64)
    points = places[np.concatenate(chains)] if chains else np.empty((0, 2), dtype=np.int64)
    return Arcs(points, np.array([len(chain) for chain in chains], dtype=np.int64), sides[:, 0], sides[:, 1])


def _edges(units: Array, scale: int) -> tuple[Array, Array, Array, Array]:
    """The points of the grid, and for each step along a ring its two points and the unit on its left."""
    parts, unit = shapely.get_parts(units, return_index=True)
    rings, part = shapely.get_rings(shapely.orient_polygons(parts, exterior_cw=False), return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    grid = np.rint(xy * scale).astype(np.int64)
    places, number = np.unique(grid, axis=0, return_inverse=True)
    number = number.reshape(-1)
    moves = (ring[1:] == ring[:-1]) & (number[1:] != number[:-1])
    return places, number[:-1][moves], number[1:][moves], unit[part[ring[:-1][moves]]]


def _sided(start: Array, stop: Array, unit: Array) -> tuple[Array, Array, Array, Array]:
    """Each border once, with the units on its left and right. The greater unit is on the left.

    A unit that rounding has made so thin that both its sides lie on one line has neither there. Where it has pushed
    units over one another, each still gets all of its border, so that what lies around a unit closes.
    """
    ahead = start < stop
    key = np.minimum(start, stop) * (max(start.max(initial=0), stop.max(initial=0)) + 1) + np.maximum(start, stop)
    order = np.lexsort((unit, key))
    key, unit, weight = key[order], unit[order], np.where(ahead, 1, -1)[order]
    first = np.flatnonzero(np.r_[True, (key[1:] != key[:-1]) | (unit[1:] != unit[:-1])][: len(key)])
    weight = np.add.reduceat(weight, first) if len(first) else weight
    low, high = np.minimum(start, stop)[order][first], np.maximum(start, stop)[order][first]
    key, unit = key[first], unit[first]
    sides = [_nth(key[weight == sign], unit[weight == sign]) for sign in (1, -1)]
    pairs = np.unique(np.concatenate([np.stack(side[:2], axis=1) for side in sides]), axis=0)
    left, right = (_at(side, pairs) for side in sides)
    at = np.searchsorted(key, pairs[:, 0])
    low, high = low[at], high[at]
    back = left < right
    low, high = np.where(back, high, low), np.where(back, low, high)
    return low, high, np.maximum(left, right), np.minimum(left, right)


def _nth(key: Array, unit: Array) -> tuple[Array, Array, Array]:
    """Keys, how many of the same key came before each, and the units."""
    first = np.flatnonzero(np.r_[True, key[1:] != key[:-1]][: len(key)])
    count = np.diff(np.append(first, len(key)))
    return key, np.arange(len(key)) - np.repeat(first, count), unit


def _at(side: tuple[Array, Array, Array], pairs: Array) -> Array:
    """The unit of each pair of key and number on one side, `OUTSIDE` where that side has none."""
    key, number, unit = side
    found = np.full(len(pairs), OUTSIDE)
    most = pairs[:, 1].max(initial=0) + 1
    known = key * most + number
    asked = pairs[:, 0] * most + pairs[:, 1]
    at = np.searchsorted(known, asked)
    there = at < len(known)
    there[there] = known[at[there]] == asked[there]
    found[there] = unit[at[there]]
    return found


def _chains(start: Array, stop: Array, left: Array, right: Array) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """Borders joined end to end wherever nothing else meets them, and the units on their two sides."""
    degree = np.bincount(np.r_[start, stop])
    ways: dict[int, list[int]] = defaultdict(list)
    for edge, node in enumerate(start.tolist()):
        ways[node].append(edge)
    through = _through(start, stop, left, right, degree)
    begins = np.argsort(
        through[start], kind="stable"
    ).tolist()  # from where borders meet first; what is left goes round
    heads, tails, passing = start.tolist(), stop.tolist(), through.tolist()
    done = [False] * len(heads)
    chains, sides = [], []
    for edge in begins:
        if done[edge]:
            continue
        chain, here = [heads[edge]], edge
        while not done[here]:
            done[here] = True
            chain.append(tails[here])
            if passing[tails[here]]:
                here = ways[tails[here]][0]
        chains.append(chain)
        sides.append((int(left[edge]), int(right[edge])))
    return chains, sides


def _through(start: Array, stop: Array, left: Array, right: Array, degree: Array) -> Array:
    """Whether at each point exactly one border arrives and one leaves, between the same units."""
    out, into = np.full((2, len(degree)), OUTSIDE)
    out[start], into[stop] = np.arange(len(start)), np.arange(len(stop))
    through = (degree == 2) & (out >= 0) & (into >= 0)
    through[through] = (left[out[through]] == left[into[through]]) & (right[out[through]] == right[into[through]])
    return np.asarray(through)


def _order(chains: list[list[int]]) -> tuple[list[int], list[bool]]:
    """An order in which arcs go on where the one before ended, as far as can be, and which are turned for that.

    Where no arc goes on, the next leaves from the end passed last that has one left, so that one walk takes in all that
    hangs together.
    """
    ends: dict[int, list[int]] = defaultdict(list)
    for number in reversed(range(len(chains))):
        ends[chains[number][0]].append(number)
        if chains[number][-1] != chains[number][0]:
            ends[chains[number][-1]].append(number)
    done = [False] * len(chains)
    order: list[int] = []
    turned: list[bool] = []
    for first in range(len(chains)):
        passed = [] if done[first] else [chains[first][0]]
        while passed:
            left = ends[passed[-1]]
            while left and done[left[-1]]:
                left.pop()
            if not left:
                passed.pop()
                continue
            here = left.pop()
            done[here] = True
            back = chains[here][0] != passed[-1]
            order.append(here)
            turned.append(back)
            passed.append(chains[here][0] if back else chains[here][-1])
    return order, turned
