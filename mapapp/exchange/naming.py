"""The day that a file name tells."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_PATTERNS = (
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)"),
)
_UNIX_SECONDS = re.compile(r"(?<!\d)1\d{9}(?!\d)")
"""From September 2001 to May 2033: ten digits that begin otherwise are a day with an hour, or a number."""


def day_of(name: str) -> tuple[date | None, str]:
    """Read the day in a file name.

    Parameters
    ----------
    name : str
        The name without its folder: `YYYYMMDD`, `YYYY-MM-DD` or seconds since 1970-01-01 (UTC) stand somewhere in it,
        with no digit before or behind.

    Returns
    -------
    tuple of date or None, and str
        The day; None, with the reason, where the name tells none or more than one.
    """
    found = set()
    for pattern in _PATTERNS:
        for match in pattern.finditer(name):
            try:
                found.add(date(int(match["year"]), int(match["month"]), int(match["day"])))
            except ValueError:
                return None, f"{match[0]} in its name is no day of the calendar."
    found |= {datetime.fromtimestamp(int(match[0]), UTC).date() for match in _UNIX_SECONDS.finditer(name)}
    if len(found) > 1:
        days = ", ".join(day.isoformat() for day in sorted(found))
        return None, f"Its name tells more than one day ({days}). Rename it so that it tells the day of the map alone."
    if not found:
        return (
            None,
            "Its name tells no day. Put YYYYMMDD or YYYY-MM-DD in it, or name a column with --date-from.",
        )
    return found.pop(), ""
