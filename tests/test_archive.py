"""Archives of dated maps come in whole: every day, every layer, and a word about everything that was left out."""

from __future__ import annotations

import zipfile
from datetime import date

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely
from archives import box, daily, day, feature, kml, kml_polygon, write_geojson
from conftest import ROOT

from mapapp.errors import AskedWrongly, NotFound
from mapapp.exchange.holders import Holders, read_holders
from mapapp.exchange.naming import day_of
from mapapp.exchange.zones import read_zones
from mapapp.timeline.partition.area import geodesic_km2


def brought_in(path, holders=None, **options):
    return read_zones([path], holders or Holders(constant="RED"), **options)


def ground(imported, when):
    """Holder -> shape on a day."""
    composite = imported.stored.composite
    held = composite.holders(when).dropna()
    return {holder: shapely.union_all(composite.units.geometry[held.index[held == holder]]) for holder in set(held)}


def same(shape, other):
    return shapely.symmetric_difference(shape, other).area < 1e-9


def told(imported):
    return [(p.file, p.record, p.severity) for p in imported.problems]


def states(imported):
    return imported.stored.days["state"].tolist()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("deepstate_20240708.geojson", date(2024, 7, 8)),
        ("2024-07-08 front.kml", date(2024, 7, 8)),
        ("map.1651363200.geojson", date(2022, 5, 1)),
        ("1651363199", date(2022, 4, 30)),
        ("20240708_2024-07-08.gpkg", date(2024, 7, 8)),
        ("v2_20240708T120000.geojson", date(2024, 7, 8)),
    ],
)
def test_the_day_is_read_from_the_name(name, expected):
    assert day_of(name) == (expected, "")


@pytest.mark.parametrize("name", ["map.geojson", "20241340.geojson", "map_202407081.geojson", "20240101_20240102.kml"])
def test_a_name_that_tells_no_single_day_is_not_guessed_at(name):
    found, reason = day_of(name)
    assert found is None
    assert reason


def test_every_map_holds_until_the_next(tmp_path):
    daily(tmp_path, [box(0, 0, 1, 1), box(0, 0, 2, 1), box(1, 0, 1, 1)])
    imported = brought_in(tmp_path)
    assert imported.maps == 3
    assert same(ground(imported, day(0))["RED"], box(0, 0, 1, 1))
    assert same(ground(imported, day(1))["RED"], box(0, 0, 2, 1))
    assert same(ground(imported, day(2))["RED"], box(1, 0, 1, 1))
    assert ground(imported, day(3)) == {}
    assert ground(imported, date(2024, 2, 29)) == {}
    assert not imported.problems


def test_a_missing_day_carries_the_map_before_and_is_marked(tmp_path):
    daily(tmp_path, [box(0, 0, n + 1, 1) for n in range(5)], skip=(2, 3))
    imported = brought_in(tmp_path)
    assert states(imported) == ["map", "map", "carried", "carried", "map"]
    assert imported.stored.days["file"].tolist()[2] == "map_20240302.geojson"
    assert same(ground(imported, day(3))["RED"], box(0, 0, 2, 1))
    assert told(imported) == [("map_20240302.geojson", "2024-03-02", "note")]
    assert "2024-03-03 to 2024-03-04 (2 days)" in imported.problems[0].reason


def test_a_zip_is_read_as_its_files_are(tmp_path):
    folder = daily(tmp_path / "maps", [box(0, 0, n + 1, 1) for n in range(3)])
    with zipfile.ZipFile(tmp_path / "maps.zip", "w") as packed:
        for path in folder.iterdir():
            packed.write(path, f"inner/{path.name}")
        packed.writestr("__MACOSX/inner/._map_20240301.geojson", b"\0\0")
    loose, zipped = brought_in(folder), brought_in(tmp_path / "maps.zip")
    assert zipped.maps == 3
    assert not zipped.problems
    assert shapely.to_wkb(loose.stored.composite.units.geometry).tolist() == (
        shapely.to_wkb(zipped.stored.composite.units.geometry).tolist()
    )


