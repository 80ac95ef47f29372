"""Areas day by day, and dated points of anybody's with the ground of their day."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from archives import box, daily, day

import mapapp
from mapapp.timeline.areas import held_km2


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """RED has one cell on the first two days and two from the third to the fifth."""
    home = tmp_path_factory.mktemp("ground")
    daily(home / "maps", [box(0, 0, 1, 1), box(0, 0, 1, 1), *[box(0, 0, 2, 1)] * 3])
    imported = mapapp.import_zones([home / "maps"], home / "made", holder="RED")
    assert (imported.maps, imported.problems) == (5, ())
    return mapapp.build(mapapp.load(home / "made"))


def test_areas_by_day_are_those_of_each_day(archive, timeline):
    for each in (archive, timeline):
        table = mapapp.areas(each)
        assert len(table) == (each.situation.last_day - each.situation.first_day).days + 1
        for stamp, row in table.iterrows():
            held = held_km2(each.composite, stamp.date())
            assert row[row > 1e-6].to_dict() == pytest.approx(held)


def points(rows, crs=4326):
    table = pd.DataFrame(rows, columns=["name", "x", "y", "seen"]).set_index("name")
    spots = gpd.GeoSeries(gpd.points_from_xy(table["x"], table["y"]), table.index, crs=4326)
    return gpd.GeoDataFrame(table[["seen"]], geometry=spots.to_crs(crs))


ROWS = [
    ("one", 38.05, 36.05, str(day(0))),
    ("two", 38.15, 36.05, str(day(3))),
    ("before its time", 38.15, 36.05, str(day(0))),
    ("outside", 50.0, 36.05, str(day(0))),
    ("no day", 38.05, 36.05, "some day"),
    ("no spot", None, None, str(day(0))),
]


@pytest.mark.parametrize("crs", [4326, 32637])
def test_points_get_the_ground_of_their_day_on_their_own_index(archive, crs):
    asked = points(ROWS, crs)
    before = asked.copy()
    found = mapapp.join(archive, asked, "seen")
    assert list(found.index) == [row[0] for row in ROWS]
    assert [None if pd.isna(one) else one for one in found["holder"]] == ["RED", "RED", None, None, None, None]
    assert found.loc["two", "days_since_change"] == 1
    assert pd.isna(found.loc["one", "days_since_change"])
    assert found["front_km"].notna().tolist() == [True, True, False, False, False, False]
    pd.testing.assert_frame_equal(pd.DataFrame(asked), pd.DataFrame(before))


def test_days_can_be_dates_or_times(archive):
    asked = points(ROWS[1:2])
    for seen in (day(3), pd.Timestamp(day(3)) + pd.Timedelta(hours=23), f"{day(3)}T05:00:00Z"):
        assert mapapp.join(archive, asked.assign(seen=[seen]), "seen")["holder"].tolist() == ["RED"]
