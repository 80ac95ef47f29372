"""Header and footer of a sheet: what, where, when; on whose word, how, with what limits, and who may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mapapp.briefing import ink
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.frame import Box, Frame
from mapapp.briefing.text import line_mm, shorten, width_mm, wrap
from mapapp.briefing.view import View
from mapapp.briefing.words import day_words, moment_words
from mapapp.situation.situation import Situation

HEADS = ("Sources", "Method and limits", "Responsible")
SHARES = ((0.44, 0.24, 0.32), (0.38, 0.24, 0.38), (0.34, 0.28, 0.38), (0.34, 0.22, 0.44), (0.3, 0.3, 0.4))
COLUMN_GAP = 5.0
CUT = "… (all of it in the receipt)"
TITLE_PT, DAY_PT, CAPTION_PT, SMALL_PT, LABEL_PT = 14.5, 11.5, 7.4, 6.0, 8.5


@dataclass(frozen=True, slots=True)
class Imprint:
    """What header and footer say besides the situation's own words.

    Attributes
    ----------
    title, when : str
        The first two lines.
    marking : str
        The sharing level of the copy.
    sheet_id : str
        The id of the snapshot.
    withheld : str
        How many records are withheld, in words; empty: none.
    sources : list of list of str
        The sources by layer, said at several lengths, the longest first.
    method : list of str
        Method and limits.
    map_facts : str
        Scale and projection.
    """

    title: str
    when: str
    marking: str
    sheet_id: str
    withheld: str
    sources: list[list[str]]
    method: list[str]
    map_facts: str


def draw_header(canvas: Canvas, frame: Frame, view: View, imprint: Imprint) -> list[str]:
    """Title, day and sharing level; gives the texts that had to be cut."""
    scale, box = frame.scale, frame.header
    left = draw_marking(canvas, box.right, box.y, imprint.marking, scale)
    room = left - box.x - 4
    cut = []
    shown = shorten(imprint.title, room, TITLE_PT * scale, "bold")
    if shown != imprint.title:
        cut.append("title")
    y = canvas.text(box.x, box.y - 0.8 * scale, shown, TITLE_PT * scale, weight="bold")
    when_size = DAY_PT * scale
    canvas.text(box.x, y - 0.4 * scale, imprint.when, when_size, weight="medium", colour=ink.ACCENT)
    caption = view.caption or ""
    y += line_mm(when_size) - 0.2 * scale
    lines = wrap(caption, box.w, CAPTION_PT * scale, most=1) if caption else []
    if lines and lines[0] != caption:
        cut.append("caption")
    canvas.lines(box.x, y, lines, CAPTION_PT * scale, colour=ink.SOFT)
    canvas.text(
        box.right, box.y + 7 * scale, f"Sheet {imprint.sheet_id}", SMALL_PT * scale, colour=ink.SOFT, align="right"
    )
    if imprint.withheld:
        canvas.text(
            box.right, box.y + 10 * scale, imprint.withheld, SMALL_PT * scale + 0.6, weight="bold", align="right"
        )
    return cut


def draw_marking(canvas: Canvas, right: float, top: float, marking: str, scale: float) -> float:
    """The label of the sharing level, flush right; gives its left edge."""
    text = f"TLP:{marking}"
    size = LABEL_PT * scale
    width = width_mm(text, size, "bold") + 4 * scale
    height = 5.4 * scale
    canvas.box(Box(right - width, top, width, height), ink.TLP_GROUND, order=9)
    canvas.text(
        right - width / 2,
        top + (height - size * 0.353 * 1.25) / 2,
        text,
        size,
        weight="bold",
        colour=ink.TLP[marking],
        align="center",
    )
    return right - width


def draw_footer(canvas: Canvas, frame: Frame, situation: Situation, view: View, imprint: Imprint) -> list[str]:
    """Sources, method and limits, disclaimer; then the line that tells one sheet from another."""
    scale, box = frame.scale, frame.footer
    size = SMALL_PT * scale
    canvas.rule(box.x, box.y, box.right, ink.INK, 0.6 * scale)
    last = box.bottom - line_mm(size) - 1.2 * scale
    canvas.rule(box.x, last, box.right, ink.HAIR, 0.5 * scale)
    body = Box(box.x, box.y + 1.2 * scale, box.w, last - box.y - 1.2 * scale)
    columns, fits = _fitted(imprint, situation, body, size)
    for head, (column, lines) in zip(HEADS, columns, strict=True):
        _column(canvas, column, head, lines, size)
    _last_line(canvas, Box(box.x, last + 0.9 * scale, box.w, box.bottom - last), view, imprint, scale)
    return [] if fits else ["footer"]


def _own(situation: Situation) -> list[str]:
    lines = [f"Made by {situation.organisation}." if situation.organisation else "", situation.disclaimer]
    licence = f"Licence: {situation.licence}." if situation.licence else ""
    credited = f"Credits: {'; '.join(situation.credits)}." if situation.credits else ""
    return [line for line in (*lines, licence, credited) if line]


def _fitted(imprint: Imprint, situation: Situation, box: Box, size: float) -> tuple[list[tuple[Box, list[str]]], bool]:
    """The three columns with the longest sources for which all of them fit, however the width is shared out."""
    room = int(box.h / line_mm(size) + 0.1) - 1
    found: list[tuple[Box, list[str]]] = []
    for sources in imprint.sources:
        for shares in SHARES:
            found, x = [], box.x
            for share, texts in zip(shares, (sources, imprint.method, _own(situation)), strict=True):
                width = (box.w - 2 * COLUMN_GAP) * share
                lines = [line for text in texts for line in wrap(text, width, size)]
                found.append((Box(x, box.y, width, box.h), lines))
                x += width + COLUMN_GAP
            if all(len(lines) <= room for _, lines in found):
                return found, True
    return [(column, _shortened(lines, room, column.w, size)) for column, lines in found], False


def _shortened(lines: list[str], room: int, width: float, size: float) -> list[str]:
    if len(lines) <= room:
        return lines
    return [*lines[: room - 1], shorten(f"{lines[room - 1]} {CUT}", width, size)]


def _column(canvas: Canvas, box: Box, head: str, lines: Sequence[str], size: float) -> None:
    y = canvas.text(box.x, box.y, head, size, weight="bold")
    canvas.lines(box.x, y, lines, size, colour=ink.SOFT)


def _last_line(canvas: Canvas, box: Box, view: View, imprint: Imprint, scale: float) -> None:
    size = SMALL_PT * scale
    known = f"as known on {day_words(view.known, short=True)}" if view.known else "all reports on file"
    data = f"Data: {day_words(view.day, short=True)} (UTC), {known}"
    left = f"{data}  ·  Made: {moment_words(view.created)}  ·  {imprint.map_facts}"
    right = f"{imprint.sheet_id}  ·  TLP:{imprint.marking}"
    canvas.text(box.x, box.y, shorten(left, box.w - width_mm(right, size, "bold") - 4, size), size, colour=ink.SOFT)
    canvas.text(box.right, box.y, right, size, weight="bold", align="right")
