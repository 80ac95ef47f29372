"""Days and numbers as a sheet says them, in English whatever the machine speaks."""

from __future__ import annotations

from datetime import UTC, date, datetime

from mapapp.timeline.records import Record
from mapapp.timeline.wording import read_count

MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]  # fmt: skip
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
UNKNOWN = "unknown"
IN_WORDS = {"about": "about ", "more_than": "more than ", "up_to": "up to ", "estimate": "about "}


def day_words(day: date, *, weekday: bool = False, short: bool = False) -> str:
    """A day in words: `Tuesday 20 January 2026`, `20 January 2026` or `20 Jan 2026`."""
    month = MONTHS[day.month - 1][: 3 if short else None]
    return f"{WEEKDAYS[day.weekday()] + ' ' if weekday else ''}{day.day} {month} {day.year}"


def moment_words(moment: datetime) -> str:
    """A moment in UTC."""
    utc = moment.astimezone(UTC)
    return f"{day_words(utc, short=True)} {utc:%H:%M} UTC"


def short_day(day: str | None, precision: str | None = None) -> str:
    """A day of a record, `YYYY-MM-DD` or None; one that is not sure says so."""
    if day is None:
        return UNKNOWN
    read = date.fromisoformat(day)
    if precision == "3":
        return f"{MONTHS[read.month - 1][:3]} {read.year}"
    return f"{'about ' if precision == '2' else ''}{day_words(read, short=True)}"


def persons_words(persons: Record | None) -> tuple[str, str]:
    """A head count, rounded, and the day it is for; both empty where there is none."""
    if persons is None:
        return "", ""
    low, high = persons["low"], persons["high"]
    as_of = short_day(persons["as_of"], persons["as_of_precision"])
    if low is None and high is None:
        return "", ""
    if low is None or high is None:
        return f"{'more than' if high is None else 'up to'} {read_count(low if high is None else high)}", as_of
    if read_count(low) != read_count(high):
        return f"{read_count(low)}–{read_count(high)}", as_of
    return f"{IN_WORDS.get(persons['qualifier'] or '', '') if low == high else ''}{read_count(low)}", as_of
