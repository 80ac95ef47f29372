"""The map itself: base map, ground with its hatches, circles of uncertainty, sites, places and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from mapapp.briefing import ink
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.hatch import hatch
from mapapp.briefing.projection import Window
from mapapp.briefing.scene import Ground, Scene, Spot
from mapapp.briefing.spread import Seat
from mapapp.briefing.symbols import draw_site
from mapapp.situation.situation import Actor, Situation

CONTESTED_SPACING, NOT_ESTABLISHED_SPACING = 3.2, 2.6
MULTILINE = 5
CLAIM_DASHES = ((0, (3.2, 1.6)), "-", (0, (1.2, 1.2)))
PRECISE_KM = 3.0
"""A published point known within this many km is drawn without a circle."""


def draw_base(canvas: Canvas, scene: Scene) -> None:
    """Land, sea and the area's own ground, under everything else."""
    seen, basemap = scene.window, scene.timeline.situation.basemap
    canvas.box(seen.box, ink.ABROAD, order=0)
    draw_sea(canvas, seen, basemap)
    if len(scene.country):
        canvas.area(scene.country, ink.LAND, order=0.2)


def draw_sea(canvas: Canvas, seen: Window, basemap: Mapping[str, gpd.GeoDataFrame], order: float = 0.1) -> None:
    """What is not land, as far as the base map reaches."""
    if "land" in basemap:
        land = basemap["land"]
        sea = shapely.difference(shapely.box(*land.total_bounds), shapely.union_all(land.geometry.to_numpy()))
        canvas.area(seen.shapes(sea), ink.SEA, order=order)


def draw_waters(canvas: Canvas, scene: Scene, scale: float) -> None:
    """Lakes and rivers, over the ground."""
    seen, basemap = scene.window, scene.timeline.situation.basemap
    if "lakes" in basemap and len(lakes := seen.shapes(basemap["lakes"].geometry.to_numpy())):
        canvas.area(lakes, ink.WATER, ink.RIVER, 0.3 * scale, key="map:water:lake", order=3)
    if "rivers" in basemap and len(rivers := seen.shapes(basemap["rivers"].geometry.to_numpy())):
        canvas.outlines(rivers, ink.RIVER, 0.9 * scale, key="map:water:river", order=3)


def draw_borders(canvas: Canvas, scene: Scene, scale: float) -> None:
    """Governorates and countries."""
    seen, basemap = scene.window, scene.timeline.situation.basemap
    for layer, colour, width, dash in (
        ("governorate_lines", ink.GOVERNORATE, 0.45, (0, (1.5, 2))),
        ("borders", ink.BORDER, 0.8, (0, (7, 1.8, 1.5, 1.8))),
    ):
        if layer in basemap and len(lines := seen.shapes(basemap[layer].geometry.to_numpy())):
            canvas.outlines(_joined(lines), colour, width * scale, dash=dash, key=f"map:line:{layer}", order=3.2)


def _joined(lines: Any) -> Any:
    """Lines that meet end to end as one, so that dashes run on."""
    parts = shapely.get_parts(lines)
    whole = shapely.multilinestrings(parts[shapely.get_type_id(parts) == 1])
    return shapely.get_parts(shapely.line_merge(whole))


def draw_ground(canvas: Canvas, scene: Scene, scale: float) -> None:
    """Each holder's ground in its colour and hatch; ground without a holder hatched grey; claims as bold stripes."""
    for ground in scene.ground:
        actor = scene.timeline.situation.actors.get(ground.holder)
        _draw_held(canvas, ground, actor, scale)
        if ground.contested_by:
            key = f"map:contested:{ground.contested_by}"
            draw_claim(canvas, scene.timeline.situation, ground.contested_by, ground.shapes, scale, key=key, order=1.4)
    rest = not_established(scene)
    if len(rest):
        hatch(
            canvas,
            rest,
            "dots",
            ink.UNESTABLISHED,
            0.28 * scale,
            NOT_ESTABLISHED_SPACING * scale,
            key="map:ground:not established",
            order=1.3,
        )


def claim_colour(situation: Situation, claimant: str) -> str:
    """The colour of who claims ground."""
    return situation.actors[claimant].colour if claimant in situation.actors else ink.SOFT


