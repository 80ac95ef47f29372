"""The lines between the units of a composite, and how far points are from the front on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from mapapp.situation.geometry import WGS84

Array = npt.NDArray[Any]

OUTSIDE = -1
FEW = 8
"""So many points are measured against every line; for more it pays to build a tree."""


@dataclass(frozen=True, eq=False)
class Borders:
    """The edges of units.

    Attributes
    ----------
    ends : array of float, shape (n, 2, 2)
        Both ends of each edge: longitude, latitude in degrees.
    left, right : array of int
        The units on both sides by position, `OUTSIDE` where there is none.
    """

    ends: Array
    left: Array
    right: Array

    def between(self, holder: Array, own: int) -> Array:
        """The edges at which ground of another holder than `own` begins.

        Parameters
        ----------
        holder : array of int
            The holder of each unit, -1 where nobody is known to hold it.
        own : int
            The holder whose own ground does not count; -1: everybody's does.

        Returns
        -------
        array of int
            Positions of edges.
        """
        held = np.append(holder, OUTSIDE)  # the unit outside is -1, the last
        left, right = held[self.left], held[self.right]
        other = ((left != own) & (left != OUTSIDE)) | ((right != own) & (right != OUTSIDE))
        return np.flatnonzero((left != right) & other)

    def distance_km(self, longitude: Array, latitude: Array, edges: Array) -> Array:
        """Give the distance of points to the nearest of some edges.

        Parameters
        ----------
        longitude, latitude : array of float
            Degrees.
        edges : array of int
            Positions of edges.

        Returns
        -------
        array of float
            Kilometres, geodesic on WGS84 to the spot that is nearest in the Mercator projection, whose scale is the
            same in all directions: within 2 % for anything up to 100 km away. NaN where there are no edges.
        """
        if not len(edges):
            return np.full(len(longitude), np.nan)
        spots = np.column_stack([longitude, latitude])
        flat, lines = _mercator(spots), _mercator(self.ends[edges])
        nearest = _all_nearest(flat, lines) if len(spots) <= FEW else _tree_nearest(flat, lines)
        line = self.ends[edges[nearest]]
        shrink = np.column_stack([np.cos(np.radians(latitude)), np.ones(len(spots))])
        share = _along(spots * shrink, line * shrink[:, None])[:, None]
        there = line[:, 0] + share * (line[:, 1] - line[:, 0])
        return np.asarray(WGS84.inv(longitude, latitude, there[:, 0], there[:, 1])[2]) / 1000


def borders_of(shapes: Array) -> Borders:
    """Find the edges of units.

    Parameters
    ----------
    shapes : array of Polygon or MultiPolygon
        Units that share their edges exactly; longitude, latitude in degrees.

    Returns
    -------
    Borders
        Each edge once.
    """
    parts, unit = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(shapely.orient_polygons(parts), return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    runs = ring[1:] == ring[:-1]
    first, last, inside = xy[:-1][runs], xy[1:][runs], unit[part[ring[:-1][runs]]]
    back = (first[:, 0] > last[:, 0]) | ((first[:, 0] == last[:, 0]) & (first[:, 1] > last[:, 1]))
    ends = np.where(back[:, None], np.hstack([last, first]), np.hstack([first, last]))
    order = np.lexsort(ends.T[::-1])
    ends, inside, back = ends[order], inside[order], back[order]
    fresh = np.r_[True, (ends[1:] != ends[:-1]).any(axis=1)] if len(ends) else np.empty(0, dtype=bool)
    edge = np.cumsum(fresh) - 1
    left, right = np.full((2, int(fresh.sum())), OUTSIDE)
    left[edge[~back]] = inside[~back]
    right[edge[back]] = inside[back]
    return Borders(ends[fresh].reshape(-1, 2, 2), left, right)


def _tree_nearest(spots: Array, lines: Array) -> Array:
    tree = shapely.STRtree(shapely.linestrings(lines))
    nearest = np.empty(len(spots), dtype=np.int64)
    point, line = tree.query_nearest(shapely.points(spots), all_matches=False)
    nearest[point] = line
    return nearest


def _all_nearest(spots: Array, lines: Array) -> Array:
    """The nearest line of each spot, by measuring all of them."""
    found = []
    for spot in spots:
        here = np.broadcast_to(spot, (len(lines), 2))
        foot = lines[:, 0] + _along(here, lines)[:, None] * (lines[:, 1] - lines[:, 0])
        found.append(np.argmin(((here - foot) ** 2).sum(axis=1)))
    return np.array(found, dtype=np.int64)


def _along(spots: Array, lines: Array) -> Array:
    """How far along its line each spot's nearest place is, from 0 to 1."""
    way = lines[:, 1] - lines[:, 0]
    share = ((spots - lines[:, 0]) * way).sum(axis=1) / (way**2).sum(axis=1)
    return np.asarray(np.clip(share, 0, 1))


def _mercator(xy: Array) -> Array:
    latitude = np.radians(np.clip(xy[..., 1], -89.9, 89.9))
    return np.stack([np.radians(xy[..., 0]), np.arctanh(np.sin(latitude))], axis=-1)
