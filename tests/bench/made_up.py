"""A made-up situation as large as one likes: a country cut into squares, a front that wanders over it, and its records.

    python tests/bench/made_up.py FOLDER [--facilities 500] [--events 50000] [--units 5000] [--days 1000]

The same numbers and the same seed give the same files.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from mapapp.situation.schema import (
    CAMPS,
    CITIES,
    CONTROL_ZONES,
    EVENTS,
    FIGURES,
    PRISONS,
    SOURCES_TABLE,
    Table,
)

FIRST_DAY = date(2023, 1, 1)
WEST, SOUTH, DEGREES = 36.0, 33.0, 6.0
"""The country is a square of 6 degrees, cut into squares of equal size."""

SIDES = ("NORTH", "SOUTH", "EAST")
STATUSES = ("open", "lockdown", "restricted", "emptying", "attacked", "closed")
TOML = """\
[situation]
id = "made-up"
title = "A made-up country"
first_day = {first}
last_day = {last}
organisation = "Nobody"
disclaimer = "Made up."
licence = "CC0"
credits = ["Nobody"]
tlp = "CLEAR"

[zones]
area = ""
reach_km = 30
neighbourhood_reach_km = 2
barriers = []
"""
ACTOR = """
[[actor]]
id = "{id}"
name = "{id} force"
colour = "{colour}"
hatch = "none"
kind = "{kind}"
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How large the situation is."""

    facilities: int = 500
    events: int = 50_000
    units: int = 5_000
    days: int = 1_000
    seed: int = 1


def make(folder: Path, size: Size) -> Path:
    """Write a made-up situation into a folder and give the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(size.seed)
    last = FIRST_DAY + timedelta(size.days - 1)
    colours = {"NORTH": "#e8a800", "SOUTH": "#00805f", "EAST": "#7a3e9d", "NONE": "#666666"}
    actors = [
        ACTOR.format(id=one, colour=hue, kind="none" if one == "NONE" else "party") for one, hue in colours.items()
    ]
    (folder / "situation.toml").write_text(TOML.format(first=FIRST_DAY, last=last) + "".join(actors), "utf-8")
    side = round(size.units**0.5)
    histories = _histories(rng, side, size)
    save(folder, SOURCES_TABLE, _sources(size))
    _layer(folder, CONTROL_ZONES, _zones(histories, side))
    places = max(size.facilities // 5, 1)
    _layer(folder, CITIES, _places(rng, places))
    camps, prisons = _facilities(rng, size.facilities, places)
    _layer(folder, CAMPS, camps)
    _layer(folder, PRISONS, prisons)
    save(folder, EVENTS, _events(rng, size, places))
    save(folder, FIGURES, _figures(rng, size))
    return folder


def _day(number: int) -> str:
    return (FIRST_DAY + timedelta(int(number))).isoformat()


def _histories(rng: np.random.Generator, side: int, size: Size) -> list[list[tuple[int, int]]]:
    """For each square, in rows from the south-west: the days on which it changes hands, and to whom.

    A front wanders over the country: a square is NORTH's behind it and SOUTH's before it, EAST holds the east. Each
    square lags some days behind and is raided on some of its own, so that hardly two have the same history.
    """
    steps = rng.normal(0, side / 12, size.days // 20 + 1).cumsum()
    front = side / 2 + np.repeat(steps, 20)[: size.days]
    told = []
    for at in range(side * side):
        row, column = divmod(at, side)
        holder = np.roll(row < front + np.sin(column / 4) * 3, rng.integers(40)).astype(int)
        if column > side * 0.9:
            holder[:] = 2
        raided = rng.integers(size.days)
        stretch = slice(raided, raided + rng.integers(2, 30))
        holder[stretch] = (holder[stretch] + rng.integers(1, 3)) % 3
        turns = [0, *(np.flatnonzero(np.diff(holder)) + 1)]
        told.append([(int(turn), int(holder[turn])) for turn in turns])
    return told


def _zones(histories: list[list[tuple[int, int]]], side: int) -> list[tuple[dict[str, Any], Any]]:
    zones = []
    cell = DEGREES / side
    for at, history in enumerate(histories):
        row, column = divmod(at, side)
        west, south = WEST + column * cell, SOUTH + row * cell
        ring = [(west, south), (west + cell, south), (west + cell, south + cell), (west, south + cell), (west, south)]
        shape = {"type": "Polygon", "coordinates": [[[round(x, 5), round(y, 5)] for x, y in ring]]}
        for number, (turn, holder) in enumerate(history):
            end = history[number + 1][0] if number + 1 < len(history) else None
            zones.append(
                (
                    {
                        "zone_id": f"Z{at}-{number}",
                        "holder": SIDES[holder],
                        "valid_from": _day(turn) if turn else None,
                        "valid_to": None if end is None else _day(end),
                        "source_ids": f"S{at % 200}",
                    },
                    shape,
                )
            )
    return zones


def _spot(rng: np.random.Generator) -> dict[str, Any]:
    x, y = WEST + rng.random() * DEGREES, SOUTH + rng.random() * DEGREES
    return {"type": "Point", "coordinates": [round(float(x), 5), round(float(y), 5)]}


def _places(rng: np.random.Generator, count: int) -> list[tuple[dict[str, Any], Any]]:
    about = {"place_type": "town", "country": "Made up", "geo_precision": "1", "geo_radius_km": 1, "source_ids": "S1"}
    return [
        ({"place_id": f"town-{n}", "name": f"Town {n}", "name_ar": f"بلدة {n}", **about}, _spot(rng))
        for n in range(count)
    ]


def _facilities(rng: np.random.Generator, count: int, places: int) -> tuple[list[Any], list[Any]]:
    camps, prisons = [], []
    for number in range(count):
        prison = number % 2
        about = {
            "facility_id": f"site-{number}",
            "name": f"Site {number}",
            "name_ar": f"موقع {number}",
            "facility_type": "prison" if prison else "camp",
            "place_id": f"town-{number % places}",
            "geo_precision": "1",
            "geo_radius_km": 1,
            "source_ids": f"S{number % 200}",
        }
        (prisons if prison else camps).append((about, _spot(rng)))
    return camps, prisons


def _sources(size: Size) -> list[dict[str, Any]]:
    grades = "ABCD"
    return [
        {
            "source_id": f"S{n}",
            "title": f"Report {n}",
            "publisher": f"Agency {n % 37}" if n % 3 else f"Agency {n % 37} via Outlet {n}",
            "url": f"https://example.org/{n}",
            "published_on": _day(n * size.days // 2000),
            "source_reliability": grades[n % len(grades)],
            "used": "yes",
        }
        for n in range(2000)
    ]


def _events(rng: np.random.Generator, size: Size, places: int) -> list[dict[str, Any]]:
    """Half of them happenings, a quarter states of facilities, a quarter holders of places."""
    days = np.sort(rng.integers(0, size.days, size.events))
    kinds = rng.choice(
        ["security", "movement", "custody", "status", "control"], size.events, p=[0.3, 0.2, 0.1, 0.15, 0.25]
    )
    late = rng.geometric(0.3, size.events) - 1
    rows = []
    for n, (day, kind) in enumerate(zip(days, kinds, strict=True)):
        facility, place = rng.integers(size.facilities), rng.integers(places)
        source = int(day) * 2000 // size.days
        row = {
            "event_id": f"E{n}",
            "event_date": _day(day),
            "time_precision": "1",
            "reported_on": _day(day + late[n]) if n % 10 else None,
            "event_type": str(kind),
            "title": f"Record {n} of {kind}",
            "claimed_by": "NORTH" if n % 7 == 0 else f"Agency {n % 37}",
            "conflict_group": f"Q{n // 500}" if n % 50 == 0 else None,
            "information_credibility": str(1 + n % 5),
            "source_ids": ";".join(f"S{(source + step) % 2000}" for step in range(1 + n % 4)),
        }
        if kind == "control":
            row |= {"sub_event_type": "change", "place_id": f"town-{place}", "holder_after": SIDES[n % 3]}
        else:
            row |= {"facility_id": f"site-{facility}"}
        if kind == "custody":
            row |= {"guard_after": (*SIDES, "NONE")[n % 4]}
        if kind == "status":
            row |= {"status_after": STATUSES[n % len(STATUSES)]}
        if kind == "movement":
            row |= {"quantity": "moved", "best": int(rng.integers(10, 2000)), "unit": "persons"}
        rows.append(row)
    return rows


def _figures(rng: np.random.Generator, size: Size) -> list[dict[str, Any]]:
    return [
        {
            "figure_id": f"P{n}",
            "facility_id": f"site-{n % size.facilities}",
            "as_of_date": _day(rng.integers(size.days)),
            "best": int(rng.integers(100, 20000)),
            "qualifier": "about",
            "claimed_by": f"Agency {n % 37}",
            "source_ids": f"S{n % 2000}",
        }
        for n in range(size.facilities * 6)
    ]


def save(folder: Path, table: Table, rows: list[dict[str, Any]]) -> None:
    """Write rows as the CSV file of a table."""
    with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _layer(folder: Path, table: Table, features: list[tuple[dict[str, Any], Any]]) -> None:
    told = [{"type": "Feature", "properties": about, "geometry": shape} for about, shape in features]
    text = json.dumps({"type": "FeatureCollection", "features": told}, ensure_ascii=False)
    (folder / table.file).write_text(text, "utf-8")


def main() -> None:
    """Write a made-up situation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    for name, default in (("facilities", 500), ("events", 50_000), ("units", 5_000), ("days", 1_000), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    args = vars(parser.parse_args())
    print(make(args.pop("folder"), Size(**args)))


if __name__ == "__main__":
    main()
