"""Moving pictures: the right frames, held as long as they need, between two full sheets; the receipt in the file."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import date
from itertools import pairwise

import imageio_ffmpeg
import numpy as np
import pytest
from briefings import view
from PIL import Image

from mapapp.briefing.animation import EVENT_MS, QUIET_MS, SHEET_MS, animate
from mapapp.briefing.receipt import read
from mapapp.briefing.reel import Reel
from mapapp.briefing.sharing import Edition
from mapapp.errors import AskedWrongly

FIRST, LAST = date(2026, 1, 18), date(2026, 1, 21)
ASKED = view(LAST, since=FIRST, paper="16:9")


@pytest.fixture(scope="module")
def edition(timeline):
    return Edition(timeline, "CLEAR")


def make(edition, kind, asked=ASKED, *, changes_only=False, steps=None):
    def progress(done: int, count: int) -> None:
        if steps is not None:
            steps.append((done, count))

    return animate(edition, asked, kind, changes_only=changes_only, progress=progress)


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
    assert sum(1 for _ in frames) == pytest.approx(seconds * 10, abs=1)
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
