"""The situation as it is asked about: as known on a day, with what is established alone, or all of it."""

from __future__ import annotations

from datetime import date

from mapapp.situation.situation import Situation
from mapapp.timeline.established import established
from mapapp.timeline.known import known


def look_back(situation: Situation, day_known: date | None = None, confirmed_only: bool = False) -> Situation:
    """Give a situation as known on a day, and with confirmed records alone.

    Parameters
    ----------
    situation : Situation
        All that is on record; it stays as it is.
    day_known : date, optional
        See `known.known`; without it, all that is on record.
    confirmed_only : bool
        See `established.established`. How well a record is established is judged by what was known on the day.
    """
    seen = known(situation, day_known) if day_known else situation
    return established(seen) if confirmed_only else seen
