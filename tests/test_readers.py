"""Reading a folder: whatever the bytes are, nothing is raised, nothing is lost in silence, and the types hold."""

from __future__ import annotations

import csv
import io
import json
import shutil
import time
from pathlib import Path

import pandas as pd
import pytest
import situations as made
from conftest import GEODATA, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from mapapp.errors import SituationError
from mapapp.situation.cells import LONG
from mapapp.situation.readers import Content, read_folder
from mapapp.situation.schema import TABLES
from mapapp.situation.situation import assemble, load
from mapapp.situation.wording import visible

FEW = settings(max_examples=40)
DIRTY = sorted((ROOT.parent / "shared" / "real" / "dirty" / "geojson").glob("*.geojson"))
HOSTILE = [
    '<img src=x onerror="alert(1)">', "</script><script>alert(1)</script>", "`${alert(1)}`", "'; DROP TABLE events; --",
    '"quoted", with a comma', "=HYPERLINK(1)", "two\nlines", "سجن الحسكة", "../../etc/passwd", "{{7*7}}", "%s%n",
]  # fmt: skip
TEXTS = {name: [one.name for one in TABLES[name].columns if one.kind == "text"] for name in TABLES}
FRAMES = {
    "camps": "facilities",
    "cities": "places",
    "control_zones": "zones",
    "events": "events",
    "figures": "figures",
    "sources": "sources",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return made.make(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def contents(folder):
    return read_folder(folder)


@pytest.fixture
def copy(folder, tmp_path):
    return shutil.copytree(folder, tmp_path / "copy")


def fill(folder, name, text):
    """Put a text into every text field of the first record of a table; give the id of the record."""
    file, key = TABLES[name].file, TABLES[name].key
    if TABLES[name].geometry:
        layer = made.load_layer(folder, file)
        layer["features"][0]["properties"] |= dict.fromkeys(TEXTS[name], text)
        made.save_layer(folder, file, layer)
        return layer["features"][0]["properties"][key]
    columns, rows = made.load_rows(folder, file)
    rows[0] |= dict.fromkeys(TEXTS[name], text)
    made.save_rows(folder, file, columns, rows)
    return rows[0][key]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_text_field_is_text(copy, text):
    (copy / "conflicts.csv").unlink()  # without a list of questions any name of one will do
    filled = {name: fill(copy, name, text) for name in FRAMES}
    situation = load(copy)
    assert situation.problems == ()
    for name, record in filled.items():
        found = getattr(situation, FRAMES[name]).loc[record]
        assert all(found[column] == text for column in TEXTS[name])


def changed(contents, **files):
    """The situation of a folder in which some files hold other bytes (name of the table or `toml` -> bytes)."""
    named = {("situation.toml" if name == "toml" else TABLES[name].file): data for name, data in files.items()}
    return assemble(Path("made"), contents | {file: Content(data) for file, data in named.items()})


def layer_with(contents, name, properties):
    layer = json.loads(contents[TABLES[name].file].data)
    layer["features"][0]["properties"] |= properties
    return json.dumps(layer).encode()


def seen(text):
    """What must come back of a text: all of it but what nobody sees."""
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        return None
    return visible(text.replace("\r\n", "\n").replace("\r", "\n")).strip() or None


@FEW
@given(text=st.text(max_size=200))
def test_any_text_comes_back_as_it_was_but_for_what_nobody_sees(contents, text):
    situation = changed(contents, camps=layer_with(contents, "camps", dict.fromkeys(TEXTS["camps"][1:], text)))
    found = situation.facilities.loc["east-camp"]
    assert {found[name] for name in TEXTS["camps"][1:]} == {seen(text)}
    assert bool(situation.problems) == (seen(text) != (text.replace("\r\n", "\n").replace("\r", "\n").strip() or None))


@FEW
@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=100))
def test_any_text_in_a_row_comes_back(contents, text):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([["source_id", "title", "notes"], ["S1", "one", text], ["S2", "two", ""], ["S3", "three", text]])
    situation = changed(contents, sources=out.getvalue().encode())
    assert list(situation.sources["notes"]) == [seen(text), None, seen(text)]