def test_a_broken_file_is_named_and_its_day_carried(tmp_path):
    daily(tmp_path, [box(0, 0, n + 1, 1) for n in range(4)])
    broken = tmp_path / "map_20240302.geojson"
    broken.write_bytes(broken.read_bytes()[:150])
    (tmp_path / "map_20240304.geojson").write_bytes(b"not a map")
    imported = brought_in(tmp_path)
    assert imported.maps == 2
    assert states(imported) == ["map", "carried", "map"]
    cut, other = [p for p in imported.problems if p.severity == "error"]
    assert (cut.file, other.file) == (broken.name, "map_20240304.geojson")
    assert "no format that is known" in other.reason


def test_a_damaged_zip_is_named(tmp_path):
    daily(tmp_path, [box(0, 0, 1, 1)])
    (tmp_path / "more.zip").write_bytes(b"PK\x03\x04 and then nothing")
    imported = brought_in(tmp_path)
    assert imported.maps == 1
    assert told(imported) == [("more.zip", "", "error")]


def test_of_several_maps_of_one_day_the_last_counts_and_that_is_said(tmp_path):
    write_geojson(tmp_path / "a_20240301.geojson", feature(box(0, 0, 1, 1)))
    write_geojson(tmp_path / "b_20240301.geojson", feature(box(5, 0, 1, 1)))
    imported = brought_in(tmp_path)
    assert imported.maps == 1
    assert same(ground(imported, day(0))["RED"], box(5, 0, 1, 1))
    assert told(imported) == [("a_20240301.geojson", "2024-03-01", "warning")]


def test_files_without_a_day_are_named(tmp_path):
    daily(tmp_path, [box(0, 0, 1, 1)])
    write_geojson(tmp_path / "latest.geojson", feature(box(0, 0, 1, 1)))
    assert told(brought_in(tmp_path)) == [("latest.geojson", "", "error")]


def test_days_can_stand_in_a_property(tmp_path):
    rows = [(0, "2024-03-01"), (1, "20240302"), (2, "2024-03-04T00:00:00Z"), (3, "soon"), (4, None), (5, "05/04/2024")]
    write_geojson(tmp_path / "all.geojson", *(feature(box(n, 0, 1, 1), seen=text) for n, text in rows))
    imported = brought_in(tmp_path, date_from="property:seen")
    assert states(imported) == ["map", "map", "carried", "map"]
    assert same(ground(imported, day(1))["RED"], box(1, 0, 1, 1))
    assert same(ground(imported, day(2))["RED"], box(1, 0, 1, 1))
    assert [p.record for p in imported.problems if p.severity == "error"] == ["feature 4", "feature 5", "feature 6"]
    assert all(p.field == "seen" for p in imported.problems if p.severity == "error")


def test_days_of_one_archive_may_be_spread_over_files_in_any_order(tmp_path):
    write_geojson(tmp_path / "one.geojson", *(feature(box(n, 0, 1, 1), seen=str(day(n))) for n in (0, 2, 4)))
    write_geojson(tmp_path / "two.geojson", *(feature(box(n, 0, 1, 1), seen=str(day(n))) for n in (3, 1, 4)))
    imported = brought_in(tmp_path, date_from="property:seen")
    for n in range(4):
        assert same(ground(imported, day(n))["RED"], box(n, 0, 1, 1))
    assert told(imported) == [("one.geojson", "2024-03-05", "warning")]


def test_polygons_can_say_themselves_from_when_until_when_they_hold(tmp_path):
    write_geojson(
        tmp_path / "zones.geojson",
        feature(box(0, 0, 2, 1), who="A", start=None, end="2024-03-03"),
        feature(box(1, 0, 2, 1), who="B", start="2024-03-02", end=None),
        feature(box(9, 9, 1, 1), who="B", start="2024-03-09", end="2024-03-09"),
    )
    imported = brought_in(tmp_path, read_holders(None, "property:who", None), date_from="properties:start,end")
    assert same(ground(imported, date(1990, 1, 1))["A"], box(0, 0, 2, 1))
    held = ground(imported, day(1))
    assert same(held["A"], box(0, 0, 1, 1)), "the zone that began later has the ground they share"
    assert same(held["B"], box(1, 0, 2, 1))
    assert ground(imported, day(2)).keys() == {"B"}
    assert same(ground(imported, date(2090, 1, 1))["B"], box(1, 0, 2, 1))
    assert [(p.record, p.severity) for p in imported.problems] == [("", "error"), ("A, B", "warning")]
    assert f"{geodesic_km2(np.array([box(1, 0, 1, 1)]))[0]:,.1f} km2" in imported.problems[1].reason


