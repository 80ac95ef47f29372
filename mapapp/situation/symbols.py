"""How facilities are drawn, as data: a shape for each kind, a colour and a mark for each status.

The page, the board and every picture take their symbols from here, so that a legend fits all of them. Shape carries the
kind; colour and mark carry the status twice over, so that nobody has to tell colours apart. Colours have a contrast of
at least 4.5 to 1 against white (light) and against the dark ground (dark).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

SIZE = 24
"""Shapes are drawn in a square of this many units, y downwards."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of a kind of facility.

    Attributes
    ----------
    label : str
        The kind in a word or two.
    outline : str
        SVG path data in a square of `SIZE` units.
    middle : tuple of float
        x, y where the mark of the status stands.
    """

    label: str
    outline: str
    middle: tuple[float, float] = (12, 12)


@dataclass(frozen=True, slots=True)
class Look:
    """How a status looks.

    Attributes
    ----------
    label : str
        The status in a word or two.
    light, dark : str
        Colour on a light and on a dark ground.
    mark : str
        SVG path data around 0, 0, drawn as a line over the shape; empty for none.
    hollow : bool
        Whether the shape is an outline only: nobody is there, or nothing is known.
    """

    label: str
    light: str
    dark: str
    mark: str = ""
    hollow: bool = False


UNKNOWN = "unknown"

SHAPES: dict[str, Shape] = {
    "camp": Shape("camp", "M12 3L22 20.5H2Z", (12, 14.6)),
    "reception_centre": Shape("reception centre", "M12 1.5L22.5 12L12 22.5L1.5 12Z"),
    # Two bars are left free in the square, one on each side of the mark.
    "prison": Shape("prison", "M3 3H21V21H3ZM6 6V18H7.5V6ZM16.5 6V18H18V6Z"),
    "youth_centre": Shape("youth centre", "M12 1.8L22.4 9.6L18.4 21.4H5.6L1.6 9.6Z", (12, 12.6)),
    UNKNOWN: Shape("other site", "M12 2A10 10 0 0 1 12 22A10 10 0 0 1 12 2Z"),
}
"""Facility type -> its shape."""

STATUSES: dict[str, Look] = {
    "open": Look("open", "#27496d", "#a9c7e8"),
    "lockdown": Look("lockdown", "#8f6100", "#f2b834", "M-1.5 -1.5H1.5V1.5H-1.5Z"),
    "restricted": Look("restricted", "#a3460f", "#ffa06b", "M-3.4 0H3.4"),
    "emptying": Look("emptying", "#6a4db8", "#bba6ff", "M-3 3L3 -3M-1 -3H3V1"),
    "attacked": Look("attacked", "#b3261e", "#ff8c82", "M0 -4V.8M0 3.7V3.8"),
    "unguarded": Look("unguarded", "#ad2169", "#ff8fc6", "M-2 0H2", hollow=True),
    "taken_over": Look("taken over", "#006f80", "#56cfe1", "M-4 0H4M-2 -2L-4 0L-2 2M2 -2L4 0L2 2"),
    "closed": Look("closed", "#56616e", "#aab4c0", "M-2.6 -2.6L2.6 2.6M-2.6 2.6L2.6 -2.6", hollow=True),
    UNKNOWN: Look("unknown", "#56616e", "#aab4c0", "M-2 -1.9A2 2 0 1 1 .9 -.1Q0 .5 0 1.4M0 3.8V3.9", hollow=True),
}
"""Status -> how it looks."""


def as_data() -> dict[str, Any]:
    """The symbols as plain dicts, for a script or a file."""
    return {
        "size": SIZE,
        "shapes": {code: asdict(shape) for code, shape in SHAPES.items()},
        "statuses": {code: asdict(look) for code, look in STATUSES.items()},
    }
