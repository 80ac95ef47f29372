"""Days as people write them. Only `YYYY-MM-DD` is read; every other way is explained, never guessed."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta

from mapapp.errors import AskedWrongly
from mapapp.situation.wording import quoted

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]00:?00)?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ]?)(\d{1,2})\2(\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_MONTH_ONLY = re.compile(r"\d{4}([-/.]\d{1,2})?", re.ASCII)
_SERIAL = re.compile(r"[345]\d{4}", re.ASCII)
_SPREADSHEET_EPOCH = date(1899, 12, 30)
_IN_WORDS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%d-%b-%Y")


def read_day(text: str) -> tuple[date | None, str]:
    """Read one day.

    Parameters
    ----------
    text : str
        What stands in the file, without blanks around it.

    Returns
    -------
    tuple of date or None, and str
        The day and an empty text; the day and a remark where a time of day was left aside; or None and the reason
        why it cannot be read, with the way to write it where only one day can be meant.

    Notes
    -----
    The form is that of ISO 8601 (extended, complete). A time in another zone than UTC may fall on another day: no day.
    """
    if iso := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
        found = _day(year, month, day)
        return (found, "") if found else (None, f"The date {quoted(text)} does not exist: {_why_not(year, month)}.")
    if (timed := _WITH_TIME.fullmatch(text)) and (found := read_day(timed[1])[0]):
        return found, f"The date {quoted(text)} has a time of day. Only the day is used: write it as {found}."
    return None, f"The date {quoted(text)} {_advice(text)}"


def asked_day(text: str) -> date:
    """Give the day that somebody typed.

    Raises
    ------
    AskedWrongly
        With what is wrong with it.
    """
    day, reason = read_day(text.strip())
    if day is None:
        raise AskedWrongly(reason)
    return day


def _advice(text: str) -> str:
    if last := _YEAR_LAST.fullmatch(text):
        return _year_last(*(int(part) for part in last.groups()))
    if found := _only_reading(text):
        return f"is not written as year-month-day. Write it as {found}."
    if _MONTH_ONLY.fullmatch(text):
        return "names no day. Write a full day such as 2026-01-15 and say in time_precision how well it is known."
    return "cannot be read as a day. Write it as year-month-day, for example 2026-01-20."


def _year_last(first: int, second: int, year: int) -> str:
    readings = dict.fromkeys(filter(None, (_day(year, second, first), _day(year, first, second))))
    if len(readings) == 2:
        spoken = " or ".join(f"{day.day} {calendar.month_name[day.month]}" for day in readings)
        return f"can be read as {spoken}. Write it as {' or '.join(map(str, readings))}, whichever is meant."
    if readings:
        return f"is not written as year-month-day. Write it as {next(iter(readings))}."
    return "does not exist. Write a day as year-month-day, for example 2026-01-20."


def _only_reading(text: str) -> date | None:
    if (parts := _YEAR_FIRST.fullmatch(text)) and (parts[2] or len(text) == 8):
        return _day(int(parts[1]), int(parts[3]), int(parts[4]))
    if _SERIAL.fullmatch(text):
        return _SPREADSHEET_EPOCH + timedelta(days=int(text))
    return next(filter(None, (_spelt(text, form) for form in _IN_WORDS)), None)


def _spelt(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _why_not(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        return "months go from 01 to 12"
    if not year:
        return "years start at 0001"
    return f"{calendar.month_name[month]} {year} has {calendar.monthrange(year, month)[1]} days"
