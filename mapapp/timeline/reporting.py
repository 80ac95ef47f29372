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

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mapapp.situation.schema import STATES
from mapapp.situation.situation import Situation
from mapapp.timeline import spans
from mapapp.timeline.records import Columns, frame

STATED, BACKGROUND, PUBLISHED, OWN_DAY, NOT_KNOWN = (
    "reported_on",
    "background",
    "first source",
    "its own day",
    "not known when",
)
"""How the day is taken (`known_by`)."""

UNKNOWN = spans.FIRST
"""Stands for a day that is not known where days are numbers (see `spans.numbers`)."""

OWN_DAYS = {"events": ("event_date", "date_latest"), "figures": ("as_of_date", "as_of_latest")}
"""By table: the columns with the day of a record, and with the latest day it can be for."""

ABOUT = ("event_type", "sub_event_type")
DATED_BY = {
    table: (*own, "reported_on", "source_ids", *(ABOUT if table == "events" else ())) for table, own in OWN_DAYS.items()
}
"""By table: the columns that say from which day a record was known."""


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


def reporting(situation: Situation, days: Mapping[str, int] | None = None) -> Reporting:
    """Say for each record and source of a situation from which day it was known.

    Parameters
    ----------
    situation : Situation
        Its records and sources.
    days : mapping, optional
        See `source_days`, where they are at hand.

    Returns
    -------
    Reporting
        The table at the head of this module, applied.
    """
    days = source_days(situation) if days is None else days
    tables = {name: getattr(situation, name) for name in OWN_DAYS}
    known = {name: frame(first_known(table, name, days), table.index) for name, table in tables.items()}
    return Reporting(**known, sources=as_days(days))


def as_days(source_days: Mapping[str, int]) -> pd.Series[Any]:
    """Give the days of sources as `Reporting.sources` has them."""
    return pd.Series(spans.days(source_days.values()), index=pd.Index(source_days, dtype=object))


def source_days(situation: Situation) -> dict[str, int]:
    """Give the day from which each source is known, `UNKNOWN` for one that nobody published (general knowledge)."""
    sources = situation.sources
    published = dict(zip(sources.index.tolist(), spans.numbers(sources["published_on"], UNKNOWN), strict=True))
    return published | _estimated(situation, undated(sources))


def undated(sources: pd.DataFrame) -> frozenset[str]:
    """Give the sources whose day is estimated from the records that cite them: somebody's, but not dated."""
    days = spans.numbers(sources["published_on"], UNKNOWN)
    told = zip(sources.index.tolist(), days, sources["publisher"], sources["url"], strict=True)
    return frozenset(one for one, day, publisher, url in told if day == UNKNOWN and (publisher or url))


def _estimated(situation: Situation, undated: frozenset[str]) -> dict[str, int]:
    """The days of some sources, judged by the records that cite them."""
    alone: dict[str, int] = {}
    among: dict[str, int] = {}
    for day, source_ids in _citing(situation, undated):
        for one in undated.intersection(source_ids):
            among[one] = min(day, among.get(one, day))
            if len(source_ids) == 1:
                alone[one] = max(day, alone.get(one, day))
    return among | alone


def _citing(situation: Situation, undated: frozenset[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The latest day that each dated record can be for that cites some sources, and all that it cites."""
    for name in OWN_DAYS if undated else ():
        records = getattr(situation, name)
        rows = [row for row, ids in enumerate(records["source_ids"]) if not undated.isdisjoint(ids)]
        few = {name: records[name].to_numpy()[rows] for name in DATED_BY[name]}
        details = few.get("sub_event_type", [None] * len(rows))
        for day, source_ids, detail in zip(_latest(few, name), few["source_ids"], details, strict=True):
            if day != UNKNOWN and detail != "not_established":  # a gap is dated too, but no source tells of it
                yield day, source_ids


def _latest(records: Columns, name: str) -> list[int]:
    """The latest day that each record can be for, `UNKNOWN` where it has no day."""
    own, latest = (spans.numbers(records[column], UNKNOWN) for column in OWN_DAYS[name])
    return [last if day != UNKNOWN != last else day for day, last in zip(own, latest, strict=True)]


def first_known(records: Columns, table: str, source_days: Mapping[str, int]) -> dict[str, Any]:
    """Say for some events or figures (`table`) from which day each was known: columns of `Reporting`, as arrays."""
    own, stated = (spans.numbers(records[column], UNKNOWN) for column in (OWN_DAYS[table][0], "reported_on"))
    about = [records[name] if name in records else [None] * len(own) for name in ABOUT]
    told = zip(stated, own, _latest(records, table), records["source_ids"], *about, strict=True)
    found = []
    for stated_on, day, latest, source_ids, kind, detail in told:
        state_before_all = day == UNKNOWN and kind in STATES
        if stated_on != UNKNOWN:
            found.append((stated_on, STATED))
        elif state_before_all and detail == "baseline":
            found.append((UNKNOWN, BACKGROUND))
        elif (first := _first_source(source_ids, source_days, day)) != UNKNOWN:
            found.append((first, PUBLISHED))
        elif day != UNKNOWN:
            found.append((latest, OWN_DAY))
        else:
            found.append((UNKNOWN, BACKGROUND if state_before_all else NOT_KNOWN))
    known_on, known_by = spans.days(day for day, _ in found), [how for _, how in found]
    return {"known_on": known_on, "known_by": np.array(known_by, dtype=object)}


def _first_source(source_ids: Iterable[str], source_days: Mapping[str, int], own: int) -> int:
    """The earliest source of a record that can have told of its day; where all are older, the day itself."""
    cited = [day for one in source_ids if (day := source_days.get(one, UNKNOWN)) != UNKNOWN]
    in_time = [day for day in cited if day >= own]
    return min(in_time) if in_time else own if cited else UNKNOWN
