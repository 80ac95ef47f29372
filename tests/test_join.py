"""Dated points and the ground of their day: the same as asking day by day, whatever file they come in."""

from __future__ import annotations

import csv
import gzip
import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from archives import box, daily, day
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from mapapp.cli import main
from mapapp.timeline.composing import composite_of
from mapapp.timeline.lookup import NO_DAY, NONE, lookup
from mapapp.timeline.partition import Partition

GEOD = Geod(ellps="WGS84")
EPOCH = pd.Timestamp("1970-01-01").date()


@st.composite
def grounds(draw):
    """Two or three holders with a rectangle or none on each of some days, and points on and off them."""
    holders = ["A", "B", "NONE"][: draw(st.integers(2, 3))]
    rectangle = st.builds(box, st.integers(0, 6), st.integers(0, 6), st.integers(1, 5), st.integers(1, 5))
    maps = [{h: draw(rectangle) for h in holders if draw(st.booleans())} for _ in range(draw(st.integers(1, 5)))]
    spots = st.tuples(st.floats(37.95, 39.25), st.floats(35.95, 37.25), st.integers(-1, len(maps)))
    return holders, maps, draw(st.lists(spots, min_size=1, max_size=20))


def composite(holders, maps):
    partition = Partition()
    for number, held in enumerate(maps):
        for holder, shape in held.items():
            partition.put(holders.index(holder), np.array([shape]), number, number + 1)
    return composite_of(partition.parts(holders), holders)


def ground_of(held, holders):
    """Holder -> shape on one day: the last holder has what several cover."""
    left, taken = {}, shapely.Polygon()
    for holder in reversed(holders):
        if holder in held:
            left[holder] = held[holder] - taken
            taken |= held[holder]
    return left


@given(grounds())
@settings(max_examples=30, deadline=None)
def test_the_holder_and_the_days_are_those_of_asking_map_by_map(made):
    holders, maps, spots = made
    asked = lookup(composite(holders, maps))
    x, y, days = (np.array(column) for column in zip(*spots, strict=True))
    found = asked.join(x, y, days.astype(np.int64))
    by_day = [ground_of(held, holders) for held in maps]
    history = [[_holder_at(ground, px, py) for ground in by_day] for px, py in zip(x, y, strict=True)]
    for row, past, when in zip(found.itertuples(), history, days, strict=True):
        if "edge" in past:
            continue
        expected = past[when] if 0 <= when < len(maps) else None
        assert (None if pd.isna(row.holder) else row.holder) == expected
        if expected is None:
            assert pd.isna(row.days_since_change)
            continue
        since = when
        while since > 0 and past[since - 1] == expected:
            since -= 1
        first = min(n for n, held in enumerate(maps) if held)
        assert (None if pd.isna(row.days_since_change) else row.days_since_change) == (
            None if since == first else when - since
        )


def _holder_at(ground, x, y):
    spot = shapely.Point(x, y)
    if any(shape.boundary.distance(spot) < 1e-4 for shape in ground.values()):
        return "edge"
    return next((holder for holder, shape in ground.items() if shape.contains(spot)), None)


@given(grounds())
@settings(max_examples=25, deadline=None)
def test_the_front_is_the_nearest_ground_of_another_party(made):
    holders, maps, spots = made
    asked = lookup(composite(holders, maps), nobody=["NONE"])
    by_day = [{h: g for h, g in ground_of(held, holders).items() if h != "NONE" and not g.is_empty} for held in maps]
    parties = {holder for ground in by_day for holder in ground}
    x, y, days = (np.array(column) for column in zip(*spots, strict=True))
    for row, px, py, when in zip(asked.join(x, y, days.astype(np.int64)).itertuples(), x, y, days, strict=True):
        if pd.isna(row.holder):
            assert np.isnan(row.front_km)
            continue
        others = [g for holder, g in by_day[when].items() if holder != row.holder]
        if parties == {row.holder}:
            others = [by_day[when][row.holder].boundary]
        nearest = min((_km(px, py, g) for g in others), default=np.nan)
        if np.isnan(nearest):
            assert np.isnan(row.front_km)
        else:
            assert row.front_km == pytest.approx(nearest, rel=0.02, abs=0.1)


def _km(x, y, shape):
    """Geodesic distance to the nearest of many spots along a shape."""
    along = shapely.segmentize(shape.boundary if shape.geom_type.endswith("Polygon") else shape, 0.002)
    spots = shapely.get_coordinates(along)
    return GEOD.inv(np.full(len(spots), x), np.full(len(spots), y), *spots.T)[2].min() / 1000


