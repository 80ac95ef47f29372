from __future__ import annotations

from datetime import date, timedelta

import geopandas as gpd
import made
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import Point, Polygon, affinity, box

from mapapp.timeline.composite import Composite, areas_km2, from_zones
from mapapp.timeline.spans import as_of, ends, overlaps, starts

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(6)]

day = st.none() | st.sampled_from(DAYS)
side = st.floats(0.02, 0.4)
zone = st.fixed_dictionaries(
    {
        "holder": st.sampled_from(["SDF", "GOV"]),
        "contested_by": st.none() | st.just("TUR"),
        "valid_from": day,
        "valid_to": day,
        "corner": st.tuples(st.floats(40, 40.4), st.floats(36, 36.4)),
        "size": st.tuples(side, side),
        "angle": st.sampled_from([0, 0, 17, 45]),
    }
)


def drawn(rows):
    """Zones Z1, Z2, ...: rectangles, some of them turned."""
    shapes = []
    for row in rows:
        (x, y), (width, height) = row["corner"], row["size"]
        shapes.append(affinity.rotate(box(x, y, x + width, y + height), row["angle"]))
    zones = made.zones(*[{**row, "box": (0, 0, 1, 1)} for row in rows])
    return zones.set_geometry(gpd.GeoSeries(shapes, index=zones.index, crs=4326))


def painted(zones, on):
    """Who holds which ground on a day by the rule alone: each zone is laid over those that began before it."""
    now = as_of(zones, on)
    ground = {}
    for zone_id in starts(now).sort_values(kind="stable").index:
        shape, says = now.geometry[zone_id], (now["holder"][zone_id], now["contested_by"][zone_id])
        ground = {key: before.difference(shape) for key, before in ground.items()}
        ground[says] = ground.get(says, shapely.Polygon()).union(shape)
    return {says: shape.area for says, shape in ground.items() if shape.area > 1e-4}


def found(composite, on):
    """The same from the composite, as areas in square degrees."""
    rows = as_of(composite.spans, on)
    says = [list(rows["holder"]), list(rows["contested_by"].fillna(""))]
    areas = degrees2(composite)[rows["unit_id"]].groupby(says).sum()
    return {(holder, by or None): area for (holder, by), area in areas.items() if area > 1e-4}


def degrees2(composite):
    """The area of each unit on the plane of its coordinates."""
    return pd.Series(shapely.area(composite.units.geometry.to_numpy()), composite.units.index)


@settings(max_examples=40)
@given(st.lists(zone, min_size=1, max_size=6))
def test_on_each_day_each_holder_has_the_ground_of_its_zones_and_the_later_zone_wins(rows):
    zones = drawn(rows)
    composite, _ = from_zones(zones)
    units = composite.units.geometry.to_numpy()
    assert shapely.coverage_is_valid(units)
    assert shapely.is_valid(units).all()
    assert overlaps(composite.spans, "unit_id").empty
    assert (starts(composite.spans) < ends(composite.spans)).all()
    for on in [DAYS[0] - timedelta(days=1), *DAYS]:
        assert found(composite, on) == pytest.approx(painted(zones, on), abs=1e-4)


@settings(max_examples=40)
@given(st.lists(zone, min_size=2, max_size=5))
def test_each_two_zones_that_share_ground_on_a_day_are_a_problem_with_its_area(rows):
    zones = drawn(rows)
    zones = zones[starts(zones) < ends(zones)]
    _, problems = from_zones(zones)
    expected = {}
    order = starts(zones).sort_values(kind="stable").index
    for i, under in enumerate(order):
        for over in order[i + 1 :]:
            shared = zones.geometry[under].intersection(zones.geometry[over])
            km2 = areas_km2(np.array([shared]))[0] if shared.area else 0
            if km2 > 0.2 and starts(zones)[over] < ends(zones)[under]:
                expected[under, over] = km2
    told = {
        (one.record, one.reason.split(" ")[4]): float(one.reason.split(" ")[6].replace(",", "")) for one in problems
    }
    assert {pair: km2 for pair, km2 in told.items() if km2 > 0.2} == pytest.approx(expected, rel=0.01, abs=0.1)
    assert all(one.severity == "warning" and not one.hidden for one in problems)


