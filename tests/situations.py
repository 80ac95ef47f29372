"""A small made-up situation without a fault, and edits that put one fault into it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mapapp.situation.schema import TABLES

Edit = Callable[[Path], None]

TOML = """\
[situation]
id = "made-up"
title = "A made-up valley"
first_day = 2026-01-01
last_day = 2026-03-31
organisation = "Nobody"
disclaimer = "Made up for tests."
licence = "CC0"
credits = ["Nobody"]
tlp = "CLEAR"

[zones]
area = "Northland"
reach_km = 30
neighbourhood_reach_km = 2
barriers = []

[[actor]]
id = "NORTH"
name = "Northern force"
colour = "#e8a800"
hatch = "diagonal"
kind = "party"

[[actor]]
id = "SOUTH"
name = "Southern force"
colour = "#00805f"
kind = "party"

[[actor]]
id = "NONE"
name = "Nobody"
colour = "#666666"
kind = "none"

[[aggregate]]
id = "all-camps"
name = "All camps together"
"""
POINT = {"geo_precision": "1", "geo_radius_km": 1, "country": "Northland"}
SQUARE = [[[40.0, 36.0], [41.0, 36.0], [41.0, 37.0], [40.0, 37.0], [40.0, 36.0]]]

LAYERS: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "camps": [
        ({"facility_id": "east-camp", "name": "East camp", "name_ar": "المخيم الشرقي", "facility_type": "camp",
          "place_id": "alpha", "source_ids": "S1;S2", **POINT}, [40.61, 36.41]),
        ({"facility_id": "west-camp", "name": "West camp", "facility_type": "camp", "place_id": "beta",
          "source_ids": "S2", **POINT}, [40.22, 36.32]),
    ],
    "prisons": [
        ({"facility_id": "old-prison", "name": "Old prison", "facility_type": "prison", "place_id": "gamma",
          "source_ids": "S1", **POINT}, [40.83, 36.73]),
    ],
    "cities": [
        ({"place_id": "alpha", "name": "Alpha", "name_ar": "ألفا", "place_type": "town", "population": 12000,
          "source_ids": "S1", **POINT}, [40.6, 36.4]),
        ({"place_id": "beta", "name": "Beta", "place_type": "city", "source_ids": "S1", **POINT}, [40.2, 36.3]),
        ({"place_id": "gamma", "name": "Gamma", "place_type": "town", "source_ids": "S2", **POINT}, [40.8, 36.7]),
    ],
    "control_zones": [
        ({"zone_id": "Z1", "holder": "NORTH", "valid_to": "2026-01-20", "event_ids": "E1"}, SQUARE),
        ({"zone_id": "Z2", "holder": "SOUTH", "valid_from": "2026-01-20", "event_ids": "E1;E2"}, SQUARE),
    ],
}  # fmt: skip

ROWS: dict[str, list[dict[str, str]]] = {
    "events": [
        {"event_id": "E1", "event_type": "control", "sub_event_type": "baseline", "title": "The north holds Alpha",
         "place_id": "alpha", "holder_after": "NORTH", "source_ids": "S1"},
        {"event_id": "E2", "event_date": "2026-01-20", "event_type": "control", "sub_event_type": "change",
         "title": "The south takes Alpha", "place_id": "alpha", "holder_before": "NORTH", "holder_after": "SOUTH",
         "source_ids": "S1;S2"},
        {"event_id": "E3", "event_date": "2025-06-01", "valid_to": "2026-01-20", "event_type": "custody",
         "sub_event_type": "guard", "title": "The north guards East camp", "facility_id": "east-camp",
         "guard_after": "NORTH", "source_ids": "S1"},
        {"event_id": "E4", "event_date": "2026-01-21", "event_type": "status", "sub_event_type": "lockdown",
         "title": "Old prison is locked", "facility_id": "old-prison", "status_after": "lockdown", "source_ids": "S2"},
        {"event_id": "E5", "event_date": "2026-01-19", "end_date": "2026-01-20", "date_earliest": "2026-01-19",
         "date_latest": "2026-01-20", "reported_on": "2026-01-20", "event_type": "security", "title": "An escape",
         "facility_id": "old-prison", "quantity": "escaped", "low": "120", "best": "200", "high": "1500",
         "qualifier": "range", "unit": "persons", "cumulative": "no", "claimed_by": "both sides",
         "conflict_group": "Q1", "source_ids": "S2"},
        {"event_id": "E6", "event_date": "2026-02-10", "event_type": "movement", "title": "Families are moved",
         "facility_id": "east-camp", "to_facility_id": "west-camp", "latitude": "36.35", "longitude": "40.4",
         "source_ids": "S2"},
    ],
    "figures": [
        {"figure_id": "P1", "facility_id": "east-camp", "as_of_date": "2026-01-10", "reported_on": "2026-01-12",
         "low": "2000", "best": "2100", "high": "2200", "source_ids": "S1"},
        {"figure_id": "P2", "facility_id": "west-camp", "as_of_date": "2026-02-12", "best": "900", "source_ids": "S2"},
        {"figure_id": "P3", "facility_id": "all-camps", "as_of_date": "2026-02-20", "families_low": "300",
         "families_high": "400", "qualifier": "about", "source_ids": "S2"},
    ],
    "sources": [
        {"source_id": "S1", "title": "A report", "url": "https://example.org/1", "published_on": "2026-01-12",
         "source_reliability": "B", "used": "yes"},
        {"source_id": "S2", "title": "Another report", "url": "https://example.org/2", "used": "yes"},
        {"source_id": "S3", "title": "A report that nothing rests on", "used": "no"},
    ],
    "conflicts": [{"conflict_group": "Q1", "topic": "How many escaped"}],
}  # fmt: skip


def make(folder: Path) -> Path:
    """Write the situation into a folder and give the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "situation.toml").write_text(TOML, "utf-8")
    for name, records in LAYERS.items():
        features = [feature(properties, place) for properties, place in records]
        save_layer(folder, TABLES[name].file, {"type": "FeatureCollection", "features": features})
    for name, rows in ROWS.items():
        save_rows(folder, TABLES[name].file, list(TABLES[name].names), rows)
    return folder


