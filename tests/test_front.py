"""The distance to the ground of another holder, against a slow and simple way of measuring it."""

from __future__ import annotations

from base64 import b64decode
from datetime import date
from types import SimpleNamespace

import made
import numpy as np
import pytest
import shapely
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from mapapp.app.fronts import _packed as packed_numbers
from mapapp.app.fronts import fronts as fronts_of_all
from mapapp.timeline import lanes
from mapapp.timeline.composite import from_zones
from mapapp.timeline.distances import Distances, at_least_km, distances_km
from mapapp.timeline.front import fronts
from mapapp.timeline.geodesy import geodesic_km
from mapapp.timeline.spans import as_of, ends, overlaps, starts

GEOD = Geod(ellps="WGS84")
ACTORS = {name: SimpleNamespace(kind="none" if name == "NONE" else "party") for name in ("SDF", "GOV", "NONE")}
CAMP = {"camp": (0.5, 0.5)}


def brute_force_km(point, ground):
    """The least geodesic distance to any of very many spots along the outline, 0 inside."""
    if ground.covers(point):
        return 0.0
    spots = shapely.get_coordinates(shapely.segmentize(shapely.boundary(ground), 0.002))
    km = GEOD.inv(np.full(len(spots), point.x), np.full(len(spots), point.y), *spots.T)[2] / 1000
    return km.min()


def front(*drawn, day=date(2026, 1, 20), **points):
    situation = SimpleNamespace(facilities=made.facilities(**points or CAMP), actors=ACTORS)
    spans = fronts(situation, from_zones(made.zones(*drawn))[0])
    return [(row["facility_id"], row["front_km"], row["front_holder"]) for row in as_of(spans, day).to_dict("records")]


def test_it_is_the_way_to_the_nearest_ground_of_another():
    ((_, km, holder),) = front({"box": (0, 0, 1, 1), "holder": "SDF"}, {"box": (1, 0, 2, 1), "holder": "GOV"})
    assert holder == "GOV"
    assert km == pytest.approx(GEOD.inv(0.5, 0.5, 1, 0.5)[2] / 1000, rel=1e-3)


def test_it_moves_with_the_front():
    drawn = [
        {"box": (0, 0, 1, 1), "holder": "SDF"},
        {"box": (1, 0, 2, 1), "holder": "SDF", "valid_to": "2026-01-20"},
        {"box": (1, 0, 2, 1), "holder": "GOV", "valid_from": "2026-01-20"},
        {"box": (2, 0, 3, 1), "holder": "GOV"},
    ]
    ((_, before, _),), ((_, after, _),) = front(*drawn, day=date(2026, 1, 19)), front(*drawn)
    assert (before, after) == (pytest.approx(3 * 55.66, rel=1e-2), pytest.approx(55.66, rel=1e-2))


@pytest.mark.parametrize("other", ["SDF", "NONE"])
def test_ground_of_its_own_holder_or_of_nobody_is_no_front(other):
    ((_, km, holder),) = front({"box": (0, 0, 1, 1), "holder": "SDF"}, {"box": (1, 0, 2, 1), "holder": other})
    assert np.isnan(km)
    assert holder is None


def test_where_the_own_ground_is_unknown_there_is_no_front():
    drawn = {"box": (1, 0, 2, 1), "holder": "GOV"}
    assert front(drawn, camp=(0.5, 0.5), nowhere=None) == []
    ((_, km, _),) = front(drawn, {"box": (0, 0, 1, 1), "holder": "SDF", "valid_from": "2026-01-21"})
    assert np.isnan(km)


def test_a_map_without_ground_has_no_front():
    assert front() == []


SPOTS = st.tuples(st.floats(35.5, 42.5), st.floats(32.5, 37.5))


@settings(max_examples=60)
@given(SPOTS, SPOTS, st.floats(0.01, 2), st.floats(0.01, 2))
@example((36.0, 33.0), (42.0, 37.0), 0.5, 0.01)
def test_distances_are_within_one_percent_of_brute_force(spot, corner, width, height):
    point, ground = shapely.Point(spot), shapely.box(*corner, corner[0] + width, corner[1] + height)
    expected = brute_force_km(point, ground)
    assume(expected == 0 or expected > 1)
    (found,) = distances_km(point, made.gpd.GeoSeries([ground], crs=4326))
    assert found == pytest.approx(expected, rel=0.01)


