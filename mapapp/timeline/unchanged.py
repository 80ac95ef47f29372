"""What is the same in a look back as in the situation with all its records, cell by cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.timeline.hindsight import ENDS, LINKS
from mapapp.timeline.records import Record, frame, plain_column
from mapapp.timeline.then import GRADES

Rows = npt.NDArray[np.intp]

LOOKED_BACK_ON = {*ENDS, *LINKS, *GRADES, "claim_state", "denied_by", "denied_on", "source_ids", "notes"}
"""The columns in which a look back may say something else: those that it leaves out."""


@dataclass(frozen=True, eq=False)
class Whole:
    """A table of the situation with all its records, and the same as plain values.

    Attributes
    ----------
    table : DataFrame
        The table.
    records : mapping
        By id, its rows as plain records.
    source_days : mapping
        Of events and figures: the days of sources by which they are weighed (see `weighed.weighed`).
    """

    table: pd.DataFrame
    records: Mapping[str, Record]
    source_days: Mapping[str, int] = field(default_factory=dict)

    def again(self, table: pd.DataFrame) -> list[Record]:
        """Give a table of a look back as plain records (see `Again.records`)."""
        return Again(self, table).records

    @cached_property
    def columns(self) -> dict[str, Any]:
        """The values of each column."""
        return {str(name): _values(self.table[name]) for name in self.table.columns if name != "geometry"}


class Again:
    """A table of a look back, told by the cells in which it says something else than that of all records.

    Parameters
    ----------
    whole : Whole
        The table of all records.
    table : DataFrame
        Those that the look back has.
    columns : collection of str
        In which they may say something else.
    """

    def __init__(self, whole: Whole, table: pd.DataFrame, columns: Collection[str] = LOOKED_BACK_ON) -> None:
        self.index = table.index
        self._whole = whole
        self._at = whole.table.index.get_indexer(table.index)
        self._said: dict[str, Any] = {}
        self._otherwise: dict[str, Rows] = {}
        self.say({str(name): _values(table[name]) for name in table.columns if name in columns})

    def say(self, columns: Mapping[str, Any]) -> None:
        """Say what is in columns that follow from those of the table."""
        for name, said in columns.items():
            self._otherwise[name] = _differing(said, self.before(name))
        self._said |= columns

    def before(self, name: str) -> Any:
        """Give what all records say in a column, a copy."""
        return self._whole.columns[name][self._at]

    def column(self, name: str) -> Any:
        """Give what is said here in a column."""
        return self._said[name] if name in self._said else self.before(name)

    def rows(self, columns: Collection[str]) -> Rows:
        """Give the rows in which something else is said in some columns."""
        return np.unique(np.concatenate([rows for name, rows in self._otherwise.items() if name in columns]))

    @cached_property
    def table(self) -> pd.DataFrame:
        """The table of all records, as it is here."""
        told = self._whole.table.iloc[self._at].set_axis(self.index)
        said = {name: self._said[name] for name, rows in self._otherwise.items() if len(rows)}
        return told.assign(**frame(said, self.index))

    @property
    def records(self) -> list[Record]:
        """The table as plain records; those that say the same as among all records are the very same."""
        changed: dict[int, Record] = {}
        for name, rows in self._otherwise.items():
            values = plain_column(self._said[name][rows]) if len(rows) else []
            for row, value in zip(rows.tolist(), values, strict=True):
                changed.setdefault(row, {})[name] = value
        records = [self._whole.records[one] for one in self.index.tolist()]
        for row, cells in changed.items():
            records[row] = {**records[row], **cells}
        return records


def _differing(now: Any, before: Any) -> Rows:
    """The rows in which two columns of one type differ; unknown is the same as unknown."""
    if now.dtype != before.dtype:
        return np.arange(len(now))
    if not isinstance(now, np.ndarray):
        alike = pd.Series(now == before, dtype="boolean").fillna(False).to_numpy(dtype=bool)
        return np.flatnonzero(~alike & ~(now.isna() & before.isna()))
    if now.dtype.kind in "fM":
        return np.flatnonzero((now != before) & ~(pd.isna(now) & pd.isna(before)))
    return np.flatnonzero(now != before)


def _values(column: pd.Series[Any]) -> Any:
    """The values of a column: an array of numpy's where it is one."""
    return column.to_numpy() if isinstance(column.dtype, np.dtype) else column.array
