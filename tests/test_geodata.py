"""The bundled records: every one rests on a source, points at things that exist, and names no private person."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import tomllib

import pytest
from conftest import GEODATA
from shapely import LineString, Point, box
from shapely.geometry import shape
from shapely.ops import split

from mapapp.situation.schema import TABLES

COMMITTED = [table for name, table in TABLES.items() if name != "control_zones"]
COUNTS = {"camps": 17, "prisons": 21, "cities": 97, "events": 420, "figures": 109, "sources": 355, "conflicts": 29}
PRIVATE = {
    "b5679ea7383b47df",
    "24d07ea61dd19955",
    "433d6f83a41fb819",
    "47c761387ae6ee60",
    "645052ead49f23eb",
    "94f4710a1044727b",
    "9f04291f95d0c13c",
    "b0c82edad5c5f2d9",
    "d47129cb34a4ef8d",
    "ebe5f0bf0ab487ac",
    "f9295db2b0c6983c",
}
"""The names of private persons that sources mention, as the start of the SHA-256 of each word in small letters."""


def features(file: str) -> list[dict]:
    return json.loads((GEODATA / file).read_text("utf-8"))["features"]


def rows(name: str) -> list[dict[str, str]]:
    table = TABLES[name]
    if table.geometry:
        return [
            {key: "" if value is None else str(value) for key, value in feature["properties"].items()}
            for feature in features(table.file)
        ]
    with (GEODATA / table.file).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ids(name: str) -> set[str]:
    if name == "aggregate":
        return {entry["id"] for entry in settings()["aggregate"]}
    return {row[TABLES[name].key] for row in rows(name)}


def settings() -> dict:
    return tomllib.loads((GEODATA / "situation.toml").read_text("utf-8"))


def readme() -> str:
    return (GEODATA / "README.md").read_text("utf-8")


def claims() -> dict[str, str]:
    """The last cell of each line of the table of the seed article's claims."""
    lines = [line.strip("| ").split(" | ") for line in readme().splitlines() if line.startswith("| SC")]
    assert all(len(cells) == 3 for cells in lines)
    return {cells[0]: cells[2] for cells in lines}


each_table = pytest.mark.parametrize("table", COMMITTED, ids=lambda table: table.name)


@each_table
def test_columns_and_number_of_records(table):
    records = rows(table.name)
    assert all(tuple(record) == table.names for record in records)
    assert len(records) == COUNTS[table.name] == len(ids(table.name))


@each_table
def test_every_reference_leads_somewhere(table):
    for column in table.columns:
        if column.kind in {"ref", "refs"}:
            known = set().union(*(ids(name) for name in column.refers_to))
            for record in rows(table.name):
                cited = {part for part in record[column.name].split(";") if part}
                assert cited <= known, f"{record[table.key]} {column.name}: {cited - known}"


@each_table
def test_every_record_has_what_it_must(table):
    for column in table.columns:
        if column.required:
            assert all(record[column.name] for record in rows(table.name)), column.name


@pytest.mark.parametrize("name", ["camps", "prisons", "cities"])
def test_a_point_says_how_well_it_is_known(name):
    for feature in features(TABLES[name].file):
        about = feature["properties"]
        if feature["geometry"] is None:
            assert about["geo_precision"] is None
        else:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert box(32, 31, 47, 40).contains(Point(longitude, latitude)), about
            assert about["geo_precision"] in {"1", "2", "3"}
            assert about["geo_radius_km"] > 0
            assert about["geo_source"]


def test_every_facility_but_the_unverified_one_is_there():
    facilities = ids("camps") | ids("prisons")
    assert len(facilities) == 38
    assert {"al-hol", "roj", "shaddadi-prison", "aqtan", "sinaa", "orkesh", "karkh"} <= facilities
    assert "kobani-prison" not in facilities
    assert not facilities & ids("aggregate")
    assert len(ids("aggregate")) == 5


def test_no_private_person_is_named():
    for path in [*GEODATA.glob("*.*"), *(GEODATA / "basemap").glob("*.md")]:
        if path.name == "control_zones.geojson":
            continue
        for word in set(re.findall(r"[^\W\d_]+", path.read_text("utf-8").lower())):
            assert hashlib.sha256(word.encode()).hexdigest()[:16] not in PRIVATE, f"{path.name}: {word}"


