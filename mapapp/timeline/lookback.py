"""The situation as it is asked about: as known on a day, with what is established alone, or all of it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import pandas as pd

from mapapp.errors import AskedWrongly
from mapapp.situation.situation import Situation
from mapapp.timeline.changes import changes
from mapapp.timeline.established import established
from mapapp.timeline.known import known
from mapapp.timeline.recall.recalled import recalled
from mapapp.timeline.sharing import copy_for
from mapapp.timeline.status import board
from mapapp.timeline.timeline import Timeline


def look_back(
    situation: Situation, day_known: date | None = None, confirmed_only: bool = False, audience: str | None = None
) -> Situation:
    """Give a situation as known on a day, with confirmed records alone, and as an audience may see it.

    Parameters
    ----------
    situation : Situation
        All that is on record; it stays as it is.
    day_known : date, optional
        See `known.known`; without it, all that is on record.
    confirmed_only : bool
        See `established.established`. How well a record is established is judged by what was known on the day.
    audience : str, optional
        See `sharing.copy_for`; without it, nothing is withheld.
    """
    seen = known(situation, day_known) if day_known else situation
    seen = established(seen) if confirmed_only else seen
    return copy_for(seen, audience) if audience else seen


def looked_back(whole: Timeline, day_known: date | None, confirmed_only: bool) -> Timeline:
    """Give the time line of all records as it was known on a day, or of what is confirmed alone.

    It answers as that of the look back alone does, and sooner: what look backs share is there already.

    Parameters
    ----------
    whole : Timeline
        Of all that is on record.
    day_known, confirmed_only
        See `look_back`.
    """
    if day_known is None and not confirmed_only:
        return whole
    seen = look_back(whole.situation, day_known, confirmed_only)
    return recalled(seen, whole) or Timeline(seen, whole)


def prepare(whole: Timeline) -> Timeline:
    """Ask a time line, and look backs on it, once, so that nobody waits for what is worked out once; give it."""
    first, last = whole.situation.first_day, whole.situation.last_day
    early, then = (looked_back(whole, day, False) for day in (first, last - timedelta(1)))
    for timeline in (whole, early, then):
        board(timeline, last)
    changes(then, first, whole, last)
    return whole


@lru_cache(maxsize=2)  # every view of every page is checked against it
def last_known_day(timeline: Timeline) -> date:
    """Give the day on which the last record or source became known: a look back on it and later days is the same.

    Where no record has such a day, or all were known before, the first day of the situation.
    """
    known_on = pd.concat([timeline.events["known_on"], timeline.figures["known_on"]])
    days = pd.concat([known_on, timeline.situation.sources["published_on"]]).dropna()
    first: date = timeline.situation.first_day
    return max(first, days.max().date()) if len(days) else first


def left_out(seen: Situation, established_only: Situation) -> int:
    """Count the events and figures of a situation that are not in what is established of it."""
    return len(seen.events) + len(seen.figures) - len(established_only.events) - len(established_only.figures)


def require_on_record(timeline: Timeline, day: date) -> None:
    """Refuse a day before anything is on record.

    Raises
    ------
    AskedWrongly
        With the days that can be asked about.
    """
    events, figures = timeline.situation.events["event_date"], timeline.situation.figures["as_of_date"]
    dated = pd.concat([events, figures, timeline.situation.zones["valid_from"]]).dropna()
    if len(dated) and pd.Timestamp(day) < dated.min():
        first, last = dated.min().date(), max(dated.max().date(), timeline.situation.last_day)
        raise AskedWrongly(f"Nothing is on record before {first}. Ask about a day from {first} to {last}.")
