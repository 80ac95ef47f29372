"""Staleness: for each value on the board, the last day on which somebody saw it to be so, and who."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from mapapp.timeline.records import Record
from mapapp.timeline.spans import DAY, as_of, ends, starts

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
    own = events["event_date"].astype(DAY).fillna(events["date_latest"].astype(DAY))
    by_event = custody[["event_ids"]].explode("event_ids").dropna()
    told = pd.DataFrame(
        {
            "day": own.reindex(by_event["event_ids"]).to_numpy(),
            "source_id": by_event["event_ids"].map(events["source_ids"]),
        }
    )
    told = told.dropna(subset="source_id").explode("source_id")
    published = custody[["source_ids"]].explode("source_ids").dropna().rename(columns={"source_ids": "source_id"})
    published["day"] = sources["published_on"].reindex(published["source_id"]).to_numpy()
    seen = pd.concat([told, published]).dropna().rename_axis("span").reset_index()
    first, end = starts(custody)[seen["span"]].to_numpy(), ends(custody)[seen["span"]].to_numpy()
    held = (first <= seen["day"].to_numpy()) & (seen["day"].to_numpy() < end)
    return seen.loc[held, COLUMNS].drop_duplicates().reset_index(drop=True).astype({"day": DAY})


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
