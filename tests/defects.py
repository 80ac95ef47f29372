"""Broken situation folders as data: one defect each, and the one Problem that must come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import situations as made
from situations import add_feature, add_row, both, cell, drop, member, place, put, text

CAMPS, PRISONS, CITIES, ZONES = "camps.geojson", "prisons.geojson", "cities.geojson", "control_zones.geojson"
EVENTS, FIGURES, SOURCES, TOML = "events.csv", "figures.csv", "sources.csv", "situation.toml"
CONFLICTS = "conflicts.csv"
FRAMES = {CAMPS: "facilities", PRISONS: "facilities", CITIES: "places", ZONES: "zones", EVENTS: "events",
          FIGURES: "figures", SOURCES: "sources", CONFLICTS: "conflicts"}  # fmt: skip
RECORDS = {
    CAMPS: ("east-camp", "west-camp"),
    PRISONS: ("old-prison",),
    CITIES: ("alpha", "beta", "gamma"),
    ZONES: ("Z1", "Z2"),
    EVENTS: ("E1", "E2", "E3", "E4", "E5", "E6"),
    FIGURES: ("P1", "P2", "P3"),
    SOURCES: ("S1", "S2", "S3"),
    CONFLICTS: ("Q1",),
}
WHOLE = {record for records in RECORDS.values() for record in records}
BOWTIE = {"type": "Polygon", "coordinates": [[[40, 36], [41, 37], [41, 36], [40, 37], [40, 36]]]}
MERCATOR = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
MARS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::999999"}}


def point(*coordinates: Any) -> dict[str, Any]:
    return {"type": "Point", "coordinates": list(coordinates)}


@dataclass(frozen=True)
class Defect:
    """One defect and what must come of it.

    `gone`: the records that are left out. `value`: (table, record, column) -> what stands there after loading.
    """

    name: str
    edit: made.Edit
    file: str
    record: str
    field: str
    phrase: str
    severity: str = "error"
    hidden: bool = False
    gone: frozenset[str] = frozenset()
    value: tuple[str, str, str, Any] | None = None


def whole_file(name: str, edit: made.Edit, file: str, phrase: str, column: str = "", *gone: str) -> Defect:
    """A defect by which nothing of a file can be read."""
    return Defect(name, edit, file, "", column, phrase, hidden=True, gone=frozenset(gone or RECORDS[file]))


def one_record(name: str, edit: made.Edit, file: str, record: str, column: str, phrase: str, *gone: str) -> Defect:
    """A defect by which a record cannot be read."""
    return Defect(name, edit, file, record, column, phrase, hidden=True, gone=frozenset(gone))


def bad_cell(name: str, at: str, value: Any, phrase: str, becomes: Any = None, **more: Any) -> Defect:
    """A bad value `at` file/record/column: the record goes on without it."""
    file, record, column = at.split("/")
    after = (FRAMES[file], record, column, becomes)
    return Defect(name, cell(file, record, column, value), file, record, column, phrase, value=after, **more)


def fatal_cell(name: str, at: str, value: Any, phrase: str) -> Defect:
    """A bad value `at` file/record/column without which the record says nothing, or says too much."""
    file, record, column = at.split("/")
    return one_record(name, cell(file, record, column, value), file, record, column, phrase, record)


def bad_point(name: str, geometry: Any, phrase: str, severity: str = "error") -> Defect:
    """A bad point of East camp: the camp stays on the board and is off the map, if the point cannot be used."""
    edit = place(CAMPS, "east-camp", geometry)
    return Defect(name, edit, CAMPS, "east-camp", "geometry", phrase, severity, hidden=severity == "error")


def bad_zone(name: str, geometry: Any, phrase: str, severity: str = "error") -> Defect:
    """A bad outline of zone Z1: without one it is no zone."""
    gone = frozenset({"Z1"} if severity == "error" else ())
    edit = place(ZONES, "Z1", geometry)
    return Defect(name, edit, ZONES, "Z1", "geometry", phrase, severity, hidden=bool(gone), gone=gone)


def toml(name: str, old: str, new: str, record: str, key: str, phrase: str, severity: str = "error") -> Defect:
    """A bad entry of situation.toml: something else stands in for it."""
    return Defect(name, text(TOML, old, new), TOML, record, key, phrase, severity)


def bytewise(file: str, change: Callable[[bytes], bytes]) -> made.Edit:
    return lambda folder: put(file, change((folder / file).read_bytes()))(folder)


NO_FACILITIES = both(
    put(EVENTS, "event_id,title,event_type,source_ids\n"),
    put(FIGURES, "figure_id,facility_id,source_ids\n"),
    text(ZONES, '"E1;E2"', '""'),
    text(ZONES, '"E1"', '""'),
)
"""Nothing that hangs on a facility, so that a missing file of facilities is all there is to say."""
FILES = [
    whole_file("no events file", drop(EVENTS), EVENTS, "file is missing"),
    whole_file("no camps file", both(drop(CAMPS), NO_FACILITIES), CAMPS, "file is missing", "",
               *RECORDS[CAMPS], *RECORDS[EVENTS], *RECORDS[FIGURES]),
    whole_file("no sources file", drop(SOURCES), SOURCES, "17 links to it are left out with it"),
    Defect("no zones file", drop(ZONES), ZONES, "", "", "who holds the ground is then unknown", "warning",
           gone=frozenset(RECORDS[ZONES])),
    whole_file("a folder for a file", both(drop(SOURCES), lambda at: (at / SOURCES).mkdir()), SOURCES, "not a file"),
    whole_file("an empty file", put(PRISONS, b""), PRISONS, "empty"),
    whole_file("a truncated file", bytewise(PRISONS, lambda data: data[:200]), PRISONS, "broken off or mistyped near"),
    whole_file("JSON that is no layer", put(PRISONS, '{"type": "Topology"}'), PRISONS, 'of the type "Topology"'),
    whole_file("UTF-16", bytewise(SOURCES, lambda data: data.decode().encode("utf-16")), SOURCES, "UTF-16"),
    whole_file("a workbook under a CSV name", put(SOURCES, b"PK\x03\x04rest"), SOURCES, "workbook"),
    whole_file("semicolons", bytewise(SOURCES, lambda data: data.replace(b",", b";")), SOURCES, "by semicolons"),
    whole_file("another table", put(SOURCES, "a,b\n1,2\n"), SOURCES, "none of the columns of this file"),
    one_record("bytes that are not UTF-8", bytewise(SOURCES, lambda data: data.replace(b"rests on", b"\xe9tait")),
               SOURCES, "S3", "title", "not UTF-8", "S3"),
    one_record("a broken base map", both(lambda at: (at / "basemap").mkdir(), put("basemap/land.geojson", "{")),
               "basemap/land.geojson", "", "", "not GeoJSON"),
]  # fmt: skip
UNNAMED = bytewise(SOURCES, lambda data: data.replace(b"tlp", b"tlp,").replace(b",,\r", b",,,x\r"))
COLUMNS = [
    whole_file("a needed column is missing", text(SOURCES, "title,", "titel,"), SOURCES,
               'a column "titel": is it the same? 17 links to it', "title"),
    whole_file("a column twice", text(SOURCES, "title_basis", "title"), SOURCES, '"title" is there twice'),
    Defect("a column nobody knows", text(EVENTS, "operator_after", "operator_aftr"), EVENTS, "", "operator_aftr",
           'Did you mean "operator_after"?', "warning"),
    Defect("a column without a name", UNNAMED, SOURCES, "", "", "column without a name", "warning"),
    Defect("a property nobody knows", cell(CAMPS, "east-camp", "colour", "red"), CAMPS, "", "colour", "not known here",
           "warning"),
    one_record("a comma too many", text(SOURCES, "A report that", "A report, that"), SOURCES, "S3", "",
               "14 cells, the header has 13", "S3"),
    one_record("a comma too few", text(SOURCES, "S3,A", "S3 A"), SOURCES, "row 4", "", "A comma is missing", "S3"),
    one_record("a quotation mark left open", text(SOURCES, "A report that", '"A report that'), SOURCES, "row 4", "",
               "quotation mark", "S3"),
]  # fmt: skip
TWIN = add_feature(PRISONS, {**made.LAYERS["prisons"][0][0], "facility_id": "west-camp"}, point(40.8, 36.7))
IDS = [
    one_record("an empty id", cell(SOURCES, "S3", "source_id", ""), SOURCES, "row 4", "source_id", "id is empty", "S3"),
    one_record("a blank in an id", cell(SOURCES, "S3", "source_id", "S 3"), SOURCES, "row 4", "source_id", "no blanks",
               "S3"),
    one_record("an id twice", add_row(SOURCES, source_id="S1", title="Twin"), SOURCES, "row 5", "source_id",
               "already that of row 2"),
    one_record("an id of a camp for a prison", TWIN, PRISONS, "feature 2", "facility_id",
               "already that of feature 2 of camps.geojson"),
    bad_cell("no such source", f"{EVENTS}/E2/source_ids", "S1;S9", 'no source "S9" in sources.csv', becomes=("S1",)),
    bad_cell("no such place", f"{CAMPS}/east-camp/place_id", "alfa", 'Did you mean "alpha"?'),
    bad_cell("no such facility", f"{EVENTS}/E6/to_facility_id", "westcamp", 'Did you mean "west-camp"?'),
    bad_cell("no such event", f"{ZONES}/Z1/event_ids", "E99", 'no event "E99"', becomes=()),
    bad_cell("a part of no record", f"{EVENTS}/E6/part_of_id", "E99", 'no event "E99"'),
    fatal_cell("a figure of no facility", f"{FIGURES}/P2/facility_id", "nowhere", "The record is left out"),
    bad_cell("a record that replaces itself", f"{EVENTS}/E5/supersedes_id", "E5", "E5 replaces E5"),
    bad_cell("a record that is part of itself", f"{EVENTS}/E5/part_of_id", "E5", "E5 is part of E5"),
    bad_cell("no such question", f"{EVENTS}/E5/conflict_group", "Q2", 'no question "Q2" in conflicts.csv', becomes="Q2",
             severity="warning"),
    bad_cell("a question about no facility", f"{CONFLICTS}/Q1/facility_ids", "east-camp;x", 'no facility "x" in camps',
             becomes=("east-camp",)),
    Defect("records that replace one another", both(cell(EVENTS, "E5", "supersedes_id", "E6"),
           cell(EVENTS, "E6", "supersedes_id", "E5")), EVENTS, "E5", "supersedes_id", "in a circle",
           value=("events", "E6", "supersedes_id", None)),
]  # fmt: skip
CODES = [
    bad_cell("an unknown actor", f"{EVENTS}/E2/holder_after", "SOUHT", 'Did you mean "SOUTH"?'),
    fatal_cell("a zone of an unknown actor", f"{ZONES}/Z2/holder", "WEST", "not in situation.toml"),
    bad_cell("an unknown code", f"{EVENTS}/E4/status_after", "lock-down", 'Did you mean "lockdown"?'),
    fatal_cell("an unknown code that is needed", f"{PRISONS}/old-prison/facility_type", "hotel", "Known are: camp"),
    bad_cell("an unknown sharing level", f"{FIGURES}/P2/tlp", "WHITE", "not known here"),
    fatal_cell("an empty text that is needed", f"{CITIES}/gamma/name", " ", "value is empty"),
    fatal_cell("a question without a topic", f"{CONFLICTS}/Q1/topic", "", "value is empty"),
    fatal_cell("no source", f"{EVENTS}/E5/source_ids", "", "value is empty"),
    bad_cell("neither yes nor no", f"{SOURCES}/S3/used", "perhaps", "neither yes nor no"),
    bad_cell("a script for an address", f"{SOURCES}/S1/url", "javascript:alert(1)", "not a web address"),
    bad_cell("a list for a text", f"{CAMPS}/east-camp/notes", ["a"], "a list"),
    bad_cell("a number for a text", f"{CAMPS}/east-camp/notes", 7, "kept as text", becomes="7", severity="warning"),
    bad_cell("a state that is not said", f"{EVENTS}/E4/status_after", "", "changes nothing", severity="warning"),
]  # fmt: skip
REPORTED = f"{EVENTS}/E5/reported_on"
DATES = [
    bad_cell("a day with two readings", REPORTED, "03/04/2026",
             "can be read as 3 April or 4 March. Write it as 2026-04-03 or 2026-03-04"),
    bad_cell("a day the wrong way round", REPORTED, "20/01/2026", "Write it as 2026-01-20"),
    bad_cell("month 13", REPORTED, "2026-13-01", "months go from 01 to 12"),
    bad_cell("30 February", REPORTED, "2026-02-30", "February 2026 has 28 days"),
    bad_cell("a day without hyphens", REPORTED, "20260120", "Write it as 2026-01-20"),
    bad_cell("a day as spreadsheets count", REPORTED, "46042", "Write it as 2026-01-20"),
    bad_cell("a day in words", REPORTED, "20 January 2026", "Write it as 2026-01-20"),
    bad_cell("only a month", REPORTED, "2026-01", "names no day"),
    bad_cell("a day with a time", REPORTED, "2026-01-20T14:30:00Z", "Only the day is used", severity="warning",
             becomes=pd.Timestamp("2026-01-20")),
    bad_cell("a time in another zone", REPORTED, "2026-01-20T23:30:00-05:00", "cannot be read as a day"),
    bad_cell("reported before it happened", REPORTED, "2026-01-02", "was reported on 2026-01-02, before"),
    bad_cell("an event that ends too early", f"{EVENTS}/E5/end_date", "2026-01-18", "ends on 2026-01-18"),
    bad_cell("possible days in disorder", f"{EVENTS}/E5/date_latest", "2026-01-18", "latest possible day"),
    bad_cell("an unreadable day of an event", f"{EVENTS}/E5/event_date", "soon", "cannot be read", hidden=True),
    fatal_cell("an unreadable day of a state", f"{EVENTS}/E4/event_date", "soon", "The record is left out"),
    fatal_cell("a state that ends too early", f"{EVENTS}/E3/valid_to", "2025-05-01", "but begins on 2025-06-01"),
    fatal_cell("an unreadable end of a zone", f"{ZONES}/Z1/valid_to", "2026-1-20", "Write it as 2026-01-20. The"),
    fatal_cell("a zone of no day", f"{ZONES}/Z2/valid_to", "2026-01-20", "on 2026-01-20, but begins on 2026-01-20"),
    bad_cell("no day of an event", f"{EVENTS}/E6/event_date", "", "No day is known", severity="note", hidden=True),
    bad_cell("no day of a figure", f"{FIGURES}/P2/as_of_date", "", "No day is known", severity="note", hidden=True),
]  # fmt: skip
NUMBERS = [
    bad_cell("words for a number", f"{EVENTS}/E5/best", "many", "not a whole number"),
    bad_cell("half a person", f"{EVENTS}/E5/best", "200.5", "not a whole number"),
    bad_cell("unknown as a word", f"{EVENTS}/E5/best", "unknown", "Leave the cell empty"),
    bad_cell("a number with separators", f"{EVENTS}/E5/high", "1,500", "such as 1500"),
    bad_cell("Arabic digits", f"{EVENTS}/E5/high", "١٥٠٠", "as 1500"),
    bad_cell("a decimal comma", f"{EVENTS}/E6/latitude", "36,355", "36.355"),
    bad_cell("a count below zero", f"{EVENTS}/E5/low", "-120", "below zero"),
    bad_cell("a count too large", f"{CITIES}/alpha/population", "9" * 30, "too large"),
    bad_cell("low above high", f"{FIGURES}/P3/families_low", "500", "(500) is above that in families_high (400)"),
    bad_cell("a radius below zero", f"{CAMPS}/east-camp/geo_radius_km", -2, "below zero"),
]  # fmt: skip
OPEN_RING = {"type": "Polygon", "coordinates": [made.SQUARE[0][:-1]]}
TWO_CORNERS = {"type": "Polygon", "coordinates": [[[40, 36], [41, 36], [40, 36]]]}
UNPLACED = both(place(CAMPS, "east-camp", None), cell(CAMPS, "east-camp", "geo_precision", None))
IN_METRES = both(member(PRISONS, crs=MERCATOR), place(PRISONS, "old-prison", point(4545175.0, 4405000.0)))
ON_MARS = member(PRISONS, crs=MARS)
SWAPPED = both(cell(EVENTS, "E6", "latitude", "40.4"), cell(EVENTS, "E6", "longitude", "36.35"))
SHAPES = [
    bad_point("swapped coordinates", point(36.41, 40.61), "with the two numbers swapped"),
    bad_point("a latitude out of range", point(40.6, 136.4), "latitude 136.4 is not between -90 and 90"),
    bad_point("a longitude out of range", point(200.0, 36.4), "longitude 200 is not between -180 and 180"),
    bad_point("metres", point(4520000.0, 4350000.0), "look like metres"),
    bad_point("a word for a coordinate", point("40.6", 36.4), 'is "40.6" where a number belongs'),
    bad_point("one number for a point", point(40.6), "not pairs"),
    bad_point("a point far away", point(-40.6, 36.4), "km from the others", "warning"),
    bad_point("an empty geometry", point(), "empty"),
    bad_point("no geometry, yet a precision", None, "There is no point, but geo_precision"),
    bad_point("a line for a point", {"type": "LineString", "coordinates": [[40, 36], [41, 36]]}, "A Point is needed"),
    bad_point("a geometry of no type", {"type": "Circle", "coordinates": [1, 2]}, 'no known type ("Circle")'),
    Defect("no geometry, as said", UNPLACED, CAMPS, "east-camp", "geometry", "not established", "note", hidden=True),
    bad_zone("a point for a zone", point(40.5, 36.5), "A Polygon is needed"),
    bad_zone("no outline", None, "no outline"),
    bad_zone("an outline of two corners", TWO_CORNERS, "fewer than three corners"),
    bad_zone("an outline left open", OPEN_RING, "It was closed", "warning"),
    bad_zone("an outline that crosses itself", BOWTIE,
             "crosses itself at longitude 40.5, latitude 36.5. A repaired copy is used", "warning"),
    Defect("zones that share ground", cell(ZONES, "Z2", "valid_from", "2026-01-10"), ZONES, "Z1", "geometry",
           'It shares 9,941.6 km2 with the zone "Z2" of SOUTH from 2026-01-10 until 2026-01-20', "warning"),
    Defect("another coordinate system", IN_METRES, PRISONS, "", "geometry", "converted to EPSG:4326", "warning"),
    Defect("an unknown coordinate system", ON_MARS, PRISONS, "", "geometry", "not known here", hidden=True),
    Defect("swapped coordinates of an event", SWAPPED, EVENTS, "E6", "longitude", "with the two numbers swapped",
           value=("events", "E6", "latitude", None)),
    Defect("one coordinate of two", cell(EVENTS, "E6", "latitude", ""), EVENTS, "E6", "latitude",
           "empty beside longitude 40.4", value=("events", "E6", "longitude", None)),
    one_record("a feature that is none", add_feature(PRISONS, None), PRISONS, "feature 2", "", "not a Feature"),
]  # fmt: skip
SIGNS = [
    bad_cell("a turned reading direction", f"{SOURCES}/S1/title", "A \u202ereport", "nobody sees", severity="warning",
             becomes="A report"),
    bad_cell("control characters", f"{EVENTS}/E5/notes", "bell\x07", "nobody sees", severity="warning", becomes="bell"),
    bad_cell("a text of 10,000 characters", f"{EVENTS}/E5/title", "x" * 10_000, "10,000 characters long",
             severity="warning", becomes="x" * 10_000),
]  # fmt: skip
MANIFEST = [
    toml("the last day before the first", "2026-03-31", "2025-03-31", "situation", "last_day", "before the first day"),
    toml("a first day in another form", "= 2026-01-01", '= "01/02/2026"', "situation", "first_day", "as 1 February"),
    toml("no title", 'title = "A made-up valley"', "", "situation", "title", "missing"),
    toml("no sharing level", 'tlp = "CLEAR"', "", "situation", "tlp", "RED is used", "warning"),
    toml("an actor without a colour", 'colour = "#00805f"', "", "SOUTH", "colour", "colour is missing"),
    toml("a colour that is none", "#00805f", "green", "SOUTH", "colour", '"green" is not a colour'),
    toml("an unknown hatch", '"diagonal"', '"diagonaly"', "NORTH", "hatch", 'Did you mean "diagonal"?'),
    toml("a part that is no actor", 'id = "SOUTH"', 'id = "SOUTH"\nincludes = ["EAST"]', "SOUTH", "includes", "not in"),
    toml("an actor twice", 'id = "NONE"', 'id = "SOUTH"', "actor 3", "id", '"SOUTH" is there twice'),
    toml("an unknown key", "licence", "license", "situation", "license", 'Did you mean "licence"?', "warning"),
    toml("a reach that is no number", "reach_km = 30", 'reach_km = "far"', "zones", "reach_km", "not a number"),
    toml("an alert from below zero", "barriers = []", "barriers = []\n[alerts]\nfront_km = -1", "alerts", "front_km",
         "not between 0 and 1000"),
    toml("a reach below zero", "reach_km = 30", "reach_km = -30", "zones", "reach_km", "not between 0 and 1000"),
]  # fmt: skip
DEFECTS = [*FILES, *COLUMNS, *IDS, *CODES, *DATES, *NUMBERS, *SHAPES, *SIGNS, *MANIFEST]
