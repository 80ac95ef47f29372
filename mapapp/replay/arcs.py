"""Borders shared once: a partition of the area as arcs, so that a line between two units is stored one time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from mapapp.replay.encode import delta

Point = tuple[int, int]
Ring = list[Point]


def topology(units: Iterable[Any], scale: int) -> tuple[list[list[int]], list[list[list[list[int]]]]]:
    """Cut the borders of adjoining polygons into arcs (the way of TopoJSON, Bostock 2013).

    Parameters
    ----------
    units : iterable of Polygon or MultiPolygon
        A partition: the border between two neighbours has the same vertices in both.
    scale : int
        Steps to a degree.

    Returns
    -------
    arcs : list of list of int
        Delta-coded lines, each once.
    shapes : list
        For each unit its polygons, for each polygon its rings (outer first), for each ring the arcs in order: an arc's
        position, or for one walked backwards ``-1 - position``.
    """
    rings_of = [[[_ring(r, scale) for r in shapely.get_rings(p)] for p in shapely.get_parts(u)] for u in units]
    junctions = _junctions(ring for unit in rings_of for polygon in unit for ring in polygon)
    numbers: dict[tuple[Point, ...], int] = {}
    shapes = [
        [[_number(ring, junctions, numbers) for ring in polygon if ring] for polygon in unit] for unit in rings_of
    ]
    return [delta(np.array(arc) / scale, scale) for arc in numbers], [[p for p in unit if p] for unit in shapes]


def _ring(ring: Any, scale: int) -> Ring:
    """The vertices on the grid, without the closing one; empty where the ring collapses."""
    grid = np.rint(shapely.get_coordinates(ring) * scale).astype(int)
    points = [(int(x), int(y)) for x, y in grid[:-1]]
    kept = [p for before, p in zip(points[-1:] + points[:-1], points, strict=True) if p != before]
    return kept if len(kept) > 2 else []


def _junctions(rings: Iterable[Ring]) -> set[Point]:
    """The points where borders part: those with more than two different neighbours over all rings."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for before, here, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True):
            neighbours[here].update((before, after))
    return {point for point, around in neighbours.items() if len(around) > 2}


def _number(ring: Ring, junctions: set[Point], numbers: dict[tuple[Point, ...], int]) -> list[int]:
    """The ring as arc numbers; an arc not met before gets the next one."""
    coded = []
    for arc in _cut(ring, junctions):
        if arc[::-1] in numbers and arc not in numbers:
            coded.append(-1 - numbers[arc[::-1]])
        else:
            coded.append(numbers.setdefault(arc, len(numbers)))
    return coded


def _cut(ring: Ring, junctions: set[Point]) -> Iterator[tuple[Point, ...]]:
    """The ring from junction to junction. One without any starts at its least point, so that both sides agree."""
    starts = [i for i, point in enumerate(ring) if point in junctions] or [ring.index(min(ring))]
    turned = ring[starts[0] :] + ring[: starts[0]]
    stops = [i - starts[0] for i in starts] + [len(ring)]
    closed = [*turned, turned[0]]
    for first, last in pairwise(stops):
        yield tuple(closed[first : last + 1])
