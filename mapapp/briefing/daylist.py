"""The list beside the map: what was reported for the day, by the numbers on the map."""

from __future__ import annotations

from collections.abc import Sequence

from mapapp.briefing.canvas import Canvas
from mapapp.briefing.frame import Box
from mapapp.briefing.names import NUMBER_MM, draw_number
from mapapp.briefing.scene import Happening
from mapapp.briefing.text import line_mm, wrap

HEAD_PT, ENTRY_PT = 7.2, 6.5
GAP_MM, ASIDE_MM = 0.9, NUMBER_MM * 2 + 1.5


def fitting(happenings: Sequence[Happening], box: Box, scale: float) -> int:
    """For how many of these happenings, from the first on, a box has room."""
    y = box.y + line_mm(HEAD_PT * scale) + 0.5 * scale
    for number, happening in enumerate(happenings):
        y += len(_lines(happening, box, scale)) * line_mm(ENTRY_PT * scale) + GAP_MM * scale
        if y > box.bottom + GAP_MM * scale:
            return number
    return len(happenings)


def _lines(happening: Happening, box: Box, scale: float) -> list[str]:
    titles = [event["title"] for event in happening.events]
    text = titles[0] + (f" (and {len(titles) - 1} more here)" if len(titles) > 1 else "")
    return wrap(text, box.w - ASIDE_MM * scale, ENTRY_PT * scale, most=2)


def draw_list(canvas: Canvas, box: Box, happenings: Sequence[Happening], scale: float) -> float:
    """Write the list into a box that has room for it; gives where it ends."""
    if not happenings:
        return box.y
    y = canvas.text(box.x, box.y, "Reported for this day", HEAD_PT * scale, weight="bold") + 0.5 * scale
    size = ENTRY_PT * scale
    for number, happening in enumerate(happenings, 1):
        draw_number(canvas, box.x + NUMBER_MM * scale, y + line_mm(size) * 0.5, number, scale)
        y = canvas.lines(box.x + ASIDE_MM * scale, y, _lines(happening, box, scale), size) + GAP_MM * scale
    return y + 1 * scale
