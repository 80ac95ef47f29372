"""Receipts: the same picture again, in another process and on another day; what changed, by name; edits seen."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import zipfile

import pytest
from briefings import DPI, TWENTIETH, change, view
from conftest import GEODATA, ROOT
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject
from situations import make

from mapapp import cli
from mapapp.briefing.content import picture_digest, receipt_text
from mapapp.briefing.receipt import read
from mapapp.briefing.sharing import edition
from mapapp.briefing.snapshot import KINDS, beside, snapshot, write
from mapapp.briefing.verify import verify
from mapapp.briefing.view import View, from_record
from mapapp.errors import AskedWrongly, NotFound
from mapapp.situation.situation import load


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make(tmp_path_factory.mktemp("receipts") / "situation")


@pytest.fixture(scope="module")
def seen(folder):
    return edition(load(folder))


@pytest.fixture(scope="module")
def files(seen, tmp_path_factory):
    where = tmp_path_factory.mktemp("pictures")
    for kind in KINDS:
        write(snapshot(seen, view(), kind, DPI), where / f"map.{kind}")
    return where


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_input_gives_the_same_bytes(seen, files, kind):
    assert snapshot(seen, view(), kind, DPI).content == (files / f"map.{kind}").read_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_carries_its_receipt_inside_and_beside(files, kind):
    content = (files / f"map.{kind}").read_bytes()
    inside = read(receipt_text(content))
    assert inside == read(beside(files / f"map.{kind}", "receipt").read_text("utf-8"))
    assert inside.view == {"day": "2026-01-20", "created": "2026-11-22T12:00:00Z", "paper": "A4"}
    assert inside.picture == picture_digest(content)
    assert {"E2", "E5"} <= inside.records["events"].keys()
    assert from_record(inside.view) == view()


@pytest.mark.parametrize("kind", KINDS)
def test_verify_says_same(files, folder, kind):
    verdict = verify(files / f"map.{kind}", load(folder))
    assert verdict.same, verdict.as_text()
    assert verdict.as_text().startswith("same: made-up-20260120-")


def test_verify_says_same_in_another_process(folder, tmp_path, capsys):
    def asked(name: str, day: str) -> list[str]:
        there = ["--created", day, "--dpi", "60", "--out", f"{tmp_path}/{name}.png"]
        return ["snapshot", str(folder), "--date", "2026-01-20", *there]

    def run(arguments: list[str]) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "mapapp", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    one, two, later = (
        asked("one", "2026-01-20T12:00"),
        asked("two", "2026-01-20T12:00"),
        asked("later", "2026-04-01T08:00"),
    )
    elsewhere = run(one)
    assert elsewhere.returncode == cli.main(two) == cli.main(later) == 1
    assert "warnings" in elsewhere.stderr and "warnings" in capsys.readouterr().err
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()
    assert (tmp_path / "one.png").read_bytes() != (tmp_path / "later.png").read_bytes()
    verdict = run(["verify", f"{tmp_path}/later.png", "--in", str(folder)])
    assert verdict.returncode == 0 and verdict.stdout.startswith("same: made-up-20260120-"), verdict.stdout


@pytest.mark.parametrize(
    ("file", "record", "column", "value"),
    [
        ("events.csv", "E2", "notes", "seen again"),
        ("figures.csv", "P1", "best", "2150"),
        ("sources.csv", "S1", "publisher", "Another house"),
    ],
)
def test_verify_names_the_record_that_changed(files, folder, tmp_path, file, record, column, value):
    copy = tmp_path / "situation"
    shutil.copytree(folder, copy)
    change(copy, file, record, column, value)
    verdict = verify(files / "map.png", load(copy))
    assert not verdict.same
    assert f"{file}: {record} has changed." in verdict.differences
    assert len(verdict.differences) == 1


def test_verify_names_the_record_that_went(files, folder, tmp_path):
    copy = tmp_path / "situation"
    shutil.copytree(folder, copy)
    text = (copy / "events.csv").read_text("utf-8")
    (copy / "events.csv").write_text(
        "\n".join(line for line in text.splitlines() if not line.startswith("E5,")), "utf-8"
    )
    verdict = verify(files / "map.png", load(copy))
    assert "events.csv: E5 is not there any more." in verdict.differences


def test_a_change_elsewhere_is_a_note_and_no_difference(files, folder, tmp_path):
    copy = tmp_path / "situation"
    shutil.copytree(folder, copy)
    change(copy, "sources.csv", "S3", "publisher", "Nobody cites it")
    verdict = verify(files / "map.png", load(copy))
    assert verdict.same
    assert verdict.notes == ["The files of the situation have changed since."]


def test_an_edited_pixel_is_seen(files, folder, tmp_path):
    picture = Image.open(files / "map.png")
    text = picture.text["mapapp receipt"]
    picture.putpixel((300, 200), (1, 2, 3))
    from PIL import PngImagePlugin

    info = PngImagePlugin.PngInfo()
    info.add_itxt("mapapp receipt", text)
    picture.save(tmp_path / "edited.png", pnginfo=info)
    verdict = verify(tmp_path / "edited.png", load(folder))
    assert not verdict.same
    assert "not the one of the receipt" in verdict.differences[0]


def test_a_picture_whose_receipt_was_edited_with_it_is_seen(files, folder, tmp_path):
    content = (files / "map.svg").read_bytes()
    other = content.replace(b"2026-01-20", b"2026-01-21")
    (tmp_path / "edited.svg").write_bytes(other)
    verdict = verify(tmp_path / "edited.svg", load(folder))
    assert not verdict.same


def test_an_edited_pdf_is_seen(files, folder, tmp_path):
    writer = PdfWriter(clone_from=files / "map.pdf")
    page = writer.pages[0]
    added = DecodedStreamObject()
    added.set_data(page.get_contents().get_data() + b"\n0 0 10 10 re f\n")
    page[NameObject("/Contents")] = writer._add_object(added)
    writer.write(tmp_path / "edited.pdf")
    verdict = verify(tmp_path / "edited.pdf", load(folder))
    assert not verdict.same and "edited" in verdict.differences[0]


def test_a_picture_pulled_out_of_a_slide_verifies(files, folder, tmp_path):
    with zipfile.ZipFile(files / "map.pptx") as package:
        media = next(name for name in package.namelist() if name.startswith("ppt/media/"))
        (tmp_path / "pulled.png").write_bytes(package.read(media))
    assert verify(tmp_path / "pulled.png", load(folder)).same


def test_a_picture_saved_again_without_its_texts_verifies_by_the_receipt_beside_it(files, folder, tmp_path):
    Image.open(files / "map.png").convert("RGB").save(tmp_path / "again.png", compress_level=9)
    with pytest.raises(NotFound, match="no receipt"):
        verify(tmp_path / "again.png", load(folder))
    shutil.copy(beside(files / "map.png", "receipt"), beside(tmp_path / "again.png", "receipt"))
    assert verify(tmp_path / "again.png", load(folder)).same


def test_another_situation_is_named(files, situation):
    verdict = verify(files / "map.png", situation)
    assert not verdict.same
    assert any("'made-up'" in line for line in verdict.differences)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\nbroken", b"PK\x03\x04broken", b"%PDF-broken"])
def test_a_file_without_a_receipt_or_sense_is_refused_in_words(folder, tmp_path, content):
    (tmp_path / "odd").write_bytes(content)
    with pytest.raises((AskedWrongly, NotFound)):
        verify(tmp_path / "odd", load(folder))


@pytest.mark.parametrize("text", ["{}", "[]", "no", '{"receipt":1}', '{"receipt":99}'])
def test_what_is_no_receipt_is_refused_in_words(text):
    with pytest.raises(AskedWrongly):
        read(text)


def test_a_view_survives_its_record():
    asked = view(extent=(38.0, 34.5, 42.5, 37.5), before=TWENTIETH.replace(day=4), audience="GREEN", paper="A3",
                 portrait=True, table=True, statuses=("open", "closed"), caption="x")  # fmt: skip
    assert from_record(json.loads(json.dumps(asked.as_record()))) == asked


@pytest.mark.parametrize(
    "wrong", [{"paper": "A9"}, {"audience": "PINK"}, {"extent": (42, 34, 38, 37)}, {"extent": (38, 34, 42, 99)}]
)
def test_a_view_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(AskedWrongly):
        View(**{"day": TWENTIETH, "created": view().created, **wrong})


def test_the_digest_of_the_data_is_that_of_the_files(situation):
    made = snapshot(edition(situation), view(facility_id="al-hol"), "png", DPI)
    assert made.receipt.digest == load(GEODATA).digest
    assert "P022" in made.receipt.records["figures"]


def test_pdf_properties_hold_title_day_and_receipt(files):
    about = PdfReader(io.BytesIO((files / "map.pdf").read_bytes())).metadata
    assert about.title == "A made-up valley"
    assert about.creation_date.isoformat() == "2026-11-22T12:00:00+00:00"
    assert read(about["/MapappReceipt"]).file == "pdf"
