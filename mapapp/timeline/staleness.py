"""Staleness: for each value on the board, the last day on which somebody saw it to be so, and who."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from mapapp.timeline.records import Record
from mapapp.timeline.spans import FIRST, LAST, as_of, days, numbers

FRESH_DAYS = 30
COLUMNS = ["span", "day", "source_id"]


def sightings(custody: pd.DataFrame, events: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Collect the days on which each value was seen to be so.

    These are the days of the records that it rests on (of a state without a known start, the day it is attested), and
    the days of publication of their sources, as far as the value held on them.

    Parameters
    ----------
    custody : DataFrame
        See `custody.custody`.
    events, sources : DataFrame
        Of the situation.

    Returns
    -------
    DataFrame
        `span` (label of the row in `custody`), `day`, `source_id`: who says so.
    """
    own = zip(numbers(events["event_date"], FIRST), numbers(events["date_latest"], FIRST), strict=True)
    days_seen = [day if day != FIRST else latest for day, latest in own]
    by_event = {
        one: [(day, source) for source in cited]
        for one, day, cited in zip(events.index, days_seen, events["source_ids"], strict=True)
    }
    published = numbers(sources["published_on"], FIRST)
    by_source = {one: [(day, one)] for one, day in zip(sources.index, published, strict=True)}
    begun, over = numbers(custody["valid_from"], FIRST), numbers(custody["valid_to"], LAST)
    found = dict.fromkeys(
        (span, day, source)
        for ids, seen in ((custody["event_ids"], by_event), (custody["source_ids"], by_source))
        for span, first, end, resting in zip(custody.index, begun, over, ids, strict=True)
        for one in resting
        for day, source in seen.get(one, ())
        if first <= day < end and day != FIRST
    )
    table = pd.DataFrame(list(found), columns=COLUMNS)
    return table.assign(day=days(table["day"]))


def last_seen(
    custody: pd.DataFrame, seen: pd.DataFrame, sources: Mapping[str, Record], day: date
) -> dict[tuple[str, str], Record]:
    """Give, for each value of a day, when it was last seen to be so.

    Returns
    -------
    dict
        (facility_id, attribute) -> `on` (`YYYY-MM-DD`), `days` (since then), `by` (publishers, each once). A value
        that nobody has seen by then is not in it.
    """
    spans = as_of(custody, day)[["facility_id", "attribute"]]
    past = seen[(seen["day"] <= pd.Timestamp(day)) & seen["span"].isin(spans.index)]
    latest = past[past["day"] == past.groupby("span")["day"].transform("max")]
    found: dict[tuple[str, str], Record] = {}
    rows = latest.join(spans, on="span")[["facility_id", "attribute", "day", "source_id"]].to_dict("records")
    for row in rows:
        on: date = row["day"].date()
        key = (row["facility_id"], row["attribute"])
        value = found.setdefault(key, {"on": on.isoformat(), "days": (day - on).days, "by": []})
        publisher = sources[row["source_id"]]["publisher"] if row["source_id"] in sources else None
        if publisher and publisher not in value["by"]:
            value["by"].append(publisher)
    return found


def freshness(rows: Iterable[Mapping[str, Any]], within_days: int = FRESH_DAYS) -> dict[str, int]:
    """Count the facilities of a board (see `status.board`) that were verified lately.

    Returns
    -------
    dict
        `verified`: how many within so many days; `of`: all; `within_days`.
    """
    ages = [row["staleness_days"] for row in rows]
    fresh = sum(age is not None and age <= within_days for age in ages)
    return {"verified": fresh, "of": len(ages), "within_days": within_days}
