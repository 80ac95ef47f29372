"""Moving pictures: the right frames, held as long as they need, between two full sheets; the receipt in the file."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from itertools import pairwise

import imageio_ffmpeg
import numpy as np
import pytest
import situations
from briefings import TWENTIETH, change, view
from PIL import Image

from mapapp.briefing import moving
from mapapp.briefing.animation import EVENT_MS, KINDS, QUIET_MS, SHEET_MS, animate
from mapapp.briefing.content import picture_digest
from mapapp.briefing.encoders import FRAMES_A_SECOND, with_receipt
from mapapp.briefing.receipt import read
from mapapp.briefing.reel import Reel
from mapapp.briefing.sharing import Edition
from mapapp.briefing.sharing import edition as edition_of
from mapapp.briefing.snapshot import beside, write
from mapapp.briefing.verify import verify
from mapapp.errors import AskedWrongly, NotFound
from mapapp.situation.situation import load

FIRST, LAST = date(2026, 1, 18), date(2026, 1, 21)
ASKED = view(LAST, since=FIRST, paper="16:9")


@pytest.fixture(scope="module")
def edition(timeline):
    return Edition(timeline, "CLEAR")


def make(edition, kind, asked=ASKED, *, changes_only=False, steps=None):
    def progress(done: int, count: int) -> None:
        if steps is not None:
            steps.append((done, count))

    return animate(edition, asked.on(asked.day, changes_only=changes_only), kind, progress)


def test_a_gif_has_a_frame_for_each_day_between_two_sheets(edition):
    steps: list[tuple[int, int]] = []
    picture = Image.open(io.BytesIO(make(edition, "gif", steps=steps).content))
    times = []
    for number in range(picture.n_frames):
        picture.seek(number)
        times.append(picture.info["duration"])
    assert times == [SHEET_MS, *[EVENT_MS] * 4, SHEET_MS]
    assert steps == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    assert picture.size == (1280, 720)


def test_the_receipt_is_in_the_file(edition):
    made = make(edition, "gif")
    inside = Image.open(io.BytesIO(made.content)).info["comment"].decode()
    assert read(inside) == made.receipt
    assert made.receipt.view["since"] == "2026-01-18"
    assert {"C066", "H002"} <= made.receipt.records["events"].keys()


def test_an_mp4_plays(edition, tmp_path):
    path = tmp_path / "m.mp4"
    path.write_bytes(make(edition, "mp4").content)
    seconds = (2 * SHEET_MS + 4 * EVENT_MS) / 1000
    frames = imageio_ffmpeg.read_frames(str(path))
    about = next(frames)
    assert about["codec"] == "h264" and about["size"] == (1280, 720)
    assert about["duration"] == pytest.approx(seconds, abs=0.2)
    assert sum(1 for _ in frames) == pytest.approx(seconds * FRAMES_A_SECOND, abs=1)
    shown = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-i", str(path)], capture_output=True, text=True, check=False
    )
    assert re.search(r"comment\s*: .*nes-2026-20260121-", shown.stderr)


def test_a_webp_moves(edition):
    picture = Image.open(io.BytesIO(make(edition, "webp").content))
    assert picture.n_frames == 6


def test_quiet_days_pass_quickly_or_not_at_all(edition):
    asked = view(date(2026, 3, 9), since=date(2026, 3, 5), paper="16:9")
    picture = Image.open(io.BytesIO(make(edition, "gif", asked).content))
    times = []
    for number in range(picture.n_frames):
        picture.seek(number)
        times.append(picture.info["duration"])
    assert QUIET_MS * 3 in times or times.count(QUIET_MS) >= 3, "frames that are alike may be one that stays longer"
    fewer = Image.open(io.BytesIO(make(edition, "gif", asked, changes_only=True).content))
    assert fewer.n_frames < picture.n_frames or picture.n_frames == 4


def test_only_what_changes_is_drawn_again_and_it_does_change(edition):
    reel = Reel(edition, ASKED, [date(2026, 1, day) for day in (18, 19, 20, 21)])
    frames = [np.asarray(reel.frame(number, "id")).astype(int) for number in range(4)]
    top = slice(0, 80)
    for one, other in pairwise(frames):
        assert np.abs(one[top] - other[top]).max() > 100, "the date is another"
    legend = (slice(100, 600), slice(945, 1240))
    assert np.abs(frames[0][legend] - frames[3][legend]).max() == 0, "the legend stays"
    assert reel.left == []
    ground = [key for key in reel._layers if isinstance(key, tuple) and key[0] == "ground"]
    assert 1 < len(ground) <= 4


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (view(FIRST, since=LAST), "must not be after"),
        (view(LAST, since=date(2020, 1, 1)), "800 at the most"),
        (view(LAST), "must not be after"),
    ],
)
def test_days_that_make_no_sense_are_refused(edition, asked, words):
    with pytest.raises(AskedWrongly, match=words):
        make(edition, "gif", asked)
    with pytest.raises(AskedWrongly, match="kind"):
        make(edition, "avi")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return situations.make(tmp_path_factory.mktemp("moving") / "situation")


@pytest.fixture(scope="module")
def films(folder, tmp_path_factory):
    """A film of each kind of the made-up situation."""
    where, seen = tmp_path_factory.mktemp("films"), edition_of(load(folder))
    for kind in KINDS:
        write(make(seen, kind, view(TWENTIETH, since=TWENTIETH.replace(day=19), paper="16:9")), where / f"film.{kind}")
    return where


@pytest.mark.parametrize("kind", KINDS)
def test_verify_says_same_of_a_moving_picture_and_names_a_record_that_changed(films, folder, tmp_path, kind):
    assert verify(films / f"film.{kind}", load(folder)).same
    copy = shutil.copytree(folder, tmp_path / "situation")
    change(copy, "events.csv", "E2", "notes", "seen again")
    verdict = verify(films / f"film.{kind}", load(copy))
    assert verdict.differences == ["events.csv: E2 has changed."]


@pytest.mark.parametrize("kind", KINDS)
def test_an_edited_moving_picture_is_seen(films, folder, tmp_path, kind):
    content = bytearray((films / f"film.{kind}").read_bytes())
    at = content.index(b"mdat") + len(content) // 3 if kind == "mp4" else len(content) // 2
    content[at] ^= 1
    (tmp_path / f"edited.{kind}").write_bytes(content)
    shutil.copy(beside(films / f"film.{kind}", "receipt"), beside(tmp_path / f"edited.{kind}", "receipt"))
    verdict = verify(tmp_path / f"edited.{kind}", load(folder))
    assert not verdict.same
    assert "not the one of the receipt" in verdict.differences[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_moving_picture_without_its_texts_verifies_by_the_receipt_beside_it(films, folder, tmp_path, kind):
    content = (films / f"film.{kind}").read_bytes()
    bare = content.replace(moving.receipt_in(content).encode(), b"")
    if kind == "gif":
        bare = b"".join(part for part in moving._gif_parts(content) if not part.startswith(b"\x21\xfe")) + b";"
    if kind == "mp4":
        bare = with_receipt(content, "mp4", "")
    (tmp_path / f"bare.{kind}").write_bytes(bare)
    with pytest.raises((NotFound, AskedWrongly)):
        verify(tmp_path / f"bare.{kind}", load(folder))
    shutil.copy(beside(films / f"film.{kind}", "receipt"), beside(tmp_path / f"bare.{kind}", "receipt"))
    assert picture_digest(bare) == picture_digest(content)


def test_frames_packed_by_another_encoder_are_compared_before_they_were_packed(films, folder, tmp_path):
    content = (films / "film.webp").read_bytes()
    made = read(moving.receipt_in(content))
    image = Image.open(io.BytesIO(content))
    other = io.BytesIO()
    image.save(other, "WEBP", save_all=True, quality=30)
    packed = other.getvalue()
    told = replace(made, encoder="Another packer 1.0", picture=picture_digest(packed))
    (tmp_path / "other.webp").write_bytes(moving.webp_with(packed, told.as_json()))
    verdict = verify(tmp_path / "other.webp", load(folder))
    assert verdict.same and "Another packer 1.0" in verdict.notes[0]


@pytest.mark.parametrize("head", [b"GIF89a", b"RIFF\x00\x00\x00\x00WEBP", b"\0\0\0\x18ftypisom"])
@pytest.mark.parametrize("rest", [b"", b"\0" * 9, b"\xff" * 40, b"\x21\xfe\x09abc"])
def test_a_moving_picture_that_breaks_off_is_refused_in_words(folder, tmp_path, head, rest):
    (tmp_path / "odd").write_bytes(head + rest)
    with pytest.raises((AskedWrongly, NotFound)):
        verify(tmp_path / "odd", load(folder))
