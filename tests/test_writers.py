"""Files are written whole or not at all, the same data as the same bytes, and what is written is read again."""

from __future__ import annotations

import json
import shutil
import stat

import geopandas as gpd
import pytest
import shapely
import situations as made
from shapely.testing import assert_geometries_equal

from mapapp.errors import AskedWrongly
from mapapp.situation import csv_text, schema, writers
from mapapp.situation.situation import load


@pytest.fixture(scope="module")
def situation(tmp_path_factory):
    return load(made.make(tmp_path_factory.mktemp("made")))


@pytest.mark.parametrize(
    ("name", "frame"), [("cities", "places"), ("control_zones", "zones")], ids=["points", "polygons"]
)
def test_a_layer_that_is_written_is_read_again_as_it_was(situation, tmp_path, name, frame):
    folder = shutil.copytree(situation.folder, tmp_path / "again")
    table = getattr(situation, frame)
    writers.write_features(table, schema.TABLES[name], folder / schema.TABLES[name].file)
    again = load(folder)
    assert again.problems == ()
    read = getattr(again, frame)
    assert read.drop(columns="geometry").equals(table.drop(columns="geometry"))
    assert_geometries_equal(read.geometry.to_numpy(), table.geometry.to_numpy(), normalize=True)


def test_the_same_layer_gives_the_same_bytes_one_feature_a_line(situation, tmp_path):
    paths = [tmp_path / "one.geojson", tmp_path / "two.geojson"]
    for path in paths:
        writers.write_features(situation.zones, schema.CONTROL_ZONES, path, method="by hand")
    assert paths[0].read_bytes() == paths[1].read_bytes()
    lines = paths[0].read_text("utf-8").splitlines()
    assert [json.loads(line.rstrip(","))["properties"]["zone_id"] for line in lines[1:-1]] == ["Z1", "Z2"]
    assert json.loads(paths[0].read_text("utf-8"))["method"] == "by hand"


def test_outlines_turn_as_the_standard_asks_with_five_decimals(situation, tmp_path):
    clockwise = shapely.Polygon([(40, 36), (40, 37), (41, 37), (41, 36)], [[(40.2, 36.2), (40.3, 36.2), (40.3, 36.3)]])
    zones = situation.zones.iloc[:1].set_geometry(gpd.GeoSeries([clockwise], index=["Z1"], crs=4326))
    zones.geometry = shapely.transform(zones.geometry.to_numpy(), lambda xy: xy + 1e-7)
    writers.write_features(zones, schema.CONTROL_ZONES, tmp_path / "zones.geojson")
    (feature,) = json.loads((tmp_path / "zones.geojson").read_text("utf-8"))["features"]
    shell, hole = (shapely.LinearRing(ring) for ring in feature["geometry"]["coordinates"])
    assert shell.is_ccw
    assert not hole.is_ccw
    assert [40.0, 36.0] in feature["geometry"]["coordinates"][0]


def test_what_was_there_stays_where_writing_fails(tmp_path):
    path = tmp_path / "file.txt"
    writers.write_whole(path, "before")
    with pytest.raises(UnicodeEncodeError):
        writers.write_whole(path, "after \ud800")
    assert path.read_text("utf-8") == "before"
    assert [found.name for found in tmp_path.iterdir()] == ["file.txt"]


def test_a_file_that_cannot_be_written_is_said_in_a_sentence(tmp_path):
    with pytest.raises(AskedWrongly, match="cannot be written"):
        writers.write_whole(tmp_path / "nowhere" / "file.txt", "text")
    (tmp_path / "folder").mkdir()
    with pytest.raises(AskedWrongly, match="cannot be written"):
        writers.write_whole(tmp_path / "folder", "text")


def test_permissions_are_those_of_the_file_that_was_there(tmp_path):
    path = tmp_path / "file.txt"
    path.write_text("before")
    path.chmod(0o640)
    writers.write_whole(path, "after")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    beside = tmp_path / "new.txt"
    plain = tmp_path / "plain.txt"
    plain.write_text("")
    writers.write_whole(beside, "new")
    assert beside.stat().st_mode == plain.stat().st_mode


def test_no_text_of_a_csv_can_act_as_a_formula():
    row = {
        "a": "=1+1",
        "b": " +cmd",
        "c": "-3",
        "d": -3,
        "e": None,
        "f": ["@x", "y"],
        "g": True,
        "h": "\tx",
        "i": "a=b",
    }
    header, line = csv_text.csv_text(list(row), [row]).splitlines()
    assert header == "a,b,c,d,e,f,g,h,i"
    assert line == "'=1+1,' +cmd,'-3,-3,,'@x; y,yes,'\tx,a=b"
