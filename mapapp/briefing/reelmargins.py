"""Round the map of a moving picture: title and marking, the day and where it lies in the span, what happened on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mapapp.briefing import ink, margins
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.frame import MARGIN, Box
from mapapp.briefing.names import NUMBER_MM, draw_number
from mapapp.briefing.onemap import map_facts
from mapapp.briefing.scene import Happening, Scene
from mapapp.briefing.sharing import Edition
from mapapp.briefing.text import clean, line_mm, shorten, width_mm
from mapapp.briefing.view import PAPERS, View
from mapapp.briefing.words import day_words, moment_words

WIDTH, HEIGHT = PAPERS["16:9"]
BAR = Box(MARGIN, 21.3, WIDTH - 2 * MARGIN, 1.2)
CAPTION_TOP, FOOT_TOP = 163.5, 177.5
TITLE_PT, DAY_PT, CAPTION_PT, SMALL_PT = 13.0, 24.0, 10.0, 7.6


def draw_margins(canvas: Canvas, edition: Edition, view: View, sheet_id: str, shown: Scene, scale: float) -> None:
    """What is the same on every frame."""
    situation = edition.timeline.situation
    left = margins.draw_marking(canvas, WIDTH - MARGIN, 6.5, edition.marking, scale)
    title = shorten(clean(view.title or situation.title), left - MARGIN - 4, TITLE_PT, "bold")
    canvas.text(MARGIN, 5.0, title, TITLE_PT, weight="bold")
    canvas.rule(MARGIN, FOOT_TOP, WIDTH - MARGIN, ink.HAIR, 0.6)
    width = WIDTH - 2 * MARGIN
    lines = [
        f"{situation.disclaimer}  ·  Made by {situation.organisation}, {moment_words(view.created)}",
        "Ground is computed from dated claims at places; a line between two colours is not a front line.  ·  "
        f"{map_facts(shown)}  ·  {sheet_id}",
    ]
    if withheld := edition.withheld_words():
        lines[1] = f"{withheld}  ·  {lines[1]}"
    y = FOOT_TOP + 1.2
    for line in lines:
        y = canvas.text(MARGIN, y, shorten(clean(line), width, SMALL_PT), SMALL_PT, colour=ink.SOFT)


def draw_day(canvas: Canvas, days: Sequence[date], number: int, told: Sequence[Happening]) -> None:
    """What differs from frame to frame: the day, how far it is, and what happened."""
    canvas.text(MARGIN, 10.6, day_words(days[number], weekday=True), DAY_PT, weight="bold", colour=ink.ACCENT)
    span = max((days[-1] - days[0]).days, 1)
    done = BAR.w * (days[number] - days[0]).days / span
    canvas.box(BAR, ink.HAIR)
    canvas.box(Box(BAR.x, BAR.y, done, BAR.h), ink.ACCENT, order=2)
    for day in days:
        if day.day == 1:
            x = BAR.x + BAR.w * (day - days[0]).days / span
            canvas.box(Box(x, BAR.y - 0.6, 0.35, BAR.h + 1.2), ink.SOFT, order=3)
    y, aside = CAPTION_TOP, NUMBER_MM * 3
    for index, happening in enumerate(told, 1):
        titles = [event["title"] for event in happening.events]
        more = f" (and {len(titles) - 1} more here)" if len(titles) > 1 else ""
        room = WIDTH - 2 * MARGIN - aside - width_mm(more, CAPTION_PT)
        draw_number(canvas, MARGIN + NUMBER_MM, y + line_mm(CAPTION_PT) / 2, index, 1.15)
        y = canvas.text(MARGIN + aside, y, shorten(clean(titles[0]), room, CAPTION_PT) + more, CAPTION_PT)
