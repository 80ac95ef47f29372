"""A composite on disk: whole, the same bytes for the same maps, opened again as it was."""

from __future__ import annotations

import json
import zipfile
from datetime import date

import geopandas as gpd
import geopandas.testing
import pandas as pd
import pytest
import shapely
from archives import box, daily, day, feature, write_geojson

import mapapp
from mapapp.cli import main
from mapapp.errors import SituationError
from mapapp.timeline import store

MAPS = [box(0, 0, 1, 1), box(0, 0, 2, 1), box(0, 0, 2, 2), box(1, 0, 2, 2)]


def run(*arguments):
    return main([str(argument) for argument in arguments])


@pytest.fixture
def maps(tmp_path):
    return daily(tmp_path / "maps", MAPS, skip=(1,))


@pytest.fixture
def imported(tmp_path, maps):
    assert run("import", "zones", maps, "--into", tmp_path / "situation", "--holder", "RED") == 0
    return tmp_path / "situation"


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_import_makes_a_folder_that_opens_as_a_situation(imported):
    assert {str(path) for path in contents(imported)} == {
        "situation.toml",
        "sources.csv",
        "composite/about.json",
        "composite/days.parquet",
        "composite/spans.parquet",
        "composite/units.parquet",
    }
    situation = mapapp.load(imported)
    assert (situation.first_day, situation.last_day) == (day(0), day(3))
    assert list(situation.actors) == ["RED"]
    assert situation.actors["RED"].colour == "#d55e00"
    assert len(situation.sources) == 1


def test_the_same_maps_give_the_same_bytes(imported, maps):
    before = contents(imported)
    assert run("import", "zones", maps, "--into", imported, "--holder", "RED") == 0
    assert contents(imported) == before


def test_what_is_read_is_what_was_written(imported, tmp_path):
    read = store.load(imported)
    store.save(tmp_path, read)
    again = store.load(tmp_path)
    pd.testing.assert_frame_equal(read.composite.spans, again.composite.spans)
    geopandas.testing.assert_geodataframe_equal(read.composite.units, again.composite.units)
    pd.testing.assert_frame_equal(read.days, again.days)
    assert (read.grid, read.digest) == (again.grid, again.digest) == (1e-5, read.digest)
    assert contents(imported / "composite") == contents(tmp_path / "composite")


def test_the_files_are_open_formats_with_documented_columns(imported):
    units = gpd.read_parquet(imported / "composite/units.parquet")
    assert units.crs == 4326
    assert list(units.columns) == ["unit_id", "area_km2", "geometry"]
    assert (units.geom_type == "MultiPolygon").all()
    spans = pd.read_parquet(imported / "composite/spans.parquet")
    assert list(spans.columns) == [
        *("unit_id", "holder", "contested_by", "valid_from", "valid_to", "zone_ids", "event_ids")
    ]
    assert spans["valid_to"].max() == day(4), "the last map stands for its day alone"
    days = pd.read_parquet(imported / "composite/days.parquet")
    assert days["state"].tolist() == ["map", "carried", "map", "map"]


def test_the_digest_changes_with_the_maps_and_with_nothing_else(imported, maps, tmp_path):
    digest = store.load(imported).digest
    run("import", "zones", maps, "--into", tmp_path / "other", "--holder", "BLUE")
    assert store.load(tmp_path / "other").digest == digest
    write_geojson(maps / f"map_{day(4):%Y%m%d}.geojson", feature(box(0, 0, 1, 1)))
    run("import", "zones", maps, "--into", tmp_path / "other", "--holder", "BLUE")
    assert store.load(tmp_path / "other").digest != digest


