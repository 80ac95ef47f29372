"""Verification: the days on which what is known of a facility was last seen to be so."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.timeline.citations import NOT_THERE, Ids, Numbers
from mapapp.timeline.spans import DAY, DAYS, FIRST, numbered


def verified(events: pd.DataFrame, figures: pd.DataFrame, custody: pd.DataFrame, seen: pd.DataFrame) -> pd.DataFrame:
    """Collect the days on which something was seen or counted at a facility, or written about its state.

    These are the days of its events, the days its figures are for, the day by which a state without a known start is
    attested, and the days on which each state was seen to be so.

    Parameters
    ----------
    events, figures : DataFrame
        Of the situation.
    custody : DataFrame
        Spans (see `custody.custody`); the ground round a facility says nothing of the facility and is passed over.
    seen : DataFrame
        When each span was seen to be so (see `staleness.sightings`).

    Returns
    -------
    DataFrame
        `facility_id` and `day`, each pair once, sorted.
    """
    dated = numbered(events["event_date"], FIRST)
    attested = (dated == FIRST) & states_something(events)
    at_event, span = events["facility_id"].to_numpy(), custody.index.get_indexer(pd.Index(seen["span"]))
    states = (custody["attribute"] != "ground_holder").to_numpy()[span]
    told = (
        (at_event, dated),
        (events["to_facility_id"].to_numpy(), dated),
        (at_event[attested], numbered(events["date_latest"], FIRST)[attested]),
        (figures["facility_id"].to_numpy(), numbered(figures["as_of_date"], FIRST)),
        (custody["facility_id"].to_numpy()[span[states]], numbered(seen["day"], FIRST)[states]),
    )
    where, when = (np.concatenate(several) for several in zip(*told, strict=True))
    codes, names = pd.factorize(where, sort=True)
    return each_once(as_keys(codes, when), names)


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


def as_keys(codes: Numbers, when: Numbers) -> Numbers:
    """Give one number for the place of a facility and a day each, which sorts as the pair does: far sooner than pairs.

    It is below zero where either is not known.
    """
    return np.where((codes == NOT_THERE) | (when == FIRST), -1, codes * DAYS + when - FIRST)


def each_once(keys: Numbers, names: Ids) -> pd.DataFrame:
    """Give facilities and days as a table, sorted; what has no facility or no day is left out."""
    keys = np.sort(keys, kind="stable")
    keys = keys[np.diff(keys, prepend=-1) > 0]
    day = (keys % DAYS + FIRST).astype("datetime64[D]").astype(DAY)
    return pd.DataFrame({"facility_id": pd.Series(names[keys // DAYS], dtype=object), "day": day})
