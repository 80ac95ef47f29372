"""Spans: tables whose rows hold over a half-open interval of days `[valid_from, valid_to)`.

An empty start or end is open. On a hand-over day the new row holds, so a day never has two rows of one key, nor none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

DAY: Final = "datetime64[s]"
"""The type of every column of days: midnight UTC, without a time zone. NaT is an open end or an unknown day."""

BEFORE_ALL = pd.Timestamp("0001-01-01").as_unit("s")
AFTER_ALL = pd.Timestamp("9999-12-31").as_unit("s")
FIRST, LAST = (int(day.to_datetime64().astype("datetime64[D]").astype(np.int64)) for day in (BEFORE_ALL, AFTER_ALL))
"""The same two as numbers of days since 1970-01-01."""

DAYS = LAST - FIRST
"""How many days there are between them."""


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
    moment = day_number(day)
    held = (numbered(spans["valid_from"], FIRST) <= moment) & (moment < numbered(spans["valid_to"], LAST))
    return spans.iloc[np.flatnonzero(held)]


class Span(NamedTuple):
    """A span as plain values: what holds, from `start` until before `end` (see `numbers`), and what it rests on.

    `rests_on` are positions in a list that whoever makes the span keeps.
    """

    value: Any
    start: int
    end: int
    rests_on: tuple[int, ...]


def chained(states: Iterable[Span]) -> list[Span]:
    """Turn dated states into spans: each lasts until the next one begins, or until its own known end.

    Parameters
    ----------
    states : iterable of Span
        Of one subject: one for each time a value began to hold. `start` is `FIRST` where it is open, `end` the day on
        which the state is known to have ended, `LAST` where it is not known to have. None is a value: what is known to
        be unknown.

    Returns
    -------
    list of Span
        In order of their days, no two of which share one. Of states that begin on one day, the one further down holds.
        A state that lasted no day is left out. Neighbours that say the same are one span, which rests on what both rest
        on. After a known end without a follower there is none: nothing is known.
    """
    lasting = [one for one in states if one.start < one.end]
    if len(lasting) < 2:
        return lasting
    rows = _merged(sorted(lasting, key=itemgetter(1)), _begin_together)
    cut = [*map(_until, rows, rows[1:]), *rows[-1:]]
    return _merged([one for one in cut if one.start < one.end], _touch)


def _merged(rows: list[Span], go_on: Callable[[Span, Span], bool]) -> list[Span]:
    """One row for each run of rows that say the same and go on from one another."""
    merged: list[Span] = []
    above: Span | None = None
    for row in rows:
        if above is not None and above.value == row.value and go_on(above, row):
            one = merged[-1]
            merged[-1] = Span(one.value, one.start, row.end, one.rests_on + row.rests_on)
        else:
            merged.append(row)
        above = row
    return merged


def _until(row: Span, follower: Span) -> Span:
    return row if row.end <= follower.start else Span(row.value, row.start, follower.start, row.rests_on)


def _begin_together(above: Span, row: Span) -> bool:
    return above.start == row.start


def _touch(above: Span, row: Span) -> bool:
    return above.end == row.start


def numbers(column: Any, unknown: int) -> list[int]:
    """Give the days of a column or an array as numbers: days since 1970-01-01, with one for those open or unknown."""
    return numbered(column, unknown).tolist()  # type: ignore[no-any-return]


def numbered(column: Any, unknown: int) -> npt.NDArray[np.int64]:
    """Give the same as an array."""
    found = np.asarray(column).astype("datetime64[D]")
    return np.where(np.isnat(found), unknown, found.astype(np.int64))


def day_number(day: date) -> int:
    """Give one day as a number."""
    return int(np.datetime64(day, "D").astype(np.int64))


def days(found: Iterable[int]) -> npt.NDArray[np.datetime64]:
    """Undo `numbers`: NaT for `FIRST` and `LAST`."""
    counted = np.fromiter(found, dtype=np.int64)
    return np.where((counted > FIRST) & (counted < LAST), counted.astype("datetime64[D]"), np.datetime64("NaT")).astype(
        DAY
    )


@lru_cache(maxsize=10_000)  # there are few days, each told many times
def day_text(number: int) -> str:
    """Give a day, told as `numbers` does, as `YYYY-MM-DD`."""
    return str(np.datetime64(number, "D"))


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
    return tuple(dict.fromkeys(chain.from_iterable(ids)))


def _names(columns: str | list[str]) -> list[str]:
    return [columns] if isinstance(columns, str) else list(columns)
