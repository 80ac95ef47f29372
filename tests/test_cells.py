from __future__ import annotations

from datetime import date

import geopandas as gpd
import made
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import LineString, MultiLineString, Point, box
from shapely.ops import split

from mapapp.timeline import zones
from mapapp.timeline.cells import banks, cells

GEOD = Geod(ellps="WGS84")
AREA = box(38, 35, 40, 37)
RIVER = LineString([(39.1, 37.5), (38.9, 36.4), (39.2, 35.7), (39.0, 34.5)])
"""It flows south, so its left bank is in the east."""

EAST = AREA.intersection(shapely.Polygon([*RIVER.coords, (41, 34.5), (41, 37.5)]))
REACH, NEAR = 60.0, 8.0
spot = st.tuples(st.floats(38.02, 39.98), st.floats(35.02, 36.98))


def towns(*points, **more):
    """Towns T0, T1, ... in the order given."""
    return made.places(**{f"T{n}": point for n, point in enumerate(points)}).assign(**more)


def km(a, b):
    return GEOD.inv(a.x, a.y, b.x, b.y)[2] / 1000


def owner(ground, point):
    found = ground.index[ground.covers(point)]
    return found[0] if len(found) else None


@settings(max_examples=30)
@given(st.lists(spot, min_size=1, max_size=7, unique=True), st.data())
def test_each_point_belongs_to_the_nearest_place_of_its_bank_within_reach(points, data):
    quarters = data.draw(st.lists(st.booleans(), min_size=len(points), max_size=len(points)))
    kinds = ["neighbourhood" if quarter else "town" for quarter in quarters]
    places = towns(*points, place_type=kinds)
    ground = cells(places, AREA, [RIVER], REACH, NEAR)
    assert shapely.coverage_is_valid(ground.geometry.to_numpy())
    for point in [Point(x, y) for x in np.linspace(38.013, 39.987, 7) for y in np.linspace(35.013, 36.987, 7)]:
        here = places[places.within(EAST) == point.within(EAST)]
        asked = expected(point, here)
        if asked is not None and point.distance(RIVER) > 1e-4:
            assert owner(ground, point) == (asked or None)


def expected(point, here):
    """The owner by geodesic distances alone; empty for nobody, None where it is too close to call."""
    far = {name: km(point, place.geometry) for name, place in here.iterrows()}
    town = {name: d for name, d in far.items() if here.place_type[name] == "town"}
    candidates = sorted(far.values())
    edges = [(d, REACH) for d in town.values()] + [(d, NEAR) for d in far.values()]
    edges += list(zip(candidates[1:], candidates, strict=False))
    if any(abs(a - b) < 0.01 * b for a, b in edges):
        return None
    nearest = min(far, key=far.get, default="")
    if nearest and nearest not in town and far[nearest] <= NEAR:
        return nearest
    nearest = min(town, key=town.get, default="")
    return nearest if nearest and town[nearest] <= REACH else ""


def test_no_ground_is_given_across_the_river():
    ground = cells(towns((38.8, 36), (39.8, 36)), AREA, [RIVER], 300, 1)
    assert ground["bank"].to_dict() == {"T0": "right", "T1": "left"}
    assert ground.geometry["T0"].union(ground.geometry["T1"]).symmetric_difference(AREA).area < 1e-9
    assert ground.geometry["T0"].intersection(EAST).area < 1e-4
    assert owner(ground, Point(39.25, 35.7)) == "T1"
    assert owner(ground, Point(39.15, 35.7)) == "T0"


def test_a_stated_bank_counts_for_more_than_the_point():
    beside = (39.02, 36.0)
    assert cells(towns(beside), AREA, [RIVER], REACH, NEAR)["bank"].tolist() == ["right"]
    ground = cells(towns(beside, bank="left"), AREA, [RIVER], REACH, NEAR)
    assert ground["bank"].tolist() == ["left"]
    assert owner(ground, Point(38.9, 36.0)) is None
    assert owner(ground, Point(39.3, 36.0)) == "T0"


def test_a_quarter_takes_its_reach_from_the_town_and_no_more():
    places = towns((38.5, 36.0), (38.53, 36.0), place_type=["city", "neighbourhood"])
    ground = cells(places, AREA, [RIVER], REACH, NEAR)
    assert owner(ground, Point(38.58, 36.0)) == "T1"
    assert owner(ground, Point(38.8, 36.0)) == "T0"
    assert owner(ground, Point(38.513, 36.0)) == "T0"


def test_ground_beyond_the_reach_of_every_place_is_nobodys():
    ground = cells(towns((38.4, 36.0)), AREA, [RIVER], 20, 5)
    metres = GEOD.geometry_area_perimeter(ground.geometry["T0"])[0]
    assert abs(metres) / 1e6 == pytest.approx(np.pi * 20**2, rel=0.002)


