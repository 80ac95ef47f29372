"""A roster: the records that were known on a day, without going through all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from mapapp.timeline.hindsight import Days
from mapapp.timeline.recall.cut import Rows, positions
from mapapp.timeline.records import Record


class AllTold:
    """All records as plain values, and when they were known.

    Parameters
    ----------
    taken_from : mapping
        The records of the register with all there is, notes and others included.
    ids : list of str
        Of the records, in their order.
    records : list of dict
        The records.
    since : array of int
        The day from which each is known.
    """

    def __init__(self, taken_from: Mapping[str, Record], ids: list[str], records: list[Record], since: Days) -> None:
        self.taken_from = taken_from
        self.ids = np.array(ids, dtype=object)
        self.records = np.array(records, dtype=object)
        self.since = since
        self.found = {one: (day, row) for row, (one, day) in enumerate(zip(ids, since.tolist(), strict=True))}

    @cached_property
    def places(self) -> Rows:
        """Where each is in what they were taken from."""
        return positions(pd.Index(list(self.taken_from), dtype=object), self.ids)

    def with_more(self, other: AllTold) -> AllTold:
        """Give these records and then some others."""
        ids, records = ([*getattr(self, name), *getattr(other, name)] for name in ("ids", "records"))
        return AllTold(self.taken_from, ids, records, np.concatenate([self.since, other.since]))


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
        self._unsettled = np.array([all_told.found[one][1] for one in unsettled], dtype=np.intp)
        self._records = all_told.records.copy()
        self._records[self._unsettled] = list(unsettled.values())

    def __getitem__(self, key: str) -> Record:
        since, row = self._all.found[key]
        if since > self._day:
            raise KeyError(key)
        record: Record = self._records[row]
        return record

    def __contains__(self, key: object) -> bool:
        return key in self._all.found and self._all.found[key][0] <= self._day

    def __iter__(self) -> Iterator[str]:
        return iter(self._all.ids[self._rows].tolist())

    def __len__(self) -> int:
        return len(self._rows)

    def values(self) -> Any:
        """Give the records in their order, all at once."""
        return self._records[self._rows].tolist()

    def items(self) -> Any:
        """Give ids and records in their order, all at once."""
        return list(zip(self, self.values(), strict=True))

    def among(self, rows: Rows) -> list[Record]:
        """Give the known ones of some rows of all records."""
        found: list[Record] = self._records[rows[self._all.since[rows] <= self._day]].tolist()
        return found

    def places(self, records: Mapping[str, Record]) -> Rows | None:
        """Give where each is in the records of a register, -1 for one that reads otherwise; without notes it does not.

        None where these were not taken from there.
        """
        if self._all.taken_from is not records:
            return None
        places = self._all.places.copy()
        places[self._unsettled] = -1
        return places[self._rows]

    @cached_property
    def _rows(self) -> Rows:
        return np.flatnonzero(self._all.since <= self._day)
