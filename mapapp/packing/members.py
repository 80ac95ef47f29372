"""What is in a pack: each file by name, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mapapp import replay
from mapapp.briefing.animation import Progress, animate
from mapapp.briefing.lint import Finding
from mapapp.briefing.sharing import Edition
from mapapp.briefing.snapshot import Snapshot, file_name, snapshot
from mapapp.briefing.view import View
from mapapp.exchange import report
from mapapp.timeline.changes import changes

FILM = "mp4"
SLIDE_PAPER = "16:9"


@dataclass(frozen=True, eq=False)
class Member:
    """A file of a pack.

    Attributes
    ----------
    name, what : str
        Of the file, and what it is in words.
    make : callable
        Gives its bytes and what lint found; is told a progress.
    picture : bool
        Whether it carries a receipt of its own.
    """

    name: str
    what: str
    make: Callable[[Progress], tuple[bytes, Sequence[Finding]]]
    picture: bool = True


def members(edition: Edition, view: View, since: date) -> list[Member]:
    """The files of a pack, in the order in which they are made.

    Parameters
    ----------
    edition : Edition
        The situation as the readers may see it.
    view : View
        Of the sheet. Slide and moving picture have the shape of a screen.
    since : date
        The day from which on changes are told.
    """
    slide = replace(view, paper=SLIDE_PAPER, portrait=False, table=False)
    moving = film(view, since)
    about, days = code(edition), span(since, view.day)
    return [
        *(
            Member(file_name(edition, view, kind), f"the sheet, as {kind.upper()}", _still(edition, view, kind))
            for kind in ("pdf", "png")
        ),
        Member(file_name(edition, slide, "pptx"), "the slide; its title, caption and sources can be edited",
               _still(edition, slide, "pptx")),
        Member(film_name(edition, moving, FILM), "the days as a film, one frame for each day",
               lambda progress: _told(animate(edition, moving, FILM, progress))),
        Member(f"{about}_replay.html", "the whole situation as a page that opens in any browser, offline",
               lambda progress: (replay.html(edition.timeline).encode(), ()), picture=False),
        Member(f"{about}_changes_{days}.html", f"what changed from {since} to {view.day}",
               lambda progress: (_changes(edition, since, view.day), ()), picture=False),
    ]  # fmt: skip


def film(view: View, since: date) -> View:
    """The view as a moving picture from a day on."""
    return replace(
        view, since=since, paper=SLIDE_PAPER, portrait=False, table=False, facility_id=None, before=None, days=()
    )


def film_name(edition: Edition, view: View, kind: str) -> str:
    """The name of the file of a moving picture."""
    return f"{code(edition)}_film_16x9_{span(view.since or view.day, view.day)}.{kind}"


def code(edition: Edition) -> str:
    """What the name of every file begins with."""
    name = edition.timeline.situation.id.upper()
    return "".join(sign if sign.isalnum() else "-" for sign in name)


def span(first: date, last: date) -> str:
    """Two days as the name of a file has them."""
    return f"{first:%Y%m%d}-{last:%Y%m%d}"


def _still(edition: Edition, view: View, kind: str) -> Callable[[Progress], tuple[bytes, Sequence[Finding]]]:
    return lambda progress: _told(snapshot(edition, view, kind))


def _told(made: Snapshot) -> tuple[bytes, Sequence[Finding]]:
    return made.content, made.findings


def _changes(edition: Edition, since: date, day: date) -> bytes:
    timeline = edition.timeline
    return report.html(changes(timeline, since, timeline, day), timeline).encode()
