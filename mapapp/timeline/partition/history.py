"""The history of every face: which claim it was under from which day on.

What covers a face is kept as one bit a day, so that years of days of a hundred thousand faces fit in some megabytes and
a day costs next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mapapp.timeline.partition import bits
from mapapp.timeline.partition.faces import Walk, covered
from mapapp.timeline.partition.groups import begins
from mapapp.timeline.partition.overlap import Overlaps

Array = npt.NDArray[Any]

NONE = -1
"""No claim."""

BYTES = 8_000_000
"""Of one table of bits: bounds the memory whatever the number of days."""


@dataclass(frozen=True, eq=False)
class Lane:
    """Layers that are added up.

    Attributes
    ----------
    edge, time, weight : array of int
        From position `time` on, `weight` more of them lie on the left of `edge`; sorted by time.
    spans : list of (int, int, int)
        Claim, and the positions in time from which until before which the lane stands for it.
    flat : bool
        Whether no two of its layers lie on each other on any day: then every crossing is in or out.
    """

    edge: Array
    time: Array
    weight: Array
    spans: list[tuple[int, int, int]]
    flat: bool

    def between(self, first: int, after: int) -> tuple[Array, Array, Array]:
        """What happens at some times, counted from the first of them."""
        here = slice(*np.searchsorted(self.time, [first, after]))
        return self.edge[here], self.time[here] - first, self.weight[here]


@dataclass(frozen=True, eq=False)
class Histories:
    """From position `time` on, `face` was under `claim`; sorted by face and time, each unlike the one before.

    An entry with the claim `NONE` ends the one before.
    """

    face: Array
    time: Array
    claim: Array


def histories(way: Walk, lanes: list[Lane], length: int, says: Array, overlaps: Overlaps) -> Histories:
    """Find which claim each face was under.

    Parameters
    ----------
    way : Walk
        The way through the faces.
    lanes : list of Lane
        What covers them.
    length : int
        How many positions in time there are.
    says : array of int
        What each claim says; of two that cover a face the greater number wins.
    overlaps : Overlaps
        Takes in the ground that claims lost to others.
    """
    count = len(way.face)
    edges = max([way.edge.max(initial=-1), *(lane.edge.max(initial=-1) for lane in lanes)]) + 1
    carried = [np.zeros(edges, dtype=np.int64) for _ in lanes]
    last = np.full(count, NONE)
    found = [np.empty((3, 0), dtype=np.int64)]
    block = max(1, BYTES // (8 * max(1, count))) * bits.WORD
    for first in range(0, length, block):
        span = min(block, length - first)
        covers = [_cover(way, lane, weights, first, span) for lane, weights in zip(lanes, carried, strict=True)]
        entries, last = _block(covers, lanes, (first, span), last, (way, overlaps))
        found.append(entries)
    place, time, claim = np.concatenate(found, axis=1)
    face = way.face[place]
    order = np.lexsort((time, face))
    return _telling(face[order], time[order], claim[order], says)


def _cover(way: Walk, lane: Lane, carried: Array, first: int, span: int) -> Array:
    """Which faces, in the order of the walk, a lane covers at some times; `carried` is brought up to the last."""
    edge, time, weight = lane.between(first, first + span)
    if not lane.flat:
        step = max(bits.WORD, BYTES // (2 * max(1, len(way.face))) // bits.WORD * bits.WORD)
        parts = [
            bits.packed(covered(way, lane_part, carried, min(step, span - at)) > 0)
            for at in range(0, span, step)
            for lane_part in [lane.between(first + at, first + min(at + step, span))]
        ]
        return np.hstack(parts)
    step_of = np.full(len(carried), -1)
    step_of[way.edge] = np.arange(len(way.edge))
    switch = (step_of[edge] >= 0) & (weight % 2 != 0)
    table = bits.toggled(len(way.face), span, step_of[edge[switch]], time[switch])
    bits.accumulate(table, carried[way.edge] % 2 != 0)
    np.add.at(carried, edge, weight)
    for one_round in way.rounds[1:]:
        table[one_round] ^= table[way.before[one_round]]
    return table


def _block(
    covers: list[Array], lanes: list[Lane], times: tuple[int, int], last: Array, notes: tuple[Walk, Overlaps]
) -> tuple[Array, Array]:
    """The entries of some times, sorted by place in the walk and time, and the claim of each face after them."""
    first, span = times
    way, overlaps = notes
    taken = np.zeros((len(last), bits.words(span)), dtype=np.uint64)
    gains: list[Array] = []
    losses: list[Array] = []
    lost: list[tuple[Array, Array, int]] = []
    for claim, parts in sorted(_by_claim(lanes).items(), reverse=True):
        cover = np.zeros_like(taken)
        for lane, start, stop in parts:
            if start < first + span and stop > first:
                cover |= covers[lane] & bits.span_mask(span, start - first, stop - first)
        under = cover & taken
        if under.any():
            lost.append((*bits.positions(under), claim))
        won = cover & ~taken
        taken |= won
        switch = bits.switches(won, last == claim)
        for kept, mask in ((gains, won), (losses, ~won)):
            place, time = bits.positions(switch & mask)
            inside = time < span
            kept.append(np.stack([place[inside], time[inside], np.full(inside.sum(), claim)]))
    entries = _merged(gains, losses)
    after = last.copy()
    after[entries[0]] = entries[2]  # sorted by time: the last one stays
    for place, time, claim in lost:
        overlaps.add(way.face[place], first + time, np.full(len(place), claim), _claim_at(entries, last, place, time))
    entries[1] += first
    return entries, after


def _by_claim(lanes: list[Lane]) -> dict[int, list[tuple[int, int, int]]]:
    """For each claim the lanes that stand for it, with the times."""
    parts: dict[int, list[tuple[int, int, int]]] = {}
    for number, lane in enumerate(lanes):
        for claim, start, stop in lane.spans:
            parts.setdefault(claim, []).append((number, start, stop))
    return parts


def _merged(gains: list[Array], losses: list[Array]) -> Array:
    """Place, time and new claim, sorted: where one claim loses what another gains at that time, the gain alone."""
    gain = np.concatenate([np.empty((3, 0), dtype=np.int64), *gains], axis=1)
    loss = np.concatenate([np.empty((3, 0), dtype=np.int64), *losses], axis=1)
    loss[2] = NONE
    both = np.concatenate([gain, loss], axis=1)
    both = both[:, np.lexsort((-both[2], both[1], both[0]))]  # the gain, if any, comes first
    return both[:, begins(both[0], both[1])]


def _claim_at(entries: Array, last: Array, place: Array, time: Array) -> Array:
    """The claim that holds at some places and times of a block."""
    keys, asked = (entries[0] << 32) | entries[1], (place << 32) | time
    at = np.searchsorted(keys, asked, side="right") - 1
    within = (at >= 0) & (entries[0][at] == place) if len(keys) else np.zeros(len(place), dtype=bool)
    return np.where(within, entries[2][at], last[place]) if len(keys) else last[place]


def _telling(face: Array, time: Array, claim: Array, says: Array) -> Histories:
    """The entries that say other than the one before them."""
    said = np.append(says, NONE)[claim]  # what no claim says stands last, where -1 finds it
    before = np.roll(said, 1)
    before[begins(face)] = NONE
    told = said != before
    return Histories(face[told], time[told], claim[told])
