"""Spans as plain values, made once: a question about a day is then a choice among them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from mapapp.timeline.records import Record, plain_records
from mapapp.timeline.spans import ends, starts


class Told:
    """The rows of a table of spans as plain records.

    Parameters
    ----------
    spans : DataFrame
        Any table with `valid_from` and `valid_to`. Each record also has its label there, as `row`.
    """

    def __init__(self, spans: pd.DataFrame) -> None:
        self.rows: list[Record] = plain_records(spans.rename_axis("row"))
        self._starts, self._ends = starts(spans).to_numpy(), ends(spans).to_numpy()

    def on(self, day: date) -> list[Record]:
        """Give the records that hold on a day, in their order; they are shared, and not to be changed."""
        moment = np.datetime64(day)
        return [self.rows[at] for at in np.flatnonzero((self._starts <= moment) & (moment < self._ends))]

    def begun(self, after: date, until: date) -> list[Record]:
        """Give the records that begin after a day and until another, in their order; shared as those of `on` are."""
        first, last = np.datetime64(after), np.datetime64(until)
        return [self.rows[at] for at in np.flatnonzero((first < self._starts) & (self._starts <= last))]
