"""Broken situation folders: exactly the expected Problem comes of each defect, and everything else is still there."""

from __future__ import annotations

import pandas as pd
import pytest
import situations as made
from defects import CAMPS, DEFECTS, FIGURES, FRAMES, TOML, WHOLE
from situations import both, cell, drop, put

from mapapp.cli import main
from mapapp.errors import SituationError
from mapapp.situation.schema import TABLES
from mapapp.situation.situation import Situation, load


def ids(situation: Situation) -> set[str]:
    return {record for name in FRAMES.values() for record in getattr(situation, name).index}


def test_the_situation_without_a_defect_has_no_problem(tmp_path):
    situation = load(made.make(tmp_path))
    assert situation.problems == ()
    assert ids(situation) == WHOLE


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_one_defect_gives_its_problem_and_costs_nothing_else(defect, tmp_path):
    folder = made.make(tmp_path / "situation")
    defect.edit(folder)
    situation = load(folder)
    assert len(situation.problems) == 1, situation.problems
    problem = situation.problems[0]
    expected = (defect.file, defect.record, defect.field, defect.severity, defect.hidden)
    assert (problem.file, problem.record, problem.field, problem.severity, problem.hidden) == expected
    assert defect.phrase in problem.reason
    assert ids(situation) == WHOLE - defect.gone
    if defect.value:
        table, record, column, value = defect.value
        found = getattr(situation, table).loc[record, column]
        assert pd.isna(found) if value is None else found == value


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_the_command_names_the_problem_and_says_so_by_its_exit_code(defect, tmp_path, capsys):
    folder = made.make(tmp_path / "situation")
    defect.edit(folder)
    assert main(["check", str(folder)]) == (0 if defect.severity == "note" else 1)
    printed = capsys.readouterr()
    assert defect.phrase in printed.out
    assert "Traceback" not in printed.out + printed.err


@pytest.mark.parametrize(
    ("edit", "phrase"),
    [
        (drop(TOML), "not a situation"),
        (put(TOML, "[situation\nid = 1"), "line 1"),
        (put(TOML, b"\xff\xfe"), "UTF-16"),
        (put(TOML, 'title = "\xe9"'.encode("latin-1")), "UTF-8"),
        (both(drop(TOML), lambda folder: (folder / TOML).mkdir()), "not a file"),
    ],
    ids=["missing", "broken", "UTF-16", "Latin-1", "a folder"],
)
def test_a_folder_without_its_toml_is_refused_in_one_sentence(edit, phrase, tmp_path, capsys):
    folder = made.make(tmp_path / "situation")
    edit(folder)
    with pytest.raises(SituationError, match=phrase):
        load(folder)
    assert main(["check", str(folder)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1


def test_what_hangs_on_a_record_that_is_left_out_is_told_with_it(tmp_path):
    folder = made.make(tmp_path)
    cell(CAMPS, "west-camp", "name", "")(folder)
    situation = load(folder)
    camp, figure = situation.problems
    assert (camp.file, camp.record, camp.hidden) == (CAMPS, "west-camp", True)
    assert camp.reason.endswith("1 link to it is left out with it.")  # of the movement E6, which stays
    assert (figure.file, figure.record, figure.hidden) == (FIGURES, "P2", True)
    assert situation.not_shown == 2
    assert situation.events.loc["E6", "to_facility_id"] is None


def test_there_is_a_defect_for_every_file():
    assert {defect.file for defect in DEFECTS} >= {TOML, *(table.file for table in TABLES.values())}
    assert len({defect.name for defect in DEFECTS}) == len(DEFECTS)