def test_a_long_text_is_kept_whole_and_pointed_out(copy):
    made.cell("sources.csv", "S1", "title", "x" * LONG)(copy)
    assert load(copy).problems == ()
    made.cell("sources.csv", "S1", "title", "x" * (LONG + 1))(copy)
    situation = load(copy)
    assert len(situation.sources.loc["S1", "title"]) == LONG + 1
    assert [problem.severity for problem in situation.problems] == ["warning"]


@pytest.mark.parametrize("name", ["cities", "control_zones", "events"])
@FEW
@given(start=st.floats(0, 1), length=st.integers(0, 300), instead=st.binary(max_size=8), rest=st.booleans())
def test_a_file_that_is_damaged_anywhere_is_never_raised_on(contents, name, start, length, instead, rest):
    data = contents[TABLES[name].file].data
    at = int(start * len(data))
    situation = changed(contents, **{name: data[:at] + instead + (data[at + length :] if rest else b"")})
    assert situation.title == "A made-up valley"
    for problem in situation.problems:
        assert problem.reason.endswith((".", "?"))
        assert visible(problem.reason) == problem.reason
        assert len(problem.reason.splitlines()) == 1


@FEW
@given(name=st.sampled_from(list(TABLES)), data=st.binary(max_size=300))
def test_no_bytes_are_ever_raised_on(contents, name, data):
    situation = changed(contents, **{name: data})
    assert any(problem.file == TABLES[name].file for problem in situation.problems)


@FEW
@given(data=st.binary(max_size=100) | st.text(alphabet='[]="\n.#a1-', max_size=60).map(str.encode))
def test_no_bytes_of_situation_toml_are_raised_on_but_as_a_sentence(contents, data):
    try:
        situation = changed(contents, toml=data)
    except SituationError as error:
        assert "\n" not in str(error)
    else:
        assert situation.problems


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)
GEOMETRY = st.fixed_dictionaries(
    {"type": st.sampled_from(["Point", "MultiPoint", "LineString", "Polygon", "MultiPolygon", "GeometryCollection"])},
    optional={"coordinates": JSON},
)


@FEW
@given(name=st.sampled_from(["camps", "control_zones"]), properties=JSON, geometry=GEOMETRY | JSON, crs=JSON)
def test_no_json_is_raised_on(contents, name, properties, geometry, crs):
    layer = json.loads(contents[TABLES[name].file].data)
    layer["features"].append({"type": "Feature", "properties": properties, "geometry": geometry})
    situation = changed(contents, **{name: json.dumps({**layer, "crs": crs}).encode()})
    assert any(problem.file == TABLES[name].file for problem in situation.problems)


@FEW
@given(cells=st.lists(JSON, min_size=40, max_size=40))
def test_any_value_in_any_property_is_read_or_reported(contents, cells):
    names = [name for name in TABLES["cities"].names if name != "place_id"]
    data = layer_with(contents, "cities", dict(zip(names, cells, strict=False)))
    situation = changed(contents, cities=data)
    assert "alpha" in situation.places.index or any(problem.record == "alpha" for problem in situation.problems)


@pytest.mark.skipif(not DIRTY, reason="the broken files of other projects are not on this machine")
@pytest.mark.parametrize("path", DIRTY, ids=lambda path: path.name)
def test_broken_files_of_other_projects(path, copy):
    shutil.copyfile(path, copy / "camps.geojson")
    situation = load(copy)
    found = [problem for problem in situation.problems if problem.file == "camps.geojson"]
    assert found
    assert all(problem.reason.endswith((".", "?")) for problem in found)
    assert list(situation.facilities.index) == ["old-prison"]


