"""Histories: what several dated claims to one piece of ground come to, day by day."""

from __future__ import annotations

from collections.abc import Sequence
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


@dataclass(frozen=True, eq=False)
class Runs:
    """The runs of days of several pieces of ground, in the order of pieces and days.

    Attributes
    ----------
    piece, state, start, stop : array of int
        Of each: the piece is in that state from `start` until before `stop`.
    rests_on : list of array
        The claims that each rests on; one that another interrupts is there twice.
    """

    piece: Array
    state: Array
    start: Array
    stop: Array
    rests_on: list[Array]


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
    piece, claim = in_order(piece, claim, claims)
    first = np.flatnonzero(np.diff(piece, prepend=-1))
    under: dict[bytes, list[int]] = {}
    for one, covering in zip(piece[first], np.split(claim, first)[1:], strict=True):
        under.setdefault(covering.tobytes(), []).append(one)
    return [(np.array(pieces), np.frombuffer(key, dtype=claim.dtype)) for key, pieces in under.items()]


def in_order(piece: Array, claim: Array, claims: Claims) -> tuple[Array, Array]:
    """Order pairs of a piece and a claim by piece, those of one as `alike` does."""
    order = np.lexsort((claim, claims.start[claim], piece))
    return piece[order], claim[order]


def histories(coverings: Sequence[Array], claims: Claims) -> list[History]:
    """Say what the claims to each of several pieces of ground come to; they are given as `alike` orders them."""
    told: list[History] = [{} for _ in coverings]
    piece = np.repeat(np.arange(len(coverings)), [len(one) for one in coverings])
    found = runs(piece, np.concatenate([*coverings, np.empty(0, dtype=np.intp)]).astype(np.intp), claims)
    days = zip(found.state.tolist(), found.start.tolist(), found.stop.tolist(), strict=True)
    for one, said, resting in zip(found.piece.tolist(), days, found.rests_on, strict=True):
        told[one][Run(*said)] = set(resting.tolist())
    return told


def runs(piece: Array, claim: Array, claims: Claims) -> Runs:
    """Say what claims come to.

    Parameters
    ----------
    piece, claim : array of int
        Pairs as `in_order` gives them: this piece lies under this claim.
    claims : Claims
        The claims.
    """
    start, stop = claims.start[claim], claims.stop[claim]
    if ((piece[1:] == piece[:-1]) & (stop[:-1] > start[1:])).any():
        piece, claim, start, stop = _one_a_day(piece, claim, start, stop)
    state = claims.state[claim]
    goes_on = (piece[1:] == piece[:-1]) & (state[1:] == state[:-1]) & (start[1:] == stop[:-1])
    begins = np.flatnonzero(np.append(True, ~goes_on)[: len(claim)])
    ends = np.append(begins[1:], len(claim))[: len(begins)]
    resting = [claim[i:j] for i, j in zip(begins.tolist(), ends.tolist(), strict=True)]
    return Runs(piece[begins], state[begins], start[begins], stop[ends - 1], resting)


def clashes(covering: Array, claims: Claims) -> list[tuple[int, int]]:
    """Give each two of some claims that share a day: the one that gives way and the one that holds."""
    start, stop = claims.start[covering], claims.stop[covering]
    if not (stop[:-1] > start[1:]).any():
        return []
    under, over = np.nonzero(np.triu(stop[:, None] > start[None, :], k=1))
    return list(zip(covering[under].tolist(), covering[over].tolist(), strict=True))


def _one_a_day(piece: Array, claim: Array, start: Array, stop: Array) -> tuple[Array, ...]:
    """Claims of which some to one piece share days, cut so that each day of a piece has only the one that holds."""
    first = np.flatnonzero(np.diff(piece, prepend=-1))
    parts = [np.split(several, first[1:]) for several in (claim, start, stop)]
    cut = [_topmost(*three) if (three[2][:-1] > three[1][1:]).any() else three for three in zip(*parts, strict=True)]
    lengths = [len(one) for one, _, _ in cut]
    return np.repeat(piece[first], lengths), *(np.concatenate(several) for several in zip(*cut, strict=True))


def _topmost(claim: Array, start: Array, stop: Array) -> tuple[Array, Array, Array]:
    """Claims that share days, cut so that each day has only the one that holds."""
    days = np.unique(np.concatenate([start, stop]))
    covers = (start[:, None] <= days[:-1]) & (days[:-1] < stop[:, None])
    top = len(claim) - 1 - covers[::-1].argmax(axis=0)
    held = covers.any(axis=0)
    return claim[top[held]], days[:-1][held], days[1:][held]
