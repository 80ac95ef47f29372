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
from mapapp.briefing.text import clean, shorten
from mapapp.briefing.words import UNKNOWN, persons_words, short_day
from mapapp.situation.situation import Situation
from mapapp.situation.symbols import STATUSES
from mapapp.timeline.records import Record

HEAD_PT, CELL_PT, PAGE_MM = 6.2, 6.1, 9.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width, and what stands in it."""

    head: str
    share: float
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


def _columns(**shares: float) -> tuple[Column, ...]:
    return tuple(Column(*_CELLS[name][:1], share, _CELLS[name][1]) for name, share in shares.items())


_CELLS: dict[str, tuple[str, Callable[[Record, Situation], str]]] = {
    "site": ("Site", lambda row, _: clean(row["name"])),
    "arabic": ("Arabic", lambda row, _: clean(row["name_ar"] or "")),
    "state": ("State, since", _status),
    "guard": ("Guard", _holder("guard")),
    "ground": ("Ground", _holder("ground_holder")),
    "people": ("People inside (as of)", _persons),
    "verified": ("Verified", lambda row, _: short_day(row["last_verified_on"])),
}
WIDTHS = (
    (165, _columns(site=0.25, arabic=0.165, state=0.15, guard=0.085, ground=0.085, people=0.185, verified=0.08)),
    (112, _columns(site=0.25, arabic=0.165, state=0.21, guard=0.11, people=0.265)),
    (0, _columns(site=0.29, state=0.25, guard=0.13, people=0.33)),
)
"""From which width on (mm on A4) a table has which columns."""


def draw_table(canvas: Canvas, scene: Scene, box: Box, columns: int, scale: float) -> list[str]:
    """Draw the table, down one column after another; gives the sites that found no room."""
    halves = box.split(columns, 6 * scale)
    high = ROW_HEIGHT * scale
    room = int(box.h / high - 1.35)
    shown = scene.sites[: room * columns]
    deep = -(-len(shown) // columns)
    for n, half in enumerate(halves):
        rows = shown[n * deep : (n + 1) * deep]
        if rows:
            draw_rows(canvas, scene.timeline.situation, half, [row.record for row in rows], scale)
    return [f"table: {site.key}" for site in scene.sites[len(shown) :]]


def draw_rows(
    canvas: Canvas, situation: Situation, box: Box, rows: list[Record], scale: float, pages: list[int] | None = None
) -> None:
    """Draw one column of the table; with `pages`, the number of the page of each site after it."""
    high, aside = ROW_HEIGHT * scale, 4.4 * scale
    size, width = CELL_PT * scale, box.w - aside - (PAGE_MM * scale if pages else 0)
    columns = next(columns for least, columns in WIDTHS if width >= least * scale)
    edges = [box.x + aside + width * share for share in accumulate((column.share for column in columns), initial=0)]
    for x, column in zip(edges, columns, strict=False):
        canvas.text(x, box.y, column.head, HEAD_PT * scale, weight="bold")
    if pages:
        canvas.text(box.right, box.y, "Page", HEAD_PT * scale, weight="bold", align="right")
    canvas.rule(box.x, box.y + high * 1.05, box.right, ink.INK, 0.5 * scale)
    for n, row in enumerate(rows):
        y = box.y + high * (n + 1.2)
        draw_site(canvas, box.x + 1.6 * scale, y + high * 0.5, row["facility_type"], row["status"], scale=scale * 0.66,
                  part="table")  # fmt: skip
        for x, column in zip(edges, columns, strict=False):
            text = column.cell(row, situation)
            colour = ink.FAINT if text == UNKNOWN else ink.INK
            canvas.text(x, y + 0.3 * scale, shorten(text, column.share * width - 0.8, size), size, colour=colour)
        if pages:
            canvas.text(box.right, y + 0.3 * scale, str(pages[n]), size, align="right")
        canvas.rule(box.x, y + high, box.right, ink.HAIR, 0.25 * scale)
