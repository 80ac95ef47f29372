"""The frame of a sheet: where header, map, side column, table and footer stand on the paper."""

from __future__ import annotations

from dataclasses import dataclass

from mapapp.briefing.view import PAPERS

MARGIN = 9.0
GAP = 3.5
TEXT_SCALE = {"A4": 1.0, "A3": 1.25, "16:9": 1.15}
"""How much larger than on A4 letters and symbols are."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in mm; x to the right and y downwards from the top left of the paper."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.h

    @property
    def area(self) -> float:
        """In square mm."""
        return self.w * self.h

    @property
    def middle(self) -> tuple[float, float]:
        """The middle."""
        return self.x + self.w / 2, self.y + self.h / 2

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """The least x and y, the greatest x and y."""
        return self.x, self.y, self.right, self.bottom

    def meets(self, other: Box) -> bool:
        """Whether the two share any room."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def has(self, x: float, y: float) -> bool:
        """Whether a spot is in it."""
        return self.x <= x <= self.right and self.y <= y <= self.bottom

    def inside(self, by: float) -> Box:
        """The box without a border of that width."""
        return Box(self.x + by, self.y + by, self.w - 2 * by, self.h - 2 * by)

    def split(self, columns: int, gap: float = GAP) -> list[Box]:
        """The box cut into columns of one width."""
        width = (self.w - gap * (columns - 1)) / columns
        return [Box(self.x + (width + gap) * n, self.y, width, self.h) for n in range(columns)]

    def stack(self, rows: int, gap: float = GAP) -> list[Box]:
        """The box cut into rows of one height."""
        height = (self.h - gap * (rows - 1)) / rows
        return [Box(self.x, self.y + (height + gap) * n, self.w, height) for n in range(rows)]


@dataclass(frozen=True, slots=True)
class Frame:
    """The boxes of a sheet.

    Attributes
    ----------
    width, height : float
        Of the paper, in mm.
    scale : float
        How much larger than on A4 letters and symbols are.
    header, maps, side, footer : Box
        `maps` is the room for one map or several; `side` stands beside it, in portrait below it.
    table : Box or None
        The room for the table of sites, where one is asked for.
    side_columns : int
        How many columns the side box has.
    """

    width: float
    height: float
    scale: float
    header: Box
    maps: Box
    side: Box
    footer: Box
    table: Box | None
    side_columns: int


def frame(paper: str, *, portrait: bool, caption: bool = False, table_rows: int = 0, several: bool = False) -> Frame:
    """Lay out a sheet.

    Parameters
    ----------
    paper : str
        Of `view.PAPERS`.
    portrait : bool
        Upright.
    caption : bool
        Whether there is one.
    table_rows : int
        How many sites the table has; 0: no table.
    several : bool
        Whether there are several maps: the side box then stands below them in landscape too.
    """
    width, height = PAPERS[paper] if not portrait else PAPERS[paper][::-1]
    scale = TEXT_SCALE[paper]
    inner = width - 2 * MARGIN
    header = Box(MARGIN, 7.0, inner, (16.5 if caption else 12.5) * scale)
    footer_height = (36 if portrait else 30.5) * scale
    footer = Box(MARGIN, height - 7.0 - footer_height, inner, footer_height)
    top, bottom = header.bottom + 1.5, footer.y - 2
    if portrait or several:
        table = _table(Box(MARGIN, top, inner, bottom - top), scale, table_rows, columns=1)
        end = table.y - GAP if table else bottom
        side_height = (57 if several and not portrait else 51) * scale
        side = Box(MARGIN, end - side_height, inner, side_height)
        maps = Box(MARGIN, top, inner, side.y - GAP - top)
        return Frame(width, height, scale, header, maps, side, footer, table, 3 if portrait else 4)
    side_width = 66 * scale
    side = Box(width - MARGIN - side_width, top, side_width, bottom - top)
    table = _table(Box(MARGIN, top, inner - side_width - GAP, bottom - top), scale, table_rows, columns=2)
    maps = Box(MARGIN, top, inner - side_width - GAP, (table.y - GAP if table else bottom) - top)
    return Frame(width, height, scale, header, maps, side, footer, table, 1)


ROW_HEIGHT = 2.95


def _table(room: Box, scale: float, rows: int, columns: int) -> Box | None:
    """The room for a table at the foot of a box; a map has two fifths of it at the least."""
    if not rows:
        return None
    height = min((-(-rows // columns) + 1.4) * ROW_HEIGHT * scale, room.h * 0.6)
    return Box(room.x, room.bottom - height, room.w, height)
