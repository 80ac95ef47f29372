"""Every notebook runs from the first cell to the last on the bundled situation, and says what its reader needs."""

from __future__ import annotations

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def run(path) -> str:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return "\n".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs)


def test_there_is_a_notebook():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_its_outputs(path):
    cells = nbformat.read(path, as_version=4).cells
    assert not any(cell.get("outputs") for cell in cells)


def test_three_questions_are_answered():
    text = run(ROOT / "notebooks" / "three-questions.ipynb")
    assert "Al-Hol camp: 20,000 to 30,000 persons as of 2026-01-20" in text
    assert "Al-Aqtan prison" in text
    assert "2026-01-22" in text
    assert "north-east-syria.html" in text


def test_a_briefing_pack_is_made_and_verified():
    text = run(ROOT / "notebooks" / "briefing.ipynb")
    assert "Since 19 January 2026: " in text
    assert "NES-2026_film_16x9_20260119-20260120.mp4" in text
    assert "same: nes-2026-20260120-pack-" in text


def test_an_archive_goes_from_files_to_replay_areas_and_joins():
    text = run(ROOT / "notebooks" / "archive.ipynb")
    assert "1 file, 0 things to know of it" in text
    assert "44930" in text.replace(",", "")
    assert "days_since_change" in text


def test_the_notebook_of_an_archive_is_short():
    cells = nbformat.read(ROOT / "notebooks" / "archive.ipynb", as_version=4).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert len([line for line in code.splitlines() if line.strip() and "import " not in line]) < 20


def test_five_questions_of_an_analyst_are_answered():
    text = run(ROOT / "notebooks" / "analyst.ipynb")
    assert "31 facilities and 61 places changed" in text
    assert "ain-issa-prison        SDF       GOV" in text
    assert "guard-against-holder" in text
    assert "confirmed only" in text
    assert "tables.xlsx: about, board, contradictions" in text