def test_an_island_between_two_arms_goes_to_one_bank_whole():
    arms = MultiLineString([RIVER.coords, [(38.9, 36.4), (39.3, 36.1), (39.2, 35.7)]])
    parts = banks(AREA, [arms])
    assert sorted(parts["bank"]) in (["left", "left", "right"], ["left", "right", "right"])
    ground = cells(towns((38.4, 36), (39.8, 36)), AREA, [arms], 300, 1)
    assert shapely.coverage_is_valid(ground.geometry.to_numpy())
    assert ground.union_all().symmetric_difference(AREA).area < 1e-9
    assert (ground.geometry.covers(Point(39.1, 36.1))).sum() == 1


def test_two_rivers_part_the_ground_in_three():
    second = LineString([(39.6, 37.5), (39.6, 34.5)])
    ground = cells(towns((38.4, 36), (39.4, 36), (39.8, 36)), AREA, [RIVER, second], 300, 1)
    assert ground["bank"].tolist() == ["right;right", "left;right", "left;left"]
    assert owner(ground, Point(39.61, 35.2)) == "T2"


def test_a_river_that_ends_inside_the_area_parts_nothing():
    spring = LineString([(39, 36), (39, 34.5)])
    assert len(banks(AREA, [spring])) == 1
    ground = cells(towns((38.5, 36), bank="left"), AREA, [spring], 300, 1)
    assert ground.geometry["T0"].symmetric_difference(AREA).area < 1e-9


def test_the_order_of_the_places_changes_nothing_but_who_of_two_on_one_point_is_first():
    points = [(38.3, 36), (38.6, 36.2), (39.6, 35.5)]
    places = towns(*points)
    ground = cells(places, AREA, [RIVER], REACH, NEAR)
    turned = cells(places[::-1], AREA, [RIVER], REACH, NEAR)
    assert all(turned.geometry[name].equals(shape) for name, shape in ground.geometry.items())
    assert cells(towns((38.5, 36), (38.5, 36)), AREA, [RIVER], REACH, NEAR).index.tolist() == ["T0"]


def test_a_place_outside_the_area_has_the_ground_inside_that_is_nearest():
    ground = cells(towns((37.99, 36.0)), AREA, [], REACH, NEAR)
    assert ground.within(AREA.buffer(1e-9)).all()
    assert owner(ground, Point(38.2, 36)) == "T0"


def test_without_places_nobody_has_ground():
    assert cells(towns(), AREA, [RIVER], REACH, NEAR).empty


@pytest.fixture(scope="module")
def bundled(situation):
    return zones.ground(situation)


@pytest.fixture(scope="module")
def sides(situation):
    """The banks of the Euphrates, cut by another way: left is where Qamishli is, right is where Damascus is."""
    countries, rivers = situation.basemap["countries"], situation.basemap["rivers"]
    area = countries.geometry[countries["name"] == "Syria"].iloc[0]
    river = rivers.geometry[rivers["name"] == "Euphrates"].iloc[0]
    parts = gpd.GeoSeries(list(split(area, river).geoms))
    points = situation.places.geometry[["qamishli", "damascus"]]
    left, right = (parts[parts.contains(point)].union_all() for point in points)
    assert left.area + right.area > 0.999 * area.area
    return {"left": left, "right": right}


def test_bundled_ground_stays_on_the_bank_of_its_place(bundled, sides, situation):
    stated = situation.places["bank"].dropna()
    for place_id, cell in bundled.iterrows():
        assert cell["bank"] == stated[place_id]
        other = sides["left" if cell["bank"] == "right" else "right"]
        assert cell.geometry.intersection(other).area < 1e-6, f"{place_id} has ground across the river"


def test_bundled_cells_hold_their_own_place(bundled, sides, situation):
    own = situation.places.geometry[bundled.index]
    on_its_bank = pd.Series(
        [sides[bank].covers(point) for bank, point in zip(bundled["bank"], own, strict=True)], own.index
    )
    assert on_its_bank.sum() >= 0.9 * len(own)
    assert bundled.covers(own)[on_its_bank].all()


def test_bundled_cells_share_their_edges_without_gap_or_overlap(bundled):
    assert shapely.coverage_is_valid(bundled.geometry.to_numpy())
    assert bundled.geometry.is_valid.all()


def test_every_place_that_holds_ground_takes_part_whether_or_not_its_holder_is_known(bundled, situation, timeline):
    assert {"al-khafsah", "jarniyah", "madan", "abu-qalqal"} <= set(bundled.index)
    assert not {"tabqa-airbase", "al-omar", "euphrates-dam", "panorama", "ankara", "erbil"} & set(bundled.index)
    unknown = situation.places.geometry[["al-khafsah", "jarniyah", "madan", "abu-qalqal"]]
    units = timeline.composite.at(unknown).dropna()
    assert timeline.composite.holders(date(2026, 1, 20)).loc[units].isna().all()
