"""The list beside the map: how many people are said to be in the sites in view, and as of when."""

from __future__ import annotations

from mapapp.briefing import ink
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.frame import Box
from mapapp.briefing.scene import Scene
from mapapp.briefing.text import clean, line_mm, shorten, width_mm
from mapapp.briefing.words import persons_words

HEAD_PT, ENTRY_PT = 7.2, 6.5
LEAST = 2
"""With less room than for this many lines the list is left out; the table has them all."""


def draw_counts(canvas: Canvas, scene: Scene, box: Box, scale: float) -> list[str]:
    """Write the head counts, the latest first, as far as there is room; gives the sites that are named."""
    size = ENTRY_PT * scale
    said = [(site, *persons_words(site.record["persons"])) for site in scene.sites]
    told = sorted((one for one in said if one[1]), key=lambda one: one[0].record["persons"]["as_of"], reverse=True)
    room = int((box.h - line_mm(HEAD_PT * scale) - 1) / line_mm(size))
    if not told or room < LEAST:
        return []
    y = canvas.text(box.x, box.y, "People inside, as claimed", HEAD_PT * scale, weight="bold") + 0.3 * scale
    kept = told[: room if len(told) <= room else room - 1]
    for site, number, day in kept:
        text = f"{number}  ({day})"
        name = shorten(clean(site.record["name"]), box.w - width_mm(text, size) - 2, size)
        canvas.text(box.right, y, text, size, align="right")
        y = canvas.text(box.x, y, name, size)
    if len(kept) < len(told):
        canvas.text(box.x, y, f"and {len(told) - len(kept)} older ones", size, colour=ink.SOFT)
    return [site.key for site, _, _ in kept]
