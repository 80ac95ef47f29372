"""The history of every face: which claim it was under from which day on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mapapp.timeline.partition.faces import Walk, covered

Array = npt.NDArray[Any]

NONE = -1
"""No claim."""

CELLS = 4_000_000
"""Faces times days looked at together: bounds the memory whatever the number of days."""


@dataclass(frozen=True, eq=False)
class Borders:
    """When layers begin and end: from position `time` on, `weight` more of `lane` lie on the left of `edge`."""

    edge: Array
    lane: Array
    time: Array
    weight: Array


@dataclass(frozen=True, eq=False)
class Histories:
    """From position `time` on, `face` was under `claim`; sorted by face and time, each entry unlike the one before."""

    face: Array
    time: Array
    claim: Array


class Overlaps:
    """Ground that one claim took from another, in km2 for each position in time."""

    def __init__(self, km2: Array, says: Array, times: int) -> None:
        self._face_km2 = km2
        self._says = says
        self._times = times
        self.found: dict[tuple[int, int], Array] = {}

    def add(self, face: Array, time: Array, under: Array, over: Array) -> None:
        """Enter where a claim lay under another; what says the same as the claim over it has lost nothing."""
        differ = self._says[under] != self._says[over]
        face, time, under, over = face[differ], time[differ], under[differ], over[differ]
        pairs, pair = np.unique((under.astype(np.int64) << 32) | over, return_inverse=True)
        for number, key in enumerate(pairs):
            here = pair == number
            lost = self.found.setdefault((int(key) >> 32, int(key) & 0xFFFFFFFF), np.zeros(self._times))
            lost += np.bincount(time[here], self._face_km2[face[here]], self._times)

    def runs(self) -> list[tuple[int, int, int, int, float]]:
        """Under, over, first and last-but-one position in time, and the most km2, for each unbroken run of days."""
        runs = []
        for (under, over), km2 in sorted(self.found.items()):
            steps = np.flatnonzero(np.diff(np.r_[False, km2 > 0, False]))
            runs += [(under, over, int(i), int(j), float(km2[i:j].max())) for i, j in steps.reshape(-1, 2)]
        return runs


def histories(way: Walk, borders: Borders, claims: Array, says: Array, overlaps: Overlaps) -> Histories:
    """Find which claim each face was under.

    Parameters
    ----------
    way : Walk
        The way through the faces.
    borders : Borders
        When layers begin and end at edges.
    claims : array of int, shape (lanes, times)
        The claim that each lane stands for at each time; the greatest number wins.
    says : array of int
        What each claim says; a change to a claim that says the same is none.
    overlaps : Overlaps
        Takes in the ground that claims lost to others.

    Returns
    -------
    Histories
        Faces are numbered as in `faces`. An entry with the claim `NONE` ends the one before.
    """
    times, count = claims.shape[1], len(way.face)
    says = np.append(says, NONE)  # what no claim says stands last, where -1 finds it
    carried = np.zeros(
        (len(claims), int(max(way.edge.max(initial=0), borders.edge.max(initial=0))) + 1), dtype=np.int64
    )
    last = np.full((count, 1), NONE, dtype=np.int32)
    found = [np.empty((3, 0), dtype=np.int64)]
    block = max(1, CELLS // max(1, count))
    for first in range(0, times, block):
        after = min(first + block, times)
        held = _winners(way, _between(borders, first, after), carried, claims[:, first:after], (overlaps, first))
        before = np.hstack([last, held[:, :-1]])
        face, time = np.nonzero(held != before)
        told = says[held[face, time]] != says[before[face, time]]
        face, time = face[told], time[told]
        found.append(np.stack([face, first + time, held[face, time]]))
        last = held[:, -1:].copy()
    face, time, claim = np.concatenate(found, axis=1)
    face = way.face[face]
    order = np.lexsort((time, face))
    return Histories(face[order], time[order], claim[order])


def _winners(way: Walk, borders: Borders, carried: Array, claims: Array, notes: tuple[Overlaps, int]) -> Array:
    """The claim each face is under at some times, in the order of the walk."""
    overlaps, first = notes
    held = np.full((len(way.face), claims.shape[1]), NONE, dtype=np.int32)
    lost = [np.empty((3, 0), dtype=np.int64)]
    for lane, claim in enumerate(claims):
        here = borders.lane == lane
        if here.any() or carried[lane].any():
            changes = borders.edge[here], borders.time[here] - first, borders.weight[here]
            layers = covered(way, changes, carried[lane], len(claim))
            laid = np.where(layers > 0, claim.astype(np.int32), NONE)
            face, time = np.nonzero((held >= 0) & (laid >= 0))
            lost.append(np.stack([face, time, np.minimum(held, laid)[face, time]]))
            np.maximum(held, laid, out=held)
    face, time, under = np.concatenate(lost, axis=1)
    overlaps.add(way.face[face], first + time, under, held[face, time])
    return held


def _between(borders: Borders, first: int, after: int) -> Borders:
    """What happens at some times."""
    chosen = (borders.time >= first) & (borders.time < after)
    return Borders(borders.edge[chosen], borders.lane[chosen], borders.time[chosen], borders.weight[chosen])
