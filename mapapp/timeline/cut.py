"""Cut: the spans of all records as they were on a day, as far as they rest on records that were settled by then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.timeline.hindsight import Days
from mapapp.timeline.records import Record, plain
from mapapp.timeline.spans import DAY, FIRST, LAST, numbered
from mapapp.timeline.told import NOT_TOLD, Told

Rows = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]


def positions(index: pd.Index, keys: Iterable[Any]) -> Rows:
    """Give where each of some ids is in an index; -1 where it is not."""
    return np.asarray(index.get_indexer(pd.Index(list(keys), dtype=object)))


class Cut:
    """Spans that are to be cut on one day or another.

    Parameters
    ----------
    told : Told
        The spans with all that is on record.
    group : array of int
        What each span is about; the table is in the order of these numbers.
    resting : array of int
        The latest day of the records that each span rests on.
    """

    def __init__(self, told: Told, group: Rows, resting: Days) -> None:
        self.told = told
        self.group = group
        self.starts = numbered(told.table["valid_from"], FIRST)
        self.ends = numbered(told.table["valid_to"], LAST)
        self.resting = resting

    def begun(self, day: int, kept: Mask) -> Rows:
        """Give the spans that are kept and had begun by a day."""
        return np.flatnonzero(kept & (self.starts <= day))

    def on(self, day: int, rows: Rows, amended: Mapping[int, Record]) -> Told:
        """Give some spans as they were on a day: no end of a later day was known.

        Parameters
        ----------
        day : int
            The day (see `spans.numbers`).
        rows : array of int
            Which spans; all had begun.
        amended : mapping
            Row -> the cells in which a span was otherwise.
        """
        open_again = np.flatnonzero((self.ends[rows] > day) & (self.ends[rows] < LAST))
        records = [self.told.rows[row] for row in rows.tolist()]
        for at in open_again.tolist():
            records[at] = {**records[at], "valid_to": None}
        table = self.told.table.iloc[rows]
        ends = table["valid_to"].to_numpy(copy=True)
        ends[open_again] = np.datetime64("NaT")
        columns = {
            name: table[name].to_numpy(copy=True) for name in {one for cells in amended.values() for one in cells}
        }
        position = {row: at for at, row in enumerate(rows.tolist())} if amended else {}
        for row, cells in amended.items():
            at = position[row]
            for name, value in cells.items():
                columns[name][at] = value
            records[at] = {**records[at], **_told(cells)}
        told = {name: pd.Series(values, table.index, object) for name, values in columns.items()}
        return Told(table.assign(valid_to=ends, **told), records)

    def joined(self, kept: Told, rows: Rows, fresh: pd.DataFrame, group: Rows) -> Told:
        """Give spans that are kept together with some that were worked out anew, in the order of their groups.

        Those that are new have labels of their own.
        """
        begin = len(self.told.table)
        told = Told(fresh.set_axis(range(begin, begin + len(fresh))))
        order = np.argsort(np.concatenate([self.group[rows], group]), kind="stable")
        both = [*kept.rows, *told.rows]
        table = pd.concat([kept.table, told.table]) if len(fresh) else kept.table
        table = table.astype({"valid_from": DAY, "valid_to": DAY}).iloc[order]
        return Told(table, [both[at] for at in order.tolist()])


def _told(cells: Record) -> Record:
    """Cells as plain values."""
    return {name: plain(value) for name, value in cells.items() if name != NOT_TOLD}
