"""An order: what a briefer chooses, and the one file that is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from mapapp.briefing import animation, snapshot
from mapapp.briefing.lint import Finding, worst
from mapapp.briefing.sharing import Edition
from mapapp.briefing.view import View
from mapapp.packing.members import code, film, film_name
from mapapp.packing.pack import Told, pack, quiet

FORMATS: Mapping[str, tuple[str, str]] = {
    "png": ("Picture (PNG)", "image/png"),
    "svg": ("Drawing (SVG)", "image/svg+xml"),
    "pdf": ("Document (PDF)", "application/pdf"),
    "pptx": ("Slide (PPTX)", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "mp4": ("Film (MP4)", "video/mp4"),
    "gif": ("Moving picture (GIF)", "image/gif"),
    "webp": ("Moving picture (WebP)", "image/webp"),
    "zip": ("Briefing pack (ZIP): all of it", "application/zip"),
}
"""Kind of file -> what it is called, and its media type."""

SIZES: Mapping[str, tuple[str, bool]] = {
    "A4, lying": ("A4", False),
    "A4, upright": ("A4", True),
    "A3, lying": ("A3", False),
    "A3, upright": ("A3", True),
    "16:9, a screen": ("16:9", False),
}
"""What a size is called -> paper, and whether it is upright."""

SCREEN = "16:9, a screen"
MOVING = animation.KINDS
PREVIEW_DPI = 110


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for.

    Attributes
    ----------
    view : View
        Of the sheet.
    since : date
        Where moving pictures and the change report begin.
    kind : str
        Of `FORMATS`.
    """

    view: View
    since: date
    kind: str

    @property
    def moves(self) -> bool:
        """Whether it is a moving picture."""
        return self.kind in MOVING


@dataclass(frozen=True, eq=False)
class Made:
    """A file: its name, its bytes, the id of its receipt, and what lint found."""

    name: str
    content: bytes
    receipt_id: str
    findings: list[Finding]

    @property
    def fit(self) -> bool:
        """Whether nothing is missing that it must carry."""
        return worst(self.findings) != "error"


def preview(edition: Edition, order: Order) -> Made:
    """The sheet of an order as a small picture; of moving pictures the last sheet."""
    view = film(order.view, order.since).on(order.view.day, since=None) if order.moves else order.view
    made = snapshot.snapshot(edition, view, "png", PREVIEW_DPI)
    return Made("preview.png", made.content, made.receipt.id, made.findings)


def make(edition: Edition, order: Order, progress: Told = quiet) -> Made:
    """Make what is asked for.

    Raises
    ------
    AskedWrongly, NotFound
        Where it cannot be made.
    """
    if order.kind == "zip":
        name = f"{code(edition)}_pack_{order.view.day:%Y%m%d}.zip"
        packed = pack(edition, order.view, order.since, progress)
        return Made(name, packed.content, packed.receipt.id, packed.findings)
    if order.moves:
        view = film(order.view, order.since)
        made = animation.animate(edition, view, order.kind, lambda done, count: progress(done, count, "frames"))
        return Made(film_name(edition, view, order.kind), made.content, made.receipt.id, made.findings)
    view = replace(order.view, since=None)
    made = snapshot.snapshot(edition, view, order.kind)
    name = snapshot.file_name(edition, view, order.kind)
    return Made(name, made.content, made.receipt.id, made.findings)