@given(grounds(), st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_tiles_tell_the_unit_that_geometry_tells_on_edges_and_corners_too(made, seed):
    ground = composite(*made[:2])
    shapes = ground.units.geometry.to_numpy()
    corners = shapely.get_coordinates(shapes) if len(shapes) else np.zeros((1, 2))
    rng = np.random.default_rng(seed)
    along = (corners[:-1] + corners[1:]) / 2
    near = corners + rng.normal(0, 1e-7, corners.shape)
    spots = np.vstack([corners, along, near, rng.uniform([37.9, 35.9], [39.3, 37.3], (200, 2)), [[0, 0], [180, 90]]])
    found = lookup(ground).units_at(*spots.T)
    touching = shapely.intersects(shapes[None, :], shapely.points(spots)[:, None])
    assert (
        found.tolist() == np.where(touching.any(axis=1), touching.argmax(axis=1) if len(shapes) else 0, NONE).tolist()
    )


def test_a_point_on_an_edge_has_one_holder():
    asked = lookup(composite(["A", "B"], [{"A": box(0, 0, 1, 1), "B": box(1, 0, 1, 1)}]))
    found = asked.join(np.array([38.1]), np.array([36.05]), np.array([0]))
    assert found["holder"].tolist() in (["A"], ["B"])
    assert found["front_km"].tolist() == [pytest.approx(0, abs=1e-6)]


def test_points_without_place_or_day_have_no_holder():
    asked = lookup(composite(["A", "B"], [{"A": box(0, 0, 1, 1)}]))
    found = asked.join(np.array([38.05, np.nan]), np.array([36.05, 36.05]), np.array([NO_DAY, 0]))
    assert found["holder"].isna().all()
    assert found["unit"].tolist() == [0, NONE]


def test_a_map_without_ground_can_be_asked():
    asked = lookup(composite(["A"], [{}]))
    assert asked.join(np.array([38.0]), np.array([36.0]), np.array([0]))["holder"].isna().all()


# --- files -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """RED has one cell on the first two days and two cells from the third to the fifth."""
    home = tmp_path_factory.mktemp("ground")
    daily(home / "maps", [box(0, 0, 1, 1), box(0, 0, 1, 1), box(0, 0, 2, 1), box(0, 0, 2, 1), box(0, 0, 2, 1)])
    assert main(["import", "zones", str(home / "maps"), "--into", str(home / "s"), "--holder", "RED"]) == 0
    return home / "s"


def join(folder, points, out, *more):
    arguments = ["join", points, "--in", folder, "--date-column", "seen", "--out", out, *more]
    return main([str(argument) for argument in arguments])


ROWS = [
    ("one", 38.05, 36.05, str(day(0))),
    ("two", 38.15, 36.05, str(day(3))),
    ("three", 38.15, 36.05, str(day(0))),
    ("outside", 50.0, 36.05, str(day(0))),
    ("undated", 38.05, 36.05, ""),
]
EXPECTED = ["RED", "RED", None, None, None]


def write_csv(path, rows, header="name,longitude,latitude,seen"):
    path.write_text("\n".join([header, *(",".join(map(str, row)) for row in rows)]) + "\n", "utf-8")
    return path


def frame():
    table = pd.DataFrame(ROWS, columns=["name", "longitude", "latitude", "seen"])
    points = gpd.points_from_xy(table.pop("longitude"), table.pop("latitude"))
    return gpd.GeoDataFrame(table, geometry=points, crs=4326)


def read_out(path):
    if path.suffix == ".csv":
        return pd.read_csv(path)
    return gpd.read_parquet(path) if path.suffix == ".parquet" else gpd.read_file(path)


@pytest.mark.parametrize("out", ["out.csv", "out.geojson", "out.parquet"])
@pytest.mark.parametrize("source", ["csv", "csv.gz", "geojson", "parquet", "utm"])
def test_every_format_in_and_out(folder, tmp_path, source, out):
    points = tmp_path / f"points.{source}"
    if source == "csv":
        write_csv(points, ROWS)
    elif source == "csv.gz":
        points.write_bytes(gzip.compress(write_csv(tmp_path / "plain.csv", ROWS).read_bytes()))
    elif source == "geojson":
        frame().to_file(points)
    else:
        points = tmp_path / "points.parquet"
        (frame() if source == "parquet" else frame().to_crs(32637)).to_parquet(points)
    assert join(folder, points, tmp_path / out) == 0
    found = read_out(tmp_path / out)
    assert found["name"].tolist() == [row[0] for row in ROWS]
    assert [None if pd.isna(holder) else holder for holder in found["holder"]] == EXPECTED
    assert found["days_since_change"].astype(float).dropna().tolist() == [1.0]
    assert found["front_km"].notna().tolist() == [True, True, False, False, False]
    if out == "out.csv":
        assert found["longitude"].round(6).tolist() == [row[1] for row in ROWS]
    else:
        assert found.geometry.x.round(6).tolist() == [row[1] for row in ROWS]


def test_what_cannot_be_joined_is_told_by_row(folder, tmp_path, capsys):
    points = write_csv(
        tmp_path / "points.csv",
        [
            *ROWS,
            ("soon", 38.05, 36.05, "soon"),
            ("swapped", 36.05, 138.05, str(day(0))),
            ("words", "east", 36.05, str(day(0))),
            ("short", 38.05),
            ("placeless", "", "", str(day(0))),
            ("either", 38.05, 36.05, "01/02/2024"),
            ("late", 38.05, 36.05, "2030-01-01"),
        ],
    )
    capsys.readouterr()
    assert join(folder, points, tmp_path / "out.csv") == 1
    told = capsys.readouterr().out
    for rows, word in (
        ("row 5", "outside the ground"),
        ("row 6", "no day"),
        ("row 7", '"soon"'),
        ("row 8", "138.05"),
        ("row 9", '"east"'),
        ("row 10", "2 cells where the header has 4"),
        ("row 11", "no place"),
        ("row 12", "01/02/2024"),
        ("rows 4, 13", "nobody is known"),
    ):
        (line,) = [line for line in told.splitlines() if word in line]
        assert f" {rows} " in line, line
    assert len(pd.read_csv(tmp_path / "out.csv")) == len(ROWS) + 6, "only the row that has too few cells is lost"


def test_a_row_of_hxl_tags_is_skipped_and_that_is_said(folder, tmp_path, capsys):
    points = write_csv(tmp_path / "points.csv", [("#event", "#geo+lon", "", "#date"), *ROWS])
    assert join(folder, points, tmp_path / "out.csv") == 0
    assert "HXL" in capsys.readouterr().out
    found = pd.read_csv(tmp_path / "out.csv")
    assert found["name"].tolist() == [row[0] for row in ROWS]


def test_texts_of_every_kind_come_through_and_none_runs_as_a_formula(folder, tmp_path, capsys):
    texts = ["-12.5", "+3", "=1+1", "@SUM(A1)", '"quoted", with\nline', "عربي", "'", "-x", "0012"]
    with (tmp_path / "points.csv").open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "x", "y", "seen"])
        writer.writerows([text, 38.05, 36.05, day(0)] for text in texts)
    more = ["--lon-column", "x", "--lat-column", "y"]
    assert join(folder, tmp_path / "points.csv", tmp_path / "out.csv", *more) == 0
    assert "3 cells" in capsys.readouterr().out
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        found = [row["text"] for row in csv.DictReader(file)]
    assert found == ["-12.5", "+3", "'=1+1", "'@SUM(A1)", *texts[4:7], "'-x", "0012"]
    assert join(folder, tmp_path / "points.csv", tmp_path / "out.geojson", *more) == 0
    features = json.loads((tmp_path / "out.geojson").read_text("utf-8"))["features"]
    assert [feature["properties"]["text"] for feature in features] == texts