def test_the_types_of_the_columns(folder):
    situation = load(folder)
    kinds = {"date": "datetime64[s]", "int": "Int64", "float": "float64", "bool": "boolean"}
    tables = {"camps": situation.facilities, "cities": situation.places, "control_zones": situation.zones,
              "events": situation.events, "figures": situation.figures, "sources": situation.sources}  # fmt: skip
    for name, frame in tables.items():
        assert frame.index.name == TABLES[name].key
        for column in TABLES[name].columns[1:]:
            assert str(frame[column.name].dtype) == kinds.get(column.kind, "object"), column.name
    assert situation.facilities.crs == situation.zones.crs == "EPSG:4326"
    assert situation.events.loc["E1", "event_date"] is pd.NaT
    assert situation.events.loc["E1", "facility_id"] is None
    assert situation.events.loc["E2", "source_ids"] == ("S1", "S2")
    assert situation.zones.loc["Z1", "source_ids"] == ()
    assert bool(situation.sources.loc["S3", "used"]) is False


def test_a_situation_without_records_has_the_same_columns(folder, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "situation.toml").write_text(made.TOML, "utf-8")
    for table in TABLES.values():
        layer = json.dumps({"type": "FeatureCollection", "features": []})
        (empty / table.file).write_text(layer if table.geometry else ",".join(table.names) + "\n", "utf-8")
    situation, full = load(empty), load(folder)
    assert situation.problems == ()
    for name in FRAMES.values():
        assert getattr(situation, name).dtypes.equals(getattr(full, name).dtypes), name


def test_a_byte_order_mark_and_trailing_commas_are_no_fault(copy):
    lines = (copy / "sources.csv").read_text("utf-8").splitlines()
    (copy / "sources.csv").write_text("\ufeff" + "\r\n".join(f"{line},," for line in lines) + "\r\n,,,\r\n", "utf-8")
    assert load(copy).problems == ()


def test_rows_are_counted_as_a_spreadsheet_shows_them(copy):
    with (copy / "sources.csv").open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["S4", "a title\nof two lines", *[""] * 11])
        file.write("\r\n")
        writer.writerow(["", "the seventh row", *[""] * 11])
    situation = load(copy)
    assert [problem.record for problem in situation.problems] == ["row 7"]
    assert situation.sources.loc["S4", "title"] == "a title\nof two lines"


def test_reading_goes_on_after_a_row_that_cannot_be_read(copy):
    lines = (copy / "sources.csv").read_text("utf-8").splitlines()
    lines.insert(2, '"S8,a quotation mark is left open,,,,,,,,,,,')
    (copy / "sources.csv").write_text("\n".join(lines) + "\n", "utf-8")
    situation = load(copy)
    assert list(situation.sources.index) == ["S1", "S2", "S3"]
    assert [problem.record for problem in situation.problems] == ["row 3"]


def test_the_digest_tells_contents_apart_and_nothing_else(copy, folder):
    before = load(copy).digest
    assert before == load(folder).digest
    (copy / "notes.txt").write_text("not part of the situation", "utf-8")
    assert load(copy).digest == before
    with (copy / "sources.csv").open("a") as file:
        file.write("\n")
    assert load(copy).digest != before


def test_days_that_are_not_said_are_those_of_the_records(copy):
    made.text("situation.toml", "first_day = 2026-01-01\nlast_day = 2026-03-31\n", "")(copy)
    situation = load(copy)
    assert (str(situation.first_day), str(situation.last_day)) == ("2025-06-01", "2026-02-10")
    assert {problem.field for problem in situation.problems} == {"first_day", "last_day"}


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(SituationError, match="There is no folder"):
        load(tmp_path / "nowhere")


def test_the_bundled_situation_has_gaps_but_no_faults():
    situation = load()
    assert situation.folder == GEODATA
    assert {problem.severity for problem in situation.problems} == {"note"}
    assert situation.not_shown == len(situation.problems)
    assert set(situation.basemap) == {"land", "countries", "borders", "governorate_lines", "rivers", "lakes"}


def test_the_bundled_situation_loads_in_less_than_a_second_of_work():
    load()
    began = time.process_time()
    load()
    assert time.process_time() - began < 1
