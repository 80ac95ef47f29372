"""The names on a map: sites in English and Arabic, and what happened, by number."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np

from mapapp.briefing import ink
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.frame import Box
from mapapp.briefing.labels import Placed, Room, Wanted
from mapapp.briefing.scene import Happening, Scene
from mapapp.briefing.spread import Seat
from mapapp.briefing.symbols import SYMBOL_MM
from mapapp.briefing.text import clean, line_mm, width_mm

SITE_PT, NUMBER_PT = 6.7, 6.2
HALO_PT = 2.0
NUMBER_MM, FOCUS_MM = 1.55, 3.3
CROWD_MM, SMALLER = 25.0, 0.92
TRIES = 10
CALM = (None, "open", "closed")
Only: TypeAlias = frozenset[str] | set[str] | None

HAPPENINGS = 9
"""No more numbers than this are put on a map."""


@dataclass(frozen=True)
class Names:
    """What was named.

    `unplaced` are the sites whose name found no room, `numbers` what may have a number, and where.
    """

    unplaced: list[str] = field(default_factory=list)
    numbers: list[tuple[Happening, Placed]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a label."""

    text: str
    size: float
    weight: str = "normal"
    colour: str = ink.INK


@dataclass(frozen=True, slots=True)
class Label:
    """The lines of a label, and where they stand."""

    placed: Placed
    lines: list[Line]


def draw_names(
    canvas: Canvas,
    scene: Scene,
    seats: list[Seat],
    room: Room,
    *,
    scale: float,
    symbol: float,
    only: Only = None,
    focus: str | None = None,
) -> Names:
    """Place and draw the names of sites, and find room for the numbers of what happened.

    Parameters
    ----------
    canvas, scene, seats
        The sheet, what is on the map, and where its sites stand.
    room : Room
        The room on the map, with what stands in it already; what is placed here is taken from it.
    scale, symbol : float
        How much larger than on A4 letters are, and symbols.
    only : set of str, optional
        Name these sites only.
    focus : str, optional
        The site with a ring round it.
    """
    for seat in seats:
        reach = FOCUS_MM if seat.spot.key == focus else SYMBOL_MM * 0.56
        room.take(square(seat.x, seat.y, reach * symbol))
        if seat.moved:
            room.draw_line([seat.spot.x, seat.spot.y, seat.x, seat.y])
    asked = [seat for seat in seats if only is None or seat.spot.key in only]
    plan = _best_plan(asked, room, scale, symbol)
    for label in plan.labels:
        write(canvas, label.placed, label.lines, scale)
    room.become(plan.room)
    numbers = place_numbers(scene.happenings[:HAPPENINGS], room.copy() if only is not None else room, scale)
    return Names([seat.spot.key for seat in plan.left], numbers)


def place_numbers(happenings: list[Happening], room: Room, scale: float) -> list[tuple[Happening, Placed]]:
    """Find room for numbers of what happened; those for which there is none are left out."""
    wanted = ((happening, room.place(_wanted_number(happening, scale))) for happening in happenings)
    return [(happening, placed) for happening, placed in wanted if placed is not None]


@dataclass(frozen=True)
class Plan:
    """Labels and where they go; `left` are the sites for whose name there is no room."""

    room: Room
    labels: list[Label] = field(default_factory=list)
    left: list[Seat] = field(default_factory=list)


def _best_plan(seats: list[Seat], room: Room, scale: float, symbol: float) -> Plan:
    """Sites that found no room go first in the next try; of all tries the one that leaves the fewest out."""
    order, best = _crowded_first(seats), None
    for _ in range(TRIES):
        plan = _planned(order, room.copy(), scale, symbol)
        if best is None or _loss(plan) < _loss(best):
            best = plan
        if not plan.left:
            break
        order = plan.left + [seat for seat in order if seat not in plan.left]
    assert best is not None
    return best


def _loss(plan: Plan) -> int:
    """How bad it is to leave these sites without a name: three times as bad where something is going on."""
    return sum(1 if seat.spot.record["status"] in CALM else 3 for seat in plan.left)


