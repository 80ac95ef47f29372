"""What changed between two days, as short lines made from the records and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mapapp.briefing.text import clean
from mapapp.briefing.words import UNKNOWN
from mapapp.situation.situation import Situation
from mapapp.situation.symbols import STATUSES
from mapapp.timeline.areas import held_km2
from mapapp.timeline.records import plain
from mapapp.timeline.spans import as_of
from mapapp.timeline.status import board
from mapapp.timeline.timeline import Timeline

SAID = (("status", "state"), ("guard", "guard"), ("operator", "operator"), ("ground_holder", "ground"))
LEAST_KM2 = 1.0
"""Smaller differences of ground come from rounding."""


def site_changes(timeline: Timeline, before: date, after: date) -> dict[str, str]:
    """Facility id -> what is different on the later day, in words, for those where anything is; by name."""
    earlier = {row["facility_id"]: row for row in board(timeline, before)}
    changes = {}
    for row in board(timeline, after):
        old = earlier[row["facility_id"]]
        said = [
            f"{word} {_word(timeline.situation, name, old[name])} → {_word(timeline.situation, name, row[name])}"
            for name, word in SAID
            if old[name] != row[name]
        ]
        if said:
            changes[row["facility_id"]] = f"{clean(row['name'])}: {', '.join(said)}"
    return changes


def together(changes: Iterable[str]) -> list[str]:
    """The same changes with the sites to which the same happened named in one line."""
    names: dict[str, list[str]] = {}
    for change in changes:
        name, _, said = change.rpartition(": ")
        names.setdefault(said, []).append(name)
    return [f"{', '.join(several)}: {said}" for said, several in names.items()]


def _word(situation: Situation, name: str, value: str | None) -> str:
    if name == "status":
        return STATUSES[value].label if value in STATUSES else UNKNOWN
    actor = situation.actors.get(value or "")
    return (actor.short or actor.name) if actor else value or UNKNOWN


def place_changes(timeline: Timeline, before: date, after: date) -> dict[str, list[str]]:
    """From whom to whom, in words -> the names of the places that changed hands."""
    held = [as_of(timeline.places, day).set_index("place_id")["holder"] for day in (before, after)]
    changes: dict[str, list[str]] = {}
    for place_id, place in timeline.register.places.items():
        old, new = (plain(spans.get(place_id)) for spans in held)
        if old != new:
            said = f"{_word(timeline.situation, 'holder', old)} → {_word(timeline.situation, 'holder', new)}"
            changes.setdefault(said, []).append(clean(place["name"]))
    return changes


def ground_changes(timeline: Timeline, before: date, after: date) -> list[str]:
    """By how many km2 each holder's ground grew or shrank."""
    was, now = (held_km2(timeline.composite, day) for day in (before, after))
    change = {holder: now.get(holder, 0) - was.get(holder, 0) for holder in was | now}
    told = sorted(((km2, holder) for holder, km2 in change.items() if abs(km2) >= LEAST_KM2), reverse=True)
    return [f"{_word(timeline.situation, 'holder', holder)} {km2:+,.0f} km²".replace("-", "−") for km2, holder in told]
