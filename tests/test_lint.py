"""Lint: fifteen defects, one at a time, each found under its own name; a sound sheet has none of them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from briefings import TWENTIETH, view
from conftest import ROOT
from situations import add_feature, add_row, both, cell, make, text

import mapapp
from mapapp.briefing import lint as linting
from mapapp.briefing.lint import lint
from mapapp.briefing.sharing import edition
from mapapp.briefing.sheet import draw
from mapapp.situation.situation import load

RECENT = both(
    add_row("events.csv", event_id="E90", event_date="2026-01-19", event_type="status", facility_id="west-camp",
            title="West camp is open", status_after="open", source_ids="S2"),
    add_row("events.csv", event_id="E91", event_date="2026-01-19", event_type="status", facility_id="old-prison",
            title="Old prison is open", status_after="open", source_ids="S1"),
    text("situation.toml", 'organisation = "Nobody"', 'organisation = "Valley Watch"'),
)  # fmt: skip
CROWD = [
    add_feature("prisons.geojson", {"facility_id": f"site-{n}", "name": f"A prison with quite a long name, number {n}",
                "facility_type": "prison", "source_ids": "S1", "geo_precision": "3", "geo_radius_km": 1,
                "country": "Northland"}, {"type": "Point", "coordinates": [40.5 + n % 7 / 500, 36.5 + n // 7 / 500]})
    for n in range(60)
]  # fmt: skip


def findings(folder: Path, asked=None):
    seen = edition(load(folder), asked.audience if asked else None)
    asked = asked or view()
    return lint(draw(seen, asked), seen, asked)


def rules(found) -> set[tuple[str, str, str]]:
    return {(one.rule, one.record, one.severity) for one in found}


@pytest.fixture
def sound(tmp_path):
    folder = make(tmp_path / "situation")
    RECENT(folder)
    return folder


def test_a_sound_sheet_has_nothing_to_be_warned_of(sound):
    assert rules(findings(sound)) == set()


DEFECTS = {
    "no title": (None, {"title": " "}, ("title", "", "error")),
    "no disclaimer": (text("situation.toml", 'disclaimer = "Made up for tests."', 'disclaimer = ""'), {},
                      ("disclaimer", "", "error")),
    "a disclaimer of the United Nations": (
        text("situation.toml", "Made up for tests.", "Not endorsed by the United Nations."), {},
        ("disclaimer", "", "error")),
    "nobody responsible": (text("situation.toml", 'organisation = "Valley Watch"', 'organisation = ""'), {},
                           ("organisation", "", "error")),
    "a day outside": (None, {"day": TWENTIETH.replace(year=2027)}, ("day", "", "warning")),
    "a stale record": (text("events.csv", "E90,2026-01-19", "E90,2025-06-01"), {}, ("stale", "west-camp", "warning")),
    "an old figure": (text("figures.csv", "P1,east-camp,2026-01-10", "P1,east-camp,2024-01-10"), {},
                      ("old figure", "east-camp", "warning")),
    "a marking too low for a site": (cell("camps.geojson", "east-camp", "tlp", "AMBER"), {},
                                     ("marking", "east-camp", "error")),
    "a marking too low for an event": (cell("events.csv", "E2", "tlp", "RED"), {}, ("marking", "E2", "error")),
    "a marking too low for a figure": (cell("figures.csv", "P1", "tlp", "GREEN"), {}, ("marking", "P1", "error")),
    "a marking too low for a source": (cell("sources.csv", "S1", "tlp", "AMBER"), {}, ("marking", "S1", "error")),
    "a label without room": (both(*CROWD), {}, None),
    "a title too long": (None, {"title": "A very long title that goes on " * 12}, ("cut", "", "error")),
    "a caption too long": (None, {"caption": "Words and more words that say little " * 12}, ("cut", "", "warning")),
    "a claim whose source is withheld": (cell("sources.csv", "S1", "tlp", "RED"), {"audience": "GREEN"},
                                         ("unsourced", "E1", "note")),
}  # fmt: skip


@pytest.mark.parametrize("name", DEFECTS)
def test_lint_finds_the_defect(sound, name):
    edit, asked, expected = DEFECTS[name]
    if edit:
        edit(sound)
    found = rules(findings(sound, view(**asked)))
    if name == "a label without room":
        assert any(rule == "label" and severity == "warning" for rule, _, severity in found)
    else:
        assert expected in found


def test_lint_finds_a_missing_scale_bar_and_a_gap_in_the_legend(sound):
    seen = edition(load(sound))
    sheet = draw(seen, view())
    sheet.canvas._keys.discard("scale")
    sheet.canvas._keys.discard("legend:water:river")
    sheet.canvas.note("map:mark:closed")
    assert {("scale", "", "error"), ("legend", "", "error")} <= rules(lint(sheet, seen, view()))


def test_lint_finds_a_sheet_without_sources_and_without_a_level(sound):
    seen = edition(load(sound))
    sheet = draw(seen, view())
    bare = replace(sheet, receipt=replace(sheet.receipt, records={**sheet.receipt.records, "sources": {}}))
    assert ("sources", "", "error") in rules(lint(bare, seen, view()))
    unmarked = replace(seen, timeline=mapapp.build(replace(seen.timeline.situation, tlp="")))
    assert ("marking", "", "error") in rules(lint(sheet, unmarked, view()))


def test_findings_say_what_to_do_in_words(sound):
    text("situation.toml", 'disclaimer = "Made up for tests."', 'disclaimer = ""')(sound)
    found = findings(sound)
    assert "names your own organisation" in linting.as_text(found)
    assert linting.worst(found) == "error"
    assert linting.as_text([]) == "Nothing found.\n"


def test_a_picture_that_lacks_what_it_must_carry_is_not_written(sound, tmp_path):
    text("situation.toml", 'disclaimer = "Made up for tests."', 'disclaimer = ""')(sound)
    command = [
        sys.executable,
        "-m",
        "mapapp",
        "snapshot",
        str(sound),
        "--date",
        "2026-01-20",
        "--out",
        f"{tmp_path}/x.png",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "disclaimer" in done.stderr and "Traceback" not in done.stderr
    assert not list(tmp_path.glob("x.png*"))