def _planned(order: list[Seat], room: Room, scale: float, symbol: float) -> Plan:
    plan = Plan(room)
    for seat in order:
        label = _label(seat, room, scale, symbol)
        if label:
            plan.labels.append(label)
        else:
            plan.left.append(seat)
    return plan


def _crowded_first(seats: list[Seat]) -> list[Seat]:
    """Sites that stand close together have the least choice and go first."""
    at = np.array([(seat.x, seat.y) for seat in seats]).reshape(-1, 2)
    apart = np.hypot(at[:, None, 0] - at[None, :, 0], at[:, None, 1] - at[None, :, 1])
    crowd = (apart < CROWD_MM).sum(axis=1)
    return [seats[n] for n in sorted(range(len(seats)), key=lambda n: (-crowd[n], seats[n].spot.key))]


def _label(seat: Seat, room: Room, scale: float, symbol: float) -> Label | None:
    """In both languages, else in English alone, else smaller."""
    record = seat.spot.record
    english = Line(clean(record["name"]), SITE_PT * scale, "medium")
    arabic = [Line(clean(record["name_ar"]), SITE_PT * scale, colour=ink.SOFT)] if record["name_ar"] else []
    small = replace(english, size=english.size * SMALLER)
    for lines in ([english, *arabic], [english], [small]):
        placed = room.place(_wanted(seat, lines, symbol))
        if placed:
            return Label(placed, lines)
    return None


def _wanted(seat: Seat, lines: list[Line], symbol: float) -> Wanted:
    width, height = size_of(lines)
    return Wanted(seat.spot.key, seat.x, seat.y, SYMBOL_MM * symbol * 0.58, width, height, seat.toward)


def size_of(lines: list[Line]) -> tuple[float, float]:
    """Width and height of a label in mm."""
    return max(width_mm(line.text, line.size, line.weight) for line in lines) + 0.6, sum(
        line_mm(line.size) for line in lines
    )


def write(canvas: Canvas, placed: Placed, lines: list[Line], scale: float) -> None:
    """Write a label in its box, towards its symbol, and draw the line to it."""
    box = placed.box
    x = {"left": box.x + 0.3, "right": box.right - 0.3, "center": box.middle[0]}[placed.side]
    if placed.leader:
        canvas.strokes([np.array(placed.leader)], ink.SOFT, 0.5 * scale, order=5)
    y = box.y
    for line in lines:
        y = canvas.text(
            x, y, line.text, line.size, weight=line.weight, colour=line.colour, align=placed.side, halo=HALO_PT * scale
        )


def _wanted_number(happening: Happening, scale: float) -> Wanted:
    size = NUMBER_MM * 2 * scale
    key = happening.events[0]["event_id"]
    return Wanted(key, happening.x, happening.y, SYMBOL_MM * scale * 0.75, size, size, -np.pi / 2)


def draw_numbers(canvas: Canvas, numbers: list[tuple[Happening, Placed]], scale: float) -> None:
    """Draw the numbers of what happened, from 1, each joined to its spot."""
    for number, (happening, placed) in enumerate(numbers, 1):
        x, y = placed.box.middle
        canvas.strokes([np.array([[happening.x, happening.y], [x, y]])], ink.INK, 0.5 * scale, order=5.5)
        draw_number(canvas, x, y, number, scale, key="map:happening")


def draw_number(canvas: Canvas, x: float, y: float, number: int | str, scale: float, **more: Any) -> None:
    """A number in a dark disc."""
    canvas.circle(x, y, NUMBER_MM * scale, ink.INK, ink.PAPER, width=0.8 * scale, order=9, **more)
    canvas.text(
        x,
        y - NUMBER_PT * scale * 0.245,
        str(number),
        NUMBER_PT * scale,
        weight="bold",
        colour=ink.PAPER,
        align="center",
        order=9.5,
    )


def square(x: float, y: float, reach: float) -> Box:
    """The box round a spot."""
    return Box(x - reach, y - reach, 2 * reach, 2 * reach)
