"""Nearest ground: in states of the map, the nearest unit that somebody else holds, or one of a side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mapapp.timeline.distances import Batch
from mapapp.timeline.geodesy import Floats

Held = npt.NDArray[np.int16]
"""Units x states: who holds it, as a place in the list of holders, -1: unknown."""

Codes = npt.NDArray[np.int16]
Rows = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]

NOBODY = -1
AT_FIRST = 16
"""So many units are looked at first: mostly the nearest ground of another party is among them."""


class Front(NamedTuple):
    """By facility and state: km to the nearest ground of another party (NaN: none), and whose it is (`NOBODY`)."""

    km: Floats
    holder: Codes


def to_nearest_others(held: Held, parties: list[int], own: Rows, near: Rows, km: Floats) -> Front:
    """Give what `to_others` gives for several facilities, where that is among the units nearest to each.

    Parameters
    ----------
    held : array
        Units x states: who holds it.
    parties : list of int
        The holders whose ground counts.
    own : array of int
        The unit that each facility stands on.
    near, km : array, facilities x some
        The units nearest to each, in order, and the kilometres to them.

    Returns
    -------
    Front
        Facilities x states; where it is none of those units, as where there is none.
    """
    there = held[near]
    found = _is_any(there, parties) & (there != held[own][:, None]) & (held[own] != NOBODY)[:, None]
    first, has = found.argmax(axis=1), found.any(axis=1)
    row, state = np.arange(len(own))[:, None], np.arange(held.shape[1])
    far, whose = km[row, first], there[row, first, state]
    return Front(np.where(has, far, np.nan), np.where(has, whose, np.int16(NOBODY)))


def to_others(
    held: Held, parties: list[int], own: int, states: Rows, nearest_first: Iterator[Batch]
) -> tuple[Floats, Codes]:
    """Give how far the nearest unit is that another party holds than that of the unit `own`, and that party.

    Returns
    -------
    tuple of two arrays
        Kilometres (NaN: there is none) and holders, in the order of `states`, the states that are asked about.
    """
    km, whose = np.full(held.shape[1], np.nan), np.full(held.shape[1], NOBODY, dtype=np.int16)
    own_holder = held[own]

    def is_other(there: Held, open_states: Rows) -> Mask:
        return np.asarray(_is_any(there, parties) & (there != own_holder[open_states]))

    for found, units, far in _nearest(held, states, is_other, nearest_first):
        km[found], whose[found] = far, held[units, found]
    return km[states], whose[states]


def to_theirs(held: Held, theirs: list[int], states: Rows, nearest_first: Iterator[Batch]) -> Floats:
    """Give how far the nearest unit is whose holder is one of theirs, in km, for each state; infinite: there is none.

    `states` are those in which there is one somewhere.
    """
    km = np.full(held.shape[1], np.inf)
    for found, _, far in _nearest(held, states, lambda there, _: _is_any(there, theirs), nearest_first):
        km[found] = far
    return km


def _is_any(there: Held, codes: list[int]) -> Mask:
    found = np.zeros(there.shape, dtype=bool)
    for code in codes:  # there are few: comparing is faster than looking them up
        found |= there == code
    return found


def _nearest(
    held: Held, open_states: Rows, wanted: Callable[[Held, Rows], Mask], nearest_first: Iterator[Batch]
) -> Iterator[tuple[Rows, Rows, Floats]]:
    """For some states the nearest unit that is wanted: the states, the unit and the kilometres, some at a time."""
    for units, km in _few_at_first(nearest_first):
        if not len(open_states):
            return
        there = held.take(units, axis=0)  # far faster than to choose units and states at once
        found = wanted(there if len(open_states) == held.shape[1] else there.take(open_states, axis=1), open_states)
        has = np.flatnonzero(found.any(axis=0))
        if len(has):
            first = found.take(has, axis=1).argmax(axis=0)
            yield open_states[has], units[first], km[first]
            open_states = np.delete(open_states, has)


def _few_at_first(nearest_first: Iterator[Batch]) -> Iterator[Batch]:
    """The same units, the very nearest by themselves."""
    units, km = next(nearest_first)
    yield units[:AT_FIRST], km[:AT_FIRST]
    if len(units) > AT_FIRST:
        yield units[AT_FIRST:], km[AT_FIRST:]
    yield from nearest_first
