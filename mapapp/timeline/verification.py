"""Verification: the days on which what is known of a facility was last seen to be so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.timeline.citations import NOT_THERE, Ids, Numbers, cited, told_while_held
from mapapp.timeline.spans import DAY, DAYS, FIRST, numbered

STATE = ["facility_id", "valid_from", "valid_to", "source_ids"]
"""Columns of the spans of custody that say when somebody wrote of a facility."""


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
    dated = numbered(events["event_date"], FIRST)
    attested = (dated == FIRST) & states_something(events)
    of_sites = np.flatnonzero(custody["attribute"].to_numpy() != "ground_holder")
    states = {name: custody[name].to_numpy()[of_sites] for name in STATE}
    row, published = _published(states, sources)
    at_event = events["facility_id"].to_numpy()
    seen = (
        (at_event, dated),
        (events["to_facility_id"].to_numpy(), dated),
        (at_event[attested], numbered(events["date_latest"], FIRST)[attested]),
        (figures["facility_id"].to_numpy(), numbered(figures["as_of_date"], FIRST)),
        (states["facility_id"][row], published),
    )
    where, when = (np.concatenate(several) for several in zip(*seen, strict=True))
    return _each_once(where[when != FIRST], when[when != FIRST])


def last_verified(table: pd.DataFrame, day: date) -> dict[str, date]:
    """Give, for each facility, the last of its days in the table of `verified` up to a day.

    Returns
    -------
    dict
        facility_id -> day; a facility of which nothing was seen by then is not in it.
    """
    past = np.flatnonzero(table["day"].to_numpy() <= np.datetime64(day))
    where = table["facility_id"].to_numpy()[past]
    is_last = np.append(where[:-1] != where[1:], True)[: len(where)]  # the table is sorted
    rows = table.iloc[past[is_last]]
    return dict(zip(rows["facility_id"], rows["day"].dt.date, strict=True))


def states_something(events: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Whether each record sets the status, the operator or the guard of a facility."""
    status, operator, guard = (
        pd.notna(events[name].to_numpy()) for name in ("status_after", "operator_after", "guard_after")
    )
    return np.asarray(status | operator | guard)


def _published(states: Mapping[str, Any], sources: pd.DataFrame) -> tuple[Numbers, Numbers]:
    """The days of publication of the sources of each state, where it held on them: row of the state and day."""
    days = numbered(sources["published_on"], FIRST)
    told = cited(states["source_ids"], sources.index)
    row, source = told_while_held(states, told, days)
    return row, days[source]


def _each_once(where: Ids, when: Numbers) -> pd.DataFrame:
    """Facilities and days as a table, sorted; what has no facility is left out."""
    codes, names = pd.factorize(where, sort=True)
    # One number for both, which sorts as the pair does: far sooner than pairs are.
    keys = np.sort((codes * DAYS + when - FIRST)[codes != NOT_THERE])
    keys = keys[np.diff(keys, prepend=-1) > 0]
    day = (keys % DAYS + FIRST).astype("datetime64[D]").astype(DAY)
    return pd.DataFrame({"facility_id": pd.Series(names[keys // DAYS], dtype=object), "day": day})