def test_more_days_and_holders_are_added_to_a_folder_that_is_there(imported, maps, capsys):
    manifest = imported / "situation.toml"
    manifest.write_text("# mine\n" + manifest.read_text("utf-8"), "utf-8")
    write_geojson(maps / f"map_{day(9):%Y%m%d}.geojson", feature(box(0, 0, 1, 1)))
    capsys.readouterr()
    assert run("import", "zones", maps, "--into", imported, "--holder", "BLUE") == 0
    situation = mapapp.load(imported)
    assert situation.last_day == day(9)
    assert list(situation.actors) == ["RED", "BLUE"]
    assert situation.actors["BLUE"].colour != situation.actors["RED"].colour
    assert manifest.read_text("utf-8").startswith("# mine\n")
    said = capsys.readouterr().out
    assert "BLUE" in said
    assert "last_day" in said


def test_names_from_the_data_cannot_break_the_manifest(tmp_path):
    nasty = 'A "quoted"\n[[actor]]\nid = "X" \\ \x07 \u202e'
    write_geojson(tmp_path / "maps/20240301.geojson", feature(box(0, 0, 1, 1), who=nasty))
    into = tmp_path / 'fold"er'
    assert run("import", "zones", tmp_path / "maps", "--into", into, "--holder-from", "property:who") == 0
    (actor,) = mapapp.load(into).actors.values()
    assert actor.name == nasty.replace("\x07", "").replace("\u202e", "").strip()


def test_a_composite_half_written_is_none(imported):
    (imported / "composite/about.json").unlink()
    assert not store.is_stored(imported)


@pytest.mark.parametrize("file", ["units.parquet", "spans.parquet", "days.parquet", "about.json"])
def test_a_composite_that_cannot_be_read_says_so(imported, file):
    (imported / "composite" / file).write_bytes(b"{}")
    with pytest.raises(SituationError, match="Import the maps again"):
        store.load(imported)


def test_a_composite_of_a_later_format_is_refused(imported):
    about = imported / "composite/about.json"
    about.write_text(json.dumps({**json.loads(about.read_text("utf-8")), "format": 2}), "utf-8")
    with pytest.raises(SituationError, match="format 2"):
        store.load(imported)


def test_the_time_line_is_built_on_the_stored_composite(imported):
    timeline = mapapp.build(mapapp.load(imported))
    held = timeline.composite.holders(day(1)).dropna()
    assert shapely.union_all(timeline.composite.units.geometry[held.index]).equals(MAPS[0])
    assert timeline.composite.holders(date(2024, 4, 1)).isna().all()
    assert not [problem for problem in timeline.problems if problem.severity == "error"]


def test_a_facility_stands_on_imported_ground(imported):
    properties = {"facility_id": "F1", "name": "Camp", "facility_type": "camp", "source_ids": "imported-maps"}
    write_geojson(imported / "camps.geojson", feature(shapely.Point(38.05, 36.05), **properties))
    timeline = mapapp.build(mapapp.load(imported))
    (held,) = timeline.custody.query("attribute == 'ground_holder' and value.notna()").itertuples()
    assert (held.value, held.detail) == ("RED", "the imported map of that day")
    assert (held.valid_from.date(), held.valid_to.date()) == (day(0), day(3))


def test_progress_goes_to_stderr_and_the_result_to_stdout(maps, tmp_path, capsys):
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as packed:
        for path in maps.iterdir():
            packed.write(path, path.name)
    assert run("import", "zones", tmp_path / "m.zip", "--into", tmp_path / "s", "--holder", "RED") == 0
    out, err = capsys.readouterr()
    assert "3 of 3" in err
    assert "3 maps used, 2024-03-01 to 2024-03-04" in out
    assert "Days carried forward: 1" in out


def test_problems_make_exit_code_1_and_wrong_asking_2(maps, tmp_path, capsys):
    (maps / "20240309.geojson").write_text("{")
    assert run("import", "zones", maps, "--into", tmp_path / "s", "--holder", "RED") == 1
    assert "20240309.geojson" in capsys.readouterr().out
    assert run("import", "zones", maps, "--into", tmp_path / "s") == 2
    assert run("import", "zones", tmp_path / "none", "--into", tmp_path / "s", "--holder", "RED") == 2
    assert "--holder" in capsys.readouterr().err
