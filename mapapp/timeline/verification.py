"""Verification: the days on which what is known of a facility was last seen to be so."""

from __future__ import annotations

import pandas as pd

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
    attested = events.loc[events["event_date"].isna() & states_something(events), ["facility_id", "date_latest"]]
    parts = [
        events[["facility_id", "event_date"]].set_axis(COLUMNS, axis=1),
        events[["to_facility_id", "event_date"]].set_axis(COLUMNS, axis=1),
        figures[["facility_id", "as_of_date"]].set_axis(COLUMNS, axis=1),
        attested.set_axis(COLUMNS, axis=1),
        _published(custody, sources),
    ]
    days = pd.concat(parts, ignore_index=True).dropna().drop_duplicates()
    return days.sort_values(COLUMNS, kind="stable").reset_index(drop=True)


def states_something(events: pd.DataFrame) -> pd.Series[bool]:
    """Whether a record sets the status, the operator or the guard of a facility."""
    return events[["status_after", "operator_after", "guard_after"]].notna().any(axis=1)


def _published(custody: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    states = custody[custody["attribute"] != "ground_holder"].explode("source_ids")
    day = sources["published_on"].reindex(states["source_ids"]).set_axis(states.index)
    begun = states["valid_from"].isna() | (states["valid_from"] <= day)
    over = states["valid_to"] <= day
    return states.assign(day=day).loc[begun & ~over, COLUMNS]
