"""What is the same in a look back as in the situation with all its records, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.timeline.hindsight import ENDS, LINKS
from mapapp.timeline.records import Record, plain_column
from mapapp.timeline.then import GRADES

Rows = npt.NDArray[np.intp]

LOOKED_BACK_ON = {*ENDS, *LINKS, *GRADES, "claim_state", "denied_by", "denied_on", "source_ids", "notes"}
FOLLOWING = {"ground_holder", "nearest_facility_id", "nearest_facility_km", "standing", "independent"}
FOLLOWING |= {"known_on", "known_by"}
MAY_DIFFER = LOOKED_BACK_ON | FOLLOWING
"""The columns in which a look back may say something else: those that it leaves out, and what follows from them."""


@dataclass(frozen=True, eq=False)
class Whole:
    """A table of the situation with all its records, and the same as plain values."""

    table: pd.DataFrame
    records: Mapping[str, Record]

    def differing(self, table: pd.DataFrame, columns: Iterable[str]) -> dict[str, Rows]:
        """Give, for each of some columns, the rows of a look back in which it says something else than here."""
        before = self.values(table, columns)
        return {name: _differing(_values(table[name]), before[name]) for name in before}

    def values(self, table: pd.DataFrame, columns: Iterable[str]) -> dict[str, Any]:
        """Give, for each of some columns, what is said here in the rows of a look back."""
        at = self.table.index.get_indexer(table.index)
        return {name: self._columns[name][at] for name in columns}

    @cached_property
    def _columns(self) -> dict[str, Any]:
        return {str(name): _values(self.table[name]) for name in self.table.columns if name != "geometry"}

    def again(self, table: pd.DataFrame) -> list[Record]:
        """Give a table of a look back as plain records (see `records.plain_records`).

        Those that say the same as here are the very same records.
        """
        changed: dict[int, Record] = {}
        for name, rows in self.differing(table, [name for name in table.columns if name in MAY_DIFFER]).items():
            values = plain_column(table[name].iloc[rows]) if len(rows) else []
            for row, value in zip(rows.tolist(), values, strict=True):
                changed.setdefault(row, {})[name] = value
        records = [self.records[one] for one in table.index.tolist()]
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
