"""Staleness: for each value on the board, the last day on which somebody saw it to be so, and who."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.timeline.citations import NOT_THERE, Ids, Numbers, cited, told_while_held
from mapapp.timeline.records import Record
from mapapp.timeline.spans import DAY, DAYS, FIRST, numbered

Rows: TypeAlias = npt.NDArray[np.intp]
Days: TypeAlias = npt.NDArray[np.datetime64]

FRESH_DAYS = 30


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
    published, recorded = numbered(sources["published_on"], FIRST), _recorded(events)
    by_source = told_while_held(custody, cited(custody["source_ids"].to_numpy(), sources.index), published)
    records = cited(custody["event_ids"].to_numpy(), events.index)
    by_event = told_while_held(custody, records, recorded)
    ids = events["source_ids"].to_numpy()[by_event.named]
    source_ids = _with_more(sources.index, ids)
    record, source = cited(ids, source_ids)
    span = np.append(by_event.row[record], by_source.row)
    day = np.append(recorded[by_event.named[record]], published[by_source.named])
    by = np.append(source, by_source.named)
    # One number for all three, which is far sooner looked through than they are.
    first = np.sort(np.unique((span * DAYS + day - FIRST) * len(source_ids) + by, return_index=True)[1])
    return pd.DataFrame(
        {
            "span": custody.index.to_numpy()[span[first]],
            "day": day[first].astype("datetime64[D]").astype(DAY),
            "source_id": source_ids.astype("str").take(by[first]),
        }
    )


def _recorded(events: pd.DataFrame) -> Numbers:
    """The day of each record, of one without a day the day by which it is attested."""
    own, latest = (numbered(events[name], FIRST) for name in ("event_date", "date_latest"))
    return np.where(own == FIRST, latest, own)


def _with_more(source_ids: pd.Index[Any], ids: Ids) -> pd.Index[Any]:
    """The sources with those that records cite, though they are not in the table of sources."""
    missing = sorted(set(chain.from_iterable(ids)).difference(source_ids))
    return source_ids.append(pd.Index(missing, dtype=object)) if missing else source_ids


def last_seen(
    spans: Iterable[Record], seen: pd.DataFrame, sources: Mapping[str, Record], day: date
) -> dict[tuple[str, str], Record]:
    """Give, for each value of a day, when it was last seen to be so.

    Parameters
    ----------
    spans : iterable of Record
        The spans of `custody.custody` that hold on the day, each with its label there as `row`.
    seen : DataFrame
        See `sightings`.
    sources : mapping
        source_id -> source.
    day : date
        The day asked about.

    Returns
    -------
    dict
        (facility_id, attribute) -> `on` (`YYYY-MM-DD`), `days` (since then), `by` (publishers, each once). A value
        that nobody has seen by then is not in it.
    """
    told = list(spans)
    span, on, rows = _latest(pd.Index([one["row"] for one in told]), seen, day)
    source_ids = seen["source_id"].iloc[rows].tolist()
    publishers = {one: sources[one]["publisher"] for one in set(source_ids) if one in sources}
    texts, ages = np.datetime_as_string(on).tolist(), (np.datetime64(day) - on).astype(np.int64).tolist()
    found: dict[tuple[str, str], Record] = {}
    for at, text, age, source_id in zip(span.tolist(), texts, ages, source_ids, strict=True):
        key = (told[at]["facility_id"], told[at]["attribute"])
        value = found.setdefault(key, {"on": text, "days": age, "by": []})
        publisher = publishers.get(source_id)
        if publisher and publisher not in value["by"]:
            value["by"].append(publisher)
    return found


def _latest(labels: pd.Index[Any], seen: pd.DataFrame, day: date) -> tuple[Rows, Days, Rows]:
    """The latest sightings of some spans by a day: the position of the span, the day, the row in the table."""
    span, days = labels.get_indexer(pd.Index(seen["span"])), seen["day"].to_numpy()
    rows = np.flatnonzero((span != NOT_THERE) & (days <= np.datetime64(day)))
    span, on = span[rows], numbered(seen["day"].iloc[rows], FIRST)
    latest = np.full(len(labels), FIRST)
    np.maximum.at(latest, span, on)
    last = on == latest[span]
    return span[last], on[last].astype("datetime64[D]"), rows[last]


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
