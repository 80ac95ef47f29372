"""A roster: the records that were known on a day, without going through all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np

from mapapp.timeline.hindsight import Days
from mapapp.timeline.recall.cut import Rows
from mapapp.timeline.records import Record


class AllTold:
    """All records as plain values, and when they were known.

    Parameters
    ----------
    ids : list of str
        Of the records, in their order.
    records : list of dict
        The records.
    since : array of int
        The day from which each is known.
    """

    def __init__(self, ids: list[str], records: list[Record], since: Days) -> None:
        self.ids = ids
        self.records = records
        self.since = since
        self.found = {one: told for one, *told in zip(ids, since.tolist(), records, strict=True)}

    def with_more(self, other: AllTold) -> AllTold:
        """Give these records and then some others."""
        since = np.concatenate([self.since, other.since])
        return AllTold(self.ids + other.ids, self.records + other.records, since)


class Roster(Mapping[str, Record]):
    """The records that were known on a day, by id.

    Parameters
    ----------
    all_told : AllTold
        All records, as they read once nothing of them is to come.
    day : int
        The day (see `spans.numbers`).
    unsettled : mapping
        By id, those that were known and read otherwise then.
    """

    def __init__(self, all_told: AllTold, day: int, unsettled: Mapping[str, Record]) -> None:
        self._all = all_told
        self._day = day
        self._unsettled = unsettled

    def __getitem__(self, key: str) -> Record:
        since, record = self._all.found[key]
        if since > self._day:
            raise KeyError(key)
        return self._unsettled.get(key, record)

    def __contains__(self, key: object) -> bool:
        return key in self._all.found and self._all.found[key][0] <= self._day

    def __iter__(self) -> Iterator[str]:
        return iter([self._all.ids[row] for row in self._rows.tolist()])

    def __len__(self) -> int:
        return len(self._rows)

    def values(self) -> Any:
        """Give the records in their order, all at once."""
        return self.among(self._rows)

    def items(self) -> Any:
        """Give ids and records in their order, all at once."""
        return list(zip(self, self.values(), strict=True))

    def among(self, rows: Rows) -> list[Record]:
        """Give the known ones of some rows of all records."""
        known = rows[self._all.since[rows] <= self._day].tolist()
        told = [self._all.records[row] for row in known]
        if self._unsettled:
            ids = self._all.ids
            told = [self._unsettled.get(ids[row], one) for row, one in zip(known, told, strict=True)]
        return told

    @cached_property
    def _rows(self) -> Rows:
        return np.flatnonzero(self._all.since <= self._day)
