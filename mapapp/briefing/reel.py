"""The frames of a moving picture: what stays is drawn once, what changes once for each state it takes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date

from PIL import Image

from mapapp.briefing import mapdraw, raster
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.frame import MARGIN, Box
from mapapp.briefing.labels import Room
from mapapp.briefing.legend import HAPPENING, sections
from mapapp.briefing.legendlist import arrange, draw_legend
from mapapp.briefing.names import draw_names, draw_numbers, place_numbers
from mapapp.briefing.onemap import draw_furniture
from mapapp.briefing.reelmargins import draw_day, draw_margins
from mapapp.briefing.scene import Happening, Scene, scene
from mapapp.briefing.sharing import Edition
from mapapp.briefing.spread import seats
from mapapp.briefing.symbols import SYMBOL_MM
from mapapp.briefing.towns import name_countries, name_towns
from mapapp.briefing.view import PAPERS, View

WIDTH, HEIGHT = PAPERS["16:9"]
DPI = 96
SCALE, LEGEND_SCALE = 1.3, 1.12
MAP = Box(MARGIN, 25.0, 236.0, 136.0)
SIDE = Box(MAP.right + 5, 25.0, WIDTH - MARGIN - MAP.right - 5, 136.0)
TOLD = 3
"""No more happenings than this are told on a frame."""

Draw = Callable[[Canvas], None]


class Reel:
    """The frames of some days.

    Parameters
    ----------
    edition : Edition
        The situation as the viewers may see it.
    view : View
        What is shown.
    days : sequence of date
        The days that have a frame, in order.
    """

    def __init__(self, edition: Edition, view: View, days: Sequence[date]):
        self.edition, self.view, self.days = edition, view, list(days)
        self.scenes = [scene(edition.timeline, view.on(day), MAP) for day in self.days]
        self._layers: dict[Hashable, Image.Image] = {}
        self._keys: set[str] = set()
        self._room = Room(MAP)
        self.left: list[str] = []
        spots = {site.key: site for shown in self.scenes for site in shown.sites}
        self._seats = {seat.spot.key: seat for seat in seats(list(spots.values()), SYMBOL_MM * SCALE, MAP)}

    def told(self, number: int) -> list[Happening]:
        """What is told on the frame of a day."""
        return self.scenes[number].happenings[:TOLD]

    def frame(self, number: int, sheet_id: str) -> Image.Image:
        """Draw the frame of a day, with the id of the receipt on it."""
        if not self._layers:  # the legend of every frame names what is drawn on any
            for shown in self.scenes:
                self._of_day(shown)
        picture = self._layer("base", lambda canvas: mapdraw.draw_base(canvas, self.scenes[0])).copy()
        ground, sites = self._of_day(self.scenes[number])
        above = self._layer("above", self._draw_above)
        names = self._layer("names", self._draw_names)
        margins = self._layer("margins", lambda canvas: self._draw_margins(canvas, sheet_id))
        for layer in (ground, above, sites, names, margins):
            picture.alpha_composite(layer)
        picture.alpha_composite(self._picture(lambda canvas: self._draw_day(canvas, number)))
        return picture.convert("RGB")

    def _of_day(self, shown: Scene) -> tuple[Image.Image, Image.Image]:
        """The two layers that differ from day to day: ground and sites."""
        held = tuple(shown.zone_ids)
        states = tuple((one.key, one.record["status"], one.record["ground_contested_by"]) for one in shown.sites)
        ground = self._layer(("ground", held), lambda canvas: mapdraw.draw_ground(canvas, shown, SCALE))
        return ground, self._layer(("sites", states), lambda canvas: self._draw_sites(canvas, shown))

    def _layer(self, key: Hashable, draw: Draw) -> Image.Image:
        if key not in self._layers:
            self._layers[key] = self._picture(draw, clear=key != "base")
        return self._layers[key]

    def _picture(self, draw: Draw, *, clear: bool = True) -> Image.Image:
        canvas = Canvas(WIDTH, HEIGHT, clear=clear)
        draw(canvas)
        self._keys |= canvas.keys("map")
        return raster.layer(canvas, DPI)

    def _draw_sites(self, canvas: Canvas, shown: Scene) -> None:
        placed = [self._seats[site.key].of(site) for site in shown.sites]
        mapdraw.draw_seats(canvas, shown, placed, SCALE, self.view.facility_id)

    def _draw_above(self, canvas: Canvas) -> None:
        mapdraw.draw_waters(canvas, self.scenes[0], SCALE)
        mapdraw.draw_borders(canvas, self.scenes[0], SCALE)

    def _draw_names(self, canvas: Canvas) -> None:
        """Sites do not move, so that their names are placed once for all days."""
        shown, placed = self.scenes[-1], list(self._seats.values())
        taken = draw_furniture(canvas, shown, placed, SCALE)
        self._room = Room(MAP.inside(3.4 * SCALE), taken)
        draw_names(canvas, shown, placed, self._room, scale=SCALE, symbol=SCALE)
        name_towns(canvas, shown, self._room, SCALE)
        name_countries(canvas, shown, self._room, SCALE)

    def _draw_margins(self, canvas: Canvas, sheet_id: str) -> None:
        """Header, legend of all days, and foot: the same on every frame."""
        keys = self._keys | ({HAPPENING} if any(shown.happenings for shown in self.scenes) else set())
        legend = arrange(sections(self.edition.timeline.situation, keys), [SIDE], LEGEND_SCALE)
        draw_legend(canvas, legend, LEGEND_SCALE)
        self.left = legend.left
        draw_margins(canvas, self.edition, self.view, sheet_id, self.scenes[-1], SCALE)

    def _draw_day(self, canvas: Canvas, number: int) -> None:
        draw_day(canvas, self.days, number, self.told(number))
        draw_numbers(canvas, place_numbers(self.told(number), self._room.copy(), SCALE), SCALE)