def test_dates_are_full_and_in_order():
    for table in COMMITTED:
        dates = [column.name for column in table.columns if column.kind == "date"]
        for record in rows(table.name):
            assert all(re.fullmatch(r"(\d{4}-\d\d-\d\d)?", record[name]) for name in dates), record[table.key]
    for event in rows("events"):
        for later in ("end_date", "valid_to"):
            if event["event_date"] and event[later]:
                assert event["event_date"] <= event[later], event["event_id"]


def test_actors_are_those_of_the_situation_and_look_different():
    actors = settings()["actor"]
    known = {actor["id"] for actor in actors}
    for event in rows("events"):
        assert {event[f"{what}_after"] for what in ("holder", "guard", "operator")} <= known | {""}, event["event_id"]
    assert len({actor["colour"] for actor in actors}) == len(actors)
    holders = [actor for actor in actors if actor["id"] in {"SDF", "GOV", "TRIBAL", "SHARED", "TUR", "NONE", "IS"}]
    assert len({actor["hatch"] for actor in holders}) == len(holders) == 7


def test_a_record_of_a_state_says_which():
    """A record of another kind sets no state: what happened and what holds from then on are told apart."""
    after = {"control": ["holder_after"], "custody": ["guard_after", "operator_after"], "status": ["status_after"]}
    for event in rows("events"):
        told = {kind for kind, columns in after.items() if any(event[name] for name in columns)}
        silent = event["sub_event_type"] in {"not_established", "withdrawal"}
        assert told == ({event["event_type"]} & after.keys()) or silent, event["event_id"]


def test_claims_that_disagree_stand_side_by_side():
    groups = {record["conflict_group"] for name in ("events", "figures") for record in rows(name)}
    told = groups | set(re.findall(r"CG\d\d", readme()))
    assert {f"CG{n:02d}" for n in range(1, 30)} <= told
    escaped = {e["best"] for e in rows("events") if e["conflict_group"] == "CG01" and e["quantity"] == "escaped"}
    assert escaped == {"1500", "120", "200"}


def test_a_refuted_claim_is_marked_contested_and_refuted():
    for event in rows("events"):
        if event["event_id"] in {"C057", "C059"}:
            assert (event["sub_event_type"], event["claim_state"]) == ("contested", "refuted")


def test_every_claim_of_the_seed_article_leads_to_records():
    table = claims()
    known = set().union(*(ids(name) for name in TABLES if name != "control_zones")) | ids("aggregate")
    known |= {f"CG{n:02d}" for n in range(1, 30)}
    assert list(table) == [f"SC{n:02d}" for n in range(1, 45)]
    for claim, answer in table.items():
        cited = re.findall(r"`([^`]+)`", answer)
        assert set(cited) <= known, f"{claim}: {set(cited) - known}"
    unmapped = {claim for claim, answer in table.items() if "`" not in answer}
    assert unmapped == {"SC16", "SC28", "SC31", "SC33", "SC35", "SC37", "SC38"}


def test_records_that_the_readme_names_exist():
    known = set().union(*(ids(name) for name in ("events", "sources", "figures")))
    for cited in re.findall(r"`((?:[CEHTSP]\d{3}|[BFN]-[a-z0-9-]+))`", readme()):
        assert cited in known, cited


def test_the_euphrates_is_one_line_that_cuts_the_country_in_two_and_banks_agree_with_it():
    river = [f for f in features("basemap/rivers.geojson") if f["properties"]["name"] == "Euphrates"]
    assert len(river) == 1
    country = next(f for f in features("basemap/countries.geojson") if f["properties"]["name"] == "Syria")
    line = LineString(river[0]["geometry"]["coordinates"])
    halves = list(split(shape(country["geometry"]), line).geoms)
    assert len(halves) == 2
    left = next(half for half in halves if half.contains(Point(40.7477, 36.5024)))
    right = next(half for half in halves if half is not left)
    ground = {"city", "town", "village", "neighbourhood"}
    for place in features("cities.geojson"):
        about = place["properties"]
        if place["geometry"] and about["country"] == "Syria" and about["place_type"] in ground:
            wrong = right if about["bank"] == "left" else left
            assert not wrong.contains(shape(place["geometry"])), about["place_id"]
