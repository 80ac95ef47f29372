"""Counts: of people moved, escaped or freed, that came to stand between two days."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from mapapp.timeline.ledger import Ledger, Rows, entries, ledger_of
from mapapp.timeline.record_rules import number
from mapapp.timeline.records import NEVER, Record, chosen
from mapapp.timeline.timeline import Timeline

COUNT = ["event_id", "title", "facility_id", "place_id", "quantity", "unit", "low", "best", "high", "qualifier"]
COUNT += ["cumulative", "claimed_by", "denied_by", "conflict_group", "known_on", "standing", "source_ids"]


def counts_between(before: Timeline, first: date, after: Timeline, last: date) -> list[Record]:
    """Give the counts that stand on the last day as known then, and did not on the first (see `changes.changes`)."""
    from_day, to_day, ledger = first.isoformat(), last.isoformat(), ledger_of(after)
    then, now = (entries(ledger, one.register) for one in (before, after))
    stood = (one for one, record in then.others() if "event_date" in record and stands(record, "event_date", from_day))
    known = (then.same & ledger.until(first)) | ledger.named(stood)
    others = (
        _count(record)
        for one, record in now.others()
        if _is_count(record) and stands(record, "event_date", to_day)
        if not stands(then.records.get(one), "event_date", from_day)
    )
    return counts(ledger).among(now.same & ledger.until(last) & ~known, others)


@lru_cache(maxsize=4)  # as many as there are ledgers
def counts(ledger: Ledger) -> Rows:
    """Give the rows of all counts of people moved, escaped or freed that stand."""
    standing = ((at, one) for at, one in enumerate(ledger.records) if _is_count(one) and one["event_date"])
    rows = {at: _count(one) for at, one in standing if one["superseded_by"] is None}
    return Rows(rows, lambda row: (row["date"], row["event_id"]))


def _is_count(record: Record) -> bool:
    """Whether a record counts people, and not only a part of those in another."""
    counts_people = record.get("quantity") is not None and record["part_of_id"] is None
    return counts_people and number(record) != "no number"


def _count(event: Record) -> Record:
    return {"date": event["event_date"], **chosen(event, COUNT), "said": number(event)}


def stands(record: Record | None, own_day: str, day: str) -> bool:
    """Say whether a record is of a day or an earlier one, and none replaces it."""
    return record is not None and record["superseded_by"] is None and (record[own_day] or NEVER) <= day
