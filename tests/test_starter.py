"""A new situation folder: it passes `check`, shows what each file is for, and overwrites nothing."""

from __future__ import annotations

import csv
import json
from datetime import date

import pytest

import mapapp
from mapapp import cli
from mapapp.situation import guide
from mapapp.situation.schema import TABLES
from mapapp.situation.starter import EXAMPLE
from mapapp.timeline.changes import changes


@pytest.fixture
def folder(tmp_path, capsys):
    assert cli.main(["new", str(tmp_path / "mine")]) == 0
    out, error = capsys.readouterr()
    assert out.split() == sorted(str(one) for one in (tmp_path / "mine").iterdir())
    assert "check" in error
    return tmp_path / "mine"


def test_a_new_folder_passes_check(folder, capsys):
    assert cli.main(["check", str(folder)]) == 0
    assert mapapp.load(folder).problems == ()
    assert "0 errors, 0 warnings" in capsys.readouterr().out


def test_every_command_that_reads_has_something_to_say_of_it(folder):
    timeline = mapapp.build(mapapp.load(folder))
    assert timeline.situation.id == "mine"
    before, after = (
        {row["facility_id"]: row for row in mapapp.board(timeline, date(2026, 1, day))} for day in (19, 20)
    )
    assert before["example-prison"]["contradiction"] is False
    assert after["example-prison"]["contradiction"] is True, "its ground changed hands, its guard is another's"
    assert after["example-camp"]["persons"]["best"] == 1200
    found = changes(timeline, date(2026, 1, 19), timeline, date(2026, 1, 20))
    assert {row["id"] for row in found["places"]} == {"example-town"}
    assert [(row["from"], row["to"]) for row in found["ground"]["passed"]] == [("NORTH", "SOUTH")]


def test_each_table_has_all_columns_of_the_schema():
    files = {table.file: table for table in TABLES.values()}
    assert {one.name for one in EXAMPLE.iterdir()} == {*files, "situation.toml"}
    for name, table in files.items():
        text = (EXAMPLE / name).read_text("utf-8")
        if name.endswith(".csv"):
            assert next(csv.reader(text.splitlines())) == list(table.names), name
        else:
            for feature in json.loads(text)["features"]:
                assert list(feature["properties"]) == list(table.names), name


def test_the_guide_comes_with_it(folder):
    assert (folder / "SCHEMA.md").read_text("utf-8") == guide.markdown()


def test_nothing_is_overwritten(folder, capsys, tmp_path):
    (folder / "events.csv").write_text("mine")
    assert cli.main(["new", str(folder)]) == 2
    assert (folder / "events.csv").read_text() == "mine"
    assert "not empty" in capsys.readouterr().err
    assert cli.main(["new", str(folder / "events.csv")]) == 2
    assert cli.main(["new", str(tmp_path / "no" / "where")]) == 2
    assert "Traceback" not in capsys.readouterr().err
