"""What changed between two days, each looked at as known then or as known now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from mapapp.timeline.areas import ground_changes
from mapapp.timeline.contradictions import contradictions
from mapapp.timeline.custody import ATTRIBUTES
from mapapp.timeline.late import came_later
from mapapp.timeline.record_rules import number
from mapapp.timeline.records import NEVER, Record, chosen, in_force, plain, plain_records
from mapapp.timeline.spans import as_of, starts, united
from mapapp.timeline.timeline import Timeline

SPAN = ["value", "valid_from", "valid_to", "event_ids", "source_ids"]
FACILITY_KEY, PLACE_KEY = ["facility_id", "attribute"], ["place_id", "attribute"]
CONTESTED = {"ground_holder": "ground_contested_by", "holder": "contested_by"}
KINDS = {
    "changed": "changed",
    "first": "first on record, or first known again",
    "gone": "no longer known",
    "back": "changed and changed back",
}
"""How a value can have changed between two days, and how it is said."""
NOTHING: Mapping[Any, Any] = {"value": None, "event_ids": (), "source_ids": ()}
"""Stands for a facility or place that was not there."""

FIGURE = ["figure_id", "facility_id", "as_of_date", "low", "best", "high", "qualifier", "families_low", "families_high"]
FIGURE += ["claimed_by", "denied_by", "conflict_group", "known_on", "standing", "source_ids"]
COUNT = ["event_id", "title", "facility_id", "place_id", "quantity", "unit", "low", "best", "high", "qualifier"]
COUNT += ["cumulative", "claimed_by", "denied_by", "conflict_group", "known_on", "standing", "source_ids"]


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
        "ground": ground_changes(before.composite, first, after.composite, last),
        "contradictions": _contradictions(before, first, after, last),
        "figures": _figures(before, first, after, last),
        "counts": _counts(before, first, after, last),
        "late": [] if was.known_on == now.known_on else came_later(was, now, last),
    }


def _facilities(before: Timeline, first: date, after: Timeline, last: date) -> list[Record]:
    about = {**before.register.facilities, **after.register.facilities}
    order = {name: at for at, name in enumerate((*ATTRIBUTES, *CONTESTED.values()))}
    then, now = (_with_contests(one.custody, FACILITY_KEY) for one in (before, after))
    rows = [
        {"id": facility_id, **chosen(about[facility_id], ["name", "name_ar"]), "attribute": attribute, **row}
        for (facility_id, attribute), row in _changed(then, first, now, last)
    ]
    return sorted(rows, key=lambda row: (row["name"], row["id"], order[row["attribute"]]))


def _places(before: Timeline, first: date, after: Timeline, last: date) -> list[Record]:
    about = {**before.register.places, **after.register.places}
    then, now = (
        _with_contests(one.places.rename(columns={"holder": "value"}).assign(attribute="holder"), PLACE_KEY)
        for one in (before, after)
    )
    rows = [
        {"id": place_id, **chosen(about[place_id], ["name", "name_ar"]), "attribute": attribute, **row}
        for (place_id, attribute), row in _changed(then, first, now, last)
    ]
    return sorted(rows, key=lambda row: (row["name"], row["id"], row["attribute"] in CONTESTED.values()))


Key = tuple[str, str]


def _with_contests(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The spans with one column for their key; who contests a value is a value of its own."""
    contests = table[table["contested_by"].notna()]
    contests = contests.assign(value=contests["contested_by"], attribute=contests["attribute"].map(CONTESTED))
    both = pd.concat([table, contests], ignore_index=True)
    key = pd.Series(list(zip(*(both[name] for name in keys), strict=True)), index=both.index, dtype=object)
    return both[SPAN].assign(key=key)


