"""A made-up situation whose records came late, were replaced, denied, ended or announced: all that look backs meet."""

from __future__ import annotations

import csv
import json
import random
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

sys.path.append(str(Path(__file__).resolve().parent / "bench"))

import made_up

Row = dict[str, Any]
SITES, PLACES, SOURCES = 24, 4, 2000
SIZE = made_up.Size(facilities=SITES, events=900, units=49, days=120)


def make(folder: Path, seed: int) -> Path:
    """Write the situation; the same seed gives the same one."""
    made_up.make(folder, SIZE)
    chance = random.Random(seed)
    _rewrite(folder / "events.csv", lambda rows: _events(chance, rows))
    _rewrite(folder / "figures.csv", lambda rows: _figures(chance, rows))
    _rewrite(folder / "sources.csv", lambda rows: _sources(chance, rows))
    zones = folder / "control_zones.geojson"
    layer = json.loads(zones.read_text("utf-8"))
    for feature in layer["features"]:  # known from their start, but some rest on a later source too
        feature["properties"]["source_ids"] = "S0;S1" if chance.random() < 0.7 else "S0;S900"
    zones.write_text(json.dumps(layer), "utf-8")
    return folder


def make_with_late_zones(folder: Path, seed: int, by_records: bool = True) -> Path:
    """Write one whose zones were known late, some by records, and overlap, and are drawn in parts here and there."""
    make(folder, seed)
    chance = random.Random(seed)
    zones = folder / "control_zones.geojson"
    layer = json.loads(zones.read_text("utf-8"))
    layer["features"] = [part for feature in layer["features"] for part in _late(chance, feature, by_records)]
    zones.write_text(json.dumps(layer), "utf-8")
    return folder


def _late(chance: random.Random, feature: Row, by_records: bool) -> list[Row]:
    about = feature["properties"]
    about["source_ids"] = f"S{chance.randrange(SOURCES)}"
    if chance.random() < 0.2 and by_records:
        about["event_ids"] = f"E{chance.randrange(SIZE.events)}"
    ring = feature["geometry"]["coordinates"][0]
    (west, south), (east, north) = ring[0], ring[2]
    middle = (west + east) / 2
    east += chance.choice([0, 0, 0, 0.2])
    parts = [(west, middle), (middle, east)] if chance.random() < 0.3 else [(west, east)]
    return [
        {
            "type": "Feature",
            "properties": {**about, "zone_id": f"{about['zone_id']}{'ab'[at]}"},
            "geometry": {"type": "Polygon", "coordinates": [box(left, right, south, north)]},
        }
        for at, (left, right) in enumerate(parts)
    ]


def box(west: float, east: float, south: float, north: float) -> list[tuple[float, float]]:
    """With so many points that it covers as much, whichever other zones it is laid out with."""
    along, up = np.linspace(west, east, 21), np.linspace(south, north, 21)
    sides = (
        (along, along * 0 + south),
        (up * 0 + east, up),
        (along[::-1], along * 0 + north),
        (up * 0 + west, up[::-1]),
    )
    return [spot for x, y in sides for spot in zip(x.round(5).tolist(), y.round(5).tolist(), strict=True)]


def _rewrite(path: Path, change: Callable[[list[Row]], None]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, reader.fieldnames or [], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _after(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def _events(chance: random.Random, rows: list[Row]) -> None:
    for at, row in enumerate(rows):
        _soil(chance, row, row["event_date"])
        kind = row["event_type"]
        earlier = [one for one in rows[max(0, at - 20) : at] if one["event_type"] == kind]
        if kind in ("custody", "status", "control"):
            _soil_state(chance, row, earlier)
        if kind == "movement" and earlier:
            _soil_movement(chance, row, earlier)
        if chance.random() < 0.04:
            row["reported_on"] = _after(row["event_date"], -chance.randint(1, 10))  # announced
        if kind in ("custody", "status") and chance.random() < 0.03:
            row |= {"date_latest": row["event_date"], "event_date": "", "reported_on": ""}
            row["sub_event_type"] = chance.choice(["baseline", ""])


def _soil(chance: random.Random, row: Row, day: str) -> None:
    if chance.random() < 0.05:
        row["notes"] = "A note."
    if chance.random() < 0.05:
        row |= {"denied_by": "SOUTH", "denied_on": _after(day, chance.randint(0, 20))}
    if chance.random() < 0.05:
        row["source_ids"] += f";S{chance.randrange(SOURCES)}"


def _soil_state(chance: random.Random, row: Row, earlier: list[Row]) -> None:
    if chance.random() < 0.05:
        row["claim_state"] = chance.choice(["refuted", "confirmed", "claimed", "reported"])
    if chance.random() < 0.05:
        row["valid_to"] = _after(row["event_date"], chance.randint(1, 40))
    if earlier and chance.random() < 0.08:
        other = chance.choice(earlier)
        row |= {"supersedes_id": other["event_id"], **{name: other[name] for name in ("facility_id", "place_id")}}
    if row["event_type"] == "control":
        row["holder_before"] = chance.choice([*made_up.SIDES, "", ""])
        row["sub_event_type"] = chance.choice(["change"] * 9 + ["contested"])
    elif chance.random() < 0.2:
        row |= {"status_note": "words"} if row["status_after"] else {"operator_after": chance.choice(made_up.SIDES)}


def _soil_movement(chance: random.Random, row: Row, earlier: list[Row]) -> None:
    if chance.random() < 0.2:
        row["part_of_id"] = chance.choice(earlier)["event_id"]
    if chance.random() < 0.1:
        row["to_facility_id"] = f"site-{chance.randrange(SITES)}"


def _figures(chance: random.Random, rows: list[Row]) -> None:
    for row in rows:
        _soil(chance, row, row["as_of_date"])
        if chance.random() < 0.1:
            row |= {"syrian": "1", "iraqi": "2", "third_country": "3"}
        if chance.random() < 0.1:
            row["conflict_group"] = f"Q{chance.randrange(3)}"


def _sources(chance: random.Random, rows: list[Row]) -> None:
    for row in rows[2:]:  # zones are known by the first two
        if chance.random() < 0.05:
            row["published_on"] = ""
        if chance.random() < 0.02:
            row |= {"published_on": "", "publisher": "", "url": ""}
