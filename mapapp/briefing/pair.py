"""A pair: one day beside another, and the list of what changed between them."""

from __future__ import annotations

from datetime import date

from mapapp.briefing.body import Body
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.changelist import ground_changes, place_changes, site_changes, together
from mapapp.briefing.frame import Box, Frame
from mapapp.briefing.legend import sections
from mapapp.briefing.legendlist import arrange, draw_legend
from mapapp.briefing.onemap import Style, draw_inset_beside, draw_map
from mapapp.briefing.scene import scene
from mapapp.briefing.text import line_mm, shorten, wrap
from mapapp.briefing.view import View
from mapapp.briefing.words import day_words
from mapapp.timeline.timeline import Timeline

HEAD_PT, ENTRY_PT = 7.2, 6.1
SYMBOLS = 0.82
NOTHING = "nothing"
MOST_LINES = 4


def draw_pair(canvas: Canvas, page: Frame, timeline: Timeline, view: View) -> Body:
    """Two maps with the sites named whose record changed; below them legend and changes."""
    assert view.before is not None
    first, second = sorted((view.before, view.day))
    changed = site_changes(timeline, first, second)
    boxes = page.maps.stack(2) if view.portrait else page.maps.split(2)
    body = Body([], f"{day_words(first, weekday=True)}  →  {day_words(second, weekday=True)}")
    for day, box in zip((first, second), boxes, strict=True):
        shown = scene(timeline, view.on(day), box)
        style = Style(page.scale, SYMBOLS, frozenset(changed), day_words(day, weekday=True), inset=day == first)
        names = draw_map(canvas, shown, style)
        body.scenes.append(shown)
        body.unplaced.extend(names.unplaced)
    columns = page.side.split(page.side_columns)
    share = 2 if len(columns) > 3 else 1
    legend = arrange(sections(timeline.situation, canvas.keys("map")), columns[:share], page.scale)
    draw_legend(canvas, legend, page.scale)
    body.cut.extend(legend.left)
    draw_inset_beside(canvas, body.scenes[0], legend.free, page.scale)
    room = Box(columns[share].x, page.side.y, page.side.right - columns[share].x, page.side.h)
    body.cut.extend(_changes(canvas, timeline, (first, second), changed, room, page.scale))
    return body


def _changes(
    canvas: Canvas, timeline: Timeline, days: tuple[date, date], changed: dict[str, str], room: Box, scale: float
) -> list[str]:
    """Changes of ground, places and sites, in two columns; gives what found no room."""
    size = ENTRY_PT * scale
    places = place_changes(timeline, *days)
    texts = [("Ground", "; ".join(ground_changes(timeline, *days)) or NOTHING)]
    texts += [("Sites", text) for text in together(changed.values())] or [("Sites", NOTHING)]
    texts += [("Places", f"{said}: {', '.join(names)}") for said, names in places.items()] or [("Places", NOTHING)]
    columns = room.split(2)
    column, y, head, left = 0, room.y, "", []
    for name, text in texts:
        lines = wrap(text, columns[0].w, size, most=MOST_LINES)
        if lines != wrap(text, columns[0].w, size):
            left.append(f"change: {shorten(text, 60, size)}")
        need = (len(lines) + (name != head) * 1.4) * line_mm(size)
        if y + need > room.bottom and column == 0:
            column, y = 1, room.y
        if y + need > room.bottom:
            left.append(f"change: {shorten(text, 60, size)}")
            continue
        if name != head:
            y = canvas.text(columns[column].x, y + 0.6, f"{name}: what changed", HEAD_PT * scale, weight="bold")
            head = name
        y = canvas.lines(columns[column].x, y, lines, size) + 0.25 * scale
    return left
