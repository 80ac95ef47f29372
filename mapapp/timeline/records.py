"""Records: which of them still stand, and their values as the plain types that a page, a file or a notebook reads."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Record: TypeAlias = dict[str, Any]
"""One record by column name: text, numbers, lists of ids, days as `YYYY-MM-DD`, None for unknown."""

Columns: TypeAlias = Mapping[str, Any] | pd.DataFrame
"""Columns of one length by name: a table, or arrays."""

NEVER = "9999-12-31"
"""A day after all others, for comparing where a day is unknown."""


def in_force(records: pd.DataFrame) -> pd.DataFrame:
    """Leave out the records that a later one of the same table replaces.

    Parameters
    ----------
    records : DataFrame
        Events or figures, indexed by their id, with `supersedes_id`.

    Returns
    -------
    DataFrame
        The rows that no other row supersedes, with all their columns, in their order.
    """
    return records[~records.index.isin(replaced(records))]


def replaced(records: pd.DataFrame) -> set[str]:
    """Give the ids that a later record of the same table names as replaced by it."""
    return {
        earlier
        for one, earlier in zip(records.index.tolist(), records["supersedes_id"], strict=True)
        if isinstance(earlier, str) and earlier != one
    }


def plain(value: Any) -> Any:
    """Give a value as JSON has it: unknown as None, a day as `YYYY-MM-DD`, several ids as a list."""
    if value is None or type(value) is str:
        return value
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if pd.isna(value):
        return None
    if isinstance(value, date):  # a Timestamp is one too
        return value.isoformat()[:10]
    number = value.item() if hasattr(value, "item") else value
    return None if isinstance(number, float) and not math.isfinite(number) else number


def plain_records(table: pd.DataFrame) -> list[Record]:
    """Give a table as a list of records, the index under its own name."""
    columns = {str(name): plain_column(table[name]) for name in table.columns if name != "geometry"}
    columns[str(table.index.name)] = _plain_objects(table.index.tolist())
    return row_by_row(columns)


def row_by_row(columns: Mapping[str, Iterable[Any]]) -> list[Record]:
    """Give columns of one length as a list of records."""
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def frame(columns: Mapping[str, Any], index: pd.Index[Any]) -> pd.DataFrame:
    """Give arrays as a table, each of its own type: texts too, in which pandas would look for a type of theirs."""
    return pd.DataFrame({name: pd.Series(told, index, told.dtype) for name, told in columns.items()}, index)


def plain_values(column: pd.Series[Any]) -> Record:
    """Give a column as a dict: label -> value as `plain` gives it."""
    return dict(zip(map(str, column.index.tolist()), plain_column(column), strict=True))


def id_of(record: Record) -> str:
    """Give the id of an event or a figure."""
    return str(record.get("event_id") or record["figure_id"])


def by_label(column: pd.Series[Any]) -> dict[Any, Any]:
    """Give a column as a dict: label -> value as it is."""
    return dict(zip(column.index.tolist(), column.tolist(), strict=True))


def plain_column(column: Any) -> list[Any]:
    """Give the values of a column or an array as `plain` gives them, most of them at one go."""
    if column.dtype == object:
        return _plain_objects(column.tolist())
    if isinstance(column.dtype, np.dtype) and column.dtype.kind == "M":
        return _day_texts(np.asarray(column).astype("datetime64[D]"))
    if isinstance(column.dtype, np.dtype) and column.dtype.kind == "f":
        return [number if math.isfinite(number) else None for number in column.tolist()]
    return [plain(value) for value in column]


def _day_texts(column: npt.NDArray[np.datetime64]) -> list[str | None]:
    """Days as `YYYY-MM-DD`, each of them told once."""
    codes, days = pd.factorize(column.view(np.int64))
    texts = [None if day == "NaT" else day for day in np.datetime_as_string(days.view("datetime64[D]")).tolist()]
    return [texts[code] for code in codes.tolist()]


def _plain_objects(values: list[Any]) -> list[Any]:
    """As `plain` gives each; texts and lists of ids, which most columns hold alone, without looking at each."""
    kinds = set(map(type, values))
    if kinds <= {str, int, bool, type(None)}:
        return values
    if kinds == {tuple} and set(map(type, chain.from_iterable(values))) <= {str}:
        return [*map(list, values)]
    return [*map(plain, values)]


def grouped(records: Collection[Record], *columns: str) -> dict[str, list[Record]]:
    """Sort records into lists by the value of a column, or of any of several; where all are unknown, into none."""
    groups: dict[str, list[Record]] = {}
    told = [[record[name] for record in records] for name in columns]
    for record, *values in zip(records, *told, strict=True):
        for value in dict.fromkeys(values):
            if value is not None:
                groups.setdefault(value, []).append(record)
    return groups


def holds(span: Record, day: str) -> bool:
    """Say whether a span holds on a day, given as `YYYY-MM-DD`."""
    return bool((span["valid_from"] or "") <= day < (span["valid_to"] or NEVER))


def chosen(record: Record, columns: list[str]) -> Record:
    """Give some columns of a record, in that order."""
    return {name: record[name] for name in columns}
