"""Placing labels: none on another, none on a symbol, each as near to what it names as there is room.

A label tries spots around its point, the nearest first, and takes the best free one; the most important label goes
first. It is a greedy point-feature placement in the sense of Imhof (1975), "Positioning names on maps".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mapapp.briefing.frame import Box

DISTANCES_MM = (0.0, 1.5, 3.5, 6.0, 9.0, 13.0, 18.0, 24.0, 31.0, 39.0)
ANGLES = 24
LEADER_FROM_MM = 1.2
"""A label farther than this from its symbol is joined to it by a line."""

Bounds = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label to be placed.

    Attributes
    ----------
    key : str
        Whose it is.
    x, y, radius : float
        The middle and the reach of its symbol, in mm.
    w, h : float
        Of the label, in mm.
    toward : float or None
        The direction it would rather go, in radians clockwise from the right; None: to the right.
    far : bool
        Whether it may stand away from its symbol, joined by a line.
    """

    key: str
    x: float
    y: float
    radius: float
    w: float
    h: float
    toward: float | None = None
    far: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label stands, and the line that joins it to its symbol, if any."""

    key: str
    box: Box
    leader: tuple[tuple[float, float], tuple[float, float]] | None
    side: str


class Room:
    """The room on a map: its bounds and what stands there already."""

    def __init__(self, bounds: Box, taken: Sequence[Box] = ()):
        self.bounds = bounds
        self._boxes = np.array([box.bounds for box in taken], dtype=float).reshape(-1, 4)
        self._lines = np.empty((0, 4))

    def copy(self) -> Room:
        """The same room, to try things in."""
        other = Room(self.bounds)
        other.become(self)
        return other

    def become(self, other: Room) -> None:
        """Take over what stands in another room."""
        self._boxes, self._lines = other._boxes, other._lines

    def take(self, box: Box) -> None:
        """Nothing else may stand there."""
        self._boxes = np.vstack([self._boxes, box.bounds])

    def draw_line(self, line: Any) -> None:
        """No label may stand on this line."""
        self._lines = np.vstack([self._lines, np.ravel(line)])

    def place(self, wanted: Wanted) -> Placed | None:
        """Find the best spot for a label, take it and give it; None where there is none."""
        boxes, anchors, costs, far = _candidates(wanted)
        x0, y0, x1, y1 = self.bounds.bounds
        free = (boxes[:, 0] >= x0) & (boxes[:, 1] >= y0) & (boxes[:, 2] <= x1) & (boxes[:, 3] <= y1)
        free[free] = ~_overlap(boxes[free], self._boxes).any(axis=1)
        free[free] = ~_hit(self._lines, boxes[free]).any(axis=0)
        spots = np.flatnonzero(free)
        others = _without_own(self._boxes, wanted)
        for spot in spots[np.argsort(costs[spots], kind="stable")]:
            if not far[spot]:
                return self._taken(wanted, boxes[spot], None)
            leader = np.concatenate([_edge(wanted, anchors[spot : spot + 1]), anchors[spot : spot + 1]], axis=1)
            if not _hit(leader, others).any() and not _cross(leader, self._lines).any():
                return self._taken(wanted, boxes[spot], leader[0])
        return None

    def _taken(self, wanted: Wanted, bounds: Bounds, leader: Bounds | None) -> Placed:
        box = Box(bounds[0], bounds[1], wanted.w, wanted.h)
        self.take(box)
        middle = box.middle[0] - wanted.x
        side = "left" if middle > wanted.w * 0.3 else "right" if middle < -wanted.w * 0.3 else "center"
        if leader is None:
            return Placed(wanted.key, box, None, side)
        self.draw_line(leader)
        return Placed(wanted.key, box, ((leader[0], leader[1]), (leader[2], leader[3])), side)


def _candidates(wanted: Wanted) -> tuple[Bounds, Bounds, Bounds, npt.NDArray[np.bool_]]:
    """Spots round a symbol: boxes, the point of each nearest to the symbol, what they cost, whether they are far."""
    distances = np.array(DISTANCES_MM if wanted.far else DISTANCES_MM[:1])
    angle, distance = (grid.ravel() for grid in np.meshgrid(np.arange(ANGLES) * 2 * np.pi / ANGLES, distances))
    cos, sin = np.cos(angle), np.sin(angle)
    reach = wanted.radius + 0.35 + distance
    near_x, near_y = wanted.x + cos * reach, wanted.y + sin * reach
    # The label's own nearest point: a corner for slanting directions, the middle of a side for straight ones.
    left = near_x - wanted.w * np.clip(0.5 - cos * 0.75, 0, 1)
    top = near_y - wanted.h * np.clip(0.5 - sin * 0.75, 0, 1)
    boxes = np.column_stack([left, top, left + wanted.w, top + wanted.h])
    toward = 0.0 if wanted.toward is None else wanted.toward
    turn = np.abs((angle - toward + np.pi) % (2 * np.pi) - np.pi)
    straight = np.abs(np.sin(2 * angle)) * 0.25 + (np.abs(sin) > 0.9) * 0.35
    cost = distance + turn * (0.5 if wanted.toward is None else 1.6) + straight
    return boxes, np.column_stack([near_x, near_y]), cost, distance > LEADER_FROM_MM


def _edge(wanted: Wanted, anchors: Bounds) -> Bounds:
    """Where lines from the symbol's middle to these points leave the symbol."""
    ray = anchors - (wanted.x, wanted.y)
    length = np.hypot(ray[:, 0], ray[:, 1])[:, None]
    return np.asarray((wanted.x, wanted.y) + ray / length * min(wanted.radius, 99))


def _without_own(boxes: Bounds, wanted: Wanted) -> Bounds:
    """The boxes that a line may not cross: all but the one of its own symbol."""
    own = (boxes[:, 0] <= wanted.x) & (boxes[:, 2] >= wanted.x) & (boxes[:, 1] <= wanted.y) & (boxes[:, 3] >= wanted.y)
    return boxes[~own]


def _overlap(boxes: Bounds, others: Bounds) -> npt.NDArray[np.bool_]:
    a, b = boxes[:, None, :], others[None, :, :]
    return (a[..., 0] < b[..., 2]) & (b[..., 0] < a[..., 2]) & (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])


def _hit(lines: Bounds, boxes: Bounds) -> npt.NDArray[np.bool_]:
    """Lines x boxes: whether the line meets the box (slab method)."""
    start, ray = lines[:, None, :2], (lines[:, 2:] - lines[:, :2])[:, None, :]
    ray = np.where(ray == 0, 1e-12, ray)
    first, second = (boxes[None, :, :2] - start) / ray, (boxes[None, :, 2:] - start) / ray
    enter = np.minimum(first, second).max(axis=2)
    leave = np.maximum(first, second).min(axis=2)
    return np.asarray((enter <= leave) & (leave >= 0) & (enter <= 1))


def _cross(lines: Bounds, others: Bounds) -> npt.NDArray[np.bool_]:
    """Lines x lines: whether they cross."""
    a, b = lines[:, None, :2], lines[:, None, 2:]
    c, d = others[None, :, :2], others[None, :, 2:]
    return (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)


def _side(a: Bounds, b: Bounds, point: Bounds) -> Bounds:
    return np.asarray(
        (b[..., 0] - a[..., 0]) * (point[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (point[..., 0] - a[..., 0])
    )
