"""Citations: the ids in the cells of a column one by one, and which of them are of a day on which a span held."""

from __future__ import annotations

from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.timeline.records import Columns
from mapapp.timeline.spans import FIRST, LAST, numbered

Numbers = npt.NDArray[np.int64]
Ids = npt.NDArray[np.object_]
NOT_THERE = -1


class Cited(NamedTuple):
    """Ids one by one: the row that each stands in, counted from the top, and the number of what it names."""

    row: Numbers
    named: Numbers

    def chosen(self, rows: npt.NDArray[np.bool_]) -> Cited:
        """Give some of them."""
        return Cited(self.row[rows], self.named[rows])


def cited(column: Ids, known: pd.Index[Any]) -> Cited:
    """Give the ids in cells that hold several each, row by row.

    Parameters
    ----------
    column : array of tuple
        The cells.
    known : Index
        Ids, each numbered by its position. One that is not there is left out.
    """
    lengths = np.fromiter(map(len, column), dtype=np.int64, count=len(column))
    row = np.repeat(np.arange(len(column)), lengths)
    named = known.get_indexer(pd.Index([*chain.from_iterable(column)], dtype=object))
    return Cited(row, named).chosen(named != NOT_THERE)


def told_while_held(spans: Columns, told: Cited, days: Numbers) -> Cited:
    """Choose of what spans cite that which is of a day on which the span held.

    Parameters
    ----------
    spans : DataFrame or mapping
        With `valid_from` and `valid_to`.
    told : Cited
        What the spans cite.
    days : array of int
        By what is cited: its day (see `spans.numbers`), `FIRST` where it is not known.
    """
    begun, over = numbered(spans["valid_from"], FIRST), numbered(spans["valid_to"], LAST)
    day = days[told.named]
    return told.chosen((begun[told.row] <= day) & (day < over[told.row]) & (day != FIRST))
