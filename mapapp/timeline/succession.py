"""Succession: how the values of facilities or places follow one another, with the steps from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.timeline.records import Record
from mapapp.timeline.spans import united

Key: TypeAlias = tuple[str, str]
"""Whose value, and which."""

Rows: TypeAlias = npt.NDArray[np.intp]

Stretch: TypeAlias = tuple[str | None, Record]
"""A value, and the span that says how long it held and what it rests on."""

NOTHING: Stretch = (None, {"event_ids": [], "source_ids": []})
"""Stands for a facility or place that was not there."""


class Steps(NamedTuple):
    """The steps by which a value came to be another, and the ids of what they rest on, each once."""

    taken: list[Record]
    event_ids: list[str]
    source_ids: list[str]


def steps_of(said_before: Mapping[Key, Stretch], begun: Iterable[tuple[Key, Stretch]]) -> dict[Key, Steps]:
    """Give the steps among stretches that begin after a day, from what was so before (see `Succession.steps`)."""
    values = {key: value for key, (value, _) in said_before.items()}
    taken: dict[Key, list[Record]] = {}
    for key, (value, span) in begun:
        if values.get(key) != value:
            values[key] = value
            taken.setdefault(key, []).append(_step(value, span))
    return {key: Steps(several, *resting_on(several)) for key, several in taken.items()}


def resting_on(records: Sequence[Record]) -> tuple[list[str], list[str]]:
    """Give the ids of the events and of the sources that some steps or spans rest on, each once."""
    event_ids, source_ids = (united(map(itemgetter(name), records)) for name in ("event_ids", "source_ids"))
    return list(event_ids), list(source_ids)


class Succession:
    """All stretches of some values, so that the steps between any two days are there already.

    Parameters
    ----------
    stretches : sequence
        Each with its key and its first day (see `spans.numbers`); those of one key in the order of days.
    """

    def __init__(self, stretches: Sequence[tuple[Key, Stretch, int]]) -> None:
        numbers: dict[Key, int] = {}
        key_of = np.array([numbers.setdefault(key, len(numbers)) for key, _, _ in stretches], dtype=np.intp)
        order = np.argsort(key_of, kind="stable")  # those of each key after one another
        told = [stretches[at] for at in order.tolist()]
        self._keys, self._key_of = list(numbers), key_of[order]
        self._starts = np.array([start for _, _, start in told], dtype=np.int64)
        self._said = np.array([value for _, (value, _), _ in told], dtype=object)
        self._is_step = np.append(True, self._said[1:] != self._said[:-1])[: len(told)]
        self._steps = np.array([_step(*one) for _, one, _ in told], dtype=object)
        self._event_ids = _Ids([span["event_ids"] for _, (_, span), _ in told])
        self._source_ids = _Ids([span["source_ids"] for _, (_, span), _ in told])

    def steps(self, said_before: Mapping[Key, Stretch], after: int, until: int) -> dict[Key, Steps]:
        """Give the steps after a day and until another.

        Parameters
        ----------
        said_before : mapping
            The values of the first of these days, which need not be those of this succession.
        after, until : int
            The days.

        Returns
        -------
        dict
            Of each key with any; they are shared with other answers, and not to be changed.
        """
        rows = np.flatnonzero((after < self._starts) & (self._starts <= until))
        key_of, is_step = self._key_of[rows], self._is_step[rows]
        for at in _bounds(key_of)[:-1].tolist():
            before, _ = said_before.get(self._keys[key_of[at]], NOTHING)
            is_step[at] = self._said[rows[at]] != before
        rows, key_of = rows[is_step], key_of[is_step]
        bounds = _bounds(key_of)
        taken = _cut(self._steps[rows], bounds)
        event_ids, source_ids = self._event_ids.united(rows, bounds), self._source_ids.united(rows, bounds)
        keys = (self._keys[number] for number in key_of[bounds[:-1]].tolist())
        return dict(zip(keys, map(Steps, taken, event_ids, source_ids), strict=True))


def _step(value: str | None, span: Record) -> Record:
    return {
        "on": span["valid_from"],
        "value": value,
        "event_ids": span["event_ids"],
        "source_ids": span["source_ids"],
    }


class _Ids:
    """Ids in cells that hold several each, as numbers."""

    def __init__(self, cells: Sequence[list[str]]) -> None:
        self._lengths = np.fromiter(map(len, cells), dtype=np.intp, count=len(cells))
        self._begins = np.cumsum(self._lengths) - self._lengths
        self._numbers, self._ids = pd.factorize(np.array([*chain.from_iterable(cells)], dtype=object))

    def united(self, rows: Rows, bounds: Rows) -> list[list[str]]:
        """Give the ids in the cells of some rows, each once, in order of appearance: those between bounds together."""
        lengths = self._lengths[rows]
        begins_there = np.cumsum(lengths) - lengths
        numbers = self._numbers[np.repeat(self._begins[rows] - begins_there, lengths) + np.arange(lengths.sum())]
        group = np.repeat(np.repeat(np.arange(len(bounds) - 1), np.diff(bounds)), lengths)
        is_first = ~pd.Index(group * len(self._ids) + numbers).duplicated()
        return _cut(self._ids[numbers[is_first]], np.searchsorted(group[is_first], np.arange(len(bounds))))


def _bounds(numbers: Rows) -> Rows:
    """Where each run of one number begins, and where the last one ends."""
    return np.flatnonzero(np.diff(numbers, prepend=-1, append=-1))


def _cut(column: npt.NDArray[np.object_], bounds: Rows) -> list[list[Any]]:
    values = column.tolist()
    return [values[begin:end] for begin, end in pairwise(bounds.tolist())]