def feature(properties: dict[str, Any], place: Any) -> dict[str, Any]:
    kind = "Point" if isinstance(place[0], float) else "Polygon"
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": place}}


def save_layer(folder: Path, file: str, layer: dict[str, Any]) -> None:
    (folder / file).write_text(json.dumps(layer, ensure_ascii=True, indent=1), "utf-8")


def save_rows(folder: Path, file: str, columns: list[str], rows: list[dict[str, str]]) -> None:
    with (folder / file).open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        writer.writerows(rows)


def load_layer(folder: Path, file: str) -> dict[str, Any]:
    layer: dict[str, Any] = json.loads((folder / file).read_text("utf-8"))
    return layer


def load_rows(folder: Path, file: str) -> tuple[list[str], list[dict[str, str]]]:
    with (folder / file).open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source)
        rows = list(reader)
        return list(reader.fieldnames or []), rows


def table_of(file: str) -> str:
    return next(name for name, table in TABLES.items() if table.file == file)


def put(file: str, content: str | bytes) -> Edit:
    """Replace a file."""
    data = content.encode() if isinstance(content, str) else content
    return lambda folder: _write(folder / file, data)


def drop(file: str) -> Edit:
    """Delete a file."""
    return lambda folder: (folder / file).unlink()


def text(file: str, old: str, new: str) -> Edit:
    """Replace a piece of a file, which must be there."""

    def edit(folder: Path) -> None:
        before = (folder / file).read_text("utf-8")
        assert old in before, f"{file} does not hold {old!r}"
        _write(folder / file, before.replace(old, new, 1).encode("utf-8", "surrogateescape"))

    return edit


def cell(file: str, record: str, column: str, value: Any) -> Edit:
    """Put a value into one cell of a CSV file, or into one property of a GeoJSON file."""
    key = TABLES[table_of(file)].key

    def edit_rows(folder: Path) -> None:
        columns, rows = load_rows(folder, file)
        next(row for row in rows if row[key] == record)[column] = value
        save_rows(folder, file, columns, rows)

    def edit_layer(folder: Path) -> None:
        layer = load_layer(folder, file)
        _found(layer, key, record)["properties"][column] = value
        save_layer(folder, file, layer)

    return edit_rows if file.endswith(".csv") else edit_layer


def place(file: str, record: str, geometry: Any) -> Edit:
    """Give a feature another geometry."""

    def edit(folder: Path) -> None:
        layer = load_layer(folder, file)
        _found(layer, TABLES[table_of(file)].key, record)["geometry"] = geometry
        save_layer(folder, file, layer)

    return edit


def both(*edits: Edit) -> Edit:
    """One edit after the other."""

    def edit(folder: Path) -> None:
        for one in edits:
            one(folder)

    return edit


def add_row(file: str, **values: str) -> Edit:
    """Add a row at the end of a CSV file."""

    def edit(folder: Path) -> None:
        columns, rows = load_rows(folder, file)
        save_rows(folder, file, columns, [*rows, values])

    return edit


def add_feature(file: str, properties: Any, geometry: Any = None) -> Edit:
    """Add a feature at the end of a GeoJSON file; without properties, null in the place of one."""
    added = properties and {"type": "Feature", "properties": properties, "geometry": geometry}

    def edit(folder: Path) -> None:
        layer = load_layer(folder, file)
        save_layer(folder, file, {**layer, "features": [*layer["features"], added]})

    return edit


def member(file: str, **members: Any) -> Edit:
    """Add a member to a feature collection."""
    return lambda folder: save_layer(folder, file, {**load_layer(folder, file), **members})


def _found(layer: dict[str, Any], key: str, record: str) -> dict[str, Any]:
    one: dict[str, Any] = next(one for one in layer["features"] if one["properties"][key] == record)
    return one


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
