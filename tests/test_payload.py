"""The payload: what it says of a day is what the time line says, and nothing is lost or able to run on the way."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
import situations
from hypothesis import given
from hypothesis import strategies as st

import mapapp
from mapapp.replay import payload
from mapapp.replay.arcs import arcs
from mapapp.replay.encode import day_number, delta, json_text, lines, undelta
from mapapp.replay.ground import ground, written
from mapapp.replay.pack import Sections, packed, section, unpacked
from mapapp.timeline.headcount import persons
from mapapp.timeline.records import plain
from mapapp.timeline.spans import as_of
from mapapp.timeline.status import board

EPOCH = date(1970, 1, 1)
degrees = st.floats(-180, 180, allow_nan=False)
points = st.lists(st.tuples(degrees, st.floats(-85, 85)), min_size=1, max_size=30)


def at(spans, day):
    """The span that holds on a day number: the look-up of the page, the slow way."""
    holding = [s for s in spans if (s[0] is None or s[0] <= day) and (s[1] is None or day < s[1])]
    assert len(holding) <= 1
    return holding[0] if holding else None


@given(st.dates(date(1700, 1, 1), date(2200, 1, 1)))
def test_a_day_number_is_the_days_from_1970(day):
    assert day_number(day) == (day - EPOCH).days == day_number(pd.Timestamp(day)) == day_number(day.isoformat())


@pytest.mark.parametrize("missing", [None, pd.NaT, float("nan")])
def test_an_unknown_day_has_no_number(missing):
    assert day_number(missing) is None


@given(points, st.sampled_from([10_000, 100_000]))
def test_coordinates_come_back_to_half_a_step(coordinates, scale):
    numbers = delta(np.array(coordinates), scale)
    back = undelta(numbers, scale)
    given_ = np.round(np.array(coordinates) * scale)
    moved = np.append(True, (np.diff(given_, axis=0) != 0).any(axis=1))
    assert all(isinstance(number, int) for number in numbers)
    assert np.abs(back - np.array(coordinates)[moved]).max() <= 0.5001 / scale


def test_lines_takes_rings_and_parts_apart_and_leaves_out_what_has_no_length():
    donut = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    dot = shapely.box(9, 9, 9.000001, 9.000001)
    assert len(lines([donut, None, shapely.MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3)]]), dot], 10_000)) == 4


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_data_comes_back_and_cannot_leave_its_element(data):
    text = packed(json_text(data).encode())
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(unpacked(text)) == json.loads(json.dumps(data).encode("utf-8").decode("utf-8"))


numbers = st.lists(st.integers(0, 2**31 - 1) | st.integers(0, 70_000))


@given(numbers, numbers, numbers)
def test_sections_come_back_one_after_another(one, two, three):
    signed = [-n // 2 for n in two]
    sections = Sections(section(one) + section(signed, signed=True) + section(three))
    assert sections.next().tolist() == one
    assert sections.next(signed=True).tolist() == signed
    assert sections.next().tolist() == three


def test_half_a_surrogate_pair_does_not_stop_the_page():
    assert "?" in json_text({"name": "broken \ud800 name"})


def test_a_number_that_json_cannot_say_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text([float("nan")])


def rebuilt(borders, scale):
    """The shape of every unit, from the arcs that it lies beside."""
    ends = np.cumsum(borders.lengths)
    lines = [
        shapely.LineString(borders.points[end - n : end] / scale) for end, n in zip(ends, borders.lengths, strict=True)
    ]
    for unit in range(max(borders.left.max(), borders.right.max()) + 1):
        beside = [line for line, *sides in zip(lines, borders.left, borders.right, strict=True) if unit in sides]
        faces = shapely.get_parts(shapely.polygonize(beside))
        yield shapely.union_all([face for face in faces if inside(face, unit, borders, lines)])


def inside(face, unit, borders, lines):
    """Whether a face is ground of the unit: the unit is on that side of an arc on its edge on which the face lies."""
    for line, left, right in zip(lines, borders.left, borders.right, strict=True):
        if unit in (left, right) and face.exterior.buffer(1e-9).covers(line):
            walked = [shapely.Point(at) for at in line.coords[:2]]
            start, stop = (face.exterior.project(at) for at in walked)
            ahead = (stop - start) % face.exterior.length < face.exterior.length / 2
            return (left == unit) == (ahead == face.exterior.is_ccw)
    return False


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=3, max_size=12, unique=True))
def test_units_rebuilt_from_arcs_are_the_units(seeds):
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=shapely.box(0, 0, 20, 20)))
    nodes = shapely.set_precision(shapely.union_all([cell.boundary for cell in cells]), 1e-5)
    units = list(shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.node(nodes)))))
    units = [shapely.union_all(units[:2]), *units[2:]]
    found = arcs(units, 100_000)
    for unit, shape in zip(units, rebuilt(found, 100_000), strict=True):
        assert shape.symmetric_difference(unit).area < 1e-9


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=12, unique=True))
def test_what_lies_around_a_unit_closes_however_coarse_the_grid(seeds):
    cells = list(shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(seeds))))
    found = arcs(cells, 1)
    first = np.cumsum(found.lengths) - found.lengths
    for unit in range(len(cells)):
        turns = Counter()
        for arc in range(len(first)):
            turn = (found.left[arc] == unit) * 1 - (found.right[arc] == unit) * 1
            start, stop = (tuple(found.points[at]) for at in (first[arc], first[arc] + found.lengths[arc] - 1))
            turns[start] += turn
            turns[stop] -= turn
        assert not any(turns.values())


def test_a_shared_border_is_stored_once_and_an_enclave_shares_its_ring():
    west, east = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    assert len(arcs([west, east], 10).lengths) == 3
    inner = shapely.box(3, 3, 4, 4)
    found = arcs([shapely.box(2, 2, 5, 5).difference(inner), inner], 10)
    assert sorted(map(sorted, zip(found.left, found.right, strict=True))) == [[-1, 0], [0, 1]]


def test_a_unit_too_thin_for_the_grid_is_in_no_arc():
    west, sliver, east = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 1.001, 1), shapely.box(1.001, 0, 2, 1)
    found = arcs([west, sliver, east], 10)
    assert {*found.left, *found.right} == {-1, 0, 2}


def test_the_ground_written_is_the_ground(timeline):
    """The page reads it this way."""
    given_ = ground(timeline.composite)
    sections = Sections(written(given_))
    lengths, returns = sections.next() + 2, sections.next()
    own, steps = (np.cumsum(sections.next(True).reshape(-1, 2), axis=0), sections.next(True).reshape(-1, 2))
    points, passed, owned, stepped = [], [], 0, 0
    for length, back in zip(lengths, returns, strict=True):
        start = passed[-back] if back else own[owned]
        if not back:
            passed.append(start)
            owned += 1
        points += [start, *(start + np.cumsum(steps[stepped : stepped + length - 1], axis=0))]
        stepped += length - 1
        passed.append(points[-1])
    assert (np.array(points) == given_.arcs.points).all()
    assert (lengths == given_.arcs.lengths).all()
    sides, met = [], 0
    for code in sections.next():
        sides.append(-1 if code == 0 else met if code == 1 else met + 1 - code)
        met += code == 1
    assert (np.array(sides).reshape(-1, 2) == np.stack([given_.arcs.left, given_.arcs.right], axis=1)).all()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return mapapp.build(mapapp.load(situations.make(tmp_path_factory.mktemp("made"))))


def test_the_same_time_line_gives_the_same_payload(made):
    assert payload(made) == payload(made)


def test_every_day_of_every_facility_says_what_the_time_line_says(timeline):
    told = {facility["id"]: facility for facility in payload(timeline)["facilities"]}
    names = {"status": "status", "operator": "operator", "guard": "guard", "ground_holder": "ground"}
    day = timeline.situation.first_day
    while day <= timeline.situation.last_day:
        held = as_of(timeline.custody, day)
        assert len(held) == 4 * len(told)
        for row in held.itertuples():
            span = at(told[row.facility_id][names[row.attribute]], day_number(day))
            assert span[2:6] == [plain(row.value), plain(row.detail), plain(row.contested_by), day_number(row.since)]
        day += timedelta(days=1)


def test_the_days_on_which_a_facility_was_seen_give_the_age_on_the_board(timeline):
    seen = {facility["id"]: facility["verified"] for facility in payload(timeline)["facilities"]}
    for day in (timeline.situation.first_day, date(2026, 1, 20), timeline.situation.last_day):
        for row in board(timeline, day):
            past = [one for one in seen[row["facility_id"]] if one <= day_number(day)]
            assert row["staleness_days"] == (day_number(day) - past[-1] if past else None)


def test_every_day_of_every_head_count_follows_the_rule(timeline):
    told = {facility["id"]: facility for facility in payload(timeline)["facilities"]}
    assert any(facility["persons"] for facility in told.values())
    day = timeline.situation.first_day
    while day <= timeline.situation.last_day:
        for facility_id, figures in timeline.register.figures.items():
            if facility_id not in told:
                continue  # a total of several facilities
            entries = [entry for entry in told[facility_id]["persons"] if entry[0] <= day_number(day)]
            found = persons(figures, day)
            kept = ("low", "best", "high", "qualifier", "claimed_by")
            assert ({k: entries[-1][1][k] for k in kept} if entries else None) == (
                found and {k: found[k] for k in kept}
            )
        day += timedelta(days=1)


def test_ground_of_every_unit_and_day_is_the_composite(timeline):
    found = ground(timeline.composite)
    assert sorted(found.units) == sorted(timeline.composite.units.index)
    day = timeline.situation.first_day
    while day <= timeline.situation.last_day:
        held = as_of(timeline.composite.spans, day).set_index("unit_id")["holder"]
        for unit, spans in zip(found.units, found.spans, strict=True):
            span = at(spans, day_number(day))
            assert (span and span[2]) == plain(held.get(unit))
        day += timedelta(days=7)


def test_changes_count_states_and_events_on_their_days(made):
    data = payload(made)
    days = {day: (states, events) for day, states, events in data["changes"]}
    taken, locked = day_number(date(2026, 1, 20)), day_number(date(2026, 1, 21))
    assert days[taken][0] >= 2  # the ground and the place; the guard's span ends
    assert days[taken][1] == 1
    assert days[locked] == (1, 1)
    assert days[day_number(date(2026, 2, 10))] == (0, 1)
    assert min(days) >= data["days"]["first"]
    assert max(days) <= data["days"]["last"]


def test_records_without_a_day_stay_off_the_time_line_and_are_listed(made, timeline):
    assert {event["id"] for event in payload(made)["events"]} == {"E2", "E3", "E4", "E5", "E6"}
    data = payload(timeline)
    undated = {event for event, day in timeline.situation.events["event_date"].items() if pd.isna(day)}
    assert undated
    assert not undated & {event["id"] for event in data["events"]}
    assert data["about"]["not_shown"] == len({(p["file"], p["record"]) for p in data["not_shown"]}) > 0


def test_a_replaced_record_is_not_shown(tmp_path):
    folder = situations.make(tmp_path)
    rows = [dict(row) for row in situations.ROWS["events"]]
    rows.append({**rows[3], "event_id": "E7", "title": "Old prison is open", "supersedes_id": "E4"})
    situations.save_rows(folder, "events.csv", list(situations.TABLES["events"].names), rows)
    shown = {event["id"] for event in payload(mapapp.build(mapapp.load(folder)))["events"]}
    assert "E7" in shown
    assert "E4" not in shown


def test_the_last_record_is_the_last_dated_one_within_the_days(made):
    assert payload(made)["days"]["last_record"] == day_number(date(2026, 2, 20))


def test_the_view_is_of_the_facilities_inside_the_area(timeline):
    west, south, east, north = payload(timeline)["view"]
    area = timeline.situation.basemap["countries"].set_index("name").loc["Syria", "geometry"]
    box = shapely.box(west, south, east, north)
    inside = timeline.situation.facilities.geometry.dropna()
    inside = inside[inside.within(area)]
    assert box.equals(shapely.box(*inside.total_bounds))
    assert len(inside) < timeline.situation.facilities.geometry.notna().sum(), "some sites lie abroad"


def test_the_base_map_keeps_its_lines(timeline):
    data = payload(timeline)["basemap"]
    rivers = gpd.GeoSeries([shapely.LineString(undelta(line, data["scale"])) for line in data["rivers"]])
    assert rivers.length.sum() == pytest.approx(
        shapely.length(timeline.situation.basemap["rivers"].geometry.to_numpy()).sum(), rel=1e-3
    )
    assert {name for name, *_ in data["names"]} >= {"Syria", "Turkey", "Iraq"}


def test_every_source_number_is_a_source(timeline):
    data = payload(timeline)
    used = {n for kind in ("facilities", "places", "events") for record in data[kind] for n in record["sources"]}
    assert used == set(range(len(data["sources"])))
