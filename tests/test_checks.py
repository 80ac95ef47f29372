"""What the checks let pass and what they do not, where one defect in one file is not the whole story."""

from __future__ import annotations

import json

import pytest
import situations as made
from conftest import GEODATA
from situations import add_row, cell, place, put, text

from mapapp.cli import main
from mapapp.situation.dates import read_day
from mapapp.situation.situation import load

WEST, EAST = (40.0, 36.0, 40.5, 37.0), (40.5, 36.0, 41.0, 37.0)


def box(west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def folder(tmp_path):
    return made.make(tmp_path / "made")


def reasons(folder):
    return [problem.reason for problem in load(folder).problems]


@pytest.mark.parametrize(
    ("written", "day"),
    [("2026-01-20", "2026-01-20"), ("2024-02-29", "2024-02-29"), ("0001-01-01", "0001-01-01")],
)
def test_days_that_are_read(written, day):
    assert (str(read_day(written)[0]), read_day(written)[1]) == (day, "")


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("05/05/2026", "Write it as 2026-05-05."),
        ("31.12.2025", "Write it as 2025-12-31."),
        ("2026/1/5", "Write it as 2026-01-05."),
        ("Jan 5, 2026", "Write it as 2026-01-05."),
        ("2026111", "cannot be read"),  # 11 January or 1 November
        ("2023-02-29", "February 2023 has 28 days"),
        ("32/13/2026", "does not exist"),
        ("0000-01-01", "years start at 0001"),
        ("20-01-26", "cannot be read"),
        ("٢٠٢٦-٠١-٢٠", "cannot be read"),
        ("2026-01-20T25:00:00", "Only the day is used"),
    ],
)
def test_days_that_are_explained(written, advice):
    assert advice in read_day(written)[1]


@pytest.mark.parametrize(
    ("shift", "km2"),
    [(0.0, None), (0.00001, None), (0.001, "9.9"), (-0.1, None)],
    ids=["edge to edge", "a metre by rounding", "a hundred metres", "apart"],
)
def test_zones_share_ground_only_where_it_is_more_than_rounding(folder, shift, km2):
    place("control_zones.geojson", "Z1", box(*WEST[:2], WEST[2] + shift, WEST[3]))(folder)
    place("control_zones.geojson", "Z2", box(*EAST))(folder)
    cell("control_zones.geojson", "Z2", "valid_from", None)(folder)
    found = reasons(folder)
    assert len(found) == (km2 is not None)
    assert all(reason.startswith(f"It shares {km2} km2") for reason in found)


def test_a_repaired_zone_states_what_became_of_its_area(folder):
    spike = [[40, 36], [41, 36], [41, 37], [40.5, 37], [40.5, 37.5], [40.5, 37], [40, 37], [40, 36]]
    place("control_zones.geojson", "Z1", {"type": "Polygon", "coordinates": [spike]})(folder)
    situation = load(folder)
    assert "9,936.4 km2 before, 9,936.4 km2 after" in situation.problems[0].reason
    assert situation.zones.geometry.is_valid.all()
    assert situation.zones.geometry["Z1"].bounds == (40.0, 36.0, 41.0, 37.0)


