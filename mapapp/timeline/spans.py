"""Spans: tables whose rows hold over a half-open interval of days `[valid_from, valid_to)`.

An empty start or end is open. On a hand-over day the new row holds, so a day never has two rows of one key, nor none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

DAY: Final = "datetime64[s]"
"""The type of every column of days: midnight UTC, without a time zone. NaT is an open end or an unknown day."""

BEFORE_ALL = pd.Timestamp("0001-01-01").as_unit("s")
AFTER_ALL = pd.Timestamp("9999-12-31").as_unit("s")


def starts(spans: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """The first days, with an open start as a day before all others: for comparing, never for showing."""
    return spans["valid_from"].astype(DAY).fillna(BEFORE_ALL)


def ends(spans: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """The days after the last, with an open end as a day after all others: for comparing, never for showing."""
    return spans["valid_to"].astype(DAY).fillna(AFTER_ALL)


def opened(spans: pd.DataFrame) -> pd.DataFrame:
    """Undo `starts` and `ends`: an empty cell for every open start and end."""
    first, last = spans["valid_from"], spans["valid_to"]
    return spans.assign(
        valid_from=first.mask(first == BEFORE_ALL).astype(DAY), valid_to=last.mask(last == AFTER_ALL).astype(DAY)
    )


def as_of(spans: pd.DataFrame, day: date) -> pd.DataFrame:
    """Give the rows that hold on a day.

    Parameters
    ----------
    spans : DataFrame
        Any table with `valid_from` and `valid_to`.
    day : date
        The day asked about.

    Returns
    -------
    DataFrame
        Those rows with all their columns, in their order and under their labels.
    """
    moment = pd.Timestamp(day)
    return spans[(starts(spans) <= moment) & (moment < ends(spans))]


def chain(states: pd.DataFrame, key: str | list[str], value: str | list[str]) -> pd.DataFrame:
    """Turn dated states into spans: each lasts until the next one of its key begins, or until its own known end.

    Parameters
    ----------
    states : DataFrame
        One row for each time a value began to hold, with the key, the value and `valid_from` (NaT: open start). Where
        there is a column `valid_to`, it is the day on which that state is known to have ended (NaT: not known to have).
    key : str or list of str
        The columns that say whose state it is.
    value : str or list of str
        The columns that make up the state. None is a value: what is known to be unknown.

    Returns
    -------
    DataFrame
        All columns of `states`, sorted by key and start, with a new index. No two rows of a key hold on one day. Of
        states that begin on one day, the one further down the table holds. A state that lasted no day is left out.
        Neighbours that say the same are one row: columns of ids (`..._ids`) are united in order of appearance, the
        others are those of the first. After a known end without a follower there is no row: nothing is known.
    """
    keys, values = _names(key), _names(value)
    rows = states.assign(valid_from=starts(states), valid_to=ends(states) if "valid_to" in states else AFTER_ALL)
    rows = rows[rows["valid_from"] < rows["valid_to"]].sort_values([*keys, "valid_from"], kind="stable")
    rows = _united(rows, ~_same(rows, [*keys, *values, "valid_from"]))
    rows["valid_to"] = rows["valid_to"].clip(upper=rows.groupby(keys)["valid_from"].shift(-1).fillna(AFTER_ALL))
    rows = rows[rows["valid_from"] < rows["valid_to"]]
    touching = rows["valid_from"] == rows["valid_to"].shift()
    rows = _united(rows, ~(touching & _same(rows, [*keys, *values])))
    return opened(rows)


def overlaps(spans: pd.DataFrame, key: str | list[str]) -> pd.DataFrame:
    """Find rows of one key that hold on the same day, which no table of spans may have.

    Returns
    -------
    DataFrame
        The key, `first` and `second` (the labels of the two rows), and the `valid_from` and `valid_to` they share.
    """
    keys = _names(key)
    rows = spans[keys].assign(row=range(len(spans)), start=starts(spans), end=ends(spans))
    pairs = rows.merge(rows, on=keys, suffixes=("", "_2"))
    pairs["valid_from"] = pairs[["start", "start_2"]].max(axis=1)
    pairs["valid_to"] = pairs[["end", "end_2"]].min(axis=1)
    pairs = pairs[(pairs["row"] < pairs["row_2"]) & (pairs["valid_from"] < pairs["valid_to"])]
    pairs = pairs.assign(first=spans.index[pairs["row"]], second=spans.index[pairs["row_2"]])
    return opened(pairs[[*keys, "first", "second", "valid_from", "valid_to"]]).reset_index(drop=True)


def united(ids: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The ids of several records, each once, in order of appearance."""
    return tuple(dict.fromkeys(one for several in ids for one in several))


def _names(columns: str | list[str]) -> list[str]:
    return [columns] if isinstance(columns, str) else list(columns)


def _same(rows: pd.DataFrame, columns: list[str]) -> pd.Series[bool]:
    """Whether a row says the same as the one above it; unknown is the same as unknown."""
    above = rows[columns].shift()
    equal = (rows[columns] == above) | (rows[columns].isna() & above.isna())
    same = equal.fillna(False).all(axis=1)
    same.iloc[:1] = False
    return same


def _united(rows: pd.DataFrame, begins: pd.Series[bool]) -> pd.DataFrame:
    """One row for each run of rows, where `begins` marks the first of a run."""
    first = begins.to_numpy().nonzero()[0]
    after = np.append(first[1:], len(rows))[: len(first)]
    merged = rows.iloc[first].reset_index(drop=True)
    merged["valid_to"] = rows["valid_to"].to_numpy()[after - 1]
    for name in [name for name in rows.columns if str(name).endswith("_ids")]:
        ids = rows[name].tolist()
        several = [ids[i] if j - i == 1 else united(ids[i:j]) for i, j in zip(first, after, strict=True)]
        merged[name] = pd.Series(several, dtype=object)
    return merged
