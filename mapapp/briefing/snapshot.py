"""A snapshot: a sheet as a file of any kind with its receipt in it, and the lint report that goes with it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from mapapp.briefing import raster, slides, vector
from mapapp.briefing.atlas import atlas
from mapapp.briefing.content import PLACE, picture_digest, pixels_digest, with_receipt
from mapapp.briefing.lint import Finding, as_records, lint
from mapapp.briefing.receipt import KEY, Receipt
from mapapp.briefing.sharing import Edition
from mapapp.briefing.sheet import Sheet, draw
from mapapp.briefing.view import View
from mapapp.errors import AskedWrongly
from mapapp.situation.writers import write_whole

KINDS = ("png", "svg", "pdf", "pptx")
DPI = 300
SLIDE_SIGNS = 420


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A picture to hand over: the bytes of its file, its receipt, and what lint found."""

    content: bytes
    receipt: Receipt
    findings: list[Finding]


def snapshot(edition: Edition, view: View, kind: str, dpi: int = DPI) -> Snapshot:
    """Make a picture.

    Parameters
    ----------
    edition : Edition
        The situation for the audience and the known day that the view names (see `sharing.edition`).
    view : View
        What to show.
    kind : str
        Of `KINDS`.
    dpi : int
        Dots per inch of PNG, and of the picture in PPTX.

    Returns
    -------
    Snapshot
        The same input gives the same bytes, in any process and on any day.

    Raises
    ------
    AskedWrongly, NotFound
        Where the view cannot be drawn.
    """
    if kind not in KINDS:
        raise AskedWrongly(f"There is no picture of the kind {kind!r}. Choose one of {', '.join(KINDS)}.")
    if view.atlas and kind != "pdf":
        raise AskedWrongly("An atlas has several pages: it is made as PDF only.")
    if view.atlas:
        pages = atlas(edition, view)
    else:
        pages = [("", draw(edition, view, letters_as_shapes=kind in {"png", "pptx"}))]
    findings = [one for _, sheet in pages for one in lint(sheet, edition, view)]
    content, receipt = _file(pages, view, kind, dpi)
    return Snapshot(content, receipt, list(dict.fromkeys(findings)))


def _file(pages: list[tuple[str, Sheet]], view: View, kind: str, dpi: int) -> tuple[bytes, Receipt]:
    _, sheet = pages[0]
    title = sheet.title
    if kind == "svg":
        drawing = vector.svg(sheet.canvas, title, PLACE)
        made = replace(sheet.receipt, file=kind, picture=picture_digest(drawing))
        return with_receipt(drawing, made.as_json()), made
    if kind == "pdf":
        bound = [(sheet.canvas, mark or sheet.body.when) for mark, sheet in pages]
        made = replace(sheet.receipt, file=kind)
        document = vector.pdf(bound, title, view.created, made.as_json())
        made = replace(made, picture=picture_digest(document))
        return vector.with_receipt(document, made.as_json()), made
    return _picture(sheet, view, kind, dpi)


def _picture(sheet: Sheet, view: View, kind: str, dpi: int) -> tuple[bytes, Receipt]:
    seen = raster.pixels(sheet.canvas, dpi)
    made = replace(sheet.receipt, file="png", dpi=dpi, picture=pixels_digest(seen))
    picture = raster.png(seen, dpi, {"Title": sheet.title, KEY: made.as_json()})
    if kind == "png":
        return picture, made
    made = replace(made, file="pptx")
    words = (sheet.title, view.caption or sheet.body.when, _short(sheet.sources))
    size = (sheet.canvas.width, sheet.canvas.height)
    return slides.pptx(picture, size, words, "\n".join(sheet.method), made.as_json(), view.created), made


def _short(sources: list[list[str]]) -> str:
    """The sources in as many signs as a slide has room for."""
    return next((text for text in map(" ".join, sources) if len(text) <= SLIDE_SIGNS), " ".join(sources[-1]))


def write(made: Snapshot, path: Path) -> list[Path]:
    """Write a snapshot, its receipt and its lint report beside it; gives the files."""
    receipt, report = beside(path, "receipt"), beside(path, "lint")
    write_whole(path, made.content)
    write_whole(receipt, made.receipt.as_json() + "\n")
    write_whole(report, json.dumps(as_records(made.findings), ensure_ascii=False, indent=1) + "\n")
    return [path, receipt, report]


def beside(path: Path, what: str) -> Path:
    """Where the receipt or the lint report of a file stands."""
    return path.with_name(f"{path.name}.{what}.json")


def file_name(edition: Edition, view: View, kind: str) -> str:
    """A name after the custom of the field: CODE_short-name_A4_YYYYMMDD."""
    code = edition.timeline.situation.id.upper().replace("_", "-")
    what = "atlas" if view.atlas else view.facility_id or ("pair" if view.before else "days" if view.days else "map")
    paper = view.paper.replace(":", "x")
    name = f"{code}_{what}_{paper}_{view.day:%Y%m%d}.{kind}"
    return "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in name)
