"""The ledger: all records of a situation by place, so that a look back need not be gone through record by record."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from mapapp.timeline.clashes import day_of
from mapapp.timeline.recall.roster import Roster
from mapapp.timeline.records import Record
from mapapp.timeline.register import Register
from mapapp.timeline.timeline import Timeline

Mask = npt.NDArray[np.bool_]
"""For each place, whether it is marked."""

Places = npt.NDArray[np.intp]
"""The place of each record of a look back, -1 for one that is not the very same as in the ledger."""


def table_of(record: Record) -> str:
    """The table that a record is of."""
    return "events" if "event_id" in record else "figures"


class Ledger:
    """Records by place.

    Parameters
    ----------
    records : mapping
        event_id or figure_id -> record. A look back has the very same records where they say the same
        (see `unchanged.Whole`), so they are told apart by where they lie in memory, if it does not know their places.

    Attributes
    ----------
    records : list of dict
        As given.
    """

    def __init__(self, records: Mapping[str, Record]) -> None:
        self.records = list(records.values())
        self._given = records
        self._by_id = {one: place for place, one in enumerate(records)}
        self._days = np.array([day_of(record) or "" for record in self.records], dtype="U10")
        lie_at = _lie_at(self.records)
        self._by_memory = np.append(np.argsort(lie_at), -1)
        self._lie_at = np.append(np.sort(lie_at), np.iinfo(np.int64).max)

    def places(self, records: Mapping[str, Record]) -> Places:
        """Give the places of the records of a look back."""
        known = records.places(self._given) if isinstance(records, Roster) else None
        return self._found(records.values()) if known is None else known

    def _found(self, records: Collection[Record]) -> Places:
        lie_at = _lie_at(records)
        at = np.searchsorted(self._lie_at, lie_at)
        return np.where(self._lie_at[at] == lie_at, self._by_memory[at], -1)

    def named(self, ids: Iterable[str]) -> Mask:
        """Mark the records with some ids."""
        return self.marked(np.array([self._by_id.get(one, -1) for one in ids], dtype=np.intp))

    def marked(self, places: Places) -> Mask:
        """Mark some places."""
        marked = np.zeros(len(self.records) + 1, dtype=bool)
        marked[places] = True
        return marked[:-1]

    def until(self, day: date) -> Mask:
        """Mark the records of a day and earlier ones, and those without a day."""
        return np.asarray(self._days <= day.isoformat())


def _lie_at(records: Collection[Record]) -> npt.NDArray[np.int64]:
    return np.fromiter(map(id, records), dtype=np.int64, count=len(records))


class Entries:
    """The records of a look back in a ledger.

    Attributes
    ----------
    records : mapping
        event_id or figure_id -> record.
    same : Mask
        The places of the ledger with the very same records.
    """

    def __init__(self, ledger: Ledger, records: Mapping[str, Record]) -> None:
        self.records = records
        self._ids = list(records)
        self._places = ledger.places(records)
        self.same = ledger.marked(self._places)

    def others(self, passed_over: Mask | None = None) -> Iterator[tuple[str, Record]]:
        """Give the records that are not in the ledger, or at a place that is not passed over; with their ids."""
        is_other = self._places < 0 if passed_over is None else ~np.append(passed_over, False)[self._places]
        for one in map(self._ids.__getitem__, np.flatnonzero(is_other).tolist()):
            yield one, self.records[one]


class Rows:
    """Rows made of records of a ledger, in an order of their own.

    Parameters
    ----------
    rows : mapping
        Place -> row.
    order : callable
        What rows are sorted by.
    """

    def __init__(self, rows: Mapping[int, Record], order: Callable[[Record], Any]) -> None:
        self._order = order
        told = sorted(((order(row), place, row) for place, row in rows.items()), key=lambda one: one[0])
        self._keys = [key for key, _, _ in told]
        self._places = np.array([place for _, place, _ in told], dtype=np.intp)
        self._rows = np.array([row for _, _, row in told], dtype=object)

    def among(self, told: Mask, others: Iterable[Record]) -> list[Record]:
        """Give the rows at marked places with other rows, all in order."""
        more = sorted(others, key=self._order)
        places = np.flatnonzero(told[self._places])
        before = [bisect_left(self._keys, self._order(row)) for row in more]
        among = np.searchsorted(places, before)
        rows: list[Record] = np.insert(self._rows[places], among, np.array(more, dtype=object)).tolist()
        return rows


def ledger_of(timeline: Timeline) -> Ledger:
    """Give the ledger that a time line shares with others: that of all records."""
    return ledger((timeline.whole or timeline).register)


@lru_cache(maxsize=4)
def ledger(register: Register) -> Ledger:
    """Give the records of a register as a ledger."""
    return Ledger(register.records)


@lru_cache(maxsize=2)  # one answer asks for those of both its look backs several times
def entries(ledger: Ledger, register: Register) -> Entries:
    """Give the records of a register by their places."""
    return Entries(ledger, register.records)
