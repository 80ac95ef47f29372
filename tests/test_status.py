"""The status board: what each facility's row says on a day, and the command that prints it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import made
import pandas as pd
import pytest
from conftest import ROOT

import mapapp
from mapapp import cli
from mapapp.errors import AskedWrongly
from mapapp.situation.csv_text import csv_text
from mapapp.timeline import listing, lookback, status
from mapapp.timeline.spans import as_of

KEYS = {
    "facility_id", "name", "name_ar", "facility_type", "site_type", "status", "status_since", "status_note",
    "operator", "guard", "guard_since", "guard_unit", "ground_holder", "ground_since", "ground_contested_by",
    "ground_basis", "contradiction", "front_km", "persons", "last_event", "last_verified_on", "staleness_days",
    "confidence", "counts", "latitude", "longitude", "geo_precision", "geo_radius_km", "source_ids",
}  # fmt: skip
ACTORS = {
    name: SimpleNamespace(includes=includes)
    for name, includes in {"SDF": (), "GOV": (), "NONE": (), "SHARED": ("SDF", "GOV")}.items()
}


@pytest.fixture(scope="module")
def board(timeline):
    """Facility id -> row, for a day in January or February 2026."""
    return lambda day: {row["facility_id"]: row for row in status.board(timeline, date.fromisoformat(day))}


@pytest.fixture
def built(situation):
    """Build the bundled situation with other events or figures."""
    return lambda **tables: mapapp.build(replace(situation, **tables))


# What the bundled situation must say


@pytest.mark.parametrize(
    ("day", "guard", "unit", "state", "contradiction"),
    [
        ("2026-01-19", "SDF", None, "open", False),
        ("2026-01-20", "NONE", None, "unguarded", True),
        ("2026-01-21", "GOV", "Interior Ministry", "restricted", False),
        ("2026-02-23", "GOV", "Interior Ministry", "closed", False),
    ],
)
def test_al_hol_changes_hands(board, day, guard, unit, state, contradiction):
    row = board(day)["al-hol"]
    assert (row["guard"], row["guard_unit"], row["status"]) == (guard, unit, state)
    assert row["contradiction"] is contradiction
    assert row["ground_holder"] == guard, "the ground changed hands with the camp"


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-01-19", "open"), ("2026-01-20", "lockdown"), ("2026-01-21", "lockdown"), ("2026-02-23", "lockdown")],
)
def test_al_roj_stays_with_the_sdf_and_is_locked_down(board, day, state):
    row = board(day)["roj"]
    assert (row["guard"], row["status"]) == ("SDF", state)
    assert row["status_since"] == ("2026-01-20" if state == "lockdown" else "2015-01-01")


@pytest.mark.parametrize("day", ["2026-01-19", "2026-01-20", "2026-01-21", "2026-02-23"])
def test_shaddadi_shows_all_three_figures_of_the_breakout(board, day):
    row = board(day)["shaddadi-prison"]
    (breakout,) = [count for count in row["counts"] if count["quantity"] == "escaped"]
    assert (breakout["date"], breakout["conflict_group"], breakout["title"]) == (
        "2026-01-19",
        "CG01",
        "Shaddadi escape",
    )
    said = [(claim["best"], claim["qualifier"], claim["claimed_by"]) for claim in breakout["claims"]]
    assert [number for number, _, _ in said] == [1500, 120, 200]
    assert "SDF" in said[0][2]
    assert "Interior Ministry" in said[1][2]
    assert said[2][1] == "about"
    assert "US official" in said[2][2]
    assert "army" in said[2][2]
    assert "607" not in json.dumps(row)
    assert "606" not in json.dumps(row)


def test_before_the_breakout_there_is_none(board):
    assert board("2026-01-18")["shaddadi-prison"]["counts"] == []


def test_al_hol_figures_are_a_range_then_zero(board):
    january = board("2026-01-21")["al-hol"]["persons"]
    assert (january["low"], january["best"], january["high"]) == (20000, None, 30000)
    assert january["left_out"] == 1, "44,000 is an old figure repeated"
    assert {claim["figure_id"] for claim in january["claims"]} >= {"P022", "P023", "P025"}
    closed = board("2026-02-23")["al-hol"]["persons"]
    assert (closed["low"], closed["best"], closed["high"], closed["as_of"]) == (0, 0, 0, "2026-02-22")
    assert closed["before_closing"] is False


def test_what_a_row_rests_on(board):
    row = board("2026-01-20")["al-hol"]
    assert row["ground_basis"] == "computed zone; claim C066 at Al-Hol, 2 km away; the point is known within 1.5 km"
    assert row["last_event"] == {"event_id": "E058", "date": "2026-01-20", "title": "SDF withdraws from al-Hol"}
    assert (row["last_verified_on"], row["staleness_days"], row["confidence"]) == ("2026-01-20", 0, "high")
    assert {"S004", "S008", "S001"} <= set(row["source_ids"])
    assert row["source_ids"] == sorted(set(row["source_ids"]))


def test_a_row_rests_on_no_record_of_a_later_day(board):
    """Hasakah is on record as still held on 20 January: that says nothing of what was known to be so the day before."""
    before, after = (board(day)["ahdath"] for day in ("2026-01-19", "2026-01-20"))
    assert "C058" not in before["ground_basis"]
    assert "S028" not in before["source_ids"]
    assert "C058" in after["ground_basis"]
    assert "S028" in after["source_ids"]
    assert before["ground_holder"] == after["ground_holder"] == "SDF"


def test_a_front_nearer_than_the_point_is_known_is_said(board):
    row = board("2026-01-20")["roj"]
    assert row["front_km"] < row["geo_radius_km"]
    assert row["ground_basis"].endswith("; ground of GOV lies within that distance")


# What holds on every day


def test_every_day_has_every_facility_in_plain_values(timeline):
    facilities = timeline.situation.facilities
    names = {row["facility_id"]: row["name"] for row in status.board(timeline, timeline.situation.first_day)}
    assert set(names) == set(facilities.index)
    assert list(names.values()) == sorted(names.values())
    day = timeline.situation.first_day
    while day <= timeline.situation.last_day:
        rows = status.board(timeline, day)
        assert json.loads(json.dumps(rows, allow_nan=False)) == rows
        for row in rows:
            assert row.keys() >= KEYS
            check_row(row, day)
        day += timedelta(1)


def check_row(row, day):
    assert "" not in row.values(), "unknown is never an empty text"
    for name in ("status", "operator", "guard"):
        assert row[f"{name}_since"] is None or (row[name] and row[f"{name}_since"] <= day.isoformat())
    for dated in [row["persons"] and row["persons"]["as_of"], row["last_event"] and row["last_event"]["date"]]:
        assert dated is None or dated <= day.isoformat(), "nothing from the future"
    if row["last_verified_on"]:
        assert row["staleness_days"] == (day - date.fromisoformat(row["last_verified_on"])).days >= 0
    if row["ground_holder"] is None:
        assert "unknown" in row["ground_basis"]


def test_the_board_agrees_with_the_spans(timeline):
    day = date(2026, 2, 3)
    now = as_of(timeline.custody, day).set_index(["facility_id", "attribute"])["value"]
    for row in status.board(timeline, day):
        spans = now[row["facility_id"]]
        for name in ("status", "operator", "guard", "ground_holder"):
            assert row[name] == (spans[name] if pd.notna(spans[name]) else None)


# The rules, one by one


@pytest.mark.parametrize(
    ("guard", "ground", "state", "expected"),
    [
        ("SDF", "SDF", "open", False), ("SDF", "GOV", "open", True), ("SDF", "SHARED", "open", False),
        ("SHARED", "GOV", "open", False), (None, "GOV", "open", False), ("SDF", None, "open", False),
        ("NONE", "NONE", "unguarded", True), ("NONE", None, None, True), ("NONE", "GOV", "closed", False),
        ("SDF", "NONE", "open", True),
    ],
)  # fmt: skip
def test_contradiction(guard, ground, state, expected):
    now = {name: {"value": value} for name, value in {"guard": guard, "ground_holder": ground, "status": state}.items()}
    assert status.contradiction(now, ACTORS) is expected


def test_verified_by_event_figure_or_source_while_the_state_held(built):
    sources = made.table(
        "sources",
        [{"source_id": "S1", "published_on": "2026-01-12"}, {"source_id": "S2", "published_on": "2026-01-30"}],
    )
    guard = {"event_type": "custody", "facility_id": "roj"}
    records = made.events(
        {**guard, "event_date": "2026-01-05", "guard_after": "SDF", "source_ids": ("S1", "S2")},
        {**guard, "event_date": "2026-01-20", "guard_after": "GOV"},
        {"event_type": "custody", "facility_id": "aqtan", "guard_after": "SDF", "date_latest": "2026-01-03"},
        {"event_type": "movement", "facility_id": "roj", "to_facility_id": "derik", "event_date": "2026-01-25"},
    )  # fmt: skip
    figures = made.figures({"facility_id": "roj", "as_of_date": "2026-01-15", "best": 1})
    timeline = built(events=records, figures=figures, sources=sources)

    def seen(day, facility_id="roj"):
        rows = status.board(timeline, date.fromisoformat(day))
        return next(row["last_verified_on"] for row in rows if row["facility_id"] == facility_id)

    assert seen("2026-01-04") is None
    assert seen("2026-01-11") == "2026-01-05", "the event"
    assert seen("2026-01-14") == "2026-01-12", "a source published while its state held"
    assert seen("2026-01-16") == "2026-01-15", "the figure"
    assert seen("2026-01-31") == "2026-01-25", "S2 came out after the guard had changed: it says nothing of later"
    assert seen("2026-01-31", "derik") == "2026-01-25", "a movement is seen at both ends"
    assert seen("2026-01-31", "aqtan") == "2026-01-03", "an undated state is seen on the day it is attested"


def test_the_last_event_is_what_happened_rather_than_the_state_it_led_to(built):
    rows = [
        {"event_type": "custody", "event_date": "2026-01-20", "guard_after": "GOV", "title": "state"},
        {"event_type": "security", "event_date": "2026-01-20", "title": "happening"},
        {"event_type": "status", "event_date": "2026-01-21", "status_after": "open", "title": "later"},
        {"event_type": "security", "title": "undated"},
    ]
    records = made.events(*({**row, "facility_id": "roj"} for row in rows))
    timeline = built(events=records)
    last = {day: row["last_event"]["title"] for day in (20, 21) for row in status.board(timeline, date(2026, 1, day))
            if row["facility_id"] == "roj"}  # fmt: skip
    assert last == {20: "happening", 21: "later"}


# The command


def run(capsys, *arguments):
    code = cli.main(["status", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_command_gives_the_board_as_json(capsys, timeline):
    code, out, err = run(capsys, "--date", "2026-01-20", "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out) == status.board(timeline, date(2026, 1, 20))
    assert "مخيم الهول" in out


def test_the_command_gives_the_board_as_csv(capsys, timeline):
    code, out, _ = run(capsys, "--date", "2026-02-23", "--format", "csv")
    rows = {row["facility_id"]: row for row in csv.DictReader(io.StringIO(out))}
    assert code == 0
    assert set(rows) == set(timeline.situation.facilities.index)
    assert (rows["al-hol"]["status"], rows["al-hol"]["persons_high"]) == ("closed", "0")
    assert rows["twahina"]["ground_holder"] == ""


def test_the_command_gives_the_board_as_a_table(capsys):
    code, out, _ = run(capsys, "--date", "2026-01-20")
    lines = out.splitlines()
    assert code == 0
    (al_hol,) = [line for line in lines if line.startswith("Al-Hol camp")]
    assert "unguarded since 2026-01-20" in al_hol
    assert "Nobody since 2026-01-20" in al_hol
    assert "20,000 to 30,000 (2026-01-20)" in al_hol
    (twahina,) = [line for line in lines if line.startswith("Twahina camp")]
    assert twahina.split()[-3:] == ["none", "on", "record"]
    assert twahina.count("unknown") == 5
    assert len({line.find(word) for line, word in [(lines[0], "STATUS"), (al_hol, "unguarded")]}) == 1, "aligned"


@pytest.mark.parametrize("day", ["20-01-2026", "2026-02-30", "2026-01", "yesterday", "20260120", ""])
def test_a_bad_date_is_asked_wrongly(capsys, day):
    code, out, err = run(capsys, "--date", day)
    assert (code, out) == (2, "")
    assert err.startswith("mapapp: The date")


def test_a_day_before_all_records_is_asked_wrongly(capsys, timeline):
    code, out, err = run(capsys, "--date", "1900-01-01")
    assert (code, out) == (2, "")
    assert "from 1991-01-01 to 2026-03-31" in err
    lookback.require_on_record(timeline, date(1991, 1, 1))
    lookback.require_on_record(timeline, date(2030, 1, 1))
    with pytest.raises(AskedWrongly):
        lookback.require_on_record(timeline, date(1990, 12, 31))


COMMAND = [sys.executable, "-m", "mapapp", "status", "--date", "2026-01-20", "--format", "json"]


def test_arabic_names_come_out_whatever_the_terminal_is_used_to():
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(COMMAND, cwd=ROOT, env=env, capture_output=True, check=True)
    assert "مخيم الهول" in done.stdout.decode("utf-8")


def test_a_reader_who_leaves_early_sees_no_traceback():
    with subprocess.Popen(COMMAND, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


# Board as text


def test_head_counts_in_words():
    def words(**more):
        empty = dict.fromkeys(["low", "best", "high", "qualifier", "families_low", "families_high"])
        return listing.persons_in_words({**empty, "as_of": "2026-01-20", "as_of_precision": "1", "left_out": 0, **more})

    assert listing.persons_in_words(None) == "unknown"
    assert words(low=2, best=2, high=2, qualifier="about") == "about 2 (2026-01-20)"
    assert words(low=0, best=0, high=0, qualifier="exact") == "0 (2026-01-20)"
    assert words(low=24000, qualifier="more_than") == "more than 24,000 (2026-01-20)"
    assert words(high=2000) == "up to 2,000 (2026-01-20)"
    assert words(families_low=300, families_high=400) == "300 to 400 families (2026-01-20)"
    assert words(left_out=1) == "unknown, 1 doubtful (2026-01-20)"
    assert words(low=9, high=9, before_closing=True) == "9 (2026-01-20, before it closed)"
    assert words(low=9, high=9, as_of_precision="3") == "9 (about 2026-01-20)"


def test_no_text_in_csv_can_act_as_a_formula():
    hostile = ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1"]
    out = csv_text(["a", "b"], [{"a": text, "b": [text]} for text in hostile])
    cells = [cell for row in list(csv.reader(io.StringIO(out)))[1:] for cell in row]
    assert len(cells) == 2 * len(hostile)
    assert all(cell.startswith("'") for cell in cells)


def test_csv_keeps_values_apart_from_the_unknown():
    out = csv_text(["a", "b", "c", "d"], [{"a": None, "b": 0, "c": -1.5, "d": False}])
    assert out == "a,b,c,d\n,0,-1.5,no\n"


def test_a_name_from_outside_cannot_break_the_table(timeline):
    rows = status.board(timeline, date(2026, 1, 20))[:1]
    hostile = [{**rows[0], "name": "A\n\x1b[31mB\u202eC\rD"}]
    out = listing.board_table(hostile, timeline.situation.actors)
    assert len(out.splitlines()) == 2
    assert not {"\x1b", "\u202e", "\r"} & set(out)


def test_the_overview_is_the_board_without_what_no_list_shows(timeline):
    day = date(2026, 1, 21)
    full, short = status.board(timeline, day), status.overview(timeline, day)
    established = {f"{name}_claim_state" for name in ("status", "operator", "guard", "ground")} | {"confidence"}
    told_by_board_alone = {"counts", "source_ids"} | established
    assert short == [{name: row[name] for name in row.keys() - told_by_board_alone} for row in full]
    assert [status.in_full(timeline, row, day) for row in short] == full
    assert any(row["counts"] for row in full)
