"""Spans as plain values, made once: a question about a day is then a choice among them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date
from functools import cached_property
from operator import itemgetter

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.timeline.records import Record, plain_column, row_by_row
from mapapp.timeline.spans import FIRST, LAST, day_number, numbered

OBJECTS = "sides"
"""A column of objects, which are told as they are."""


class Told:
    """The rows of a table of spans as records.

    Parameters
    ----------
    table : callable
        Gives the table: any with `valid_from` and `valid_to`.
    rows : array of dict
        Its rows as plain records. Each also has its label there, as `row`.
    starts, ends : array of int
        Their days (see `spans.numbers`).
    """

    def __init__(
        self,
        table: Callable[[], pd.DataFrame],
        rows: npt.NDArray[np.object_],
        starts: npt.NDArray[np.int64],
        ends: npt.NDArray[np.int64],
    ) -> None:
        self._table = table
        self.rows = rows
        self.starts, self.ends = starts, ends

    @cached_property
    def table(self) -> pd.DataFrame:
        """The table; that of a look back is made when it is first asked for."""
        return self._table()

    def on(self, day: date) -> list[Record]:
        """Give the records that hold on a day, in their order; they are shared, and not to be changed."""
        moment = day_number(day)
        return self._chosen((self.starts <= moment) & (moment < self.ends))

    def begun(self, after: date, until: date) -> list[Record]:
        """Give the records that begin after a day and until another, in their order; shared as those of `on` are."""
        first, last = day_number(after), day_number(until)
        return self._chosen((first < self.starts) & (self.starts <= last))

    def about(self, column: str, one: str) -> list[Record]:
        """Give the records with one value in the column by which all are ordered; shared as those of `on` are."""
        whose = itemgetter(column)
        begin, end = bisect_left(self.rows, one, key=whose), bisect_right(self.rows, one, key=whose)
        about: list[Record] = self.rows[begin:end].tolist()
        return about

    def _chosen(self, wanted: npt.NDArray[np.bool_]) -> list[Record]:
        chosen: list[Record] = self.rows[wanted].tolist()
        return chosen


def told(spans: pd.DataFrame) -> Told:
    """Tell a table of spans."""
    values = {str(name): spans[name].tolist() if name == OBJECTS else plain_column(spans[name]) for name in spans}
    rows = row_by_row({**values, "row": spans.index.tolist()})
    starts, ends = numbered(spans["valid_from"], FIRST), numbered(spans["valid_to"], LAST)
    return Told(lambda: spans, np.array(rows, dtype=object), starts, ends)
