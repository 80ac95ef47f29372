"""Days in the columns of other people's tables, as day numbers."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.situation.dates import read_day
from mapapp.situation.wording import quoted
from mapapp.timeline.lookup import NO_DAY

Array = npt.NDArray[Any]

EPOCH = date(1970, 1, 1)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
_SECONDS = re.compile(r"1\d{9}(?:\.0+)?", re.ASCII)


def number_of(day: date) -> int:
    """Days from 1970-01-01."""
    return (day - EPOCH).days


def numbered(values: Any) -> tuple[npt.NDArray[np.int64], dict[int, str]]:
    """Read a column of days.

    Parameters
    ----------
    values : sequence
        Dates and times, or text: `YYYY-MM-DD` with or without a time of day in UTC, `YYYYMMDD`, seconds since
        1970-01-01. Every different value is read once.

    Returns
    -------
    tuple of array of int64, and dict of str
        Days since 1970-01-01, `NO_DAY` where none is given or can be read; and, by position, why one cannot be read.
    """
    column = pd.Series(values)
    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.dt.tz_convert("UTC").dt.tz_localize(None) if column.dt.tz is not None else column
        days = column.to_numpy().astype("datetime64[D]")
        return np.where(np.isnat(days), NO_DAY, days.astype(np.int64)), {}
    codes, different = pd.factorize(column)
    read = [_number(one) for one in different]
    numbers = np.array([NO_DAY if number is None else number for number, _ in read] + [NO_DAY], dtype=np.int64)
    faulty = np.array([bool(reason) for _, reason in read] + [False])
    return numbers[codes], {int(at): read[codes[at]][1] for at in np.flatnonzero(faulty[codes])}


def _number(value: Any) -> tuple[int | None, str]:
    """The day number of one value, or None with the reason; None without one where the value is empty."""
    if isinstance(value, date):
        return number_of(value.date() if isinstance(value, datetime) else value), ""
    text = str(value).strip()
    if not text:
        return None, ""
    if compact := _COMPACT.fullmatch(text.removesuffix(".0")):
        text = "-".join(compact.groups())
    elif _SECONDS.fullmatch(text):
        return number_of(datetime.fromtimestamp(float(text), UTC).date()), ""
    day, remark = read_day(text)
    return (number_of(day), "") if day else (None, remark or f"The date {quoted(text)} cannot be read.")


def iso(day: int) -> str:
    """A day number as YYYY-MM-DD."""
    return (EPOCH + timedelta(days=day)).isoformat()
