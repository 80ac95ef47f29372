"""A sheet: one page with maps of a day or several, and everything a reader needs to trust them or not."""

from __future__ import annotations

from dataclasses import dataclass

from mapapp.briefing import margins
from mapapp.briefing.body import Body, draw_single
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.frame import Frame, frame
from mapapp.briefing.method import method_lines
from mapapp.briefing.multiples import draw_days
from mapapp.briefing.onemap import map_facts
from mapapp.briefing.pair import draw_pair
from mapapp.briefing.receipt import Receipt, receipt, used
from mapapp.briefing.sharing import Edition
from mapapp.briefing.sourcing import layers, source_lines
from mapapp.briefing.text import clean
from mapapp.briefing.view import View
from mapapp.timeline.status import board
from mapapp.timeline.timeline import Timeline


@dataclass(frozen=True, eq=False)
class Sheet:
    """A drawn sheet.

    Attributes
    ----------
    canvas : Canvas
        What was drawn.
    body : Body
        What is in its body.
    receipt : Receipt
        What regenerates it.
    title : str
        Its title.
    sources : list of list of str
        The sources by layer, at several lengths, the longest first.
    method : list of str
        How it was made, and its limits.
    """

    canvas: Canvas
    body: Body
    receipt: Receipt
    title: str
    sources: list[list[str]]
    method: list[str]


def draw(edition: Edition, view: View, *, letters_as_shapes: bool = True) -> Sheet:
    """Draw a sheet.

    Parameters
    ----------
    edition : Edition
        The situation as the readers may see it (see `sharing.edition`).
    view : View
        What to show.
    letters_as_shapes : bool
        Letters as outlines, for a picture; else as text, for a document.
    """
    timeline, several = edition.timeline, bool(view.days or view.before)
    rows = len(board(timeline, view.day)) if view.table and not several else 0
    page = frame(view.paper, portrait=view.portrait, caption=bool(view.caption), table_rows=rows, several=several)
    canvas = Canvas(page.width, page.height, letters_as_shapes=letters_as_shapes)
    lay_out = draw_days if view.days else draw_pair if view.before else draw_single
    return finished(edition, view, page, canvas, lay_out(canvas, page, timeline, view))


def finished(edition: Edition, view: View, page: Frame, canvas: Canvas, body: Body) -> Sheet:
    """Give a sheet whose body is drawn its receipt, its header and its footer."""
    timeline = edition.timeline
    made_of = receipt(timeline, view, used(body.scenes, body.told), edition.marking, edition.withheld)
    sources = source_lines(body.scenes[-1], layers(body.scenes, body.told))
    imprint = margins.Imprint(
        title=title_of(timeline, view),
        when=body.when,
        marking=edition.marking,
        sheet_id=made_of.id,
        withheld=edition.withheld_words(),
        sources=sources,
        method=method_lines(body.scenes[-1], index=bool(body.facts)),
        map_facts=body.facts or map_facts(body.scenes[-1]),
    )
    body.cut.extend(margins.draw_header(canvas, page, view, imprint))
    body.cut.extend(margins.draw_footer(canvas, page, timeline.situation, view, imprint))
    return Sheet(canvas, body, made_of, imprint.title, sources, imprint.method)


def title_of(timeline: Timeline, view: View) -> str:
    """The title asked for; else the name of the facility, else that of the situation."""
    if view.title or not view.facility_id:
        return view.title or timeline.situation.title
    facility = timeline.register.facilities[view.facility_id]
    return f"{clean(facility['name'])}  {clean(facility['name_ar'] or '')}".strip()
