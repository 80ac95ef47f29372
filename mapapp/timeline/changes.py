"""What changed between two days, each looked at as known then or as known now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from mapapp.timeline.areas import ground_changes
from mapapp.timeline.contradictions import contradictions
from mapapp.timeline.custody import ATTRIBUTES
from mapapp.timeline.late import late_between
from mapapp.timeline.record_rules import number
from mapapp.timeline.records import NEVER, Record, chosen, grouped, plain
from mapapp.timeline.spans import united
from mapapp.timeline.timeline import Timeline
from mapapp.timeline.told import Told
from mapapp.timeline.undisturbed import undisturbed

CONTESTED = {"ground_holder": "ground_contested_by", "holder": "contested_by"}
KINDS = {
    "changed": "changed",
    "first": "first on record, or first known again",
    "gone": "no longer known",
    "back": "changed and changed back",
}
"""How a value can have changed between two days, and how it is said."""
NUMBERS = ["low", "best", "high", "families_low", "families_high"]
FIGURE = ["figure_id", "facility_id", "as_of_date", "qualifier", *NUMBERS]
FIGURE += ["claimed_by", "denied_by", "conflict_group", "known_on", "standing", "source_ids"]
COUNT = ["event_id", "title", "facility_id", "place_id", "quantity", "unit", "low", "best", "high", "qualifier"]
COUNT += ["cumulative", "claimed_by", "denied_by", "conflict_group", "known_on", "standing", "source_ids"]


@undisturbed()
def changes(before: Timeline, first: date, after: Timeline, last: date) -> dict[str, Any]:
    """Say what changed between two days.

    Parameters
    ----------
    before, after : Timeline
        The situation as looked back on for the first day and for the last; the same where both are known alike.
    first, last : date
        The two days.

    Returns
    -------
    dict
        Plain JSON types, days as `YYYY-MM-DD`, unknown as None:

        `from`, `to`, `known_from`, `known_to`; `facilities` and `places`: one row for each value that changed (`id`,
        `name`, `attribute`, `before`, `after`, `kind` (of `KINDS`), `on`: the day of the last change, `steps`,
        `event_ids`, `source_ids`); `ground` (see `areas.ground_changes`); `contradictions`: `new` and `settled` (see
        `contradictions.contradictions`); `figures`: head counts that are new, with the one each `revises`; `counts`: of
        people moved, escaped or freed; `late`: what became known between the two known days (see `late.late`).
    """
    was, now = before.situation, after.situation
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "known_from": plain(was.known_on),
        "known_to": plain(now.known_on),
        "facilities": _facilities(before, first, after, last),
        "places": _places(before, first, after, last),
        "ground": _ground(before, first, after, last),
        "contradictions": _contradictions(before, first, after, last),
        "figures": _figures(before, first, after, last),
        "counts": _counts(before, first, after, last),
        "late": [] if was.known_on == now.known_on else late_between(before, after, last),
    }


def _ground(before: Timeline, first: date, after: Timeline, last: date) -> dict[str, list[Record]]:
    """What each holder gained and lost, on units that both time lines share, where there are such."""
    was, now = before.held, after.held
    if was.units is not now.units and before.common_ground is after.common_ground:
        was, now = before.on_common_ground, after.on_common_ground
    return ground_changes(was, first, now, last)


class Stretch(NamedTuple):
    """A value from `first` until before `end`, days as text that sorts."""

    value: str | None
    first: str
    end: str
    event_ids: Sequence[str]
    source_ids: Sequence[str]


NOTHING = Stretch(None, "", NEVER, (), ())
"""Stands for a facility or place that was not there."""

Key = tuple[str, str]
"""Whose value, and which."""

Held = dict[Key, list[Stretch]]


def _facilities(before: Timeline, first: date, after: Timeline, last: date) -> list[Record]:
    about = {**before.register.facilities, **after.register.facilities}
    order = {name: at for at, name in enumerate((*ATTRIBUTES, *CONTESTED.values()))}
    then, now = (_held(one.told["custody"], "facility_id", "value") for one in (before, after))
    rows = [
        {"id": facility_id, **chosen(about[facility_id], ["name", "name_ar"]), "attribute": attribute, **row}
        for (facility_id, attribute), row in _changed(then, first, now, last)
    ]
    return sorted(rows, key=lambda row: (row["name"], row["id"], order[row["attribute"]]))


def _places(before: Timeline, first: date, after: Timeline, last: date) -> list[Record]:
    about = {**before.register.places, **after.register.places}
    then, now = (_held(one.told["places"], "place_id", "holder") for one in (before, after))
    rows = [
        {"id": place_id, **chosen(about[place_id], ["name", "name_ar"]), "attribute": attribute, **row}
        for (place_id, attribute), row in _changed(then, first, now, last)
    ]
    return sorted(rows, key=lambda row: (row["name"], row["id"], row["attribute"] != "holder"))


@lru_cache(maxsize=16)  # two tables of each of the time lines that are compared again and again
def _held(spans: Told, whose: str, value: str) -> Held:
    """The stretches of each value in order; who contests a value is a value of its own."""
    held: Held = {}
    for span in spans.rows:
        attribute = span.get("attribute", value)
        days = (span["valid_from"] or "", span["valid_to"] or NEVER)
        rests_on = (span["event_ids"], span["source_ids"])
        held.setdefault((span[whose], attribute), []).append(Stretch(span[value], *days, *rests_on))
        if span["contested_by"] is not None:
            contest = Stretch(span["contested_by"], *days, *rests_on)
            held.setdefault((span[whose], CONTESTED[attribute]), []).append(contest)
    return held


def _changed(then: Held, first: date, now: Held, last: date) -> Iterator[tuple[Key, Record]]:
    """The values that differ on the two days, and those that changed in between and changed back."""
    from_day, to_day = first.isoformat(), last.isoformat()
    for key in then.keys() | now.keys():
        old, new = _on(then.get(key, []), from_day), _on(now.get(key, []), to_day)
        between = [one for one in now.get(key, []) if from_day < one.first <= to_day]
        taken = _steps(old.value, between)
        if taken or old.value != new.value:
            yield key, _row(old, new, taken)


def _on(stretches: list[Stretch], day: str) -> Stretch:
    return next((one for one in stretches if one.first <= day < one.end), NOTHING)


def _steps(value: str | None, stretches: list[Stretch]) -> list[Record]:
    """The stretches that bring another value than the one before, as plain values."""
    taken: list[Record] = []
    for one in stretches:
        if one.value != value:
            value = one.value
            ids = {"event_ids": list(one.event_ids), "source_ids": list(one.source_ids)}
            taken.append({"on": one.first, "value": value, **ids})
    return taken


def _row(old: Stretch, new: Stretch, taken: list[Record]) -> Record:
    resting = [(step["event_ids"], step["source_ids"]) for step in taken]
    if not any(event_ids for event_ids, _ in resting):
        resting = [(one.event_ids, one.source_ids) for one in (old, new)]
    return {
        "before": old.value,
        "after": new.value,
        "kind": _kind(old.value, new.value),
        "on": taken[-1]["on"] if taken else None,
        "steps": taken,
        "event_ids": list(united(tuple(event_ids) for event_ids, _ in resting)),
        "source_ids": list(united(tuple(source_ids) for _, source_ids in resting)),
    }


def _kind(before: str | None, after: str | None) -> str:
    if before == after:
        return "back"
    return "first" if before is None else "gone" if after is None else "changed"


def _contradictions(before: Timeline, first: date, after: Timeline, last: date) -> dict[str, list[Record]]:
    then, now = contradictions(before, first), contradictions(after, last)
    keys_then, keys_now = ({_same(row) for row in rows} for rows in (then, now))
    return {
        "new": [row for row in now if _same(row) not in keys_then],
        "settled": [row for row in then if _same(row) not in keys_now],
    }


def _same(row: Record) -> tuple[Any, ...]:
    """What makes two contradictions of two days the same one; of places, that they belong to it is no part of that."""
    return row["rule"], tuple(row["facility_ids"]), row["conflict_group"] if not row["facility_ids"] else row["text"]


def _figures(before: Timeline, first: date, after: Timeline, last: date) -> list[Record]:
    told = [one for several in before.register.figures.values() for one in several]
    then = {one["figure_id"]: one for one in told if _stands(one, "as_of_date", first.isoformat())}
    earlier = grouped(list(then.values()), "facility_id")
    names = {**after.situation.aggregates, **after.register.facilities}
    now = (one for several in after.register.figures.values() for one in several)
    rows = [
        {
            **chosen(figure, FIGURE),
            "name": _name(names[figure["facility_id"]]),
            "said": number(figure),
            "revises": _revised(figure, earlier.get(figure["facility_id"], [])),
        }
        for figure in now
        if figure["figure_id"] not in then and _stands(figure, "as_of_date", last.isoformat())
    ]
    return sorted(rows, key=lambda row: (row["name"], row["as_of_date"] or NEVER, row["figure_id"]))


def _stands(record: Record | None, own_day: str, day: str) -> bool:
    """Whether a record is of a day or an earlier one, and none replaces it."""
    return record is not None and record["superseded_by"] is None and (record[own_day] or NEVER) <= day


def _name(about: Any) -> str:
    return str(about["name"] if isinstance(about, dict) else about.name)


def _revised(figure: Record, earlier: list[Record]) -> Record | None:
    """The figure of the same facility that this one replaces: the one it says, else the last of the same claimant."""
    same = [
        one
        for one in earlier
        if one["figure_id"] == figure["supersedes_id"] or one["claimed_by"] == figure["claimed_by"] is not None
    ]
    if not same:
        return None
    last = max(same, key=lambda one: (one["figure_id"] == figure["supersedes_id"], one["as_of_date"]))
    return {**chosen(last, ["figure_id", "as_of_date", *NUMBERS]), "said": number(last)}


def _counts(before: Timeline, first: date, after: Timeline, last: date) -> list[Record]:
    from_day, to_day, then = first.isoformat(), last.isoformat(), before.register.events
    counted = [
        one
        for event_id, one in after.register.events.items()
        if one["quantity"] is not None and one["part_of_id"] is None and _stands(one, "event_date", to_day)
        if not _stands(then.get(event_id), "event_date", from_day)
    ]
    rows = [{"date": one["event_date"], **chosen(one, COUNT), "said": number(one)} for one in counted]
    return sorted((row for row in rows if row["said"] != "no number"), key=lambda row: (row["date"], row["event_id"]))
