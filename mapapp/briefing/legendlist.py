"""The legend on paper: its entries down the columns that it is given."""

from __future__ import annotations

from dataclasses import dataclass, field

from mapapp.briefing import ink
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.frame import Box
from mapapp.briefing.legend import SWATCH_W, SYMBOL_W, Entry
from mapapp.briefing.text import line_mm, shorten, width_mm, wrap

HEAD_PT, ENTRY_PT = 7.2, 6.5
Section = tuple[str, list[Entry]]


@dataclass(frozen=True)
class Arrangement:
    """Where everything of a legend stands.

    Attributes
    ----------
    heads : list of (float, float, str)
        x, y and text of the headings.
    rows : list of (list of Entry, Box)
        Entries in a row, and the cell of each; all of one row have the same width.
    left : list of str
        The keys that found no room.
    free : Box
        What is left of the columns: the rest of the column in which the legend ends, or all of the next one.
    """

    heads: list[tuple[float, float, str]] = field(default_factory=list)
    rows: list[tuple[Entry, Box]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    free: list[Box] = field(default_factory=list)


def arrange(parts: list[Section], columns: list[Box], scale: float) -> Arrangement:
    """Find a place for every entry of a legend (see `legend.sections`), down one column after another."""
    found = Arrangement()
    number, y = 0, columns[0].y
    for head, entries in parts:
        rows = _rows(entries, columns[number].w, scale)
        heights = [_height(row, columns[number].w / len(rows[0]), scale) for row in rows]
        need = line_mm(HEAD_PT * scale) + sum(heights)
        most = columns[number].h
        if y + min(need, most) > columns[number].bottom + 0.1 and number + 1 < len(columns):
            number, y = number + 1, columns[number + 1].y
        found.heads.append((columns[number].x, y, head))
        y += line_mm(HEAD_PT * scale) + 0.5 * scale
        for row, height in zip(rows, heights, strict=True):
            if y + height > columns[number].bottom + 0.1 and number + 1 < len(columns):
                number, y = number + 1, columns[number + 1].y
            if y + height > columns[number].bottom + 0.1:
                found.left.extend(entry.key for entry in row)
                continue
            width = columns[number].w / len(rows[0])
            found.rows.extend(
                (entry, Box(columns[number].x + n * width, y, width, height)) for n, entry in enumerate(row)
            )
            y += height
        y += 1.2 * scale
    last = columns[number]
    found.free.extend([Box(last.x, y, last.w, max(last.bottom - y, 0)), *columns[number + 1 :]])
    return found


def _rows(entries: list[Entry], width: float, scale: float) -> list[list[Entry]]:
    """As many entries in a row as fit into cells of one width, three at the most."""
    widest = max(entry.aside(scale) + width_mm(entry.text, ENTRY_PT * scale) for entry in entries) + 1.5 * scale
    across = 1 if any(entry.wide for entry in entries) else max(1, min(3, int(width / widest)))
    return [entries[n : n + across] for n in range(0, len(entries), across)]


def _height(row: list[Entry], width: float, scale: float) -> float:
    return max(len(_lines(entry, width, scale)) for entry in row) * line_mm(ENTRY_PT * scale) + 0.75 * scale


def _lines(entry: Entry, width: float, scale: float) -> list[str]:
    room = width - entry.aside(scale)
    lines = wrap(entry.text, room, ENTRY_PT * scale, most=2)
    return [*lines, shorten(entry.arabic, room, ENTRY_PT * scale)] if entry.arabic else lines


def draw_legend(canvas: Canvas, found: Arrangement, scale: float) -> None:
    """Draw an arranged legend."""
    for x, y, head in found.heads:
        canvas.text(x, y, head, HEAD_PT * scale, weight="bold")
    for entry, cell in found.rows:
        _draw_entry(canvas, entry, cell, scale)


def _draw_entry(canvas: Canvas, entry: Entry, cell: Box, scale: float) -> None:
    size, high = ENTRY_PT * scale, cell.h - 0.6 * scale
    entry.draw(canvas, Box(cell.x, cell.y, (SWATCH_W if entry.wide else SYMBOL_W) * scale, high), scale)
    canvas.note(f"legend:{entry.key}")
    lines = _lines(entry, cell.w, scale)
    y = cell.y + (high - len(lines) * line_mm(size)) / 2
    for number, line in enumerate(lines):
        is_arabic = bool(entry.arabic) and number == len(lines) - 1
        y = canvas.text(cell.x + entry.aside(scale), y, line, size, colour=ink.SOFT if is_arabic else ink.INK)