def test_four_holders_with_overlaps_and_changing_wording(tmp_path):
    mapping = tmp_path / "sides.csv"
    mapping.write_text(
        "pattern,holder\n(?i)disputed,\n^Blue,BLU\nRed (Army|Forces),RED\nGr[ae]y,GRY\n^(Green|Verts),GRN\n", "utf-8"
    )
    wordings = [("Red Army", "Blue", "Green", "Gray"), ("Red Forces", "Blue side", "Verts", "Grey")]
    for number, (red, blue, green, grey) in enumerate(wordings):
        write_geojson(
            tmp_path / "maps" / f"{day(number)}.geojson",
            feature(box(0, 0, 3, 2), side=red),
            feature(box(2, 0, 2, 2), side=blue),
            feature(box(4, 0, 1, 2), side=green),
            feature(box(5, 0, 1, 2), side=grey),
            feature(box(0, 5, 1, 1), side="Disputed"),
            feature(box(0, 7, 1, 1), side="Purple <b>Guards</b>"),
        )
    imported = brought_in(tmp_path / "maps", read_holders(None, "property:side", mapping))
    for number in range(2):
        held = ground(imported, day(number))
        assert same(held["RED"], box(0, 0, 2, 2))
        assert same(held["BLU"], box(2, 0, 2, 2)), "of two that overlap the one named first in the mapping has it"
        assert same(held["GRN"], box(4, 0, 1, 2))
        assert same(held["GRY"], box(5, 0, 1, 2))
    assert all(len(imported.stored.composite.spans.query("holder == @holder")) == 1 for holder in held)
    unmatched, overlap = imported.problems
    km2 = geodesic_km2(np.array([box(0, 7, 1, 1), box(2, 0, 1, 2)]))
    assert (unmatched.record, unmatched.severity) == ("Purple <b>Guards</b>", "error")
    assert f"2 polygons with {2 * km2[0]:,.1f} km2" in unmatched.reason
    assert (overlap.record, overlap.severity) == ("RED, BLU", "warning")
    assert f"2 days, at most {km2[1]:,.1f} km2 (2024-03-01)" in overlap.reason


def test_every_layer_of_a_kml_with_height_and_markup_in_its_names(tmp_path):
    nasty = 'North <img src=x onerror="alert(1)">'
    for number in range(2):
        (tmp_path / f"front_{day(number):%Y%m%d}.kml").write_text(
            kml(
                {
                    "Held by North": [(nasty, kml_polygon(box(0, number, 1, 1), 12.5))],
                    "Held by South": [
                        ("a", kml_polygon(box(3, number, 1, 1), 3)),
                        ("<i>checkpoint</i>", "<Point><coordinates>38,36,0</coordinates></Point>"),
                        ("road", "<LineString><coordinates>38,36 39,36</coordinates></LineString>"),
                    ],
                }
            ),
            "utf-8",
        )
    imported = brought_in(tmp_path, read_holders(None, "layer", None))
    for number in range(2):
        held = ground(imported, day(number))
        assert same(held["Held_by_North"], box(0, number, 1, 1))
        assert same(held["Held_by_South"], box(3, number, 1, 1))
    assert imported.holders == {"Held_by_North": "Held by North", "Held_by_South": "Held by South"}
    assert not imported.stored.composite.units.geometry.has_z.any()
    assert [(p.file, p.severity) for p in imported.problems] == [("front_20240301.kml", "warning")] * 2
    assert imported.problems[0].reason.startswith("2 points in 2 files")
    assert imported.problems[1].reason.startswith("2 lines in 2 files")
    by_name = brought_in(tmp_path, read_holders(None, "property:Name", None), bridge_glitches=False)
    assert by_name.holders == {"North_img_src_x_onerror_alert_1": nasty, "a": "a"}


