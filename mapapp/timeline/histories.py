"""Histories: what several dated claims to one piece of ground come to, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Claims:
    """Dated claims to ground, numbered by their place in these arrays.

    Of the claims to one piece on one day, the one that began last holds; of those that began together, the last here.

    Attributes
    ----------
    state : array of int
        What each says: equal numbers say the same.
    start, stop : array of int
        Each holds from `start` until before `stop`.
    """

    state: Array
    start: Array
    stop: Array


@dataclass(frozen=True, slots=True)
class Run:
    """Days on end in one state, from `start` until before `stop`."""

    state: int
    start: int
    stop: int


History: TypeAlias = "dict[Run, set[int]]"
"""Runs in the order of their days, no two of which share one, and the claims each rests on."""


def alike(piece: Array, claim: Array, claims: Claims) -> list[tuple[Array, Array]]:
    """Gather the pieces that lie under the same claims.

    Parameters
    ----------
    piece, claim : array of int
        Pairs: this piece lies under this claim.
    claims : Claims
        The claims.

    Returns
    -------
    list of two arrays
        Some pieces, and the claims to them from the one that gives way to all to the one that gives way to none.
    """
    order = np.lexsort((claim, claims.start[claim], piece))
    piece, claim = piece[order], claim[order]
    first = np.flatnonzero(np.diff(piece, prepend=-1))
    under: dict[bytes, list[int]] = {}
    for one, covering in zip(piece[first], np.split(claim, first)[1:], strict=True):
        under.setdefault(covering.tobytes(), []).append(one)
    return [(np.array(pieces), np.frombuffer(key, dtype=claim.dtype)) for key, pieces in under.items()]


def history(covering: Array, claims: Claims) -> History:
    """Say what some claims to one piece of ground come to; they are given as `alike` orders them."""
    claim, start, stop = covering, claims.start[covering], claims.stop[covering]
    if (stop[:-1] > start[1:]).any():
        claim, start, stop = _topmost(claim, start, stop)
    state = claims.state[claim]
    begins = np.flatnonzero(np.r_[True, (state[1:] != state[:-1]) | (start[1:] != stop[:-1])])
    ends = np.r_[begins[1:], len(claim)]
    return {
        Run(int(state[i]), int(start[i]), int(stop[j - 1])): set(claim[i:j].tolist())
        for i, j in zip(begins, ends, strict=True)
    }


def clashes(covering: Array, claims: Claims) -> list[tuple[int, int]]:
    """Give each two of some claims that share a day: the one that gives way and the one that holds."""
    start, stop = claims.start[covering], claims.stop[covering]
    if not (stop[:-1] > start[1:]).any():
        return []
    under, over = np.nonzero(np.triu(stop[:, None] > start[None, :], k=1))
    return list(zip(covering[under].tolist(), covering[over].tolist(), strict=True))


def _topmost(claim: Array, start: Array, stop: Array) -> tuple[Array, Array, Array]:
    """Claims that share days, cut so that each day has only the one that holds."""
    days = np.unique(np.concatenate([start, stop]))
    covers = (start[:, None] <= days[:-1]) & (days[:-1] < stop[:, None])
    top = len(claim) - 1 - covers[::-1].argmax(axis=0)
    held = covers.any(axis=0)
    return claim[top[held]], days[:-1][held], days[1:][held]