def draw_claim(canvas: Canvas, situation: Situation, claimant: str, shapes: Any, scale: float, **more: Any) -> None:
    """Bold stripes in the claimant's colour, whole or broken: claims of different actors differ without colour too."""
    actors = list(situation.actors)
    colour = claim_colour(situation, claimant)
    dash = CLAIM_DASHES[actors.index(claimant) % len(CLAIM_DASHES)] if claimant in actors else "-"
    hatch(canvas, shapes, "back_diagonal", colour, 1.7 * scale, CONTESTED_SPACING * scale, dash=dash, **more)


def _draw_held(canvas: Canvas, ground: Ground, actor: Actor | None, scale: float) -> None:
    colour = actor.colour if actor else ink.SOFT
    canvas.area(
        ground.shapes,
        ink.mixed(colour, ink.GROUND_STRENGTH, ink.LAND),
        ink.mixed(colour, 0.75),
        0.4 * scale,
        key=f"map:ground:{ground.holder}",
        order=1,
    )
    if actor:
        hatch(canvas, ground.shapes, actor.hatch, ink.mixed(colour, 0.85), 0.32 * scale, 1.9 * scale, order=1.2)


def not_established(scene: Scene) -> Any:
    """The land of the area on which no holder is established, in mm; slivers left out."""
    if not len(scene.country):
        return np.array([], dtype=object)
    held = [shape for ground in scene.ground for shape in shapely.get_parts(ground.shapes)]
    rest = shapely.difference(
        shapely.make_valid(shapely.union_all(scene.country)), shapely.make_valid(shapely.union_all(held))
    )
    parts = shapely.get_parts(shapely.buffer(shapely.buffer(rest, -0.3), 0.3))
    return parts[shapely.area(parts) > 4]


def draw_seats(canvas: Canvas, scene: Scene, seats: list[Seat], scale: float, focus: str | None = None) -> None:
    """The sites: a circle where the point is not sure, the symbol, a line to the point where it had to move."""
    for seat in seats:
        spot = seat.spot
        if not is_precise(spot.record) and spot.radius > 2.4 * scale:
            _circle(canvas, scene, spot, scale)
        if seat.moved:
            line = np.array([[spot.x, spot.y], [seat.x, seat.y]])
            canvas.strokes([line], ink.SOFT, 0.6 * scale, key="map:site:moved", order=6)
            canvas.circle(spot.x, spot.y, 0.45 * scale, ink.INK, order=6.1)
        if spot.key == focus:
            canvas.circle(
                seat.x, seat.y, 2.9 * scale, ink.PAPER, ink.ACCENT, width=1.3 * scale, key="map:site:focus", order=7
            )
        _draw_symbol(canvas, scene, seat, scale)


def _draw_symbol(canvas: Canvas, scene: Scene, seat: Seat, scale: float) -> None:
    """The symbol; on contested ground with the claimant's stripes, which the legend has as those of the ground."""
    record = seat.spot.record
    claimant = record["ground_contested_by"]
    if claimant:
        canvas.note(f"map:contested:{claimant}")
    colour = claim_colour(scene.timeline.situation, claimant) if claimant else None
    draw_site(canvas, seat.x, seat.y, record["facility_type"], record["status"], scale=scale, rival=colour)


def _circle(canvas: Canvas, scene: Scene, spot: Spot, scale: float) -> None:
    """The circle within which a site lies, as far as it is on the map."""
    ring = shapely.boundary(shapely.Point(spot.x, spot.y).buffer(spot.radius, quad_segs=32))
    seen = shapely.clip_by_rect(ring, *scene.window.box.bounds)
    lines = shapely.line_merge(seen) if shapely.get_type_id(seen) == MULTILINE else seen
    canvas.outlines([lines], ink.SOFT, 0.55 * scale, dash=(0, (3, 2.2)), key="map:site:circle", order=4)


def is_precise(record: dict[str, Any]) -> bool:
    """Whether a site's point is published, and known within a few km."""
    return record["geo_precision"] == "1" and (record["geo_radius_km"] or 0) <= PRECISE_KM
