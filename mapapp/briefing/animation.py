"""A moving picture: a full sheet, a frame for each day or each change, a full sheet; as GIF, WebP or MP4."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from PIL import Image

from mapapp.briefing import raster
from mapapp.briefing.lint import Finding, lint
from mapapp.briefing.receipt import Receipt, receipt, used
from mapapp.briefing.reel import DPI, Reel
from mapapp.briefing.sharing import Edition
from mapapp.briefing.sheet import draw
from mapapp.briefing.snapshot import Snapshot
from mapapp.briefing.view import View
from mapapp.errors import AskedWrongly
from mapapp.timeline.spans import ends, starts

KINDS = ("gif", "webp", "mp4")
QUIET_MS, EVENT_MS, SHEET_MS = 200, 1200, 3000
"""How long a day on which nothing happened stays, one on which something did, and a full sheet."""

FRAMES_A_SECOND = 10
MOST_DAYS = 800
COLOURS = 256
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture and how long it stays, in milliseconds."""

    picture: Image.Image
    ms: int


def animate(edition: Edition, view: View, kind: str, *, changes_only: bool, progress: Progress) -> Snapshot:
    """Make a moving picture.

    Parameters
    ----------
    edition : Edition
        The situation as the viewers may see it.
    view : View
        What to show; `since` is the first day and `day` the last.
    kind : str
        Of `KINDS`.
    changes_only : bool
        A frame for each day on which something changes or happens, in place of one for each day.
    progress : callable
        Told how many frames are done, and how many there are.

    Returns
    -------
    Snapshot
        With the receipt in the file, and what lint found on the last sheet.

    Raises
    ------
    AskedWrongly
        Where the days make no sense, or the kind is none.
    """
    if kind not in KINDS:
        raise AskedWrongly(f"There is no moving picture of the kind {kind!r}. Choose one of {', '.join(KINDS)}.")
    reel = Reel(edition, view, _days(edition, view, changes_only=changes_only))
    told = [event for number in range(len(reel.days)) for one in reel.told(number) for event in one.events]
    made = replace(
        receipt(edition.timeline, view, used(reel.scenes, told), edition.marking, edition.withheld), file=kind, dpi=DPI
    )
    findings: list[Finding] = []
    shots = _shots(edition, view, reel, made, findings, progress)
    write = {"gif": _gif, "webp": _webp, "mp4": _mp4}[kind]
    return Snapshot(write(shots, made.as_json()), made, findings)


def _days(edition: Edition, view: View, *, changes_only: bool) -> list[date]:
    if view.since is None or view.since > view.day:
        raise AskedWrongly("The first day of a moving picture must not be after its last.")
    count = (view.day - view.since).days + 1
    if count > MOST_DAYS:
        raise AskedWrongly(f"These are {count} days; a moving picture has {MOST_DAYS} at the most.")
    days = [view.since + timedelta(n) for n in range(count)]
    if not changes_only:
        return days
    moments = _moments(edition)
    return [day for day in days if day in moments or day in {days[0], days[-1]}]


def _moments(edition: Edition) -> set[date]:
    """The days on which ground or a site's record changes, or something happens."""
    timeline = edition.timeline
    found: set[date] = set()
    for spans in (timeline.composite.spans, timeline.custody):
        found |= {moment.date() for several in (starts(spans), ends(spans)) for moment in several.unique()}
    return found | {moment.date() for moment in timeline.events["event_date"].dropna().unique()}


def _shots(
    edition: Edition, view: View, reel: Reel, made: Receipt, findings: list[Finding], progress: Progress
) -> Iterator[Shot]:
    """The first sheet, the frames, the last sheet."""
    count = len(reel.days)
    yield Shot(_sheet(edition, view, reel.days[0], findings), SHEET_MS)
    for number in range(count):
        progress(number, count)
        yield Shot(reel.frame(number, made.id), EVENT_MS if reel.told(number) else QUIET_MS)
    yield Shot(_sheet(edition, view, reel.days[-1], findings), SHEET_MS)
    progress(count, count)


def _sheet(edition: Edition, view: View, day: date, findings: list[Finding]) -> Image.Image:
    one = view.on(day, since=None, paper="16:9", portrait=False)
    sheet = draw(edition, one)
    findings.extend(found for found in lint(sheet, edition, one) if found not in findings)
    return Image.fromarray(raster.pixels(sheet.canvas, DPI))


def _gif(shots: Iterator[Shot], receipt_text: str) -> bytes:
    """All frames in the colours of the first and the busiest: no colour flickers from frame to frame."""
    taken = list(shots)
    palette = _palette([shot.picture for shot in taken])
    frames = [shot.picture.quantize(palette=palette, dither=Image.Dither.NONE) for shot in taken]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=[shot.ms for shot in taken], loop=0,
                   comment=receipt_text.encode(), disposal=1, optimize=False)  # fmt: skip
    return file.getvalue()


def _palette(pictures: list[Image.Image]) -> Image.Image:
    """The colours of a few frames from all over the span."""
    chosen = pictures[:: max(1, len(pictures) // 6)][:8]
    width, height = chosen[0].size
    whole = Image.new("RGB", (width // 2, height // 2 * len(chosen)))
    for number, picture in enumerate(chosen):
        whole.paste(picture.resize((width // 2, height // 2), Image.Resampling.NEAREST), (0, height // 2 * number))
    return whole.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _webp(shots: Iterator[Shot], receipt_text: str) -> bytes:
    first, *rest = shots
    file = io.BytesIO()
    first.picture.save(file, "WEBP", save_all=True, append_images=[shot.picture for shot in rest], loop=0, quality=82,
                       method=0, duration=[shot.ms for shot in (first, *rest)], xmp=receipt_text.encode())  # fmt: skip
    return file.getvalue()


def _mp4(shots: Iterator[Shot], receipt_text: str) -> bytes:
    """H.264, with the index at its head so that it plays while it loads."""
    with tempfile.TemporaryDirectory(prefix="mapapp-") as folder:
        path, about = Path(folder) / "moving.mp4", Path(folder) / "about.txt"
        about.write_text(";FFMETADATA1\ncomment=" + _escaped(receipt_text) + "\n", "utf-8")
        first = next(shots)
        width, height = (side - side % 2 for side in first.picture.size)
        command = [
            imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24",
            "-s", f"{width}x{height}", "-r", str(FRAMES_A_SECOND), "-i", "-", "-i", str(about), "-map_metadata", "1",
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-movflags", "+faststart",
            "-fflags", "+bitexact", "-flags:v", "+bitexact", "-threads", "2", str(path),
        ]  # fmt: skip
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            assert running.stdin is not None
            for shot in (first, *shots):
                frame = np.asarray(shot.picture.crop((0, 0, width, height))).tobytes()
                for _ in range(shot.ms * FRAMES_A_SECOND // 1000):
                    running.stdin.write(frame)
            running.stdin.close()
            if running.wait() != 0:
                raise AskedWrongly("The film could not be made: the encoder gave up.")
        return path.read_bytes()


def _escaped(text: str) -> str:
    """As the metadata files of FFmpeg have it."""
    return "".join(f"\\{sign}" if sign in "=;#\\\n" else sign for sign in text)
