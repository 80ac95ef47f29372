"""Spans as plain values, made once: a question about a day is then a choice among them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from mapapp.timeline.records import Record, plain_records
from mapapp.timeline.spans import FIRST, LAST, day_number, numbered

NOT_TOLD = "sides"
"""A column of objects that are no plain values."""


class Told:
    """The rows of a table of spans as plain records.

    Parameters
    ----------
    spans : DataFrame
        Any table with `valid_from` and `valid_to`. Each record also has its label there, as `row`.
    rows : list of dict, optional
        The records, where they are at hand.
    """

    def __init__(self, spans: pd.DataFrame, rows: list[Record] | None = None) -> None:
        self.table = spans
        self.rows: list[Record] = _records(spans) if rows is None else rows
        self._starts, self._ends = numbered(spans["valid_from"], FIRST), numbered(spans["valid_to"], LAST)

    def on(self, day: date) -> list[Record]:
        """Give the records that hold on a day, in their order; they are shared, and not to be changed."""
        moment = day_number(day)
        return [self.rows[at] for at in np.flatnonzero((self._starts <= moment) & (moment < self._ends))]

    def begun(self, after: date, until: date) -> list[Record]:
        """Give the records that begin after a day and until another, in their order; shared as those of `on` are."""
        first, last = day_number(after), day_number(until)
        return [self.rows[at] for at in np.flatnonzero((first < self._starts) & (self._starts <= last))]


def _records(spans: pd.DataFrame) -> list[Record]:
    return plain_records(spans.drop(columns=NOT_TOLD, errors="ignore").rename_axis("row"))
