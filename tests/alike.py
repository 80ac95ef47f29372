"""Whether a look back that shares with others answers as one that is built from its own records alone."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pandas as pd

import mapapp
from mapapp.timeline.changes import changes
from mapapp.timeline.contradictions import contradictions
from mapapp.timeline.lookback import look_back, looked_back
from mapapp.timeline.records import plain_records
from mapapp.timeline.timeline import Timeline

TABLES = ("custody", "places", "front", "verified", "events", "figures")


def answers(timeline: Timeline, day: date) -> dict[str, object]:
    """All that a time line is asked for; of its dossiers one in five."""
    first = timeline.situation.first_day
    sites, places = list(timeline.register.facilities), list(timeline.register.places)
    return {
        "board": mapapp.board(timeline, day),
        "contradictions": contradictions(timeline, day),
        "changes": changes(timeline, first, timeline, day),
        "facilities": [mapapp.facility(timeline, one, day) for one in sites[day.day % 5 :: 5]],
        "places": [mapapp.place(timeline, one, day) for one in places[day.day % 5 :: 5]],
        "sources": timeline.source_days,
        "problems": timeline.problems,
        "zones": plain_records(pd.DataFrame(timeline.situation.zones)),
        **{name: _rows(getattr(timeline, name)) for name in TABLES},
        "clashes": sorted(_rows(timeline.clashes), key=repr),
        "sightings": _sightings(timeline),
        **{f"told {name}": sorted(map(_unlabelled, told.rows), key=repr) for name, told in timeline.told.items()},
    }


def _rows(table: pd.DataFrame) -> list[dict[str, object]]:
    return [_unlabelled(row) for row in plain_records(table.rename_axis("row"))]


def _unlabelled(row: dict[str, object]) -> dict[str, object]:
    """Labels of spans are unique, and no more."""
    return {name: value for name, value in row.items() if name != "row"}


def _sightings(timeline: Timeline) -> list[tuple[int, str, str]]:
    """Which span, by its place in the table, was seen when, and by whom."""
    place = {label: at for at, label in enumerate(timeline.custody.index)}
    told = (tuple(row.values()) for row in plain_records(timeline.sightings.rename_axis("row")))
    return sorted((place[span], day, source) for span, day, source, _ in told)


def differing(one: object, other: object, where: str = "", km2: float = 0) -> list[str]:
    """Where two answers differ; distances may in the last digits, as units are cut otherwise, and areas by `km2`."""
    if isinstance(one, float) and isinstance(other, float):
        within = km2 if where.endswith("km2") else 1e-9
        if math.isclose(one, other, rel_tol=1e-9, abs_tol=within):
            return []
    if isinstance(one, dict) and isinstance(other, dict) and list(one) == list(other):
        return [found for name in one for found in differing(one[name], other[name], f"{where}.{name}", km2)]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [found for at in range(len(one)) for found in differing(one[at], other[at], f"{where}[{at}]", km2)]
    return [] if one == other else [f"{where}: {one!r} is not {other!r}"]


def assert_alike(whole: Timeline, known: date | None, confirmed: bool, day: date, km2: float = 0) -> None:
    shared = looked_back(whole, known, confirmed)
    alone = mapapp.build(look_back(replace(whole.situation), known, confirmed))
    assert differing(answers(shared, day), answers(alone, day), km2=km2) == []
