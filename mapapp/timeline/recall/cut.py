"""Cut: the spans of all records as they were on a day, as far as they rest on records that were settled by then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.timeline.hindsight import Days
from mapapp.timeline.records import Record, plain
from mapapp.timeline.spans import LAST
from mapapp.timeline.told import OBJECTS, Told, told

Rows = npt.NDArray[np.intp]
Records = npt.NDArray[np.object_]
Mask = npt.NDArray[np.bool_]
Amended = Mapping[int, Record]
"""Row -> the cells in which a span was otherwise."""


def positions(index: pd.Index, keys: Iterable[Any]) -> Rows:
    """Give where each of some ids is in an index; -1 where it is not."""
    return np.asarray(index.get_indexer(pd.Index(list(keys), dtype=object)))


class Cut:
    """Spans that are to be cut on one day or another.

    Parameters
    ----------
    all_told : Told
        The spans with all that is on record, labelled from 0 on.
    group : array of int
        What each span is about; the table is in the order of these numbers.
    resting : array of int
        The latest day of the records that each span rests on.
    """

    def __init__(self, all_told: Told, group: Rows, resting: Days) -> None:
        self.told = all_told
        self.group = group
        self.resting = resting

    def begun(self, day: int, kept: Mask) -> Rows:
        """Give the spans that are kept and had begun by a day."""
        return np.flatnonzero(kept & (self.told.starts <= day))

    def alone(self, day: int, rows: Rows) -> Told:
        """Give spans as they were on a day, where none are otherwise and none were worked out anew (see `on`)."""
        ends = self._ends(day, rows)
        none_anew = self.told.table[:0]
        return Told(
            lambda: self.table(day, rows, {}, none_anew), self._records(rows, ends, {}), self.told.starts[rows], ends
        )

    def on(self, day: int, rows: Rows, amended: Amended, fresh: pd.DataFrame, group: Rows) -> Told:
        """Give spans as they were on a day, with some that were worked out anew, in the order of their groups.

        Parameters
        ----------
        day : int
            The day (see `spans.numbers`): no end of a later one was known.
        rows : array of int
            Which spans; all had begun.
        amended : mapping
            Row -> the cells in which a span was otherwise.
        fresh : DataFrame
            Those worked out anew (see `labelled`).
        group : array of int
            Their groups.
        """
        anew, ends = told(fresh), self._ends(day, rows)
        order = np.argsort(np.concatenate([self.group[rows], group]), kind="stable")
        return Told(
            lambda: self.table(day, rows, amended, fresh).iloc[order],
            np.concatenate([self._records(rows, ends, amended), anew.rows])[order],
            np.concatenate([self.told.starts[rows], anew.starts])[order],
            np.concatenate([ends, anew.ends])[order],
        )

    def labelled(self, fresh: pd.DataFrame) -> pd.DataFrame:
        """Give spans that were worked out anew labels that no other span has."""
        begin = len(self.told.rows)
        return fresh.set_axis(range(begin, begin + len(fresh)))

    def table(self, day: int, rows: Rows, amended: Amended, fresh: pd.DataFrame) -> pd.DataFrame:
        """Give spans as they were on a day as a table, followed by those worked out anew."""
        table = self.told.table.iloc[rows]
        ends = table["valid_to"].to_numpy(copy=True)
        ends[self._ends(day, rows) == LAST] = np.datetime64("NaT")
        position = {row: at for at, row in enumerate(rows.tolist()) if row in amended}
        names = {name for row in position for name in amended[row]}
        columns = {name: table[name].to_numpy(copy=True) for name in names}
        for row, at in position.items():
            for name, value in amended[row].items():
                columns[name][at] = value
        told_so = {name: pd.Series(values, table.index, object) for name, values in columns.items()}
        kept = table.assign(valid_to=ends, **told_so)
        return pd.concat([kept, fresh]) if len(fresh) else kept

    def _ends(self, day: int, rows: Rows) -> Days:
        ends = self.told.ends[rows]
        return np.where(ends > day, LAST, ends)

    def _records(self, rows: Rows, ends: Days, amended: Amended) -> Records:
        records = np.where(ends == self.told.ends[rows], self.told.rows[rows], self._open[rows])
        for row, at in zip(amended, np.searchsorted(rows, list(amended)).tolist(), strict=True):
            records[at] = {**records[at], **_plain(amended[row])}
        return records

    @cached_property
    def _open(self) -> Records:
        """The records as they were while nobody knew of their ends."""
        return np.array([{**record, "valid_to": None} for record in self.told.rows.tolist()], dtype=object)


def _plain(cells: Record) -> Record:
    """Cells as plain values."""
    return {name: value if name == OBJECTS else plain(value) for name, value in cells.items()}
