"""Stretches: the values of facilities and places that changed between two days, with the steps in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import TypeAlias

from mapapp.timeline.records import Record
from mapapp.timeline.told import Told

CONTESTED = {"ground_holder": "ground_contested_by", "holder": "contested_by"}
"""Who contests a value is a value of its own."""

Key: TypeAlias = tuple[str, str]
"""Whose value, and which."""

Stretch: TypeAlias = tuple[str | None, Record]
"""A value, and the span that says how long it held and what it rests on."""

Seen: TypeAlias = tuple[Told, date]
"""Spans, and the day on which they are looked at."""

NOTHING: Stretch = (None, {"event_ids": [], "source_ids": []})
"""Stands for a facility or place that was not there."""


def changed(then: Seen, now: Seen, whose: str, value: str) -> Iterator[tuple[Key, Record]]:
    """Give the values that differ on two days, and those that changed in between and changed back.

    Parameters
    ----------
    then, now : tuple of Told and date
        The spans as known for the first day, with that day, and for the last.
    whose, value : str
        The columns that say whose a span is, and the value; spans of several attributes say which (`attribute`).

    Yields
    ------
    tuple
        The id and the attribute, and `before`, `after`, `kind`, `on`, `steps`, `event_ids`, `source_ids` (see
        `changes.changes`). Lists of ids in `steps` are those of the spans, and not to be changed.
    """
    (spans_then, first), (spans, last) = then, now
    old, new = (dict(_stretches(told, whose, value)) for told in (spans_then.on(first), spans.on(last)))
    taken = _steps(old, _stretches(spans.begun(first, last), whose, value))
    for key in old.keys() | new.keys() | taken.keys():
        was, is_now, steps = old.get(key, NOTHING), new.get(key, NOTHING), taken.get(key, [])
        if steps or was[0] != is_now[0]:
            yield key, _row(was, is_now, steps)


def _stretches(spans: list[Record], whose: str, value: str) -> Iterator[tuple[Key, Stretch]]:
    for span in spans:
        attribute = span.get("attribute", value)
        yield (span[whose], attribute), (span[value], span)
        if span["contested_by"] is not None:
            yield (span[whose], CONTESTED[attribute]), (span["contested_by"], span)


def _steps(old: Mapping[Key, Stretch], begun: Iterable[tuple[Key, Stretch]]) -> dict[Key, list[Record]]:
    """The stretches, by key, that bring another value than the one before."""
    values = {key: value for key, (value, _) in old.items()}
    taken: dict[Key, list[Record]] = {}
    for key, (value, span) in begun:
        if values.get(key) != value:
            values[key] = value
            step = {
                "on": span["valid_from"],
                "value": value,
                "event_ids": span["event_ids"],
                "source_ids": span["source_ids"],
            }
            taken.setdefault(key, []).append(step)
    return taken


def _row(old: Stretch, new: Stretch, taken: list[Record]) -> Record:
    event_ids = _united(taken, "event_ids")
    resting = taken if event_ids else [old[1], new[1]]
    return {
        "before": old[0],
        "after": new[0],
        "kind": _kind(old[0], new[0]),
        "on": taken[-1]["on"] if taken else None,
        "steps": taken,
        "event_ids": event_ids or _united(resting, "event_ids"),
        "source_ids": _united(resting, "source_ids"),
    }


def _united(spans: list[Record], ids: str) -> list[str]:
    """The ids in a column of several spans, each once, in order of appearance."""
    return list(dict.fromkeys(chain.from_iterable(map(itemgetter(ids), spans))))


def _kind(before: str | None, after: str | None) -> str:
    if before == after:
        return "back"
    return "first" if before is None else "gone" if after is None else "changed"
