"""Known time: the day on which each record and each source can first have been known.

| the day a record counts as known | where |
|---|---|
| `reported_on` | it is given |
| always: background | a `baseline` without a day: what held before the first records |
| the earliest day of its sources on or after its own day | a source has a day; where all are older: its own day |
| the latest day it can be for (`date_latest`, `as_of_latest`, else its own day) | no source has a day |
| always: background | a state open at its start of which no source has a day |
| never: not known when | anything else |

A source is known from `published_on`. Where that is empty, it is taken to be as late as the latest day of the records
that rest on it alone: nobody reports what has not happened yet. Where none does, as the earliest of those it is cited
in among others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from mapapp.situation.schema import STATES
from mapapp.situation.situation import Situation
from mapapp.timeline.spans import BEFORE_ALL, DAY

STATED, BACKGROUND, PUBLISHED, OWN_DAY, NOT_KNOWN = (
    "reported_on",
    "background",
    "first source",
    "its own day",
    "not known when",
)
"""How the day is taken (`known_by`)."""

OWN_DAYS = {"events": ("event_date", "date_latest"), "figures": ("as_of_date", "as_of_latest")}
"""By table: the columns with the day of a record, and with the latest day it can be for."""


@dataclass(frozen=True, eq=False)
class Reporting:
    """When records and sources were first known.

    Attributes
    ----------
    events, figures : DataFrame
        On the index of the table: `known_on` (NaT: see `known_by`) and `known_by`, the way in which the day is taken.
    sources : Series of datetime64
        source_id -> the day from which the source is known; NaT: always.
    """

    events: pd.DataFrame
    figures: pd.DataFrame
    sources: pd.Series[Any]


def reporting(situation: Situation) -> Reporting:
    """Say for each record and source of a situation from which day it was known.

    Returns
    -------
    Reporting
        The table at the head of this module, applied.
    """
    days = source_days(situation)
    return Reporting(_known(situation, "events", days), _known(situation, "figures", days), days)


def source_days(situation: Situation) -> pd.Series[Any]:
    """Give the day from which each source is known, NaT for one that nobody published (general knowledge)."""
    sources = situation.sources
    told = pd.concat([_days_told(situation, name) for name in OWN_DAYS])
    alone = told.loc[told["alone"], "day"].groupby(level=0).max()
    among = told["day"].groupby(level=0).min()
    estimated = alone.reindex(sources.index).fillna(among).astype(DAY)
    nobodys = sources["publisher"].isna() & sources["url"].isna()
    return sources["published_on"].astype(DAY).fillna(estimated.mask(nobodys))


def _days_told(situation: Situation, name: str) -> pd.DataFrame:
    """For each source and record that cites it: the latest day of the record, and whether it rests on it alone."""
    records = getattr(situation, name)
    telling = records[records[OWN_DAYS[name][0]].notna()]
    if name == "events":  # a gap is dated too, but no source tells of it
        telling = telling[telling["sub_event_type"] != "not_established"]
    told = pd.DataFrame({"source_id": telling["source_ids"], "day": _latest(telling, name)})
    told["alone"] = telling["source_ids"].map(len) == 1
    return told.explode("source_id").dropna(subset="source_id").set_index("source_id")


def _latest(records: pd.DataFrame, name: str) -> pd.Series[Any]:
    own, latest = (records[column].astype(DAY) for column in OWN_DAYS[name])
    return own.mask(own.notna(), latest.fillna(own))


def _known(situation: Situation, name: str, days: pd.Series[Any]) -> pd.DataFrame:
    records = getattr(situation, name)
    stated, own = records["reported_on"].astype(DAY), _latest(records, name)
    first = _first_source(records["source_ids"], days, records[OWN_DAYS[name][0]].astype(DAY).fillna(BEFORE_ALL))
    open_state = own.isna() & (records["event_type"].isin(STATES) if name == "events" else False)
    baseline = open_state & (records["sub_event_type"] == "baseline" if name == "events" else False)
    rules = [
        (stated.notna(), stated, STATED),
        (baseline, None, BACKGROUND),
        (first.notna(), first, PUBLISHED),
        (own.notna(), own, OWN_DAY),
        (open_state, None, BACKGROUND),
    ]
    return _first_that_holds(rules, records.index)


def _first_source(source_ids: pd.Series[Any], days: pd.Series[Any], own: pd.Series[Any]) -> pd.Series[Any]:
    """The earliest source of each record that can have told of its day; where all are older, the day itself."""
    cited = pd.DataFrame({"own": own, "source_id": source_ids}).explode("source_id")
    cited["day"] = days.reindex(cited["source_id"]).array
    in_time = cited["day"].where(cited["day"] >= cited["own"]).groupby(level=0).min().reindex(own.index)
    older = cited["day"].groupby(level=0).min().reindex(own.index).clip(lower=own)
    return in_time.fillna(older)


def _first_that_holds(rules: list[tuple[Any, Any, str]], index: pd.Index) -> pd.DataFrame:
    """Apply the rules in their order: the first that holds for a record says when and how."""
    day, how = pd.Series(pd.NaT, index=index, dtype=DAY), pd.Series(NOT_KNOWN, index=index, dtype=object)
    for holds, when, name in reversed(rules):
        how = how.mask(holds, name)
        day = day.mask(holds, pd.NaT if when is None else when)
    return pd.DataFrame({"known_on": day.astype(DAY), "known_by": how}, index=index)
