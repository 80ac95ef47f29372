"""A moving picture: a full sheet, a frame for each day or each change, a full sheet; as GIF, WebP or MP4."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PIL import Image

from mapapp.briefing import moving, raster
from mapapp.briefing.encoders import Shot, encode, encoder, with_receipt
from mapapp.briefing.lint import Finding, lint
from mapapp.briefing.receipt import Receipt, receipt, used
from mapapp.briefing.reel import DPI, Reel
from mapapp.briefing.sharing import Edition
from mapapp.briefing.sheet import draw
from mapapp.briefing.snapshot import Snapshot
from mapapp.briefing.view import View
from mapapp.errors import AskedWrongly
from mapapp.timeline.spans import ends, starts

KINDS = moving.KINDS
QUIET_MS, EVENT_MS, SHEET_MS = 200, 1200, 3000
"""How long a day on which nothing happened stays, one on which something did, and a full sheet."""

MOST_DAYS = 800
Progress = Callable[[int, int], None]


def animate(edition: Edition, view: View, kind: str, progress: Progress) -> Snapshot:
    """Make a moving picture.

    Parameters
    ----------
    edition : Edition
        The situation as the viewers may see it.
    view : View
        What to show; `since` is the first day and `day` the last. With `changes_only` a frame for each day on which
        something changes or happens, in place of one for each day.
    kind : str
        Of `KINDS`.
    progress : callable
        Told how many frames are done, and how many there are.

    Returns
    -------
    Snapshot
        With the receipt in the file, and what lint found on the two sheets. The same input gives the same frames, and
        with the same encoder the same bytes.

    Raises
    ------
    AskedWrongly
        Where the days make no sense, or the kind is none.
    """
    if kind not in KINDS:
        raise AskedWrongly(f"There is no moving picture of the kind {kind!r}. Choose one of {', '.join(KINDS)}.")
    reel = Reel(edition, view, frame_days(edition, view))
    told = [event for number in range(len(reel.days)) for one in reel.told(number) for event in one.events]
    made = receipt(edition.timeline, view, used(reel.scenes, told), edition.marking, edition.withheld)
    findings: list[Finding] = []
    seen = hashlib.sha256()
    film = encode(_watched(_shots(edition, view, reel, made, findings, progress), seen), kind)
    made = replace(
        made, file=kind, dpi=DPI, picture=moving.digest(film), frames=seen.hexdigest(), encoder=encoder(kind)
    )
    return Snapshot(with_receipt(film, kind, made.as_json()), made, findings)


def _watched(shots: Iterator[Shot], seen: Any) -> Iterator[Shot]:
    """The shots, each added to a digest as it goes by."""
    for shot in shots:
        seen.update(f"{shot.picture.size} {shot.ms}".encode())
        seen.update(shot.picture.tobytes())
        yield shot


def frame_days(edition: Edition, view: View) -> list[date]:
    """Give the days of a moving picture that get a frame.

    Raises
    ------
    AskedWrongly
        Where the days make no sense, or are too many.
    """
    if view.since is None or view.since > view.day:
        raise AskedWrongly("The first day of a moving picture must not be after its last.")
    count = (view.day - view.since).days + 1
    if count > MOST_DAYS:
        raise AskedWrongly(f"These are {count} days; a moving picture has {MOST_DAYS} at the most.")
    days = [view.since + timedelta(n) for n in range(count)]
    if not view.changes_only:
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
