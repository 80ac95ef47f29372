"""Small maps of several days on one sheet."""

from __future__ import annotations

import math
from itertools import pairwise

from mapapp.briefing.body import Body
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.changelist import site_changes
from mapapp.briefing.frame import Box, Frame
from mapapp.briefing.legend import sections
from mapapp.briefing.legendlist import arrange, draw_legend
from mapapp.briefing.onemap import Style, draw_inset_beside, draw_map
from mapapp.briefing.scene import scene
from mapapp.briefing.view import View
from mapapp.briefing.words import day_words
from mapapp.errors import AskedWrongly
from mapapp.timeline.timeline import Timeline

MOST = 12
SHAPE = 1.5
"""Width to height that a map should have."""

SMALL, SYMBOLS = 0.82, 0.75
"""How much smaller letters, and symbols against letters, are than on a whole sheet."""


def draw_days(canvas: Canvas, page: Frame, timeline: Timeline, view: View) -> Body:
    """One map for each day; on each the sites are named whose record changed since the one before.

    Raises
    ------
    AskedWrongly
        Where there are more days than a sheet has room for.
    """
    days = sorted(set(view.days))
    if len(days) > MOST:
        raise AskedWrongly(f"A sheet has room for {MOST} days, not {len(days)}. Leave some out, or make an animation.")
    changed = {after: set(site_changes(timeline, before, after)) for before, after in pairwise(days)}
    body = Body([], f"{day_words(days[0])}  to  {day_words(days[-1])}")
    for day, box in zip(days, _grid(page.maps, len(days)), strict=False):
        shown = scene(timeline, view.on(day), box)
        only = frozenset(changed.get(day, ()))
        names = draw_map(canvas, shown, Style(page.scale * SMALL, SYMBOLS, only, day_words(day), inset=False))
        body.scenes.append(shown)
        body.unplaced.extend(names.unplaced)
    parts = sections(timeline.situation, canvas.keys("map"))
    legend = arrange(parts, page.side.split(page.side_columns), page.scale)
    draw_legend(canvas, legend, page.scale)
    body.cut.extend(legend.left)
    draw_inset_beside(canvas, body.scenes[0], legend.free, page.scale)
    return body


def _grid(box: Box, count: int) -> list[Box]:
    """As many boxes of one size as are needed, in rows, near the shape of a screen."""

    def cost(across: int) -> float:
        down = math.ceil(count / across)
        return abs(math.log(box.w / across / (box.h / down) / SHAPE)) + (across * down - count) / count

    across = min(range(1, count + 1), key=cost)
    down = math.ceil(count / across)
    return [cell for row in box.stack(down, 3) for cell in row.split(across, 3)]
