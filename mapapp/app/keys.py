"""What is being looked at, and how the address bar says it: one table of keys, read and written alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from mapapp.situation.codes import CODES
from mapapp.timeline.lookback import last_known_day
from mapapp.timeline.timeline import Timeline

EPOCH = date(1970, 1, 1)
UNKNOWN = "unknown"
"""The code that filters for sites whose value is not known. No actor and no status has it."""

YES = "yes"


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
    known : date, optional
        The day on which it was known so; None: all that is on record.
    confirmed : bool
        Whether only confirmed records count.
    since : date, optional
        The day with which `day` is compared; None: a week before it.
    since_known : date, optional
        The known day of that day; None: the same as `known`.
    """

    day: date
    selected: tuple[str, str] | None = None
    facility_types: tuple[str, ...] = field(default=())
    statuses: tuple[str, ...] = field(default=())
    holders: tuple[str, ...] = field(default=())
    known: date | None = None
    confirmed: bool = False
    since: date | None = None
    since_known: date | None = None


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


def _day(name: str, attribute: str, wrong: str, last: Callable[[Timeline], date]) -> Key:
    """A key for a day from the first of the situation to a last one."""

    def read(view: View, text: str, timeline: Timeline) -> View:
        day = date.fromisoformat(text)
        if not timeline.situation.first_day <= day <= last(timeline):
            raise ValueError(text)
        return replace(view, **{attribute: day})

    def write(view: View) -> str:
        day = getattr(view, attribute)
        return day.isoformat() if day else ""

    return Key(name, wrong, read, write)


def _confirmed(view: View, text: str, _: Timeline) -> View:
    if text != YES:
        raise ValueError(text)
    return replace(view, confirmed=True)


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

    return Key(kind, f"There is no {kind} of that id among the records shown, so none is shown.", read, write)


def _codes(name: str, attribute: str, known: Callable[[Timeline], set[str]]) -> Key:
    def read(view: View, text: str, timeline: Timeline) -> View:
        codes = sorted(set(text.split(",")))
        if not set(codes) <= known(timeline) | {UNKNOWN}:
            raise ValueError(text)
        return replace(view, **{attribute: tuple(codes)})

    def write(view: View) -> str:
        return ",".join(getattr(view, attribute))

    return Key(name, f"A {name} in the link is not known here, so sites of every {name} are shown.", read, write)


def _last_day(timeline: Timeline) -> date:
    return timeline.situation.last_day


LOOK_BACK: tuple[Key, ...] = (
    _day("known", "known", "The link names no known day of this situation, so all records are shown.", last_known_day),
    Key(
        "confirmed",
        "The link asks for confirmed records in a way not known here, so all records are shown.",
        _confirmed,
        lambda view: YES if view.confirmed else "",
    ),
    _day("from-known", "since_known", "The link compares with no known day of this situation.", last_known_day),
)
"""Which records are looked at: read first, because the other keys name what is among them."""

KEYS: tuple[Key, ...] = (
    _day("date", "day", "The link names no day of this situation, so the latest day is shown.", _last_day),
    _selected("facility"),
    _selected("place"),
    _selected("event"),
    _codes("kind", "facility_types", lambda timeline: set(CODES["facility_type"])),
    _codes("status", "statuses", lambda timeline: set(CODES["status"])),
    _codes("holder", "holders", lambda timeline: set(timeline.situation.actors)),
    _day("from", "since", "The link compares with no day of this situation.", _last_day),
)
"""Everything else of the view that a link carries, in the order of the address."""


def read(
    query: Mapping[str, str], timeline: Timeline, seen: Callable[[View], Timeline] | None = None
) -> tuple[View, list[str]]:
    """Read a view out of an address; values that mean nothing here are left out, each with a sentence that says so.

    Parameters
    ----------
    query : mapping
        Of the address.
    timeline : Timeline
        Of all that is on record.
    seen : callable, optional
        From a view to the time line as it is looked back on in it; without it, that of all records.
    """
    view, notices = _read(LOOK_BACK, query, View(timeline.situation.last_day), timeline)
    view, others = _read(KEYS, query, view, seen(view) if seen else timeline)
    return view, notices + others


def _read(keys: tuple[Key, ...], query: Mapping[str, str], view: View, timeline: Timeline) -> tuple[View, list[str]]:
    notices = []
    for key in keys:
        if text := query.get(key.name):
            try:
                view = key.read(view, text, timeline)
            except ValueError:
                notices.append(key.wrong)
    return view, notices


def write(view: View) -> dict[str, str]:
    """Give the query of the address that restores a view."""
    return {key.name: text for key in (*KEYS, *LOOK_BACK) if (text := key.write(view))}


def number(day: date | None) -> int | None:
    """Give a day as map, list and head have it: days since 1970-01-01 (UTC)."""
    return (day - EPOCH).days if day else None


def as_message(view: View) -> dict[str, Any]:
    """Give a view as map and list have it."""
    kind, subject = view.selected or (None, None)
    filters = {name: list(getattr(view, name)) for name in ("facility_types", "statuses", "holders")}
    return {
        "day": number(view.day),
        "selected": {"kind": kind, "id": subject} if view.selected else None,
        "filters": filters,
    }


def from_message(message: Mapping[str, Any], view: View, timeline: Timeline) -> View:
    """Read what a component says as if it came from the address bar: nothing in it is taken on trust.

    Of the view of before stays what map and list do not know of: which records are looked at, and what is compared.
    """
    filters, selected = message["filters"], message["selected"]
    query = {"kind": filters["facility_types"], "status": filters["statuses"], "holder": filters["holders"]}
    query = {name: ",".join(codes) for name, codes in query.items()}
    query["date"] = (EPOCH + timedelta(days=int(message["day"]))).isoformat()
    if selected:
        query[selected["kind"]] = selected["id"]
    wanted = read(query, timeline)[0]
    return replace(wanted, known=view.known, confirmed=view.confirmed, since=view.since, since_known=view.since_known)
