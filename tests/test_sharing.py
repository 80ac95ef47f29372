"""Copies for an audience: what it may not see is not there, in any file, in any spelling."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import pytest
from briefings import SECRETS, TWENTIETH, view, with_secrets
from PIL import Image
from pypdf import PdfReader

import mapapp
from mapapp import cli
from mapapp.briefing.animation import animate
from mapapp.briefing.sharing import edition
from mapapp.briefing.snapshot import KINDS, snapshot
from mapapp.packing.pack import pack
from mapapp.replay import html
from mapapp.situation.codes import AUDIENCES
from mapapp.situation.situation import load
from mapapp.timeline.listing import board_csv
from mapapp.timeline.sharing import copy_for
from mapapp.timeline.status import board

SHOWN_TO = {"AMBER": ["red-house"], "GREEN": ["red-house", "deep-hold"],
            "CLEAR": ["red-house", "deep-hold", "quiet-camp"]}  # fmt: skip


@pytest.fixture(scope="module")
def secret(tmp_path_factory):
    return load(with_secrets(tmp_path_factory.mktemp("secret") / "situation"))


@pytest.fixture(scope="module")
def editions(secret):
    return {audience: edition(secret, audience) for audience in AUDIENCES}


def inside(content: bytes) -> str:
    """Everything that can be read in a file, raw and unpacked."""
    parts = [content]
    if content.startswith(b"PK"):  # PPTX, XLSX, a pack
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts += [package.read(name) for name in package.namelist()]
            parts += [name.encode() for name in package.namelist()]
    if content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        parts += [page.extract_text().encode() for page in reader.pages]
        parts += [repr(reader.metadata).encode()]
        for match in re.finditer(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
            try:
                parts.append(zlib.decompressobj().decompress(match[1]))
            except zlib.error:
                continue
    if content[:4] in (b"\x89PNG", b"GIF8", b"RIFF"):
        picture = Image.open(io.BytesIO(content))
        parts.append(repr(picture.info).encode("utf-8"))
    texts = [part.decode("utf-8", "ignore") for part in parts]
    return "\n".join([*texts, *(part.decode("utf-16-be", "ignore") for part in parts)])


def found(text: str, secrets: list[str]) -> list[str]:
    hits = []
    for facility_id in secrets:
        name, arabic, _, (longitude, latitude) = SECRETS[facility_id]
        for word in (
            facility_id,
            name,
            arabic,
            f"{longitude}",
            f"{latitude}",
            f"PF-{facility_id}",
            f"EV-{facility_id}",
        ):
            if word.casefold() in text.casefold():
                hits.append(word)
    return hits


@pytest.mark.parametrize("audience", SHOWN_TO)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_withheld_is_in_the_bytes_of_a_picture(editions, audience, kind):
    made = snapshot(editions[audience], view(audience=audience, table=True), kind, 60)
    for content in (made.content, made.receipt.as_json().encode(), repr(made.findings).encode()):
        assert found(inside(content), SHOWN_TO[audience]) == []
    assert "Lantern" not in inside(made.content)


@pytest.mark.parametrize("kind", ["gif", "webp", "mp4"])
def test_nothing_withheld_is_in_the_bytes_of_a_moving_picture(editions, kind):
    asked = view(TWENTIETH, since=TWENTIETH.replace(day=18), audience="CLEAR", paper="16:9")
    made = animate(editions["CLEAR"], asked, kind, lambda done, count: None)
    assert found(inside(made.content), SHOWN_TO["CLEAR"]) == []


@pytest.mark.parametrize("audience", SHOWN_TO)
def test_nothing_withheld_is_in_a_pack(editions, audience):
    made = pack(editions[audience], view(audience=audience), TWENTIETH.replace(day=19))
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert len(files) == 9
    for name, content in files.items():
        text = inside(content)
        texts = [text, *map(inside, unpacked(text))] if name.endswith(".html") else [text]
        for one in texts:
            assert found(one, SHOWN_TO[audience]) == [], name
            assert "Lantern" not in one, name
    assert b"sites withheld" in files["READ-ME.txt"] or b"site withheld" in files["READ-ME.txt"]


@pytest.mark.parametrize("audience", SHOWN_TO)
def test_nothing_withheld_is_on_the_page_or_in_the_tables(editions, audience):
    timeline = editions[audience].timeline
    page = html(timeline)
    texts = [page, board_csv(board(timeline, TWENTIETH)), repr(board(timeline, TWENTIETH))]
    texts += [inside(zlib_parts) for zlib_parts in unpacked(page)]
    for text in texts:
        assert found(text, SHOWN_TO[audience]) == []


def unpacked(page: str) -> list[bytes]:
    """What the page holds in packed form."""
    import base64

    parts = []
    for block in re.findall(r"[A-Za-z0-9+/=]{200,}", page):
        raw = base64.b64decode(block + "=" * (-len(block) % 4))
        for window in (31, -15, 15):
            try:
                parts.append(zlib.decompressobj(window).decompress(raw))
            except zlib.error:
                continue
    return parts


COMMANDS = {
    "status": ["--date", "2026-01-20", "--format", "json"],
    "changes": ["--from", "2026-01-10", "--to", "2026-01-21", "--format", "json"],
    "changes html": ["--from", "2026-01-10", "--to", "2026-01-21", "--format", "html"],
    "changes markdown": ["--from", "2026-01-10", "--to", "2026-01-21", "--format", "markdown"],
    "contradictions": ["--date", "2026-01-20", "--format", "json"],
    "export json": ["--to", "json", "--out", "OUT/t.json"],
    "export xlsx": ["--to", "xlsx", "--out", "OUT/t.xlsx"],
    "export csv": ["--to", "csv", "--out", "OUT/csv"],
    "export hxl": ["--to", "hxl", "--out", "OUT/hxl"],
    "replay": ["--out", "OUT/page.html"],
}
"""Command, with what tells it from the same command asked otherwise -> its arguments."""


@pytest.mark.parametrize("audience", SHOWN_TO)
def test_nothing_withheld_is_in_what_a_command_says_or_writes(secret, tmp_path, capsys, audience):
    for command, arguments in COMMANDS.items():
        asked = [one.replace("OUT", str(tmp_path)) for one in arguments]
        assert cli.main([command.split()[0], str(secret.folder), *asked, "--audience", audience]) in (0, 1), command
        said = capsys.readouterr().out
        assert found(said, SHOWN_TO[audience]) == [], command
        assert "Lantern" not in said, command
    texts = {path: inside(path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()}
    assert len(texts) > 20
    page = next(text for path, text in texts.items() if path.suffix == ".html")
    texts |= {f"packed in the page, {number}": inside(part) for number, part in enumerate(unpacked(page))}
    for path, text in texts.items():
        assert found(text, SHOWN_TO[audience]) == [], path
        assert not re.search("lantern|40.1357|36.8642", text, re.IGNORECASE), path
    told = "".join(text for name, text in texts.items() if str(name).startswith("packed") or name.suffix == ".html")
    assert re.search(r"sites? withheld", told) and f'"tlp":"{audience}"' in told


def test_a_question_that_would_give_away_the_withheld_is_withheld_or_told_without_who_says_what(secret):
    copy = copy_for(secret, "CLEAR")
    assert list(copy.conflicts.index) == ["CG-tip"]
    assert copy.conflicts.loc["CG-tip", "positions"] is None and copy.conflicts.loc["CG-tip", "handling"] is None
    assert copy.events.loc["E21", "notes"] == "Heard و[withheld] and near the [withheld]s"
    assert len(copy_for(secret, "RED").conflicts) == 3


def test_the_secrets_are_found_where_they_may_be_seen(editions):
    made = snapshot(editions["RED"], view(audience="RED", table=True), "pdf")
    text = inside(made.content)
    for facility_id, (name, _, _, _) in SECRETS.items():
        assert facility_id in text and name in text, "the search would not find it anywhere"


def test_a_copy_says_how_many_are_withheld(editions):
    seen = editions["CLEAR"]
    assert seen.withheld["sites"] == 3
    assert seen.withheld_words().startswith("3 sites withheld")
    made = snapshot(seen, view(audience="CLEAR"), "pdf")
    assert "3 sites withheld" in PdfReader(io.BytesIO(made.content)).pages[0].extract_text()


def test_names_of_the_withheld_go_from_the_texts_of_others(secret):
    copy = copy_for(secret, "GREEN")
    notes = copy.events.loc["E20", "notes"]
    assert notes == "It came from [withheld] ([withheld]), [withheld]"
    assert copy.events.loc["E6", "notes"] == "Some went on to QUIET MEADOW CAMP", "the audience may know of that one"


def test_the_identity_of_a_marked_source_is_dropped(secret):
    copy = copy_for(secret, "AMBER")
    assert "S9" not in copy.sources.index
    assert copy.events.loc["E20", "source_ids"] == ("S1",)
    assert copy.events.loc["E20", "claimed_by"] == "[withheld]"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_copy_loads_and_shows_no_more_than_the_next_wider_one(secret, audience):
    copy = copy_for(secret, audience)
    narrower = AUDIENCES[AUDIENCES.index(audience) + 1 :]
    for other in narrower:
        assert set(copy.facilities.index) <= set(copy_for(secret, other).facilities.index)


def test_points_are_given_no_more_closely_than_their_radius(secret):
    copy = copy_for(secret, "CLEAR")
    before, after = secret.facilities.geometry["east-camp"], copy.facilities.geometry["east-camp"]
    assert before != after
    metres = mapapp.timeline.geodesy.geodesic_km(before, [after.x], [after.y])[0] * 1000
    assert 0 < metres <= 1001
    assert copy.facilities.loc["east-camp", "geo_radius_km"] == 2
    assert copy_for(secret, "RED").facilities.geometry["east-camp"] == before


def test_ground_that_rests_on_withheld_claims_is_computed_again(situation, tmp_path):
    from dataclasses import replace

    events = situation.events.copy()
    events.loc["C066", "tlp"] = "RED"
    secret_claim = replace(situation, events=events)
    copy = copy_for(secret_claim, "CLEAR")
    assert copy.withheld["records"] == 1
    assert not any("C066" in ids for ids in copy.zones["event_ids"])
    day = mapapp.board(mapapp.build(copy), TWENTIETH)
    assert next(row for row in day if row["facility_id"] == "al-hol")["ground_holder"] != "NONE"


def test_a_situation_without_secrets_loses_nothing(situation):
    copy = copy_for(situation, "RED")
    assert copy.events is situation.events and copy.facilities is situation.facilities and copy.withheld == {}