def two_neighbours():
    return from_zones(
        made.zones(
            {"holder": "SDF", "valid_to": date(2026, 1, 20), "event_ids": ("C1",), "box": (40, 36, 41, 37)},
            {"holder": "NONE", "valid_from": date(2026, 1, 20), "valid_to": date(2026, 1, 21), "box": (40, 36, 41, 37)},
            {"holder": "GOV", "box": (41, 36, 42, 37)},
        )
    )[0]


def test_a_unit_has_one_history_and_says_what_it_rests_on():
    composite = two_neighbours()
    assert composite.spans[["unit_id", "holder"]].to_numpy().tolist() == [[0, "SDF"], [0, "NONE"], [1, "GOV"]]
    assert composite.spans["zone_ids"].tolist() == [("Z1",), ("Z2",), ("Z3",)]
    assert composite.spans["event_ids"].tolist() == [("C1",), (), ()]
    assert composite.units["area_km2"].tolist() == pytest.approx([9_900, 9_900], rel=0.02)


def test_the_holders_of_a_day_cover_every_unit_and_unknown_is_none():
    composite = two_neighbours()
    for on, west in ((19, "SDF"), (20, "NONE"), (21, None)):
        assert composite.holders(date(2026, 1, on)).tolist() == [west, "GOV"]


def test_points_find_their_unit():
    points = gpd.GeoSeries(
        [Point(41.5, 36.5), Point(40.5, 36.5), Point(43, 36), None, Point(), Point(41, 36.5), Point(40, 36)],
        index=list("abcdefg"),
        crs=4326,
    )
    units = two_neighbours().at(points)
    assert units.index.equals(points.index)
    assert units.astype(object).where(units.notna(), None).tolist() == [1, 0, None, None, None, 0, 0]


def test_zones_that_say_the_same_in_turn_are_one_span():
    rows = [
        {"holder": "SDF", "valid_to": date(2026, 1, 2), "box": (40, 36, 41, 37)},
        {"holder": "SDF", "valid_from": date(2026, 1, 2), "valid_to": date(2026, 1, 3), "box": (40, 36, 41, 37)},
        {"holder": "SDF", "valid_from": date(2026, 1, 5), "box": (40, 36, 41, 37)},
    ]
    spans = from_zones(made.zones(*rows))[0].spans
    assert spans["zone_ids"].tolist() == [("Z1", "Z2"), ("Z3",)]
    assert spans["valid_to"].tolist() == [pd.Timestamp("2026-01-03"), pd.NaT]


def test_an_earlier_zone_comes_back_when_the_later_one_over_it_ends():
    rows = [
        {"holder": "GOV", "box": (40, 36, 41, 37)},
        {"holder": "SDF", "valid_from": DAYS[2], "valid_to": DAYS[3], "box": (40, 36, 41, 37)},
    ]
    composite, problems = from_zones(made.zones(*rows))
    assert composite.spans["holder"].tolist() == ["GOV", "SDF", "GOV"]
    assert len(problems) == 1


def test_only_zones_that_share_a_day_are_told_to_overlap():
    shape = {"holder": "GOV", "box": (40, 36, 41, 37)}
    first, second = {**shape, "valid_to": DAYS[2]}, {**shape, "valid_from": DAYS[2]}
    between = {**shape, "valid_from": DAYS[1], "valid_to": DAYS[3]}
    _, problems = from_zones(made.zones(first, second, between))
    assert [(one.record, one.reason[:24]) for one in problems] == [
        ("Z1", "It overlaps the zone Z3 "),
        ("Z3", "It overlaps the zone Z2 "),
    ]


def test_a_strip_as_thin_as_the_grid_is_no_overlap():
    zones = made.zones({"holder": "GOV", "box": (40, 36, 41, 37)}, {"holder": "SDF", "box": (41, 36, 42, 37)})
    zones.loc["Z2", "geometry"] = Polygon([(41, 36), (42, 36), (42, 37), (41, 37), (40.99999, 36.5)])
    composite, problems = from_zones(zones)
    assert problems == []
    assert composite.holders(FIRST).value_counts().to_dict() == {"GOV": 1, "SDF": 1}


def test_a_border_drawn_twice_a_metre_apart_is_no_overlap():
    rows = [{"holder": "GOV", "box": (40, 36, 41.000004, 37)}, {"holder": "SDF", "box": (40.999996, 36, 42, 37)}]
    composite, problems = from_zones(made.zones(*rows))
    assert problems == []
    assert len(composite.units) == 2


