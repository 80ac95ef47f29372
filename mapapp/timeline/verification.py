"""Verification: the days on which what is known of a facility was last seen to be so."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from mapapp.timeline.spans import FIRST, LAST, days, numbers

COLUMNS = ["facility_id", "day"]


def verified(events: pd.DataFrame, figures: pd.DataFrame, custody: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Collect the days on which something was seen or counted at a facility, or written about its state.

    These are the days of its events, the days its figures are for, the day by which a state without a known start is
    attested, and the days of publication of the sources of each state, where the state held on that day.

    Parameters
    ----------
    events, figures : DataFrame
        Of the situation.
    custody : DataFrame
        Spans (see `custody.custody`); the ground round a facility says nothing of the facility and is passed over.
    sources : DataFrame
        With `published_on`.

    Returns
    -------
    DataFrame
        `facility_id` and `day`, each pair once, sorted.
    """
    dated = numbers(events["event_date"], FIRST)
    attested = [
        latest if day == FIRST and states else FIRST
        for day, latest, states in zip(
            dated, numbers(events["date_latest"], FIRST), states_something(events), strict=True
        )
    ]
    seen = {
        *zip(events["facility_id"], dated, strict=True),
        *zip(events["to_facility_id"], dated, strict=True),
        *zip(events["facility_id"], attested, strict=True),
        *zip(figures["facility_id"], numbers(figures["as_of_date"], FIRST), strict=True),
        *_published(custody, sources),
    }
    known = sorted((facility_id, day) for facility_id, day in seen if facility_id is not None and day != FIRST)
    table = pd.DataFrame(known, columns=COLUMNS)
    return table.astype({"facility_id": object}).assign(day=days(table["day"]))


def states_something(events: pd.DataFrame) -> pd.Series[bool]:
    """Whether a record sets the status, the operator or the guard of a facility."""
    return events["status_after"].notna() | events["operator_after"].notna() | events["guard_after"].notna()


def _published(custody: pd.DataFrame, sources: pd.DataFrame) -> Iterator[tuple[str, int]]:
    """The days of publication of the sources of each state, where it held on them."""
    published = dict(zip(sources.index, numbers(sources["published_on"], FIRST), strict=True))
    states = custody[custody["attribute"] != "ground_holder"]
    begun, over = numbers(states["valid_from"], FIRST), numbers(states["valid_to"], LAST)
    for facility_id, first, end, cited in zip(states["facility_id"], begun, over, states["source_ids"], strict=True):
        for day in (published.get(one, FIRST) for one in cited):
            if first <= day < end:
                yield facility_id, day
