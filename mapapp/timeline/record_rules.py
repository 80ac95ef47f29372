"""Contradictions between records: each rule looks for records that cannot all be right."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter

from mapapp.timeline.records import NEVER, Record, grouped
from mapapp.timeline.register import Register

CLOSED = "closed"
NEEDS_PEOPLE = ("security", "movement")
"""Event types that cannot be where nobody is: fighting, escapes, people moved. A statement about it may come later."""

PARTS = ("syrian", "iraqi", "third_country")


@dataclass(frozen=True, slots=True)
class Side:
    """What one side of a contradiction says, and the records that say it."""

    says: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """Records that cannot all be right.

    Attributes
    ----------
    text : str
        The contradiction in a sentence.
    sides : tuple of Side
        Both sides, or all of them.
    first, end : str or None
        From `first` until before `end`, as `YYYY-MM-DD`; None: open.
    facility_ids, place_ids : tuple of str
        Whom it is about.
    conflict_group : str or None
        The question it belongs to.
    """

    text: str
    sides: tuple[Side, ...]
    first: str | None
    end: str | None = None
    facility_ids: tuple[str, ...] = ()
    place_ids: tuple[str, ...] = ()
    conflict_group: str | None = None


@dataclass(frozen=True, slots=True)
class RecordRule:
    """A rule over the records of one facility. See `SiteRule` for `id` and `sentence`.

    `find` gives the clashes that last until a day or longer: those that were over before it need not be looked for.
    `tables` are those of the records that it looks at.
    """

    id: str
    sentence: str
    tables: tuple[str, ...]
    find: Callable[[Register, str, str], Iterator[Clash]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TotalRule:
    """A rule over numbers and their parts, wherever they were counted; else as `RecordRule`."""

    id: str
    sentence: str
    find: Callable[[Register], Iterator[Clash]] = field(repr=False)


def open_and_closed(register: Register, facility_id: str, until: str) -> Iterator[Clash]:
    """Find days from which one record says that the facility is closed, and another that it is not."""
    states = _stated(register, facility_id)
    last_before = max(_begin(states, until) - 1, 0)
    states = states[_begin(states, states[last_before]["event_date"]) :] if states else []  # all else is over by then
    if not any(one["status_after"] == CLOSED for one in states):
        return
    days = grouped(states, "event_date")
    for (day, records), (next_day, _) in pairwise([*days.items(), (None, [])]):
        shut = [one for one in records if one["status_after"] == CLOSED]
        other = [one for one in records if one["status_after"] != CLOSED]
        if shut and other and (next_day or NEVER) >= until:
            state = str(other[0]["status_after"]).replace("_", " ")
            text = f"{_name(register, facility_id)} is on record as closed and as {state} from one day on."
            sides = (_side("closed", shut), _side(state, other))
            yield Clash(text, sides, day, next_day, (facility_id,))


def event_at_closed(register: Register, facility_id: str, until: str) -> Iterator[Clash]:
    """Find fighting, escapes and movements of people at a facility that was closed by then."""
    closings = _closings(register, facility_id, until)
    events = [
        event
        for event in (register.facility_events[facility_id] if closings else ())
        if event["event_type"] in NEEDS_PEOPLE and event["facility_id"] == facility_id
        if event["event_date"] and not event["superseded_by"]
    ]
    for closing, end in closings:
        for event in events:
            if closing["event_date"] < (at := event["event_date"]) < (end or NEVER):
                text = f"“{event['title']}” is on record at {_name(register, facility_id)}, which was closed by then."
                sides = (_side("closed", [closing]), _side(event["title"], [event]))
                yield Clash(text, sides, at, end, (facility_id,))


def figure_after_closing(register: Register, facility_id: str, until: str) -> Iterator[Clash]:
    """Find head counts above zero at a facility that was closed by then."""
    for closing, end in _closings(register, facility_id, until):
        for figure in register.figures.get(facility_id, []):
            day = figure["as_of_date"]
            counted = any((figure[name] or 0) > 0 for name in ("low", "best", "high", "families_low", "families_high"))
            if counted and not figure["superseded_by"] and day and closing["event_date"] < day < (end or NEVER):
                said = f"{number(figure)} persons or families"
                text = f"{said} were counted at {_name(register, facility_id)}, which was closed by then."
                sides = (_side("closed", [closing]), _side(said, [figure]))
                yield Clash(text, sides, day, end, (facility_id,))


def parts_of_event(register: Register) -> Iterator[Clash]:
    """Find numbers whose recorded parts do not add up to them."""
    parts = grouped([one for one in register.parts if not one["superseded_by"]], "part_of_id")
    for total_id, several in parts.items():
        total, counted = register.events[total_id], [one["best"] for one in several]
        if total["superseded_by"] or None in counted or total_id in {one["event_id"] for one in several}:
            continue
        if not _fits(sum(counted), total):
            day = max((one["event_date"] for one in [total, *several] if one["event_date"]), default=None)
            text = f"{total['title']}; its parts add up to {sum(counted):,}."
            sides = (
                _side(f"total: {number(total)}", [total]),
                _side(f"parts: {' + '.join(f'{one:,}' for one in counted)} = {sum(counted):,}", several),
            )
            about = (total["facility_id"], total["to_facility_id"])
            yield Clash(text, sides, day, None, _known(about), _known([total["place_id"]]), total["conflict_group"])


def parts_of_figure(register: Register, facility_id: str, until: str) -> Iterator[Clash]:
    """Find head counts whose breakdown does not add up to them; each until the next head count of that facility."""
    figures = register.figures.get(facility_id, [])
    for figure in figures:
        parts = [figure[name] for name in PARTS]
        if figure["superseded_by"] or None in parts or figure["best"] is None or _fits(sum(parts), figure):
            continue
        later = [one["as_of_date"] for one in figures if (one["as_of_date"] or "") > (figure["as_of_date"] or NEVER)]
        end = min(later, default=None)
        if (end or NEVER) < until:
            continue
        total, made = number(figure), f"{sum(parts):,}"
        yield Clash(
            text=f"A head count of {_name(register, facility_id)} says {total}; its parts add up to {made}.",
            sides=(_side(f"total: {total}", [figure]), _side(f"Syrian + Iraqi + third-country = {made}", [figure])),
            first=figure["as_of_date"],
            end=end,
            facility_ids=(facility_id,),
            conflict_group=figure["conflict_group"],
        )


def number(record: Record) -> str:
    """Say the number of a record, with a range where it has one."""
    named = [record[name] for name in ("low", "best", "high") if record[name] is not None]
    named = named or [record[name] for name in ("families_low", "families_high") if record.get(name) is not None]
    if not named:
        return "no number"
    low, high = min(named), max(named)
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _fits(total: int, record: Record) -> bool:
    if record["best"] is not None:
        return bool(total == record["best"])
    return bool((record["low"] or 0) <= total <= (record["high"] if record["high"] is not None else total))


def _stated(register: Register, facility_id: str) -> list[Record]:
    return register.stated.get(facility_id, []) if facility_id in register.facilities else []


def _closings(register: Register, facility_id: str, until: str) -> list[tuple[Record, str | None]]:
    """The records that close a facility until a day or longer, each with the day on which it is closed no more."""
    states, found = _stated(register, facility_id), []
    begin = _begin(states, until)
    while begin and states[begin - 1]["status_after"] == CLOSED:
        begin -= 1
    for at, state in enumerate(states[begin:], begin):  # what closed it before did so for a time
        if state["status_after"] == CLOSED and (not at or states[at - 1]["status_after"] != CLOSED):
            later = (one["event_date"] for one in states[at:] if one["status_after"] != CLOSED)
            ends = [day for day in (next(later, None), state["valid_to"]) if day]
            found.append((state, min(ends, default=None)))
    return [(state, end) for state, end in found if (end or NEVER) >= until]


def _begin(states: list[Record], day: str) -> int:
    """The place of the first of some dated records that is not before a day."""
    return bisect_left(states, day, key=itemgetter("event_date"))


def _side(says: str, records: list[Record]) -> Side:
    return Side(says, tuple(one.get("event_id") or one["figure_id"] for one in records))


def _known(ids: list[str | None] | tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in ids if one))


def _name(register: Register, facility_id: str) -> str:
    facility = register.facilities.get(facility_id)
    return str(facility["name"]) if facility else facility_id


RECORD_RULES: tuple[RecordRule | TotalRule, ...] = (
    RecordRule(
        "open-and-closed",
        "A facility is closed by one record and not closed by another from the same day on.",
        ("events",),
        open_and_closed,
    ),
    RecordRule(
        "event-at-closed",
        "Fighting, an escape or a movement of people is on record at a closed facility.",
        ("events",),
        event_at_closed,
    ),
    RecordRule(
        "figure-after-closing",
        "People were counted in a facility after it was closed.",
        ("events", "figures"),
        figure_after_closing,
    ),
    TotalRule(
        "parts-and-total",
        "The recorded parts of a number (`part_of_id`) do not add up to it.",
        parts_of_event,
    ),
    RecordRule(
        "parts-and-head-count",
        "The breakdown of a head count does not add up to it.",
        ("figures",),
        parts_of_figure,
    ),
)
"""The rules over records, in the order of the list of contradictions; `contradictions` has one more."""
