"""Hindsight: what was not known yet of each record, from two days of each that are worked out once.

A record is known from one day on and settled from another: from then on it reads as it does with all that is on record.
In between something of it was still to come: a source, a denial, an end, a record it names, one that replaces it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.reporting import BACKGROUND, OWN_DAYS, Reporting, reporting, source_days, undated
from mapapp.timeline.spans import FIRST, LAST, numbered

Days: TypeAlias = npt.NDArray[np.int64]
"""Days as numbers (see `spans.numbers`): `FIRST` for always, `LAST` for never."""

ENDS = ("end_date", "valid_to", "date_latest", "as_of_latest")
"""Days of a record that may lie ahead of the day on which it was reported: then nobody knew them yet."""

LINKS = ("supersedes_id", "part_of_id")
"""Columns that name another record of the same table."""


@dataclass(frozen=True, eq=False)
class Records:
    """The records of a table, and when they were known.

    Attributes
    ----------
    table : DataFrame
        All of them, as on record.
    since, settled : array of int
        The days from which each is known, and reads as it does here.
    own : array of int
        The day each is for, `FIRST` where that is open or unknown.
    """

    table: pd.DataFrame
    since: Days
    settled: Days
    own: Days

    @cached_property
    def ids(self) -> list[str]:
        """Their ids."""
        return self.table.index.tolist()

    @cached_property
    def known_since(self) -> dict[str, int]:
        """By id, the day from which each is known."""
        return dict(zip(self.ids, self.since.tolist(), strict=True))

    @cached_property
    def bare(self) -> pd.DataFrame:
        """The records without their notes, which carry no day."""
        return self.table.assign(notes=None)

    def columns(self, names: tuple[str, ...]) -> pd.DataFrame:
        """Give some columns without the others; look backs choose rows among the same few again and again."""
        if names not in self._chosen:
            self._chosen[names] = self.bare[list(names)]
        return self._chosen[names]

    @cached_property
    def _chosen(self) -> dict[tuple[str, ...], pd.DataFrame]:
        return {}

    @cached_property
    def replacing(self) -> list[tuple[str, str]]:
        """The records that name another one as replaced by them, in their order: that one, and they."""
        named = zip(self.table["supersedes_id"], self.ids, strict=True)
        return [(earlier, one) for earlier, one in named if isinstance(earlier, str) and earlier != one]


class Hindsight:
    """When everything on record in a situation was known.

    Parameters
    ----------
    situation : Situation
        With all its records.
    """

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.source_days: dict[str, int] = source_days(situation)
        self.reported: Reporting = reporting(situation, self.source_days)
        self.events = self._records("events")
        self.figures = self._records("figures")
        self._wait_for_estimates()

    @cached_property
    def bare(self) -> dict[str, Any]:
        """The other tables, without what carries no day: notes, and how a question was handled."""
        undated: dict[str, Any] = {
            name: getattr(self.situation, name).assign(notes=None)
            for name in ("facilities", "places", "sources", "conflicts")
        }
        return undated | {"conflicts": undated["conflicts"].assign(positions=None, handling=None)}

    @cached_property
    def over_on(self) -> int:
        """The first day on which all was known that is on record, `LAST` where that is never."""
        days = [np.concatenate([one.since, one.settled]) for one in (self.events, self.figures)]
        return int(max([FIRST, *self.source_days.values(), *np.concatenate(days)]))

    @cached_property
    def sources_since(self) -> dict[str, int]:
        """By source the day from which it is known; one without a day by the records that cite it."""
        cited: dict[str, int] = {}
        for table in (self.events, self.figures):
            for since, ids in zip(table.since.tolist(), table.table["source_ids"], strict=True):
                for one in ids:
                    cited[one] = min(since, cited.get(one, LAST))
        return {one: cited.get(one, FIRST) if day == FIRST else day for one, day in self.source_days.items()}

    @cached_property
    def disputed(self) -> list[tuple[str, int]]:
        """The records that belong to a question: the question, and the day from which each is known."""
        told = [(table.table["conflict_group"], table.since.tolist()) for table in (self.events, self.figures)]
        members = (one for groups, since in told for one in zip(groups, since, strict=True))
        return [(group, day) for group, day in members if isinstance(group, str)]

    @cached_property
    def facilities_since(self) -> Days:
        """The day from which each facility is known: by a record that speaks of it, or by a source of its own."""
        facilities = self.situation.facilities
        since = {
            one: min((self.source_days.get(source, FIRST) for source in ids), default=LAST)
            for one, ids in zip(facilities.index.tolist(), facilities["source_ids"], strict=True)
        }
        for table in (self.events, self.figures):
            for name in ("facility_id", "to_facility_id"):
                if name in table.table:
                    for one, day in zip(table.table[name], table.since.tolist(), strict=True):
                        if one in since:
                            since[one] = min(day, since[one])
        return np.array(list(since.values()), dtype=np.int64)

    def _records(self, name: str) -> Records:
        table, days = getattr(self.situation, name), getattr(self.reported, name)
        since = numbered(days["known_on"], LAST)
        since[(days["known_by"] == BACKGROUND).to_numpy()] = FIRST
        own = numbered(table[OWN_DAYS[name][0]], FIRST)
        return Records(table, since, _settled(table, since, self.source_days), own)

    def _wait_for_estimates(self) -> None:
        """A source's day that is estimated from records stands when all of them do, and so do the records it dates."""
        among = undated(self.situation.sources)
        until: dict[str, int] = {}
        for source, settled, row in _citing([self.events, self.figures], among):
            until[source] = max(int(settled[row]), until.get(source, FIRST))
        for source, settled, row in _citing([self.events, self.figures], among):
            settled[row] = max(int(settled[row]), until[source])


@lru_cache(maxsize=2)  # all look backs of a situation ask for it
def hindsight(situation: Situation) -> Hindsight:
    """Say when everything on record in a situation was known; it is given with all its records."""
    return Hindsight(situation)


def latest(ids: Iterable[Iterable[str]], days: Mapping[str, int]) -> Days:
    """Give the latest day of each of some lists of ids; `FIRST` for a list without any."""
    return np.array([max((days.get(one, FIRST) for one in several), default=FIRST) for several in ids], dtype=np.int64)


def _settled(table: pd.DataFrame, since: Days, source_days: Mapping[str, int]) -> Days:
    """The day from which nothing of a record is still to come."""
    dated = [numbered(table[name], FIRST) for name in (*ENDS, "denied_on") if name in table]
    settled: Days = np.maximum.reduce([since, *dated, latest(table["source_ids"], source_days)])
    position = {one: at for at, one in enumerate(table.index.tolist())}
    for name in LINKS:
        for at, other in enumerate(table.get(name, ())):
            if other in position:
                settled[at] = max(settled[at], since[position[other]])
                if name == "supersedes_id":  # the one that is replaced stands until then
                    settled[position[other]] = max(settled[position[other]], since[at])
    return settled


def _citing(tables: Iterable[Records], sources: frozenset[str]) -> Iterator[tuple[str, Days, int]]:
    """The records that cite some sources: the source, the settled days of the table, and the row in it."""
    for records in tables if sources else ():
        for row, ids in enumerate(records.table["source_ids"]):
            for one in sources.intersection(ids):
                yield one, records.settled, row
