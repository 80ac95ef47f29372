"""What changed between two days, each looked at as known then or as known now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from mapapp.timeline.areas import ground_changes
from mapapp.timeline.contradictions import contradictions_but, keys
from mapapp.timeline.counts import counts_between, stands
from mapapp.timeline.custody import ATTRIBUTES
from mapapp.timeline.late import late_between
from mapapp.timeline.record_rules import number
from mapapp.timeline.records import NEVER, Record, chosen, grouped, plain
from mapapp.timeline.retold import Retold
from mapapp.timeline.stretches import CONTESTED, changed
from mapapp.timeline.timeline import Timeline
from mapapp.timeline.undisturbed import undisturbed

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
        Plain JSON types, days as `YYYY-MM-DD`, unknown as None. Rows and lists are shared with other answers, and not
        to be changed:

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
        "counts": counts_between(before, first, after, last),
        "late": [] if was.known_on == now.known_on else late_between(before, after, last),
    }


def _ground(before: Timeline, first: date, after: Timeline, last: date) -> dict[str, list[Record]]:
    """What each holder gained and lost, on units that both time lines share, where there are such."""
    was, now = before.held, after.held
    if was.units is not now.units and before.common_ground is after.common_ground:
        was, now = before.on_common_ground, after.on_common_ground
    return ground_changes(was, first, now, last)


def _facilities(before: Timeline, first: date, after: Timeline, last: date) -> list[Record]:
    names = _named(before.register.facilities | after.register.facilities)
    order = {name: at for at, name in enumerate((*ATTRIBUTES, *CONTESTED.values()))}
    found = changed(before.facility_values, first, after.facility_values, last)
    rows = [
        {"id": facility_id, **names[facility_id], "attribute": attribute, **row}
        for (facility_id, attribute), row in found
    ]
    return sorted(rows, key=lambda row: (row["name"], row["id"], order[row["attribute"]]))


def _places(before: Timeline, first: date, after: Timeline, last: date) -> list[Record]:
    names = _named(before.register.places | after.register.places)
    found = changed(before.place_values, first, after.place_values, last)
    rows = [{"id": place_id, **names[place_id], "attribute": attribute, **row} for (place_id, attribute), row in found]
    return sorted(rows, key=lambda row: (row["name"], row["id"], row["attribute"] != "holder"))


def _named(about: Mapping[str, Record]) -> dict[str, Record]:
    return {one: chosen(record, ["name", "name_ar"]) for one, record in about.items()}


def _contradictions(before: Timeline, first: date, after: Timeline, last: date) -> dict[str, list[Record]]:
    then, now = keys(before, first), keys(after, last)
    return {"new": contradictions_but(after, last, then), "settled": contradictions_but(before, first, now)}


def _figures(before: Timeline, first: date, after: Timeline, last: date) -> list[Record]:
    from_day, to_day = first.isoformat(), last.isoformat()
    told = [one for several in before.register.figures.values() for one in several]
    then = {one["figure_id"]: one for one in told if stands(one, "as_of_date", from_day)}
    earlier = grouped(list(then.values()), "facility_id")
    tell, revised = _figures_told(after.whole or after)
    now = (one for several in after.register.figures.values() for one in several)
    rows = [
        {
            **tell.of(figure["figure_id"], figure),
            "revises": _revised(figure, earlier.get(figure["facility_id"], []), revised),
        }
        for figure in now
        if figure["figure_id"] not in then and stands(figure, "as_of_date", to_day)
    ]
    return sorted(rows, key=lambda row: (row["name"], row["as_of_date"] or NEVER, row["figure_id"]))


@lru_cache(maxsize=2)  # as many as there are situations at hand
def _figures_told(whole: Timeline) -> tuple[Retold[Record], Retold[Record]]:
    """Give how figures read that are new, and those that one revises."""
    names = {one: about.name for one, about in whole.situation.aggregates.items()}
    names |= {one: about["name"] for one, about in whole.register.facilities.items()}

    def new(figure: Record) -> Record:
        return {**chosen(figure, FIGURE), "name": names[figure["facility_id"]], "said": number(figure)}

    def revised(figure: Record) -> Record:
        return {**chosen(figure, ["figure_id", "as_of_date", *NUMBERS]), "said": number(figure)}

    return Retold(new), Retold(revised)


def _revised(figure: Record, earlier: list[Record], tell: Retold[Record]) -> Record | None:
    """The figure of the same facility that this one replaces: the one it says, else the last of the same claimant."""
    same = [
        one
        for one in earlier
        if one["figure_id"] == figure["supersedes_id"] or one["claimed_by"] == figure["claimed_by"] is not None
    ]
    if not same:
        return None
    last = max(same, key=lambda one: (one["figure_id"] == figure["supersedes_id"], one["as_of_date"]))
    return tell.of(last["figure_id"], last)
