"""A look back that is cut from the time line of all records answers as one that is worked out from its own."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
import soiled
from alike import answers, differing

import mapapp
from mapapp.timeline.changes import changes
from mapapp.timeline.lookback import look_back, looked_back
from mapapp.timeline.recall.recalled import Recalled, RecalledWithGround
from mapapp.timeline.timeline import Timeline


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return mapapp.build(mapapp.load(soiled.make(tmp_path_factory.mktemp("soiled"), seed=1)))


@pytest.mark.parametrize(
    ("known_after", "ahead"), [(14, 3), (33, 0), (47, -20), (60, 1), (88, 25), (101, 0), (119, -50)]
)
def test_it_answers_as_one_worked_out_from_its_own_records(whole, known_after, ahead):
    known_on = soiled.made_up.FIRST_DAY + timedelta(known_after)
    cut, own = looked_back(whole, known_on, False), Timeline(look_back(whole.situation, known_on), whole)
    assert (type(cut), type(own)) == (RecalledWithGround, Timeline)
    day = known_on + timedelta(ahead)
    assert differing(answers(cut, day), answers(own, day)) == []


@pytest.fixture(scope="module")
def late_zones(tmp_path_factory):
    return mapapp.build(mapapp.load(soiled.make_with_late_zones(tmp_path_factory.mktemp("late"), 4, by_records=False)))


@pytest.mark.parametrize(("known_after", "ahead"), [(2, 0), (19, 5), (41, 0), (66, -30), (90, 10), (118, 0)])
def test_so_does_one_that_lacks_zones_which_were_drawn_late(late_zones, known_after, ahead):
    known_on = soiled.made_up.FIRST_DAY + timedelta(known_after)
    cut, own = looked_back(late_zones, known_on, False), Timeline(look_back(late_zones.situation, known_on), late_zones)
    assert type(cut) is Recalled
    day = known_on + timedelta(ahead)
    assert differing(answers(cut, day), answers(own, day)) == []


@pytest.mark.parametrize("known_after", [12, 55])
def test_no_zone_is_named_that_was_drawn_later_beside_one_of_the_same_holder(tmp_path, known_after):
    folder = soiled.make(tmp_path, seed=3)
    zones = folder / "control_zones.geojson"
    layer = json.loads(zones.read_text("utf-8"))
    for feature in layer["features"]:
        (west, south), (east, north) = (feature["geometry"]["coordinates"][0][corner] for corner in (0, 2))
        feature["geometry"]["coordinates"] = [soiled.box(west, east + 0.4, south, north)]
    zones.write_text(json.dumps(layer), "utf-8")
    whole = mapapp.build(mapapp.load(folder))
    known_on = whole.situation.first_day + timedelta(known_after)
    cut, own = looked_back(whole, known_on, False), Timeline(look_back(whole.situation, known_on), whole)
    assert type(cut) is RecalledWithGround
    assert differing(answers(cut, known_on), answers(own, known_on)) == []
    named = {name for one in cut.custody["detail"].dropna() for name in re.findall(r"Z\d+-\d+", one)}
    assert named
    assert named <= set(cut.situation.zones.index)


@pytest.mark.parametrize("missing", ["events.csv", "figures.csv", "sources.csv", "cities.geojson", "camps.geojson"])
def test_so_does_one_of_a_folder_that_lacks_a_file(tmp_path, missing):
    folder = soiled.make(tmp_path, seed=2)
    (folder / missing).unlink()
    whole = mapapp.build(mapapp.load(folder))
    known_on = whole.situation.first_day + timedelta(60)
    cut, own = looked_back(whole, known_on, False), Timeline(look_back(whole.situation, known_on), whole)
    assert type(cut) is RecalledWithGround
    assert differing(answers(cut, known_on), answers(own, known_on)) == []


def test_what_changed_between_two_known_days_is_the_same(whole):
    first, last = (soiled.made_up.FIRST_DAY + timedelta(after) for after in (40, 90))
    cut = [looked_back(whole, day, False) for day in (first, last)]
    own = [Timeline(look_back(whole.situation, day), whole) for day in (first, last)]
    told = [changes(before, first, after, last) for before, after in (cut, own)]
    assert differing(*told) == []
    assert told[0]["late"]


@pytest.mark.parametrize("known_after", [None, 9, 30])
def test_what_is_told_about_one_is_all_that_is_told_about_it(whole, known_after):
    first_day = whole.situation.first_day
    seen = whole if known_after is None else looked_back(whole, first_day + timedelta(known_after), False)
    for name, column in (("custody", "facility_id"), ("front", "facility_id"), ("places", "place_id")):
        spans = seen.told[name].rows.tolist()
        ids = {span[column] for span in spans}
        assert len(ids) > 1
        for one in [*ids, ""]:
            assert seen.told[name].about(column, one) == [span for span in spans if span[column] == one]


def test_on_a_day_on_which_all_was_known_nothing_is_left_out(whole):
    everything = looked_back(whole, whole.situation.last_day + timedelta(400), False)
    assert isinstance(everything, RecalledWithGround)
    noted = [one for one in whole.register.events.values() if one["notes"]]
    assert noted
    assert all(everything.register.events[one["event_id"]] is one for one in noted)


def test_it_is_not_cut_where_ground_rests_on_records(timeline):
    assert not isinstance(looked_back(timeline, timeline.situation.last_day, False), Recalled)