def test_vertices_that_only_one_neighbour_has_leave_no_gap():
    west = made.zones({"holder": "GOV", "box": (40, 36, 41, 37)})
    east = made.zones({"holder": "SDF", "box": (41, 36.3, 42, 36.7)}).rename(index={"Z1": "Z2"})
    composite, _ = from_zones(pd.concat([west, east]))
    assert shapely.coverage_is_valid(composite.units.geometry.to_numpy())
    assert composite.units.geometry.iloc[0].touches(composite.units.geometry.iloc[1])


def test_an_enclave_and_ground_south_and_west_of_zero_are_kept_apart():
    ring = box(-71, -34, -70, -33).difference(box(-70.6, -33.6, -70.4, -33.4))
    zones = made.zones({"holder": "GOV", "box": (0, 0, 1, 1)}, {"holder": "SDF", "box": (-70.6, -33.6, -70.4, -33.4)})
    zones.loc["Z1", "geometry"] = ring
    composite, problems = from_zones(zones)
    assert problems == []
    assert degrees2(composite).groupby(composite.holders(FIRST)).sum().to_dict() == pytest.approx(
        {"GOV": 0.96, "SDF": 0.04}
    )
    assert composite.holders(FIRST)[composite.at(gpd.GeoSeries([Point(-70.5, -33.5)], crs=4326))].tolist() == ["SDF"]


def test_zones_without_holder_shape_or_day_give_no_ground():
    rows = [
        {"holder": None, "box": (40, 36, 41, 37)},
        {"holder": "GOV", "valid_from": DAYS[1], "valid_to": DAYS[1], "box": (40, 36, 41, 37)},
        {"holder": "GOV", "box": (41, 36, 42, 37)},
    ]
    zones = made.zones(*rows)
    zones.loc["Z3", "geometry"] = None
    composite, problems = from_zones(zones)
    assert composite.units.empty
    assert composite.spans.empty
    assert problems == []
    assert composite.at(gpd.GeoSeries([Point(40.5, 36.5)], crs=4326)).isna().all()
    assert composite.holders(FIRST).empty


def test_many_maps_of_a_moving_front_come_back_day_by_day():
    rows = [
        {
            "holder": holder,
            "valid_from": FIRST + timedelta(days=n),
            "valid_to": FIRST + timedelta(days=n + 1),
            "box": shape,
        }
        for n in range(120)
        for holder, shape in (("SDF", (40, 36, 40.5 + n // 3 / 100, 37)), ("GOV", (40.5 + n // 3 / 100, 36, 42, 37)))
    ]
    composite, problems = from_zones(made.zones(*rows))
    assert problems == []
    assert len(composite.units) == 41
    for n in range(120):
        areas = degrees2(composite).groupby(composite.holders(FIRST + timedelta(days=n))).sum()
        assert areas.to_dict() == pytest.approx({"SDF": 0.5 + n // 3 / 100, "GOV": 1.5 - n // 3 / 100})


def test_areas_are_geodesic():
    shape = box(40, 36, 41, 37)
    assert areas_km2(np.array([shape]))[0] == pytest.approx(
        abs(Geod(ellps="WGS84").geometry_area_perimeter(shape)[0]) / 1e6
    )


def test_each_bundled_day_has_the_zones_of_the_file_unit_for_unit(situation):
    composite, problems = from_zones(situation.zones)
    assert isinstance(composite, Composite)
    assert problems == []
    assert overlaps(composite.spans, "unit_id").empty
    assert shapely.coverage_is_valid(composite.units.geometry.to_numpy())
    for on in pd.date_range("2026-01-01", "2026-03-31"):
        zones, rows = as_of(situation.zones, on), as_of(composite.spans, on)
        assert rows["unit_id"].is_unique
        by_zone = zones.groupby("holder")["area_km2"].sum()
        by_unit = composite.units["area_km2"].groupby(composite.holders(on)).sum()
        assert by_unit.to_dict() == pytest.approx(by_zone.to_dict(), abs=0.5)
        contested = composite.units["area_km2"].loc[rows.loc[rows["contested_by"].notna(), "unit_id"]].sum()
        assert contested == pytest.approx(zones.loc[zones["contested_by"].notna(), "area_km2"].sum(), abs=0.5)