def test_files_in_utm_with_invalid_polygons(tmp_path):
    there = pyproj.Transformer.from_crs(4326, 32637, always_xy=True)
    square = box(0, 0, 2, 2)
    metres = shapely.transform(square, there.transform, interleaved=False)
    (a, b, c, d, _) = metres.exterior.coords
    bow_tie = shapely.Polygon([a, c, b, d])
    for number, shape in enumerate((metres, bow_tie)):
        frame = gpd.GeoDataFrame({"n": [number]}, geometry=[shape], crs=32637)
        frame.to_file(tmp_path / f"zone {day(number)}.gpkg", layer="control")
    imported = brought_in(tmp_path)
    assert shapely.symmetric_difference(ground(imported, day(0))["RED"], square).area < 1e-5 * square.length
    twisted = ground(imported, day(1))["RED"]
    assert 0.45 < twisted.area / square.area < 0.55
    (repaired,) = imported.problems
    assert (repaired.file, repaired.record, repaired.severity) == (
        f"zone {day(1)}.gpkg",
        "layer control, feature 1",
        "warning",
    )
    assert "Self-intersection" in repaired.reason or "self-intersection" in repaired.reason
    assert "km2" in repaired.reason


def test_collections_are_taken_apart_and_empty_shapes_counted(tmp_path):
    inner = shapely.GeometryCollection([box(3, 0, 1, 1), shapely.Point(38, 36)])
    whole = shapely.GeometryCollection([box(0, 0, 1, 1), inner])
    write_geojson(tmp_path / "20240301.geojson", feature(whole), feature(None), feature(shapely.Polygon()))
    imported = brought_in(tmp_path)
    assert same(ground(imported, day(0))["RED"], box(0, 0, 1, 1) | box(3, 0, 1, 1))
    assert [p.reason.split(":")[0] for p in imported.problems] == [
        "1 point in this file",
        "2 features without a shape in this file",
    ]


def test_coordinates_off_the_earth_are_left_out_and_told(tmp_path):
    write_geojson(
        tmp_path / "20240301.geojson", feature(box(0, 0, 1, 1)), feature(shapely.box(400000, 4e6, 400100, 4.1e6))
    )
    imported = brought_in(tmp_path)
    assert same(ground(imported, day(0))["RED"], box(0, 0, 1, 1))
    assert told(imported) == [("20240301.geojson", "", "error")]
    assert "not on the Earth" in imported.problems[0].reason


def test_an_old_geojson_that_names_its_coordinate_system_is_reprojected(tmp_path):
    there = pyproj.Transformer.from_crs(4326, 3857, always_xy=True)
    metres = shapely.transform(box(0, 0, 1, 1), there.transform, interleaved=False)
    write_geojson(tmp_path / "20240301.geojson", feature(metres), crs="urn:ogc:def:crs:EPSG::3857")
    assert same(ground(brought_in(tmp_path), day(0))["RED"], box(0, 0, 1, 1))


