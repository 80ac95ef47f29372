"""Ground that one claim took from another."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


class Overlap(NamedTuple):
    """Ground that two claims had from day `start` until before day `stop`; `over` won. `km2`: the most on any day."""

    under: int
    over: int
    start: int
    stop: int
    km2: float


class Overlaps:
    """Collects ground that claims lost to others.

    Parameters
    ----------
    km2 : array of float
        How large each face is.
    says : array of int
        What each claim says: what says the same as the claim over it has lost nothing.
    times : int
        How many positions in time there are.
    """

    def __init__(self, km2: Array, says: Array, times: int) -> None:
        self._km2 = km2
        self._says = says
        self._times = times
        self._lost: dict[tuple[int, int], Array] = {}

    def add(self, face: Array, time: Array, under: Array, over: Array) -> None:
        """Enter where one claim lay under another, face by face and time by time."""
        differ = self._says[under] != self._says[over]
        face, time, under, over = face[differ], time[differ], under[differ], over[differ]
        pairs, pair = np.unique((under.astype(np.int64) << 32) | over, return_inverse=True)
        for number, key in enumerate(pairs):
            here = pair == number
            lost = self._lost.setdefault((int(key) >> 32, int(key) & 0xFFFFFFFF), np.zeros(self._times))
            lost += np.bincount(time[here], self._km2[face[here]], self._times)

    def found(self, days: Array) -> list[Overlap]:
        """Every unbroken run of days with an overlap; `days`: the days of the positions, and what comes after them."""
        return [
            Overlap(under, over, int(days[i]), int(days[j]), float(km2[i:j].max()))
            for (under, over), km2 in sorted(self._lost.items())
            for i, j in np.flatnonzero(np.diff(np.r_[False, km2 > 0, False])).reshape(-1, 2)
        ]