def test_rows_keep_their_order_and_numbers_over_many_chunks(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("mapapp.exchange.csv_points.BLOCK_BYTES", 2000)
    monkeypatch.setattr("mapapp.exchange.csv_points.CHUNK_BYTES", 5000)
    rows = [(n, 38.05, 36.05, day(0) if n % 100 else "never") for n in range(1, 1001)]
    rows[500] = (501, 38.05)
    points = write_csv(tmp_path / "points.csv", rows)
    assert join(folder, points, tmp_path / "out.csv") == 1
    found = pd.read_csv(tmp_path / "out.csv")
    assert found["name"].tolist() == [n for n in range(1, 1001) if n != 501]
    told = capsys.readouterr().out
    assert "rows 101, 201, 301, 401, 501, 601, 701, 801, 901, 1001 " in told
    assert "row 502 " in told


@pytest.mark.parametrize(
    ("header", "row", "word"),
    [
        ("name,longitude,latitude,when", "a,38,36,2024-03-01", '"seen"'),
        ("name,lon,latitude,seen", "a,38,36,2024-03-01", '"longitude"'),
        ("name;longitude;latitude;seen", "a;38;36;2024-03-01", "semicolons"),
        ("name,longitude,latitude,seen,holder", "a,38,36,2024-03-01,B", "holder"),
        ("name,name,longitude,latitude,seen", "a,a,38,36,2024-03-01", "two columns"),
    ],
)
def test_a_file_that_cannot_be_joined_says_why_and_leaves_nothing(folder, tmp_path, capsys, header, row, word):
    (tmp_path / "points.csv").write_text(f"{header}\n{row}\n", "utf-8")
    assert join(folder, tmp_path / "points.csv", tmp_path / "out.csv") == 2
    assert word in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["points.csv"]


@pytest.mark.parametrize("name", ["points.csv", "points.csv.gz", "points.geojson", "points.parquet", "points.txt"])
@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00\x00", b"PAR1", b'name,"longitude\n'])
def test_damaged_files_end_with_a_message(folder, tmp_path, capsys, name, data):
    (tmp_path / name).write_bytes(data)
    assert join(folder, tmp_path / name, tmp_path / "out.csv") == 2
    assert "mapapp: " in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_the_file_itself_is_never_overwritten(folder, tmp_path):
    points = write_csv(tmp_path / "points.csv", ROWS)
    before = points.read_bytes()
    assert join(folder, points, points) == 2
    assert points.read_bytes() == before


def test_points_join_the_bundled_situation_too(situation, tmp_path):
    places = situation.places
    rows = [(i, round(p.x, 5), round(p.y, 5), "2026-01-20") for i, p in places.geometry.items() if p is not None]
    points = write_csv(tmp_path / "points.csv", rows)
    assert main(["join", str(points), "--date-column", "seen", "--out", str(tmp_path / "out.csv")]) == 0
    assert pd.read_csv(tmp_path / "out.csv")["holder"].notna().sum() > len(rows) / 3