def _changed(then: pd.DataFrame, first: date, now: pd.DataFrame, last: date) -> Iterator[tuple[Key, Record]]:
    """The values that differ on the two days, and those that changed in between and changed back."""
    was = {row["key"]: row for row in as_of(then, first).to_dict("records")}
    ends = {row["key"]: row for row in as_of(now, last).to_dict("records")}
    begun = starts(now)
    steps: dict[Key, list[Record]] = {}
    for row in now[(begun > pd.Timestamp(first)) & (begun <= pd.Timestamp(last))].to_dict("records"):
        steps.setdefault(row["key"], []).append({str(name): value for name, value in row.items()})
    for key in was.keys() | ends.keys() | steps.keys():
        old, new = was.get(key, NOTHING), ends.get(key, NOTHING)
        taken = _steps(plain(old["value"]), steps.get(key, []))
        if taken or plain(old["value"]) != plain(new["value"]):
            yield key, _row(old, new, taken)


def _steps(value: str | None, spans: list[Record]) -> list[Record]:
    """The spans that bring another value than the one before, as plain values."""
    taken = []
    for span in spans:
        if plain(span["value"]) != value:
            value = plain(span["value"])
            taken.append({"on": plain(span["valid_from"]), "value": value, **_ids([span])})
    return taken


def _row(old: Mapping[Any, Any], new: Mapping[Any, Any], taken: list[Record]) -> Record:
    before, after = plain(old["value"]), plain(new["value"])
    return {
        "before": before,
        "after": after,
        "kind": _kind(before, after),
        "on": taken[-1]["on"] if taken else None,
        "steps": taken,
        **_ids(taken if any(step["event_ids"] for step in taken) else [old, new]),
    }


def _kind(before: str | None, after: str | None) -> str:
    if before == after:
        return "back"
    return "first" if before is None else "gone" if after is None else "changed"


def _ids(rows: Iterable[Mapping[Any, Any]]) -> Record:
    several = list(rows)
    return {name: list(united(tuple(row[name]) for row in several)) for name in ("event_ids", "source_ids")}


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
    then, now = _visible(before.figures, "as_of_date", first), _visible(after.figures, "as_of_date", last)
    new = plain_records(now[~now.index.isin(then.index)])
    earlier = plain_records(then)
    names = {**after.situation.aggregates, **after.register.facilities}
    rows = [
        {
            **chosen(figure, FIGURE),
            "name": _name(names[figure["facility_id"]]),
            "said": number(figure),
            "revises": _revised(figure, earlier),
        }
        for figure in new
    ]
    return sorted(rows, key=lambda row: (row["name"], row["as_of_date"] or NEVER, row["figure_id"]))


def _visible(records: pd.DataFrame, own_day: str, day: date) -> pd.DataFrame:
    standing = in_force(records)
    return standing[standing[own_day] <= pd.Timestamp(day)]


def _name(about: Any) -> str:
    return str(about["name"] if isinstance(about, dict) else about.name)


def _revised(figure: Record, earlier: list[Record]) -> Record | None:
    """The figure that this one replaces: the one it says, else the last of the same claimant."""
    same = [
        one
        for one in earlier
        if one["figure_id"] == figure["supersedes_id"]
        or (one["facility_id"] == figure["facility_id"] and one["claimed_by"] == figure["claimed_by"] is not None)
    ]
    if not same:
        return None
    last = max(same, key=lambda one: (one["figure_id"] == figure["supersedes_id"], one["as_of_date"]))
    return {"figure_id": last["figure_id"], "as_of_date": last["as_of_date"], "said": number(last)}


def _counts(before: Timeline, first: date, after: Timeline, last: date) -> list[Record]:
    then, now = _visible(before.events, "event_date", first), _visible(after.events, "event_date", last)
    new = now[~now.index.isin(then.index) & now["quantity"].notna() & now["part_of_id"].isna()]
    rows = [{"date": one["event_date"], **chosen(one, COUNT), "said": number(one)} for one in plain_records(new)]
    return sorted((row for row in rows if row["said"] != "no number"), key=lambda row: (row["date"], row["event_id"]))
