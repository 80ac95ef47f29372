"""The body of a sheet, between header and footer: one map with its side column, in its simplest form."""

from __future__ import annotations

from dataclasses import dataclass, field

from mapapp.briefing.canvas import Canvas
from mapapp.briefing.counted import draw_counts
from mapapp.briefing.daylist import draw_list, fitting
from mapapp.briefing.dossierlist import draw_dossier
from mapapp.briefing.frame import Box, Frame
from mapapp.briefing.legend import HAPPENING, sections
from mapapp.briefing.legendlist import Arrangement, arrange, draw_legend
from mapapp.briefing.names import draw_numbers
from mapapp.briefing.onemap import Style, draw_inset_beside, draw_map
from mapapp.briefing.scene import Happening, Scene, scene
from mapapp.briefing.sitetable import draw_table
from mapapp.briefing.view import View
from mapapp.briefing.words import day_words
from mapapp.timeline.records import Record
from mapapp.timeline.timeline import Timeline

LEAST_MM = 12.0
"""A box lower than this is not worth beginning a list in."""


@dataclass(frozen=True, eq=False)
class Body:
    """What a body shows.

    Attributes
    ----------
    scenes : list of Scene
        Of its maps.
    when : str
        The day or days, in words.
    told : list of Record
        The events that are told beside the maps.
    counted : list of str
        The sites whose head count is told.
    facts : str
        In place of scale and projection, where there is no map.
    unplaced : list of str
        Sites whose name found no room.
    cut : list of str
        Entries, texts and lists that found no room.
    """

    scenes: list[Scene]
    when: str
    told: list[Record] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    facts: str = ""
    unplaced: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)


def draw_single(canvas: Canvas, page: Frame, timeline: Timeline, view: View) -> Body:
    """One map of one day; beside it the legend and what is on record for the day, or for the facility asked for."""
    shown = scene(timeline, view, page.maps)
    names = draw_map(canvas, shown, Style(page.scale, focus=view.facility_id))
    columns = page.side.split(page.side_columns)
    numbers = [] if view.facility_id else names.numbers
    legend = _legend(canvas, timeline, columns, page.scale, {HAPPENING} if numbers else set())
    free = draw_inset_beside(canvas, shown, legend.free, page.scale)
    box = _next_box(free, [happening for happening, _ in numbers], page.scale)
    numbers = numbers[: fitting([happening for happening, _ in numbers], box, page.scale)]
    if not numbers:
        legend = _legend(canvas, timeline, columns, page.scale, set())
        box = _next_box(free, [], page.scale)
    draw_legend(canvas, legend, page.scale)
    draw_numbers(canvas, numbers, page.scale)
    body = Body([shown], f"Situation on {day_words(view.day, weekday=True)}", unplaced=names.unplaced, cut=legend.left)
    if view.facility_id:
        body.told.extend(draw_dossier(canvas, timeline, view, box, page.scale))
    else:
        _lists(canvas, body, [happening for happening, _ in numbers], box, page.scale)
    if page.table:
        body.cut.extend(draw_table(canvas, shown, page.table, 1 if view.portrait else 2, page.scale))
    return body


def _legend(canvas: Canvas, timeline: Timeline, columns: list[Box], scale: float, more: set[str]) -> Arrangement:
    return arrange(sections(timeline.situation, canvas.keys("map") | more), columns, scale)


def _next_box(free: list[Box], happenings: list[Happening], scale: float) -> Box:
    """The first of the free boxes that has room for the list, else the largest."""
    roomy = (one for one in free if one.h > LEAST_MM * scale and fitting(happenings, one, scale) == len(happenings))
    return next(roomy, max(free, key=lambda box: box.h))


def _lists(canvas: Canvas, body: Body, happenings: list[Happening], box: Box, scale: float) -> None:
    """What happened, by number, and the head counts, as far as there is room."""
    y = draw_list(canvas, box, happenings, scale)
    body.told.extend(event for happening in happenings for event in happening.events)
    rest = Box(box.x, y, box.w, box.bottom - y)
    body.counted.extend(draw_counts(canvas, body.scenes[0], rest, scale))
