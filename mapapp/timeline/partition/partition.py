"""A partition of the ground, from layers entered one after another."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from mapapp.errors import AskedWrongly
from mapapp.timeline.partition.area import quick_km2
from mapapp.timeline.partition.faces import faces, walk
from mapapp.timeline.partition.groups import ranges, summed
from mapapp.timeline.partition.history import Lane, histories
from mapapp.timeline.partition.ledger import ALWAYS, FOREVER, Changes, Ledger
from mapapp.timeline.partition.noding import FINE, Edges, node
from mapapp.timeline.partition.overlap import Overlap, Overlaps
from mapapp.timeline.partition.units import Units, units

Array = npt.NDArray[Any]

GRID = 1e-5
"""Degrees: about one metre, finer than any map of control is true."""

FINEST, COARSEST = 1e-6, 1e-2


@dataclass(frozen=True, eq=False)
class Parts:
    """The ground by its history: units in degrees (longitude, latitude), their spans, and what overlapped."""

    units: Units
    overlaps: list[Overlap]


class Partition:
    """Takes in dated layers and cuts the ground by its history.

    Parameters
    ----------
    grid : float
        Vertices are rounded to whole multiples of this many degrees, from 1e-6 to 1e-2.
    """

    def __init__(self, grid: float = GRID) -> None:
        if not FINEST <= grid <= COARSEST:
            raise AskedWrongly(f"The grid is {grid:g} degrees; it must be between {FINEST:g} and {COARSEST:g}.")
        steps = 1 / grid
        self._scale = round(steps) if abs(round(steps) - steps) < 1e-6 else steps
        self._ledger = Ledger(self._scale)
        self._lanes: list[_Lane] = []

    def put(self, claim: int, polygons: Array, start: int = ALWAYS, stop: int = FOREVER) -> None:
        """Enter what a claim covers from day `start` until before day `stop`.

        Parameters
        ----------
        claim : int
            A number from 0 on. It may be entered any number of times, for any spans.
        polygons : array of Polygon or MultiPolygon
            Longitude, latitude in degrees, each valid; they may overlap one another.
        start, stop : int
            Days since 1970-01-01. Least memory is needed where the spans of a claim follow one another.
        """
        number = next((n for n, lane in enumerate(self._lanes) if lane.takes(claim, start)), len(self._lanes))
        if number == len(self._lanes):
            self._lanes.append(_Lane())
        polygons = np.asarray(polygons, dtype=object)
        self._lanes[number].add(claim, start, stop, _apart(polygons))
        self._ledger.put(number, polygons, start, stop)

    def parts(self, says: Sequence[Hashable]) -> Parts:
        """Cut the ground by its history.

        Parameters
        ----------
        says : sequence
            What each claim says. Of several that cover ground on one day, the one further down wins. Spans that follow
            one another and say the same join, and so does ground whose whole history says the same.
        """
        changes = self._ledger.changes()
        days = self._days(changes)
        ends, borders = _at_edges(changes, node(changes.segments), days)
        found = faces(ends)
        degrees = self._scale * FINE
        codes = {said: code for code, said in enumerate(dict.fromkeys(says))}
        meaning = np.array([codes[said] for said in says], dtype=np.int64)
        overlaps = Overlaps(quick_km2(shapely.transform(found.polygons, lambda xy: xy / degrees)), meaning, len(days))
        lanes = [_lane(lane, number, borders, days) for number, lane in enumerate(self._lanes)]
        past = histories(walk(found), lanes, len(days), meaning, overlaps)
        joined = units(ends, found, past, meaning, days)
        shapes = shapely.transform(joined.shapes, lambda xy: xy / degrees)
        lost = overlaps.found(np.append(days, FOREVER))
        return Parts(Units(shapes, joined.unit, joined.claim, joined.start, joined.stop), lost)

    def _days(self, changes: Changes) -> Array:
        """The days on which something changes, be it that a claim takes over the very borders of another."""
        turns = [day for lane in self._lanes for _, *turn in lane.spans for day in turn if day != FOREVER]
        return np.unique(np.append(changes.day, turns).astype(np.int64))


class _Borders(NamedTuple):
    """From position `time` on, `weight` more layers of `lane` lie on the left of `edge`."""

    edge: Array
    lane: Array
    time: Array
    weight: Array


@dataclass(slots=True)
class _Lane:
    """Claims that share no day, so that one place in a table stands for all of them."""

    spans: list[tuple[int, int, int]] = field(default_factory=list)
    claims: set[int] = field(default_factory=set)
    end: int = ALWAYS
    flat: bool = True

    def takes(self, claim: int, start: int) -> bool:
        """Whether a claim can be entered from that day on: after all others, or where it has the lane to itself."""
        return self.claims == {claim} or self.end <= start

    def add(self, claim: int, start: int, stop: int, flat: bool) -> None:
        """Enter a claim for a span of days; `flat`: no two of its polygons lie on each other."""
        self.flat &= flat and self.end <= start
        if self.spans and self.spans[-1][0] == claim and self.spans[-1][2] == start:
            start = self.spans.pop()[1]
        self.spans.append((claim, start, stop))
        self.claims.add(claim)
        self.end = max(self.end, stop)


def _apart(polygons: Array) -> bool:
    """Whether polygons surely do not lie on one another: there is one, or their bounding boxes are apart."""
    return len(polygons) < 2 or shapely.STRtree(polygons).query(polygons).shape[1] == len(polygons)


def _lane(lane: _Lane, number: int, borders: _Borders, days: Array) -> Lane:
    """A lane with its changes, days as positions in time."""
    here = borders.lane == number
    edge, time, weight = borders.edge[here], borders.time[here], borders.weight[here]
    order = np.argsort(time, kind="stable")
    at = {int(day): place for place, day in enumerate(days)} | {FOREVER: len(days)}
    spans = [(claim, at[start], at[stop]) for claim, start, stop in lane.spans]
    return Lane(edge[order], time[order], weight[order], spans, lane.flat)


def _at_edges(changes: Changes, edges: Edges, days: Array) -> tuple[Array, _Borders]:
    """The changes of segments as changes of the edges they were cut into, without edges where nothing changes."""
    order = np.argsort(changes.segment, kind="stable")
    first, after = np.searchsorted(changes.segment[order], [edges.segment, edges.segment + 1])
    change = order[ranges(first, after)]
    edge, lane = np.repeat(edges.edge, after - first), changes.lane[change]
    time = np.searchsorted(days, changes.day[change])
    weight = changes.weight[change] * np.repeat(edges.sign, after - first)
    (edge, lane, time), weight = summed((edge, lane, time), weight)
    used, edge = np.unique(edge, return_inverse=True)
    return edges.ends[used], _Borders(edge, lane, time, weight)
