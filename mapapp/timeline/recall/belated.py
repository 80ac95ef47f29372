"""Belated: whom a look back has to be worked out anew for, because of records that were late or were to change."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np

from mapapp.timeline.hindsight import Days, Records
from mapapp.timeline.recall.cut import Mask, Rows
from mapapp.timeline.recall.groundwork import Groundwork
from mapapp.timeline.records import Record
from mapapp.timeline.spans import LAST, united
from mapapp.timeline.then import Then


class Belated:
    """The records of a day that were not known on it as they now stand, and whom they are about.

    Parameters
    ----------
    work : Groundwork
        Of the time line of all records.
    then : Then
        What was known on the day.
    """

    def __init__(self, work: Groundwork, then: Then) -> None:
        self.work = work
        self.then = then

    @cached_property
    def there(self) -> Mask:
        """Which subjects were known: some of the facilities, and all that are counted together."""
        known = np.ones(len(self.work.subjects), dtype=bool)
        since = self.work.all_known.facilities_since
        known[: len(since)] = since <= self.then.day
        return known

    def since(self, tables: Iterable[str]) -> Days:
        """Give the day of the first such record in some tables of each subject, `LAST` where there is none."""
        return np.asarray(np.minimum.reduce([self._since[one] for one in tables]))

    @cached_property
    def _since(self) -> dict[str, Days]:
        events, figures = self.work.all_known.events, self.work.all_known.figures
        return {
            "events": self._first(events.own, self._events, "at", "to"),
            "figures": self._first(figures.own, self._odd(figures), "figures"),
        }

    def _first(self, own: Days, odd: Mask, *columns: str) -> Days:
        first = np.full(len(self.work.subjects) + 1, LAST, dtype=np.int64)
        for name in columns:
            np.minimum.at(first, self.work.about[name][odd], own[odd])
        return first[:-1]

    @cached_property
    def in_custody(self) -> Mask:
        """Which facilities have such records of their status, operator or guard."""
        return _marked(len(self.work.subjects), self.work.about["at"][self._events & self.work.states])

    @cached_property
    def places_since(self) -> Days:
        """The day from which the holder of each place was not known to be what later records tell, else `LAST`."""
        cut, own = self.work.places, self.work.all_known.events.own
        hindsight = (cut.told.starts <= self.then.day) & (cut.resting > self.then.day) & ~self.work.said_again
        first = np.full(len(self.work.place_ids) + 1, LAST, dtype=np.int64)
        np.minimum.at(first, self.work.place[self._events], own[self._events])
        np.minimum.at(first, cut.group[hindsight], cut.told.starts[hindsight])
        return first[:-1]

    def standing(self, about: Mask) -> Rows:
        """Give the rows of the known ones of some events that no known one replaces."""
        records, (earlier, later) = self.work.all_known.events, self.work.replaced
        wanted = about.copy()
        wanted[earlier[records.since[later] <= self.then.day]] = False
        return self.then.rows(records, wanted)

    def shortened(self, event_ids: Iterable[str]) -> Record:
        """Give the cells of a span that later records say again: it rests on the earlier ones alone."""
        ids = tuple(one for one in event_ids if self.is_known(one))
        return {"event_ids": ids, "source_ids": united(self.work.cited[one] for one in ids)}

    def is_known(self, event_id: str) -> bool:
        """Whether an event was known."""
        return self.work.all_known.events.known_since[event_id] <= self.then.day

    @cached_property
    def _events(self) -> Mask:
        return self._odd(self.work.all_known.events)

    def _odd(self, records: Records) -> Mask:
        """Records of the day or before that were not known, later ones that were, and those that were to change."""
        day, known = self.then.day, records.since <= self.then.day
        return np.asarray((known != (records.own <= day)) | (known & (records.settled > day)))


def _marked(count: int, *found: Rows) -> Mask:
    """Mark what was found; -1 stands for nothing."""
    marks = np.zeros(count + 1, dtype=bool)
    marks[np.concatenate(found)] = True
    return marks[:-1]
