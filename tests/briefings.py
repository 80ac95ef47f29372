"""What the tests of the pictures share: views of the bundled situation, and a situation that has secrets."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from situations import add_feature, add_row, both, cell, load_rows, make, put, save_rows

from mapapp.briefing.view import View

CREATED = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TWENTIETH = date(2026, 1, 20)
DPI = 60


def view(day: date = TWENTIETH, **more: Any) -> View:
    return View(day=day, created=CREATED, **more)


LAND = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "Northland"},
            "geometry": {"type": "Polygon", "coordinates": [[[39, 35], [42, 35], [42, 38], [39, 38], [39, 35]]]},
        }
    ],
}

SECRETS = {
    "deep-hold": ("Deep Hold prison", "سجن الأعماق", "AMBER", (40.4321, 36.6543)),
    "quiet-camp": ("Quiet Meadow camp", "مخيم المرج الهادئ", "GREEN", (40.3217, 36.5219)),
    "red-house": ("Red Gable house", "بيت الجملون", "RED", (40.7123, 36.2987)),
}
"""facility_id -> name, Arabic name, sharing level, longitude and latitude."""


CONFLICTS = (
    "conflict_group,topic,positions,handling,facility_ids,place_ids,notes,tlp\n"
    "CG-tip,Who was seen,A tip says it was the Lantern keepers,Wait,east-camp,,,\n"
    "CG-deep,How full Deep Hold prison is,777 or 778,Wait,deep-hold,,,\n"
    "CG-own,Whether the Lanterns pay,Yes or no,Wait,east-camp,,,RED\n"
)


def with_secrets(folder: Path) -> Path:
    """A situation with sites, records and sources of every sharing level, named in the texts of others too."""
    make(folder)
    (folder / "basemap").mkdir(exist_ok=True)
    import json

    put("basemap/countries.geojson", json.dumps(LAND))(folder)
    for facility_id, (name, arabic, tlp, point) in SECRETS.items():
        about = {"facility_id": facility_id, "name": name, "name_ar": arabic, "facility_type": "prison", "tlp": tlp,
                 "source_ids": "S1", "geo_precision": "1", "geo_radius_km": 1, "country": "Northland"}  # fmt: skip
        add_feature("prisons.geojson", about, {"type": "Point", "coordinates": list(point)})(folder)
        add_row("figures.csv", figure_id=f"PF-{facility_id}", facility_id=facility_id, as_of_date="2026-01-15",
                best="777", source_ids="S2")(folder)  # fmt: skip
        add_row("events.csv", event_id=f"EV-{facility_id}", event_date="2026-01-18", event_type="security",
                title=f"Shots near {name}", facility_id=facility_id, source_ids="S2")(folder)  # fmt: skip
    both(
        add_row("sources.csv", source_id="S9", title="The Lantern Memo", url="https://example.org/lantern-memo",
                publisher="Office of Lanterns", used="yes", tlp="RED"),
        add_row("events.csv", event_id="E20", event_date="2026-01-20", event_type="security", facility_id="east-camp",
                title="Convoy seen at East camp", notes="It came from Deep Hold prison (deep-hold), سجن الأعماق",
                claimed_by="Office of Lanterns", source_ids="S1;S9"),
        cell("events.csv", "E6", "notes", "Some went on to QUIET MEADOW CAMP"),
        add_row("events.csv", event_id="EV-tip", event_date="2026-01-20", event_type="security", title="A quiet tip",
                longitude="40.1357", latitude="36.8642", tlp="RED", source_ids="S1", conflict_group="CG-tip"),
        add_row("events.csv", event_id="E21", event_date="2026-01-20", event_type="security", title="Another tip",
                facility_id="east-camp", source_ids="S1", conflict_group="CG-tip",
                notes="Heard وسجن الأعماق and near the Deep Hold prisons"),
        put("conflicts.csv", CONFLICTS),
    )(folder)  # fmt: skip
    return folder


def change(folder: Path, file: str, record: str, column: str, value: str) -> None:
    columns, rows = load_rows(folder, file)
    next(row for row in rows if row[columns[0]] == record)[column] = value
    save_rows(folder, file, columns, rows)
