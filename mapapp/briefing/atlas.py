"""An atlas: an index, and one sheet for each facility whose place is known."""

from __future__ import annotations

from dataclasses import replace

from mapapp.briefing.body import Body
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.frame import Box, frame
from mapapp.briefing.sharing import Edition
from mapapp.briefing.sheet import Sheet, draw, finished
from mapapp.briefing.sitetable import draw_rows
from mapapp.briefing.text import clean
from mapapp.briefing.view import View
from mapapp.briefing.words import day_words
from mapapp.errors import NotFound
from mapapp.timeline.records import Record
from mapapp.timeline.status import board

ROWS = {False: 38, True: 60}
"""How many sites an index page holds, lying and upright."""


def atlas(edition: Edition, view: View) -> list[tuple[str, Sheet]]:
    """Draw an atlas.

    Returns
    -------
    list of (str, Sheet)
        The bookmark of each page and the page, the index first.

    Raises
    ------
    NotFound
        Where no facility that is asked for has a known place.
    """
    located = [row for row in board(edition.timeline, view.day) if row["longitude"] is not None]
    rows = [row for row in located if not view.facility_types or row["facility_type"] in view.facility_types]
    if not rows:
        raise NotFound("No facility that is asked for has a known place: there is no atlas to make.")
    sheets = []
    for row in rows:
        one = replace(view, atlas=False, facility_id=row["facility_id"], facility_types=())
        sheets.append((clean(row["name"]), draw(edition, one, letters_as_shapes=False)))
    return [*_index(edition, view, rows, [sheet for _, sheet in sheets]), *sheets]


def _index(edition: Edition, view: View, rows: list[Record], sheets: list[Sheet]) -> list[tuple[str, Sheet]]:
    """The pages that say on which page each facility is."""
    most = ROWS[view.portrait]
    count = -(-len(rows) // most)
    scenes = [scene for sheet in sheets for scene in sheet.body.scenes]
    told = list({event["event_id"]: event for sheet in sheets for event in sheet.body.told}.values())
    found = []
    for number in range(count):
        page = frame(view.paper, portrait=view.portrait, caption=bool(view.caption))
        canvas = Canvas(page.width, page.height, letters_as_shapes=False)
        part = rows[number * most : (number + 1) * most]
        box = Box(page.header.x, page.maps.y + 2, page.header.w, page.footer.y - page.maps.y - 4)
        pages = [count + number * most + n + 1 for n in range(len(part))]
        draw_rows(canvas, edition.timeline.situation, box, part, page.scale, pages)
        body = Body(scenes, f"Index, {day_words(view.day, weekday=True)}", told, facts=f"{len(rows)} sheets")
        found.append(("Index", finished(edition, view, page, canvas, body)))
    return found
