"""Stretches: the values of facilities and places that changed between two days, with the steps in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from mapapp.timeline.records import Record
from mapapp.timeline.spans import day_number
from mapapp.timeline.succession import NOTHING, Key, Steps, Stretch, Succession, resting_on, steps_of
from mapapp.timeline.told import Told

CONTESTED = {"ground_holder": "ground_contested_by", "holder": "contested_by"}
"""Who contests a value is a value of its own."""

NO_STEPS = Steps([], [], [])


class Stretches:
    """How long each value of facilities or places held.

    Parameters
    ----------
    spans : Told
        The spans, those of one value in the order of days.
    whose, value : str
        The columns that say whose a span is, and the value; spans of several attributes say which (`attribute`).
    are_asked_often : bool
        Whether the steps between any two days are to be made as soon as some are asked for.
    """

    def __init__(self, spans: Told, whose: str, value: str, are_asked_often: bool) -> None:
        self._spans = spans
        self._whose, self._value = whose, value
        self._are_asked_often = are_asked_often

    def on(self, day: date) -> dict[Key, Stretch]:
        """Give those of a day."""
        return dict(self._told_by(self._spans.on(day)))

    def steps(self, said_before: dict[Key, Stretch], after: date, until: date) -> dict[Key, Steps]:
        """Give the steps after a day and until another (see `Succession.steps`)."""
        if self._are_asked_often:
            return self._succession.steps(said_before, day_number(after), day_number(until))
        return steps_of(said_before, self._told_by(self._spans.begun(after, until)))

    @cached_property
    def _succession(self) -> Succession:
        spans, starts = self._spans.rows.tolist(), self._spans.starts.tolist()
        told = [(*one, start) for span, start in zip(spans, starts, strict=True) for one in self._told_by([span])]
        return Succession(told)

    def _told_by(self, spans: Iterable[Record]) -> Iterator[tuple[Key, Stretch]]:
        for span in spans:
            attribute = span.get("attribute", self._value)
            yield (span[self._whose], attribute), (span[self._value], span)
            if span["contested_by"] is not None:
                yield (span[self._whose], CONTESTED[attribute]), (span["contested_by"], span)


def changed(then: Stretches, first: date, now: Stretches, last: date) -> Iterator[tuple[Key, Record]]:
    """Give the values that differ on two days, and those that changed in between and changed back.

    Parameters
    ----------
    then, now : Stretches
        As known for the first day, and for the last.
    first, last : date
        The two days.

    Yields
    ------
    tuple
        The id and the attribute, and `before`, `after`, `kind`, `on`, `steps`, `event_ids`, `source_ids` (see
        `changes.changes`). Steps and lists of ids are shared with other answers, and not to be changed.
    """
    old, new = then.on(first), now.on(last)
    steps = now.steps(old, first, last)
    for key in old.keys() | new.keys() | steps.keys():
        was, is_now, by = old.get(key, NOTHING), new.get(key, NOTHING), steps.get(key, NO_STEPS)
        if by.taken or was[0] != is_now[0]:
            yield key, _row(was, is_now, by)


def _row(was: Stretch, is_now: Stretch, by: Steps) -> Record:
    if not by.event_ids:
        by = Steps(by.taken, *resting_on([was[1], is_now[1]]))
    return {
        "before": was[0],
        "after": is_now[0],
        "kind": _kind(was[0], is_now[0]),
        "on": by.taken[-1]["on"] if by.taken else None,
        "steps": by.taken,
        "event_ids": by.event_ids,
        "source_ids": by.source_ids,
    }


def _kind(before: str | None, after: str | None) -> str:
    if before == after:
        return "back"
    return "first" if before is None else "gone" if after is None else "changed"