def countries(folder, *outline):
    (folder / "basemap").mkdir(exist_ok=True)
    feature = {"type": "Feature", "properties": {"name": "Northland"}, "geometry": box(*outline)}
    put("basemap/countries.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}))(folder)


def test_near_the_diagonal_the_country_tells_that_numbers_are_swapped(folder):
    countries(folder, 39.0, 36.0, 42.0, 38.5)
    place("cities.geojson", "alpha", {"type": "Point", "coordinates": [38.0, 39.2]})(folder)
    situation = load(folder)
    assert [problem.severity for problem in situation.problems] == ["warning"]
    assert "outside Northland, but inside it with the two numbers swapped" in situation.problems[0].reason
    assert situation.places.geometry["alpha"].x == 38.0


def test_a_place_that_says_it_is_abroad_is_believed(folder):
    countries(folder, 39.0, 36.0, 42.0, 38.5)
    place("cities.geojson", "alpha", {"type": "Point", "coordinates": [38.0, 39.2]})(folder)
    cell("cities.geojson", "alpha", "country", "Southland")(folder)
    assert reasons(folder) == []


def test_a_place_abroad_among_the_others_when_swapped_is_kept_with_a_remark(folder):
    countries(folder, 39.0, 36.0, 42.0, 38.5)
    place("cities.geojson", "alpha", {"type": "Point", "coordinates": [36.4, 40.6]})(folder)
    cell("cities.geojson", "alpha", "country", "Southland")(folder)
    situation = load(folder)
    assert [problem.severity for problem in situation.problems] == ["warning"]
    assert situation.places.geometry["alpha"].x == 36.4


def test_records_outside_the_days_of_the_situation_are_no_problem(folder):
    cell("events.csv", "E6", "event_date", "1999-12-31")(folder)
    cell("figures.csv", "P2", "as_of_date", "2030-01-01")(folder)
    assert reasons(folder) == []


def test_records_may_replace_one_another_in_a_chain(folder):
    for event, earlier in (("E6", "E5"), ("E5", "E4"), ("E4", "E3")):
        cell("events.csv", event, "supersedes_id", earlier)(folder)
    situation = load(folder)
    assert situation.problems == ()
    assert situation.events.loc["E6", "supersedes_id"] == "E5"


def test_a_multipoint_of_one_point_is_a_point(folder):
    place("camps.geojson", "east-camp", {"type": "MultiPoint", "coordinates": [[40.6, 36.4]]})(folder)
    situation = load(folder)
    assert situation.problems == ()
    assert situation.facilities.geometry["east-camp"].geom_type == "Point"


def test_heights_are_left_aside(folder):
    place("camps.geojson", "east-camp", {"type": "Point", "coordinates": [40.6, 36.4, 350.0]})(folder)
    assert not load(folder).facilities.geometry["east-camp"].has_z


def test_problems_come_file_by_file_and_record_by_record(folder):
    cell("sources.csv", "S3", "used", "maybe")(folder)
    cell("events.csv", "E6", "low", "-1")(folder)
    cell("events.csv", "E5", "unit", "heads")(folder)
    cell("events.csv", "E5", "event_date", "soon")(folder)
    text("situation.toml", "#00805f", "green")(folder)
    found = [(problem.file, problem.record, problem.field) for problem in load(folder).problems]
    assert found == [
        ("situation.toml", "SOUTH", "colour"),
        ("events.csv", "E5", "event_date"),
        ("events.csv", "E5", "unit"),
        ("events.csv", "E6", "low"),
        ("sources.csv", "S3", "used"),
    ]


def test_rows_beyond_reason_end_the_reading_of_a_file(folder):
    with (folder / "sources.csv").open("a", encoding="utf-8", newline="") as file:
        file.write('"x\r\n' * 501)
    situation = load(folder)
    assert list(situation.sources.index) == ["S1", "S2", "S3"]
    assert len(situation.problems) == 101
    assert situation.problems[0].reason.startswith("More than 100 rows cannot be read")


def test_a_record_with_two_problems_is_not_shown_once(folder):
    add_row("events.csv", event_id="E7", event_type="security", title="x", source_ids="S1", low="-1")(folder)
    cell("events.csv", "E7", "event_date", "soon")(folder)
    situation = load(folder)
    assert len(situation.problems) == 2
    assert situation.not_shown == 1


def test_check_prints_problems_under_their_file_and_a_last_line_that_counts(folder, capsys):
    cell("events.csv", "E5", "unit", "heads")(folder)
    cell("events.csv", "E6", "event_date", "")(folder)
    assert main(["check", str(folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "events.csv"
    assert lines[1].split()[:3] == ["error", "E5", "unit"]
    assert lines[-1] == "1 error, 0 warnings, 1 note. 1 record not shown."


def test_check_as_json_holds_every_field(folder, capsys):
    cell("events.csv", "E5", "unit", "heads")(folder)
    assert main(["check", str(folder), "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert found.keys() == {"file", "record", "field", "reason", "severity", "hidden"}
    assert (found["file"], found["record"], found["field"]) == ("events.csv", "E5", "unit")


def test_check_of_the_bundled_situation_finds_notes_alone(capsys):
    assert main(["check", str(GEODATA)]) == 0
    assert "0 errors, 0 warnings" in capsys.readouterr().out
