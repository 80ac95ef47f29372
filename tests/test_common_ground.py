"""What look backs share: a look back built on it answers as one that is built from its own records alone."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
import soiled
from alike import assert_alike, differing
from hypothesis import given, settings
from hypothesis import strategies as st

import mapapp
from mapapp.timeline.changes import changes
from mapapp.timeline.late import late, late_between, late_count
from mapapp.timeline.lookback import look_back, looked_back
from mapapp.timeline.unchanged import Again

DAYS = st.none() | st.dates(date(2025, 12, 20), date(2026, 3, 31)) | st.dates(date(2016, 1, 1), date(2026, 3, 31))


@settings(max_examples=8)
@given(known=DAYS, confirmed=st.booleans(), ahead=st.integers(0, 40))
def test_a_look_back_answers_as_one_built_from_its_own_records(timeline, known, confirmed, ahead):
    day = min((known or date(2026, 1, 20)) + timedelta(ahead), timeline.situation.last_day)
    assert_alike(timeline, known, confirmed, day)


@pytest.mark.parametrize("confirmed", [False, True])
@pytest.mark.parametrize("known", [date(2026, 1, 20), date(2026, 2, 11), date(2026, 2, 28)])
def test_so_does_one_of_drawn_zones(made, known, confirmed):
    assert_alike(made[1], known, confirmed, date(2026, 2, 20))


@pytest.fixture(scope="module")
def late_zones(tmp_path_factory):
    return mapapp.build(mapapp.load(soiled.make_with_late_zones(tmp_path_factory.mktemp("late"), seed=2)))


@pytest.mark.parametrize("after", [0, 9, 30, 55, 80, 119])
def test_so_does_one_that_lacks_zones_which_were_drawn_late(late_zones, after):
    known = late_zones.situation.first_day + timedelta(after)
    assert looked_back(late_zones, known, False).held.units is late_zones.held.units
    assert_alike(late_zones, known, False, known, km2=0.11)  # units of large squares end at other points


def test_what_changed_between_two_known_days_is_the_same_on_shared_units(timeline):
    days = date(2026, 1, 4), date(2026, 2, 28)
    shared = [looked_back(timeline, day, False) for day in (date(2026, 1, 19), date(2026, 2, 3))] + [timeline]
    alone = [mapapp.build(look_back(timeline.situation, one.situation.known_on)) for one in shared]
    for then, now in ((0, 1), (1, 2)):
        found, expected = (changes(looks[then], days[0], looks[now], days[1]) for looks in (shared, alone))
        assert differing(found, expected) == []


@pytest.mark.parametrize("days", [(date(2026, 1, 8), None), (date(2026, 1, 21), date(2026, 2, 20))])
def test_what_came_later_is_told_by_time_lines_as_by_the_records_alone(timeline, days):
    then, until = (looked_back(timeline, day, False) for day in days)
    last = date(2026, 2, 11)
    listed = late_between(then, until, last)
    assert listed == late(timeline.situation, last, *days)
    assert late_count(then, until, last) == len(listed)


@pytest.mark.parametrize(("column", "value"), [("standing", "refuted"), ("standing", None), ("best", 7)])
def test_a_cell_that_says_something_else_makes_no_other_row_differ(timeline, column, value):
    table = timeline.events.iloc[1:].copy()
    row = int((timeline.events[column].iloc[1:] != value).fillna(value is not None).to_numpy().nonzero()[0][-1])
    table.iloc[row, table.columns.get_loc(column)] = value
    assert Again(timeline.all_known["events"], table, [column]).rows([column]).tolist() == [row]


def test_what_is_drawn_is_that_of_a_look_back_built_alone(timeline):
    known = date(2026, 1, 19)
    shared, alone = looked_back(timeline, known, False), mapapp.build(look_back(timeline.situation, known))
    assert shared.composite.units.geom_equals(alone.composite.units.geometry).all()
    pd.testing.assert_frame_equal(shared.composite.spans, alone.composite.spans)


def test_states_of_the_map_that_are_too_many_to_keep_are_begun_anew(timeline, monkeypatch):
    monkeypatch.setattr("mapapp.timeline.states.MOST_CELLS", 0)
    kept = timeline.common_ground.terrain.states
    assert_alike(timeline, date(2026, 1, 19), False, date(2026, 1, 20))
    assert timeline.common_ground.terrain.states is not kept
