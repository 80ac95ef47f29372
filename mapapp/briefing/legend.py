"""The legend: an entry for everything that is drawn on the map, with the same symbols, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely

from mapapp.briefing import ink
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.frame import Box
from mapapp.briefing.hatch import hatch
from mapapp.briefing.mapdraw import NOT_ESTABLISHED_SPACING, draw_claim
from mapapp.briefing.names import draw_number
from mapapp.briefing.symbols import draw_site
from mapapp.briefing.towns import OTHER, TOWN, draw_town
from mapapp.situation.situation import Situation
from mapapp.situation.symbols import SHAPES, STATUSES

UNESTABLISHED, HAPPENING = "not established", "happening"
SWATCH_W, SWATCH_H, SYMBOL_W = 7.5, 3.6, 4.4
Draw = Callable[[Canvas, Box, float], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the legend: how it is drawn in a small box, what it is called."""

    key: str
    draw: Draw
    text: str
    arabic: str = ""
    wide: bool = False

    def aside(self, scale: float) -> float:
        """How far the text stands from the left edge."""
        return (SWATCH_W + 2 if self.wide else SYMBOL_W + 1.6) * scale


def sections(situation: Situation, drawn: set[str]) -> list[tuple[str, list[Entry]]]:
    """The legend of what was drawn.

    Parameters
    ----------
    situation : Situation
        For the names and colours of actors.
    drawn : set of str
        The keys on the map (see `canvas.Canvas.keys`).

    Returns
    -------
    list of (str, list of Entry)
        Heading and entries; a heading without entries is left out.
    """
    all_sections = [
        ("Ground held by", _holders(situation, drawn)),
        ("Sites, by kind", [_kind(code) for code in SHAPES]),
        ("State of the site", [_status(code) for code in STATUSES]),
        ("Other signs", _signs()),
    ]
    shown = [(head, [entry for entry in entries if entry.key in drawn]) for head, entries in all_sections]
    return [(head, entries) for head, entries in shown if entries]


def _holders(situation: Situation, drawn: set[str]) -> list[Entry]:
    entries = []
    known = {key.split(":", 1)[1] for key in drawn if key.startswith("ground:")} - {UNESTABLISHED}
    for actor_id in [*situation.actors, *sorted(known - situation.actors.keys())]:
        actor = situation.actors.get(actor_id)
        name, arabic = (actor.name, actor.name_ar) if actor else (actor_id, "")
        entries.append(Entry(f"ground:{actor_id}", _ground_swatch(situation, actor_id), name, arabic, wide=True))
    for actor_id, actor in situation.actors.items():
        entries.append(
            Entry(
                f"contested:{actor_id}",
                _contested_swatch(situation, actor_id),
                f"claimed by {actor.short or actor.name}, disputed",
                wide=True,
            )
        )
    return [*entries, Entry(f"ground:{UNESTABLISHED}", _unestablished_swatch, "holder not established", wide=True)]


def _swatch(box: Box) -> Box:
    return Box(box.x, box.y + (box.h - SWATCH_H * box.w / SWATCH_W) / 2, box.w, SWATCH_H * box.w / SWATCH_W)


def _ground_swatch(situation: Situation, actor_id: str) -> Draw:
    actor = situation.actors.get(actor_id)
    colour, pattern = (actor.colour, actor.hatch) if actor else (ink.SOFT, "none")

    def draw(canvas: Canvas, box: Box, scale: float) -> None:
        place = _swatch(box)
        fill, edge = ink.mixed(colour, ink.GROUND_STRENGTH, ink.LAND), ink.mixed(colour, 0.75)
        canvas.box(place, fill, edge, 0.5 * scale)
        hatch(canvas, shapely.box(*place.bounds), pattern, ink.mixed(colour, 0.85), 0.32 * scale, 1.9 * scale)

    return draw


def _contested_swatch(situation: Situation, actor_id: str) -> Draw:
    def draw(canvas: Canvas, box: Box, scale: float) -> None:
        place = _swatch(box)
        canvas.box(place, ink.PAPER, ink.FAINT, 0.4 * scale)
        draw_claim(canvas, situation, actor_id, shapely.box(*place.bounds), scale)

    return draw


def _unestablished_swatch(canvas: Canvas, box: Box, scale: float) -> None:
    place = _swatch(box)
    canvas.box(place, ink.LAND, ink.FAINT, 0.4 * scale)
    hatch(
        canvas,
        shapely.box(*place.bounds),
        "dots",
        ink.UNESTABLISHED,
        0.28 * scale,
        NOT_ESTABLISHED_SPACING * scale * 0.7,
    )


def _kind(code: str) -> Entry:
    def draw(canvas: Canvas, box: Box, scale: float) -> None:
        draw_site(canvas, *box.middle, code, "open", scale=scale, part="sample")

    return Entry(f"kind:{code}", draw, SHAPES[code].label)


def _status(code: str) -> Entry:
    """Shown on the plain square, so that only colour and mark speak."""

    def draw(canvas: Canvas, box: Box, scale: float) -> None:
        draw_site(canvas, *box.middle, "unknown", code, scale=scale, part="sample")

    return Entry(f"mark:{code}", draw, STATUSES[code].label)


def _signs() -> list[Entry]:
    def line(colour: str, width: float, dash: object = "-") -> Draw:
        def draw(canvas: Canvas, box: Box, scale: float) -> None:
            y = box.middle[1]
            canvas.strokes([np.array([[box.x, y], [box.right, y]])], colour, width * scale, dash=dash)

        return draw

    def lake(canvas: Canvas, box: Box, scale: float) -> None:
        canvas.box(_swatch(box), ink.WATER, ink.RIVER, 0.3 * scale)

    def circle(canvas: Canvas, box: Box, scale: float) -> None:
        canvas.circle(*box.middle, 1.6 * scale, "none", ink.SOFT, width=0.55 * scale, dash=(0, (3, 2.2)))

    def moved(canvas: Canvas, box: Box, scale: float) -> None:
        x, y = box.x + 1 * scale, box.middle[1]
        canvas.strokes([np.array([[x, y], [box.right - 1 * scale, y]])], ink.SOFT, 0.6 * scale)
        canvas.circle(x, y, 0.45 * scale, ink.INK)

    def focus(canvas: Canvas, box: Box, scale: float) -> None:
        canvas.circle(*box.middle, 1.5 * scale, ink.PAPER, ink.ACCENT, width=1.3 * scale)

    def number(canvas: Canvas, box: Box, scale: float) -> None:
        draw_number(canvas, *box.middle, "1", scale)

    def town(kind: str) -> Draw:
        return lambda canvas, box, scale: draw_town(canvas, *box.middle, 0.65 * scale, kind, "sample")

    return [
        Entry(HAPPENING, number, "reported for the day"),
        Entry("site:focus", focus, "the site of this sheet"),
        Entry("site:circle", circle, "site is in this circle"),
        Entry("site:moved", moved, "set beside its point"),
        Entry(f"place:{TOWN}", town(TOWN), "city, town, village"),
        Entry(f"place:{OTHER}", town(OTHER), "base, dam, oil field"),
        Entry("line:borders", line(ink.BORDER, 0.8, (0, (7, 1.8, 1.5, 1.8))), "country border"),
        Entry("line:governorate_lines", line(ink.GOVERNORATE, 0.7, (0, (1.5, 2))), "governorate border"),
        Entry("water:river", line(ink.RIVER, 0.9), "river"),
        Entry("water:lake", lake, "lake"),
    ]
