"""Sites that would lie on one another, spread round their common point so that each is seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mapapp.briefing.frame import Box
from mapapp.briefing.scene import Spot

STEPS = 300
PUSHED_MM = 0.3
"""A symbol this near to its point counts as standing on it."""


@dataclass(frozen=True, eq=False)
class Seat:
    """Where a site's symbol stands, in mm; `toward` is the direction its label should take, `moved` whether it left
    its point.
    """

    spot: Spot
    x: float
    y: float
    toward: float | None
    moved: bool

    def of(self, spot: Spot) -> Seat:
        """The same seat for the same site on another day."""
        return replace(self, spot=spot)


def seats(spots: Sequence[Spot], size: float, box: Box) -> list[Seat]:
    """Seat every symbol so that no two touch; those that are alone and have room stay on their point.

    Sites on one point stand in a ring round it. Rings and single symbols that come too near to one another are pushed
    apart step by step, each as little as need be.

    Parameters
    ----------
    spots : sequence of Spot
        The sites, in mm.
    size : float
        How wide a symbol is, in mm.
    box : Box
        The map: no symbol is pushed out of it.
    """
    groups = _together(spots, size * 0.4)
    if not groups:
        return []
    home = np.array([_middle(group) for group in groups])
    reach = np.array([_radius(group, size) + size * 0.55 for group in groups])
    at = _apart(home, reach, box.inside(size * 0.7))
    return [
        seat
        for group, (x, y), (home_x, home_y) in zip(groups, at, home, strict=True)
        for seat in _seated(group, size, x, y, pushed=math.hypot(x - home_x, y - home_y) > PUSHED_MM)
    ]


def _together(spots: Sequence[Spot], near: float) -> list[list[Spot]]:
    """Spots that all but share a point."""
    groups: list[list[Spot]] = []
    for spot in sorted(spots, key=lambda spot: spot.key):
        found = next((g for g in groups if math.hypot(g[0].x - spot.x, g[0].y - spot.y) < near), None)
        if found is None:
            groups.append([spot])
        else:
            found.append(spot)
    return groups


def _middle(group: list[Spot]) -> tuple[float, float]:
    return sum(spot.x for spot in group) / len(group), sum(spot.y for spot in group) / len(group)


def _radius(group: list[Spot], size: float) -> float:
    """Of the ring on which a group stands."""
    return 0 if len(group) == 1 else max(size * 0.8, len(group) * size * 1.14 / (2 * math.pi))


def _apart(home: Any, reach: Any, box: Box) -> Any:
    """Discs pushed apart until none overlaps, or until it is clear that there is no room."""
    at = home.copy()
    pairs = np.triu_indices(len(at), 1)
    for _ in range(STEPS):
        ray = at[pairs[1]] - at[pairs[0]]
        apart = np.hypot(ray[:, 0], ray[:, 1])
        over = reach[pairs[0]] + reach[pairs[1]] - apart
        touching = over > 1e-3
        if not touching.any():
            break
        first, second = pairs[0][touching], pairs[1][touching]
        push = ray[touching] / np.maximum(apart[touching], 1e-9)[:, None] * over[touching][:, None] * 0.5
        move, count = np.zeros_like(at), np.zeros(len(at))
        for index, sign in ((first, -1), (second, 1)):
            np.add.at(move, index, sign * push)
            np.add.at(count, index, 1)
        at += move / np.maximum(count, 1)[:, None]
        at = np.clip(at, (box.x, box.y), (box.right, box.bottom))
    return at


def _seated(group: list[Spot], size: float, x: float, y: float, *, pushed: bool) -> list[Seat]:
    if len(group) == 1:
        return [Seat(group[0], x, y, None, moved=pushed)]
    radius, turn = _radius(group, size), 2 * math.pi / len(group)
    first = -math.pi / 2 + (turn / 2 if len(group) == 2 else 0)
    angles = [first + turn * n for n in range(len(group))]
    return [
        Seat(spot, x + math.cos(angle) * radius, y + math.sin(angle) * radius, angle, moved=True)
        for spot, angle in zip(group, angles, strict=True)
    ]
