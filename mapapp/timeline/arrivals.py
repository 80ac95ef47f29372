"""Arrivals: all records as they came to be known, each with the row of the list of what came later."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import chain

import numpy as np
import numpy.typing as npt

from mapapp.timeline.record_rules import number
from mapapp.timeline.records import NEVER, Record
from mapapp.timeline.reporting import OWN_DAYS

TOLD = ["facility_id", "place_id", "claimed_by", "denied_by", "conflict_group"]
TOLD += ["low", "best", "high", "families_low", "families_high"]
KEYS = {"events": "event_id", "figures": "figure_id"}

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]


def table_of(record: Record) -> str:
    """The table that a record is of."""
    return "events" if "event_id" in record else "figures"


def own_day(record: Record) -> str | None:
    """The day that a record is of."""
    day: str | None = record[OWN_DAYS[table_of(record)][0]]
    return day


def as_new(record: Record) -> Record:
    """Give the row of a record (see `late.late`) of which nothing was known before, nor anything that it rests on."""
    name = table_of(record)
    own, on = own_day(record), record["known_on"]
    return {
        "kind": "late",
        "table": name,
        "id": record[KEYS[name]],
        "title": record.get("title") or f"head count: {number(record)}",
        "date": own,
        "known_on": on,
        "days_later": days_between(own, on),
        "was": None,
        "now": record["standing"],
        "replaces": record["supersedes_id"],
        "source_ids": record["source_ids"],
        **{name: record.get(name) for name in TOLD},
    }


def days_between(own: str | None, on: str | None) -> int | None:
    """Count the days from one to another; None where one is not known."""
    return (date.fromisoformat(on) - date.fromisoformat(own)).days if on and own else None


def order(row: Record) -> tuple[str, str]:
    """What rows are sorted by: the day on which they became known."""
    return row["known_on"] or NEVER, row["id"]


class Arrivals:
    """The records of a situation in the order in which they became known; places are places in that order.

    Parameters
    ----------
    records : mapping
        event_id or figure_id -> record, with the columns of `weighed.weighed`.

    Attributes
    ----------
    rows : list of dict
        The row of each (see `as_new`).
    """

    def __init__(self, records: Mapping[str, Record]) -> None:
        told = sorted(((as_new(record), record) for record in records.values()), key=lambda one: order(one[0]))
        self.rows = [row for row, _ in told]
        self._order = [order(row) for row in self.rows]
        self._places = {row["id"]: place for place, row in enumerate(self.rows)}
        self._records = [record for _, record in told]  # kept: they are told apart by where they lie in memory
        lies_at = _lie_at(self._records)
        self._by_lie = np.argsort(lies_at)
        self._lies = lies_at[self._by_lie]
        self._days = np.array([row["date"] or "" for row in self.rows], dtype="U10")
        self._is_plain = np.array([bool(row["known_on"] and not row["replaces"]) for row in self.rows], dtype=bool)
        self._sources = list(dict.fromkeys(chain.from_iterable(row["source_ids"] for row in self.rows)))
        numbers = {one: number for number, one in enumerate(self._sources)}
        self._cited = np.array([numbers[one] for row in self.rows for one in row["source_ids"]], dtype=np.intp)
        counts = np.array([len(row["source_ids"]) for row in self.rows], dtype=np.intp)
        self._cited_in = np.repeat(np.arange(len(self.rows)), counts)

    def places(self, records: Collection[Record]) -> Rows:
        """Give the place of each of some records, -1 for one that is not the very same as here."""
        lies_at = _lie_at(records)
        at = np.searchsorted(self._lies, lies_at)
        is_here = np.append(self._lies, 0)[at] == lies_at
        return np.where(is_here, np.append(self._by_lie, -1)[at], -1)

    def marked(self, places: Rows) -> Mask:
        """Give all places, those given marked; -1 marks none."""
        marked = np.zeros(len(self.rows) + 1, dtype=bool)
        marked[places] = True
        return marked[:-1]

    def named(self, ids: Iterable[str]) -> Rows:
        """Give the places of records by their ids; -1 for one that is not here."""
        return np.array([self._places.get(one, -1) for one in ids], dtype=np.intp)

    def until(self, day: date) -> Mask:
        """Mark the records of a day and earlier ones, and those without a day."""
        return np.asarray(self._days <= day.isoformat())

    def all_new(self, known_sources: Collection[str]) -> Mask:
        """Mark those that replace none and rest on no such source: of one that was not known, the row is as here."""
        is_known = np.array([one in known_sources for one in self._sources], dtype=bool)
        return self._is_plain & ~self.marked(self._cited_in[is_known[self._cited]])

    def among(self, places: Rows, others: list[Record]) -> list[Record]:
        """Give the rows at some places with other rows, all in order."""
        others = sorted(others, key=order)
        before = np.array([bisect_left(self._order, order(row)) for row in others], dtype=np.float64)
        rows = [*(self.rows[place] for place in places.tolist()), *others]
        in_order = np.argsort(np.concatenate([places, before - 0.5]), kind="stable")
        return [rows[at] for at in in_order.tolist()]


def _lie_at(records: Collection[Record]) -> npt.NDArray[np.int64]:
    return np.fromiter(map(id, records), dtype=np.int64, count=len(records))
