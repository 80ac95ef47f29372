"""The made-up situation of the bench: the same each time, without a Problem, and as large as was asked."""

from __future__ import annotations

import sys
from datetime import timedelta

import pytest
from alike import assert_alike
from conftest import ROOT

import mapapp
from mapapp.timeline.changes import changes
from mapapp.timeline.known import known
from mapapp.timeline.records import plain_records
from mapapp.timeline.spans import as_of

sys.path.append(str(ROOT / "tests" / "bench"))

import made_up

SIZE = made_up.Size(facilities=20, events=400, units=64, days=60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return made_up.make(tmp_path_factory.mktemp("made-up"), SIZE)


@pytest.fixture(scope="module")
def built(folder):
    return mapapp.build(mapapp.load(folder))


def test_it_is_as_large_as_asked_and_has_no_problem(built):
    assert built.problems == ()
    assert (len(built.situation.facilities), len(built.situation.events)) == (SIZE.facilities, SIZE.events)
    assert len(built.composite.units) > 0.8 * SIZE.units
    assert (built.situation.last_day - built.situation.first_day).days + 1 == SIZE.days


def test_the_same_seed_gives_the_same_files(folder, tmp_path):
    again = made_up.make(tmp_path / "again", SIZE)
    assert {one.name: one.read_bytes() for one in again.iterdir()} == {
        one.name: one.read_bytes() for one in folder.iterdir()
    }


def test_plain_records_of_a_day_are_the_rows_of_that_day(built):
    """What board and changes choose from is what the tables of spans say."""
    tables = {"custody": built.custody, "places": built.places, "front": built.front, "clashes": built.clashes}
    for name, spans in tables.items():
        table = spans.drop(columns="sides", errors="ignore").rename_axis("row")
        for ahead in (-400, 0, 17, 59, 400):
            day = built.situation.first_day + timedelta(ahead)
            told = [{key: cell for key, cell in row.items() if key != "sides"} for row in built.told[name].on(day)]
            assert told == plain_records(as_of(table, day)), (name, day)


def test_all_questions_have_an_answer_on_any_day_and_known_day(built):
    situation = built.situation
    first, last = situation.first_day, situation.last_day
    then = mapapp.build(known(situation, first + timedelta(30)))
    assert len(mapapp.board(then, last)) == len(mapapp.board(built, last)) == SIZE.facilities
    found = changes(then, first + timedelta(10), built, last)
    assert found["facilities"]
    assert found["places"]
    assert found["late"]


@pytest.mark.parametrize(("known_after", "confirmed"), [(5, False), (33, False), (70, False), (40, True)])
def test_a_look_back_on_drawn_zones_answers_as_one_built_from_its_own_records(built, known_after, confirmed):
    known_on = made_up.FIRST_DAY + timedelta(known_after)
    assert_alike(built, known_on, confirmed, min(known_on, built.situation.last_day))
