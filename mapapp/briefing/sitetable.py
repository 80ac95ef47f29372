"""The table of the sites in view, below the map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from mapapp.briefing import ink
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.frame import ROW_HEIGHT, Box
from mapapp.briefing.scene import Scene
from mapapp.briefing.symbols import draw_site
from mapapp.briefing.text import clean, shorten, width_mm
from mapapp.briefing.words import UNKNOWN, persons_words, short_day
from mapapp.situation.situation import Situation
from mapapp.situation.symbols import STATUSES
from mapapp.timeline.records import Record

HEAD_PT, CELL_PT, PAGE_MM, PAD_MM = 6.2, 6.1, 9.0, 2.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and what stands in it."""

    head: str
    cell: Callable[[Record, Situation], str]


def _holder(name: str) -> Callable[[Record, Situation], str]:
    def cell(row: Record, situation: Situation) -> str:
        actor = situation.actors.get(row[name])
        return (actor.short or actor.name) if actor else row[name] or UNKNOWN

    return cell


def _persons(row: Record, situation: Situation) -> str:
    number, day = persons_words(row["persons"])
    return f"{number} ({day})" if number else UNKNOWN


def _status(row: Record, situation: Situation) -> str:
    if row["status"] is None:
        return UNKNOWN
    since = f", {short_day(row['status_since'])}" if row["status_since"] else ""
    return f"{STATUSES[row['status']].label}{since}"


SITE = Column("Site", lambda row, _: clean(row["name"]))
ARABIC = Column("Arabic", lambda row, _: clean(row["name_ar"] or ""))
STATE = Column("State, since", _status)
GUARD = Column("Guard", _holder("guard"))
GROUND = Column("Ground", _holder("ground_holder"))
PEOPLE = Column("People inside (as of)", _persons)
VERIFIED = Column("Verified", lambda row, _: short_day(row["last_verified_on"]))
CHOICES = (
    (SITE, ARABIC, STATE, GUARD, GROUND, PEOPLE, VERIFIED),
    (SITE, ARABIC, STATE, GUARD, GROUND, PEOPLE),
    (SITE, ARABIC, STATE, GUARD, PEOPLE),
    (SITE, STATE, GUARD, PEOPLE),
)
"""Which columns a table may have: the most for which there is room."""


def draw_table(canvas: Canvas, scene: Scene, box: Box, columns: int, scale: float) -> list[str]:
    """Draw the table, down one column after another; gives the sites that found no room."""
    halves = box.split(columns, 6 * scale)
    everything = [site.record for site in scene.sites]
    high = ROW_HEIGHT * scale
    room = int(box.h / high - 1.35)
    shown = scene.sites[: room * columns]
    deep = -(-len(shown) // columns)
    for n, half in enumerate(halves):
        rows = shown[n * deep : (n + 1) * deep]
        if rows:
            draw_rows(canvas, scene.timeline.situation, half, [row.record for row in rows], scale, like=everything)
    return [f"table: {site.key}" for site in scene.sites[len(shown) :]]


def draw_rows(
    canvas: Canvas,
    situation: Situation,
    box: Box,
    rows: list[Record],
    scale: float,
    pages: list[int] | None = None,
    like: list[Record] | None = None,
) -> None:
    """Draw one column of the table; with `pages`, the number of the page of each site after it.

    Its columns are as wide as the texts of all rows need, those of `like` too: tables side by side are then alike.
    """
    high, aside = ROW_HEIGHT * scale, 4.4 * scale
    size, width = CELL_PT * scale, box.w - aside - (PAGE_MM * scale if pages else 0)
    columns, widths = _laid_out(like or rows, situation, width, size)
    edges = list(accumulate(widths, initial=box.x + aside))
    for x, column in zip(edges, columns, strict=False):
        canvas.text(x, box.y, column.head, HEAD_PT * scale, weight="bold")
    if pages:
        canvas.text(box.right, box.y, "Page", HEAD_PT * scale, weight="bold", align="right")
    canvas.rule(box.x, box.y + high * 1.05, box.right, ink.INK, 0.5 * scale)
    for n, row in enumerate(rows):
        y = box.y + high * (n + 1.2)
        draw_site(canvas, box.x + 1.6 * scale, y + high * 0.5, row["facility_type"], row["status"], scale=scale * 0.66,
                  part="table")  # fmt: skip
        for x, room, column in zip(edges, widths, columns, strict=False):
            text = column.cell(row, situation)
            colour = ink.FAINT if text == UNKNOWN else ink.INK
            canvas.text(x, y + 0.3 * scale, shorten(text, room - 0.8, size), size, colour=colour)
        if pages:
            canvas.text(box.right, y + 0.3 * scale, str(pages[n]), size, align="right")
        canvas.rule(box.x, y + high, box.right, ink.HAIR, 0.25 * scale)


def _laid_out(
    rows: list[Record], situation: Situation, width: float, size: float
) -> tuple[tuple[Column, ...], list[float]]:
    """The columns for which there is room, and how wide each is: what is over is shared, what is short is too."""
    for columns in CHOICES:
        needs = [_need(column, rows, situation, size) for column in columns]
        if sum(needs) <= width:
            return columns, [need + (width - sum(needs)) / len(needs) for need in needs]
    return columns, [need * width / sum(needs) for need in needs]


def _need(column: Column, rows: list[Record], situation: Situation, size: float) -> float:
    """How wide a column must be for nothing in it to be cut."""
    texts = {column.cell(row, situation) for row in rows}
    return max([width_mm(column.head, size, "bold"), *(width_mm(text, size) for text in texts)]) + PAD_MM