def test_the_bundled_fronts_are_within_one_percent_of_brute_force(timeline):
    rng = np.random.default_rng(2)
    facilities = timeline.situation.facilities
    units, actors = timeline.composite.units.geometry, timeline.situation.actors
    nobody = {name for name, actor in actors.items() if actor.kind == "none"}
    days = [date.fromordinal(date(2026, 1, 1).toordinal() + int(n)) for n in rng.integers(0, 90, 6)]
    compared = 0
    for day in days:
        now = as_of(timeline.front, day).set_index("facility_id")
        holders = timeline.composite.holders(day)
        for facility_id in rng.choice(now.index, 6, replace=False):
            point = facilities.geometry[facility_id]
            own = holders[timeline.composite.at(facilities.geometry[[facility_id]]).iloc[0]]
            other = units[holders.notna() & (holders != own) & ~holders.isin(nobody)]
            if own is None or other.empty:
                assert np.isnan(now.loc[facility_id, "front_km"])
                continue
            compared += 1
            assert now.loc[facility_id, "front_km"] == pytest.approx(brute_force_km(point, other.union_all()), rel=0.01)
    assert compared > 20


def test_a_facility_with_ground_has_one_front_on_every_day(timeline):
    assert overlaps(timeline.front, "facility_id").empty
    for _, rows in timeline.front.groupby("facility_id"):
        assert (starts(rows).iloc[1:].to_numpy() == ends(rows).iloc[:-1].to_numpy()).all()


LONGITUDES, LATITUDES = st.floats(20, 60), st.floats(-60, 60)


@settings(max_examples=60)
@given(x=LONGITUDES, y=LATITUDES, corners=st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=1, max_size=6))
def test_the_bound_by_which_units_are_measured_is_never_above_the_distance(x, y, corners):
    point, spots = shapely.Point(x, y), [shapely.Point(corner) for corner in corners]
    box = shapely.bounds(shapely.MultiPoint(spots))
    km = geodesic_km(point, [spot.x for spot in spots], [spot.y for spot in spots])
    assert at_least_km(point, box[None])[0] <= km.min() + 1e-9


def test_units_come_in_the_order_of_their_distance_each_once(timeline):
    distances = Distances(timeline.situation.facilities, timeline.composite.units)
    batches = list(distances.nearest_first("al-hol"))
    units, km = (np.concatenate(parts) for parts in zip(*batches, strict=True))
    whole = distances_km(timeline.situation.facilities.geometry["al-hol"], timeline.composite.units.geometry)
    assert list(units) == list(np.argsort(whole, kind="stable"))
    assert list(km) == list(np.sort(whole))
    assert list(distances.nearest_first("al-hol")) == batches, "what is measured is kept"


def unpacked(numbers):
    return np.frombuffer(b64decode(numbers["base64"]), dtype=f"<i{numbers['bits'] // 8}")


@given(st.lists(st.integers(-1, 400_000), max_size=5))
def test_numbers_are_packed_as_short_as_they_can_be_and_none_is_changed(numbers):
    packed = packed_numbers(np.array(numbers, dtype=float))
    assert unpacked(packed).tolist() == numbers
    assert packed["bits"] == (32 if max(numbers, default=0) > 32767 else 16)


def test_the_fronts_of_all_are_those_of_each(timeline):
    packed = fronts_of_all(timeline)
    days, tenths = (unpacked(packed[name]) for name in ("days", "tenths"))
    assert packed["sites"] == list(timeline.register.facilities)
    assert len(days) == len(tenths) == sum(packed["runs"]) > len(packed["sites"])
    stops = np.cumsum(packed["runs"]).tolist()
    for site, end, count in zip(packed["sites"], stops, packed["runs"], strict=True):
        spans = lanes.front(timeline, site)
        first = [date.fromisoformat(one["valid_from"]) if one["valid_from"] else date.min for one in spans]
        shown = [max(one, timeline.situation.first_day) for one in first]
        assert days[end - count : end].tolist() == [(one - timeline.situation.first_day).days for one in shown]
        km = [None if one < 0 else one / 10 for one in tenths[end - count : end].tolist()]
        assert km == [one["km"] for one in spans]
