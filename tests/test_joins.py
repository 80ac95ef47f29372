"""Dated points with the ground of their day and the nearest facility."""

from __future__ import annotations

import json
from types import SimpleNamespace

import geopandas as gpd
import made
import numpy as np
import pandas as pd
import pytest
from pyproj import Geod
from shapely import Point

from mapapp.timeline import joins
from mapapp.timeline.composite import from_zones
from mapapp.timeline.nearest import nearest

ZONES = made.zones(
    {"box": (0, 0, 1, 1), "holder": "SDF", "valid_to": "2026-01-20"},
    {"box": (0, 0, 1, 1), "holder": "GOV", "valid_from": "2026-01-20", "valid_to": "2026-02-01"},
)


def joined(*rows, **points):
    situation = SimpleNamespace(
        events=made.events(*rows),
        facilities=made.facilities(
            **points or {"camp": (0.5, 0.5), "annex": (0.5, 0.5), "prison": (0.9, 0.9), "nowhere": None}
        ),
        places=made.places(town=(0.1, 0.1)),
    )
    return joins.join_events(situation, from_zones(ZONES)[0])


@pytest.mark.parametrize(
    ("day", "holder"),
    [("2026-01-19", "SDF"), ("2026-01-20", "GOV"), ("2026-01-31", "GOV"), ("2026-02-01", None), (None, None)],
)
def test_the_ground_is_that_of_the_day(day, holder):
    found = joined({"event_date": day, "place_id": "town"})
    assert found["ground_holder"].tolist() == [holder]


def test_an_event_happened_where_it_says_else_at_its_facility_else_at_its_place():
    found = joined(
        {"longitude": 0.3, "latitude": 0.2, "facility_id": "camp", "place_id": "town"},
        {"facility_id": "camp", "place_id": "town"},
        {"facility_id": "nowhere", "place_id": "town"},
        {"facility_id": "nowhere"},
        {"longitude": 0.3},
    )
    spots = found[["longitude", "latitude"]].astype(object).where(found["longitude"].notna(), None).to_numpy().tolist()
    assert spots == [[0.3, 0.2], [0.5, 0.5], [0.1, 0.1], [None, None], [None, None]]
    assert found["nearest_facility_id"].tolist() == ["camp", "camp", "camp", None, None]
    assert found["nearest_facility_km"].isna().tolist() == [False, False, False, True, True]


def test_of_facilities_on_one_spot_its_own_is_the_nearest():
    found = joined({"facility_id": "annex"}, {"facility_id": "camp"}, {"facility_id": "prison"})
    assert found["nearest_facility_id"].tolist() == ["annex", "camp", "prison"]
    assert found["nearest_facility_km"].tolist() == pytest.approx([0, 0, 0])


def test_distances_are_geodesic():
    points = gpd.GeoSeries([Point(41.0, 36.0)], index=["a"], crs=4326)
    found = nearest(points, made.facilities(far=(42.0, 36.0), near=(41.0, 36.5)))
    km = Geod(ellps="WGS84").inv(41, 36, 41, 36.5)[2] / 1000
    assert (found.loc["a", "nearest_facility_id"], found.loc["a", "nearest_facility_km"]) == ("near", pytest.approx(km))


def test_without_any_facility_nothing_is_near():
    found = joined({"place_id": "town"}, nowhere=None)
    assert found["nearest_facility_id"].tolist() == [None]
    assert found["nearest_facility_km"].isna().all()


def test_without_any_event_the_table_has_its_columns():
    assert list(joined()) == ["longitude", "latitude", "ground_holder", "nearest_facility_id", "nearest_facility_km"]


def test_the_bundled_events_agree_with_a_look_at_each_one(timeline):
    """The join in one go against one look-up for each event."""
    events = timeline.events
    dated = events[events["event_date"].notna() & events["longitude"].notna()]
    spots = gpd.GeoSeries(gpd.points_from_xy(dated["longitude"], dated["latitude"]), dated.index, crs=4326)
    units = timeline.composite.at(spots)
    for event_id, day in dated["event_date"].items():
        holders = timeline.composite.holders(day.date())
        expected = None if pd.isna(units[event_id]) else holders[units[event_id]]
        assert events.loc[event_id, "ground_holder"] == expected, event_id
    assert len(dated) > 200
    assert events["ground_holder"].notna().sum() > 100


def test_events_keep_their_order_and_their_other_columns(timeline):
    before, after = timeline.situation.events, timeline.events
    assert before.index.equals(after.index)
    shared = [name for name in before if name not in {"longitude", "latitude"}]
    pd.testing.assert_frame_equal(before[shared], after[shared])
    json.dumps(list(after["nearest_facility_id"]))
    assert np.isfinite(after["nearest_facility_km"].dropna()).all()
