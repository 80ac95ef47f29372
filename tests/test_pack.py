"""Briefing packs: everything in one file, the same bytes for the same input, each file traced to its records."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from datetime import date

import pytest
import situations
from briefings import TWENTIETH, change, view
from PIL import Image

from mapapp import cli
from mapapp.briefing.content import receipt_text
from mapapp.briefing.sharing import edition
from mapapp.errors import AskedWrongly
from mapapp.packing.checking import is_pack, verify_pack
from mapapp.packing.order import Order, make, preview
from mapapp.packing.pack import pack, zipped
from mapapp.situation.situation import load

SINCE = date(2026, 1, 19)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return situations.make(tmp_path_factory.mktemp("packs") / "situation")


@pytest.fixture(scope="module")
def steps():
    return []


@pytest.fixture(scope="module")
def made(folder, steps):
    return pack(edition(load(folder)), view(caption="For the meeting"), SINCE, lambda *step: steps.append(step))


@pytest.fixture(scope="module")
def files(made):
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_pack_holds_what_a_briefer_hands_over(files, made):
    assert list(files) == [
        "MADE-UP_map_A4_20260120.pdf", "MADE-UP_map_A4_20260120.png", "MADE-UP_map_16x9_20260120.pptx",
        "MADE-UP_film_16x9_20260119-20260120.mp4", "MADE-UP_replay.html", "MADE-UP_changes_20260119-20260120.html",
        "READ-ME.txt", "receipt.json", "lint.json",
    ]  # fmt: skip
    told = files["READ-ME.txt"].decode()
    assert all(name in told for name in files if name != "READ-ME.txt") and made.receipt.id in told
    assert json.loads(files["receipt.json"])["since"] == "2026-01-19"
    assert [one["rule"] for one in json.loads(files["lint.json"])] == [one.rule for one in made.findings]


def test_every_picture_of_a_pack_has_its_own_receipt(files):
    for name, content in files.items():
        if name.endswith((".pdf", ".png", ".pptx", ".mp4")):
            assert json.loads(receipt_text(content) or "{}")["situation"] == "made-up", name


def test_the_progress_runs_from_nothing_to_all_and_says_what_is_made(made, steps):
    done, counts, words = zip(*steps, strict=True)
    assert list(done) == sorted(done) and done[0] == 0 and done[-1] == counts[-1]
    assert set(counts) == {counts[0]} and "the sheet, as PDF" in words and words[-1] == "done"


def test_verify_says_same_of_a_pack_and_names_the_file_and_the_record_that_changed(folder, made, tmp_path):
    assert is_pack(made.content)
    assert verify_pack(made.content, load(folder)).same, "the same input gives the same bytes"
    copy = shutil.copytree(folder, tmp_path / "situation")
    change(copy, "events.csv", "E2", "notes", "seen again")
    verdict = verify_pack(made.content, load(copy))
    assert not verdict.same
    assert "MADE-UP_map_A4_20260120.png: events.csv: E2 has changed." in verdict.lines
    assert any(line.startswith("MADE-UP_replay.html: Made again") for line in verdict.lines)


def test_a_file_of_a_pack_that_was_edited_or_taken_out_is_named(folder, files):
    page, sheet = "MADE-UP_replay.html", "MADE-UP_map_A4_20260120.pdf"
    edited = zipped({**{name: data for name, data in files.items() if name != sheet}, page: files[page] + b" "})
    lines = verify_pack(edited, load(folder)).lines
    assert lines == [
        f"{sheet}: it is not in the pack any more.",
        f"{page}: It is not the one of the receipt: it was edited after it was made.",
    ]


def test_what_is_no_pack_is_refused_in_words(folder, files, made):
    assert not is_pack(b"PK\x03\x04broken") and not is_pack(files["MADE-UP_map_16x9_20260120.pptx"])
    for receipt in (b"{}", b"[]", b'{"pack":1}', b'{"pack":9}'):
        with pytest.raises(AskedWrongly):
            verify_pack(zipped({**files, "receipt.json": receipt}), load(folder))


def test_days_that_make_no_sense_are_refused_before_anything_is_made(folder):
    seen, steps = edition(load(folder)), []
    for day, since, reason in (
        (TWENTIETH, TWENTIETH.replace(day=21), "after the day shown"),
        (date(2031, 1, 1), TWENTIETH, "800 at the most"),
        (date(1999, 1, 1), date(1999, 1, 1), "Nothing is on record"),
    ):
        with pytest.raises(AskedWrongly, match=reason):
            pack(seen, view(day), since, lambda *step: steps.append(step))
    assert steps == []


@pytest.mark.parametrize(
    ("kind", "name"),
    [("svg", "MADE-UP_map_A4_20260120.svg"), ("webp", "MADE-UP_film_16x9_20260120-20260120.webp")],
)
def test_an_order_is_one_file_of_a_kind(folder, kind, name):
    seen, steps = edition(load(folder)), []
    asked = Order(view(), TWENTIETH, kind)
    done = make(seen, asked, lambda *step: steps.append(step))
    assert done.name == name and receipt_text(done.content) and done.receipt_id in (receipt_text(done.content) or "")
    assert bool(steps) == asked.moves
    assert Image.open(io.BytesIO(preview(seen, asked).content)).width == (1466 if asked.moves else 1286)


def test_the_commands_make_a_pack_and_verify_it(folder, tmp_path, capsys):
    out = str(tmp_path / "pack.zip")
    asked = ["pack", str(folder), "--date", "2026-01-20", "--since", "2026-01-20", "--audience", "CLEAR", "--out", out]
    assert cli.main(asked) in (0, 1)
    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == out and "the days as a film" in said.err
    assert cli.main(["verify", out, "--in", str(folder)]) == 0
    assert capsys.readouterr().out.startswith("same: made-up-20260120-pack-")
