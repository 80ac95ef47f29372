"""The ground that goes with a place: a Thiessen partition, cut along barriers and ended at a stated reach.

A point of the area belongs to the nearest place on its own bank, as Thiessen (1911) gave rain gauges their catchments.
Distances are measured in an azimuthal equidistant projection centred on the area: it needs no choice of zone, fits any
place on Earth, and 350 km from its centre its scale errs by 0.05 % at most.

All lines (outline, barriers, Thiessen edges, discs) are noded once on one grid of degrees, and each face between them
is given to one place. So neighbours share their edges to the last digit, without gap or overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from mapapp.timeline.mesh import GRID, Array, faces

STEP_M = 5_000.0
"""Straight edges of the projection get a vertex this often, in metres, so that they stay put as edges in degrees."""


def banks(area: BaseGeometry, barriers: Sequence[BaseGeometry]) -> gpd.GeoDataFrame:
    """Cut an area along barriers.

    Parameters
    ----------
    area : Polygon or MultiPolygon
        Longitude and latitude in degrees.
    barriers : sequence of LineString or MultiLineString
        One for each barrier, drawn downstream. One that does not cut the area through parts nothing.

    Returns
    -------
    GeoDataFrame
        The parts of the area, EPSG:4326, with `bank`: left or right of each barrier, with ; between several.
    """
    outline, *cuts = shapely.set_precision([area, *barriers], GRID)
    found = faces([shapely.boundary(outline), *cuts])
    inner = shapely.point_on_surface(found)
    inside = shapely.covers(outline, inner)
    sides = [";".join(_side(cut, point) for cut in cuts) for point in inner[inside]]
    return gpd.GeoDataFrame({"bank": sides}, geometry=found[inside], crs=4326)


def cells(
    places: gpd.GeoDataFrame,
    area: BaseGeometry,
    barriers: Sequence[BaseGeometry],
    reach_km: float,
    neighbourhood_reach_km: float,
) -> gpd.GeoDataFrame:
    """Give each place the ground that is nearest to it.

    Parameters
    ----------
    places : GeoDataFrame
        EPSG:4326, one point each, with `place_type` and `bank` (left, right or None: by its point). A stated bank
        counts for the barrier nearest to the place: towns stand closer to rivers than maps of rivers are true.
    area : Polygon or MultiPolygon
        What is shared out, longitude and latitude in degrees.
    barriers : sequence of LineString or MultiLineString
        Lines that no place reaches across, drawn downstream.
    reach_km, neighbourhood_reach_km : float
        How far from a place its ground can lie, in km, above 0. A neighbourhood takes its ground from the towns around
        it, and no farther than the second.

    Returns
    -------
    GeoDataFrame
        One row for each place that has ground, EPSG:4326 on a grid of 1e-5 degrees, index `place_id`, with `bank`. The
        geometries share their edges exactly. Of two places on one point the first has the ground.
    """
    parts = banks(area, barriers)
    forward, back = _projection(area)
    side = _bank_of_places(places, parts, barriers)
    points = shapely.transform(places.geometry.to_numpy(), forward)
    quarter = (places["place_type"] == "neighbourhood").to_numpy()
    sites = _Sites(points, quarter, side, reach_km * 1000, neighbourhood_reach_km * 1000)
    lines = [*shapely.boundary(parts.geometry.to_numpy())]
    for bank, ground in parts.dissolve("bank").geometry.items():
        edges = shapely.transform(shapely.segmentize(sites.edges(bank), STEP_M), back)
        lines.append(shapely.intersection(edges, ground))
    return _owned(faces(lines), sites, parts, places.index, forward)


@dataclass(frozen=True, eq=False)
class _Sites:
    """Places as points of the projection, in metres."""

    points: Array
    is_quarter: Array
    bank: Array
    reach: float
    quarter_reach: float

    def edges(self, bank: str) -> BaseGeometry:
        """The lines on a bank along which the owner of the ground can change."""
        here = self.bank == bank
        lines = []
        for around, among, reach in (
            (here & ~self.is_quarter, here & ~self.is_quarter, self.reach),
            (here & self.is_quarter, here, self.quarter_reach),
        ):
            discs = shapely.union_all(shapely.buffer(self.points[around], reach, quad_segs=32))
            sites = shapely.union_all(self.points[among])
            thiessen = shapely.voronoi_polygons(sites, extend_to=discs.envelope, only_edges=True)
            lines += [discs.boundary, shapely.intersection(thiessen, discs)]
        return shapely.union_all(lines)

    def owners(self, bank: str, points: Array) -> Array:
        """The row of the place that has each of some points of a bank; -1 where none does."""
        here = self.bank == bank
        towns = self._nearest(here & ~self.is_quarter, points, self.reach)
        nearest = self._nearest(here, points, self.quarter_reach)
        return np.where(np.append(self.is_quarter, False)[nearest], nearest, towns)  # -1, nobody, is no quarter

    def _nearest(self, among: Array, points: Array, reach: float) -> Array:
        rows, found = np.flatnonzero(among), np.full(len(points), -1)
        which, site = shapely.STRtree(self.points[rows]).query_nearest(points, max_distance=reach)
        order = np.lexsort((site, which))[::-1]  # of several at one distance the first is written last
        found[which[order]] = rows[site[order]]
        return found


def _owned(
    pieces: Array, sites: _Sites, parts: gpd.GeoDataFrame, ids: Any, forward: Callable[[Array], Array]
) -> gpd.GeoDataFrame:
    """The pieces that some place has, united place by place."""
    inner = shapely.point_on_surface(pieces)
    piece, part = shapely.STRtree(parts.geometry.to_numpy()).query(inner, predicate="within")
    pieces, inner, bank = pieces[piece], shapely.transform(inner[piece], forward), parts["bank"].to_numpy()[part]
    owner = np.full(len(pieces), -1)
    for side in np.unique(bank):
        owner[bank == side] = sites.owners(side, inner[bank == side])
    has = owner >= 0
    owned = gpd.GeoDataFrame({"row": owner[has], "bank": bank[has]}, geometry=pieces[has], crs=4326)
    ground = owned.dissolve("row", method="coverage")
    return ground.set_index(ids[ground.index].rename("place_id"))


def _bank_of_places(places: gpd.GeoDataFrame, parts: gpd.GeoDataFrame, barriers: Sequence[BaseGeometry]) -> Array:
    """The bank each place gives ground on: that of its point, put right where the place states another."""
    points = places.geometry.to_numpy()
    nearest = parts.sindex.nearest(points, return_all=False)[1]
    found = []
    for point, by_point, stated in zip(points, parts["bank"].to_numpy()[nearest], places["bank"], strict=True):
        sides = by_point.split(";")
        if barriers and isinstance(stated, str):
            sides[int(np.argmin(shapely.distance(barriers, point)))] = stated
        bank = ";".join(sides)
        found.append(bank if bank in set(parts["bank"]) else by_point)
    return np.array(found, dtype=object)


def _side(barrier: BaseGeometry, point: BaseGeometry) -> str:
    """On which side of a line drawn downstream a point lies, seen from the nearest spot of the line."""
    lines = shapely.get_parts(barrier)
    line = lines[np.argmin(shapely.distance(lines, point))]
    along = shapely.line_locate_point(line, point)
    upstream, downstream = shapely.line_interpolate_point(line, [max(along - GRID, 0), along + GRID])
    ring = shapely.linearrings([shapely.get_coordinates(one)[0] for one in (upstream, downstream, point)])
    return "left" if shapely.is_ccw(ring) else "right"


def _projection(area: BaseGeometry) -> tuple[Callable[[Array], Array], Callable[[Array], Array]]:
    """To the azimuthal equidistant projection around the middle of the area, in metres, and back to degrees."""
    west, south, east, north = area.bounds
    local = pyproj.CRS.from_dict({"proj": "aeqd", "lat_0": (south + north) / 2, "lon_0": (west + east) / 2})
    there = pyproj.Transformer.from_crs(4326, local, always_xy=True)
    back = pyproj.Transformer.from_crs(local, 4326, always_xy=True)
    return lambda xy: np.column_stack(there.transform(*xy.T)), lambda xy: np.column_stack(back.transform(*xy.T))
