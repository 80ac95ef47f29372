"""Arrivals: all records as they came to be known, each with the row of the list of what came later."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import chain

import numpy as np

from mapapp.timeline.clashes import day_of
from mapapp.timeline.ledger import Ledger, Mask, Rows, table_of
from mapapp.timeline.record_rules import number
from mapapp.timeline.records import NEVER, Record, id_of
from mapapp.timeline.retold import Retold

TOLD = ["facility_id", "place_id", "claimed_by", "denied_by", "conflict_group"]
TOLD += ["low", "best", "high", "families_low", "families_high"]
KEYS = {"events": "event_id", "figures": "figure_id"}


def as_new(record: Record) -> Record:
    """Give the row of a record (see `late.late`) of which nothing was known before, nor anything that it rests on."""
    name = table_of(record)
    own, on = day_of(record), record["known_on"]
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


class Arrivals:
    """The records of a ledger in the order in which they became known.

    Attributes
    ----------
    ledger : Ledger
        As given.
    as_new : Retold
        How each reads of which nothing was known before (see `as_new`).
    rows : Rows
        These rows.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.as_new = Retold(as_new)
        rows = [self.as_new.of(id_of(record), record) for record in ledger.records]
        self.rows = Rows(dict(enumerate(rows)), lambda row: (row["known_on"] or NEVER, row["id"]))
        self._is_plain = np.array([bool(row["known_on"] and not row["replaces"]) for row in rows], dtype=bool)
        self._sources = list(dict.fromkeys(chain.from_iterable(row["source_ids"] for row in rows)))
        numbers = {one: number for number, one in enumerate(self._sources)}
        counts = np.array([len(row["source_ids"]) for row in rows], dtype=np.intp)
        self._cited = np.array([numbers[one] for row in rows for one in row["source_ids"]], dtype=np.intp)
        self._cited_in = np.repeat(np.arange(len(rows)), counts)

    def all_new(self, known_sources: Collection[str]) -> Mask:
        """Mark those that replace none and rest on no such source: of one that was not known, the row is as here."""
        is_known = np.array([one in known_sources for one in self._sources], dtype=bool)
        return self._is_plain & ~self.ledger.marked(self._cited_in[is_known[self._cited]])
