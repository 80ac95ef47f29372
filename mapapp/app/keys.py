"""What is being looked at, and how the address bar says it: one table of keys, read and written alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from mapapp.situation.codes import CODES
from mapapp.situation.situation import Situation
from mapapp.timeline.timeline import Timeline

EPOCH = date(1970, 1, 1)
UNKNOWN = "unknown"
"""The code that filters for sites whose value is not known. No actor and no status has it."""


@dataclass(frozen=True, slots=True)
class View:
    """What is being looked at.

    Attributes
    ----------
    day : date
        The one clock of map, list and panel.
    selected : tuple of str, optional
        Kind (`facility`, `place` or `event`) and id.
    facility_types, statuses, holders : tuple of str
        The codes that the filters let through; empty lets everything through.
    """

    day: date
    selected: tuple[str, str] | None = None
    facility_types: tuple[str, ...] = field(default=())
    statuses: tuple[str, ...] = field(default=())
    holders: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the address bar.

    Attributes
    ----------
    name : str
        As it stands in the address.
    wrong : str
        What the reader is told about a value that means nothing here.
    read : callable
        From a view, the text of the address and the time line to a view; ValueError where the text means nothing.
    write : callable
        From a view to the text of the address, empty for none.
    """

    name: str
    wrong: str
    read: Callable[[View, str, Timeline], View]
    write: Callable[[View], str]


def _day(view: View, text: str, timeline: Timeline) -> View:
    return replace(view, day=_within(date.fromisoformat(text), timeline.situation))


def _within(day: date, situation: Situation) -> date:
    if not situation.first_day <= day <= situation.last_day:
        raise ValueError(day)
    return day


def _selected(kind: str) -> Key:
    def read(view: View, text: str, timeline: Timeline) -> View:
        known = {
            "facility": timeline.register.facilities,
            "place": timeline.register.places,
            "event": timeline.register.events,
        }
        if text not in known[kind]:
            raise ValueError(text)
        return replace(view, selected=(kind, text))

    def write(view: View) -> str:
        return view.selected[1] if view.selected and view.selected[0] == kind else ""

    return Key(kind, f"There is no {kind} of that id here, so none is shown.", read, write)


def _codes(name: str, attribute: str, known: Callable[[Timeline], set[str]]) -> Key:
    def read(view: View, text: str, timeline: Timeline) -> View:
        codes = sorted(set(text.split(",")))
        if not set(codes) <= known(timeline) | {UNKNOWN}:
            raise ValueError(text)
        return replace(view, **{attribute: tuple(codes)})

    def write(view: View) -> str:
        return ",".join(getattr(view, attribute))

    return Key(name, f"A {name} in the link is not known here, so sites of every {name} are shown.", read, write)


KEYS: tuple[Key, ...] = (
    Key(
        "date",
        "The link names no day of this situation, so the latest day is shown.",
        _day,
        lambda view: view.day.isoformat(),
    ),
    _selected("facility"),
    _selected("place"),
    _selected("event"),
    _codes("kind", "facility_types", lambda timeline: set(CODES["facility_type"])),
    _codes("status", "statuses", lambda timeline: set(CODES["status"])),
    _codes("holder", "holders", lambda timeline: set(timeline.situation.actors)),
)
"""Everything of the view that a link carries, in the order of the address."""


def read(query: Mapping[str, str], timeline: Timeline) -> tuple[View, list[str]]:
    """Read a view out of an address; values that mean nothing here are left out, each with a sentence that says so."""
    view, notices = View(timeline.situation.last_day), []
    for key in KEYS:
        if text := query.get(key.name):
            try:
                view = key.read(view, text, timeline)
            except ValueError:
                notices.append(key.wrong)
    return view, notices


def write(view: View) -> dict[str, str]:
    """Give the query of the address that restores a view."""
    return {key.name: text for key in KEYS if (text := key.write(view))}


def as_message(view: View) -> dict[str, Any]:
    """Give a view as map and list have it: the day as days since 1970-01-01 (UTC)."""
    kind, subject = view.selected or (None, None)
    filters = {name: list(getattr(view, name)) for name in ("facility_types", "statuses", "holders")}
    return {
        "day": (view.day - EPOCH).days,
        "selected": {"kind": kind, "id": subject} if view.selected else None,
        "filters": filters,
    }


def from_message(message: Mapping[str, Any], timeline: Timeline) -> View:
    """Read what a component says as if it came from the address bar: nothing in it is taken on trust."""
    filters, selected = message["filters"], message["selected"]
    query = {"kind": filters["facility_types"], "status": filters["statuses"], "holder": filters["holders"]}
    query = {name: ",".join(codes) for name, codes in query.items()}
    query["date"] = (EPOCH + timedelta(days=int(message["day"]))).isoformat()
    if selected:
        query[selected["kind"]] = selected["id"]
    return read(query, timeline)[0]
