"""What look backs share: a look back built on it answers as one that is built from its own records alone."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mapapp
from mapapp.timeline.changes import changes
from mapapp.timeline.contradictions import contradictions
from mapapp.timeline.lookback import look_back, looked_back
from mapapp.timeline.records import plain_records
from mapapp.timeline.timeline import Timeline

TABLES = ("custody", "places", "front", "verified", "sightings", "events", "figures", "clashes")
DAYS = st.none() | st.dates(date(2025, 12, 20), date(2026, 3, 31)) | st.dates(date(2016, 1, 1), date(2026, 3, 31))


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
        **{name: plain_records(getattr(timeline, name).rename_axis("row")) for name in TABLES},
    }


def differing(one: object, other: object, where: str = "") -> list[str]:
    """Where two answers differ; distances may in the last digits, as units are cut otherwise."""
    if isinstance(one, float) and isinstance(other, float) and math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9):
        return []
    if isinstance(one, dict) and isinstance(other, dict) and list(one) == list(other):
        return [found for name in one for found in differing(one[name], other[name], f"{where}.{name}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [found for at in range(len(one)) for found in differing(one[at], other[at], f"{where}[{at}]")]
    return [] if one == other else [f"{where}: {one!r} is not {other!r}"]


def assert_alike(whole: Timeline, known: date | None, confirmed: bool, day: date) -> None:
    shared = looked_back(whole, known, confirmed)
    alone = mapapp.build(look_back(replace(whole.situation), known, confirmed))
    assert differing(answers(shared, day), answers(alone, day)) == []


@settings(max_examples=8)
@given(known=DAYS, confirmed=st.booleans(), ahead=st.integers(0, 40))
def test_a_look_back_answers_as_one_built_from_its_own_records(timeline, known, confirmed, ahead):
    day = min((known or date(2026, 1, 20)) + timedelta(ahead), timeline.situation.last_day)
    assert_alike(timeline, known, confirmed, day)


@pytest.mark.parametrize("confirmed", [False, True])
@pytest.mark.parametrize("known", [date(2026, 1, 20), date(2026, 2, 11), date(2026, 2, 28)])
def test_so_does_one_of_drawn_zones(made, known, confirmed):
    assert_alike(made[1], known, confirmed, date(2026, 2, 20))


def test_what_changed_between_two_known_days_is_the_same_on_shared_units(timeline):
    days = date(2026, 1, 4), date(2026, 2, 28)
    shared = [looked_back(timeline, day, False) for day in (date(2026, 1, 19), date(2026, 2, 3))] + [timeline]
    alone = [mapapp.build(look_back(timeline.situation, one.situation.known_on)) for one in shared]
    for then, now in ((0, 1), (1, 2)):
        found, expected = (changes(looks[then], days[0], looks[now], days[1]) for looks in (shared, alone))
        assert differing(found, expected) == []


def test_what_is_drawn_is_that_of_a_look_back_built_alone(timeline):
    known = date(2026, 1, 19)
    shared, alone = looked_back(timeline, known, False), mapapp.build(look_back(timeline.situation, known))
    assert shared.composite.units.geom_equals(alone.composite.units.geometry).all()
    pd.testing.assert_frame_equal(shared.composite.spans, alone.composite.spans)