def test_a_file_that_points_elsewhere_is_refused(tmp_path):
    daily(tmp_path, [box(0, 0, 1, 1)])
    secret = tmp_path.parent / "secret.geojson"
    write_geojson(secret, feature(box(0, 0, 9, 9)))
    layer = f'<OGRVRTLayer name="x"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer>'
    (tmp_path / "map_20240302.vrt").write_text(f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>")
    imported = brought_in(tmp_path)
    assert imported.maps == 1
    assert told(imported) == [("map_20240302.vrt", "", "error")]


@pytest.mark.parametrize("odd", [box(0, 0, 1, 1), box(0, 0, 9, 9)])
def test_ground_that_jumps_for_one_map_is_told_and_bridged_only_on_request(tmp_path, odd):
    daily(tmp_path, [box(0, 0, 4, 1), odd, box(0, 0, 4, 1), box(0, 0, 5, 1)])
    kept = brought_in(tmp_path)
    assert told(kept) == [("map_20240302.geojson", "2024-03-02", "warning")]
    assert same(ground(kept, day(1))["RED"], odd)
    assert states(kept) == ["map"] * 4
    assert kept.stored.days["glitch"].notna().tolist() == [False, True, False, False]
    bridged = brought_in(tmp_path, bridge_glitches=True)
    assert bridged.maps == 3
    assert same(ground(bridged, day(1))["RED"], box(0, 0, 4, 1))
    assert states(bridged) == ["map", "bridged", "map", "map"]


def test_a_lasting_loss_is_no_glitch(tmp_path):
    daily(tmp_path, [box(0, 0, 4, 1), box(0, 0, 1, 1), box(0, 0, 1, 1)])
    assert not brought_in(tmp_path).problems


def test_ten_times_finer_is_ten_times_closer(tmp_path):
    rng = np.random.default_rng(5)
    angle = np.sort(rng.uniform(0, 2 * np.pi, 300))
    shape = shapely.Polygon(np.column_stack([38 + 0.3 * np.cos(angle), 36 + 0.3 * np.sin(angle)]))
    daily(tmp_path, [shape])
    apart = []
    for grid in (1e-4, 1e-5, 1e-6):
        found = ground(brought_in(tmp_path, grid=grid), day(0))["RED"]
        apart.append(shapely.symmetric_difference(found, shape).area / shape.area)
    assert apart[0] > 5 * apart[1] > 25 * apart[2]
    assert apart[1] < 1e-4


@pytest.mark.parametrize("grid", [0, -1, 1e-9, 1, float("nan")])
def test_a_grid_that_makes_no_sense_is_refused(tmp_path, grid):
    daily(tmp_path, [box(0, 0, 1, 1)])
    with pytest.raises(AskedWrongly, match="grid"):
        brought_in(tmp_path, grid=grid)


def test_nothing_to_use_is_an_error_that_says_why(tmp_path):
    with pytest.raises(NotFound):
        brought_in(tmp_path / "absent")
    with pytest.raises(AskedWrongly):
        brought_in(tmp_path)
    (tmp_path / "20240301.geojson").write_text("[]")
    with pytest.raises(NotFound, match=r"20240301\.geojson"):
        brought_in(tmp_path)


def test_what_was_asked_must_make_sense(tmp_path):
    daily(tmp_path, [box(0, 0, 1, 1)])
    for constant, source in ((None, None), ("A", "layer"), (None, "property:"), (None, "colour"), ("a b", None)):
        with pytest.raises(AskedWrongly):
            read_holders(constant, source, None)
    for date_from in ("names", "property:", "properties:A", "properties:A,B,C", "property:A,B"):
        with pytest.raises(AskedWrongly):
            brought_in(tmp_path, date_from=date_from)


@pytest.mark.parametrize(
    "text", ["label,who\na,b\n", "pattern,holder\n(,A\n", "pattern,holder\n,A\n", "pattern,holder\nA,a b\n"]
)
def test_a_mapping_that_cannot_be_used_is_refused(tmp_path, text):
    mapping = tmp_path / "mapping.csv"
    mapping.write_text(text, "utf-8")
    with pytest.raises(AskedWrongly, match=r"mapping\.csv"):
        read_holders(None, "layer", mapping)


REAL = ROOT.parent / "shared" / "real" / "daily-zones.zip"


@pytest.mark.skipif(not REAL.exists(), reason="the real archive is not on this machine")
def test_two_years_of_real_maps_come_in_exactly():
    with zipfile.ZipFile(REAL) as packed:
        names = sorted(packed.namelist())
        imported = brought_in(REAL)
        broken = [p.file for p in imported.problems if p.severity == "error"]
        assert imported.maps + len(broken) == len(names) == 769
        assert set(broken) <= {names[-1]}, "only the last one may be broken off"
        assert states(imported).count("carried") == 7
        maps = imported.stored.days[imported.stored.days["state"] == "map"]
        for row in maps.iloc[::96].itertuples():
            drawn = shapely.union_all(shapely.get_parts(shapely.from_geojson(packed.read(row.file).decode())))
            held = ground(imported, row.day.date())["RED"]
            assert abs(held.area - drawn.area) <= 1e-6 * drawn.area
            assert shapely.symmetric_difference(held, drawn).area <= 1e-5 * drawn.area
