"""The map projection of a picture: chosen for its extent, named on it, and taken from degrees to mm on paper."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer

from mapapp.briefing.frame import Box
from mapapp.briefing.view import Extent
from mapapp.situation.geometry import WGS84

UTM_WIDTH = 7.0
"""Up to this many degrees of longitude one zone of UTM keeps scale within 0.1 % or so."""

MERCATOR_BELOW, POLAR_ABOVE = 12.0, 70.0
EDGE = 24
Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Projection:
    """A projection and its name for readers."""

    crs: CRS
    name: str


@lru_cache(maxsize=64)
def choose(extent: Extent) -> Projection:
    """Choose a projection for an extent.

    One zone of UTM where that is wide enough; else one that fits the latitude: Mercator near the equator, Lambert
    azimuthal equal-area near a pole, Lambert conformal conic between, with its standard parallels a sixth of the height
    inside the extent (Snyder 1987, "Map projections: a working manual").
    """
    west, south, east, north = extent
    longitude, latitude = (west + east) / 2, (south + north) / 2
    if east - west <= UTM_WIDTH and max(abs(south), abs(north)) < 80:
        zone = min(int((longitude + 180) // 6) + 1, 60)
        return Projection(
            CRS.from_epsg((32600 if latitude >= 0 else 32700) + zone),
            f"UTM zone {zone}{'N' if latitude >= 0 else 'S'}, WGS 84",
        )
    if abs(latitude) > POLAR_ABOVE:
        name = f"Lambert azimuthal equal-area, centre {_degrees(latitude, 'NS')} {_degrees(longitude, 'EW')}, WGS 84"
        return Projection(CRS.from_proj4(f"+proj=laea +lat_0={latitude} +lon_0={longitude} +datum=WGS84"), name)
    if abs(latitude) < MERCATOR_BELOW or south < 0 < north:
        return Projection(
            CRS.from_proj4(f"+proj=merc +lon_0={longitude} +datum=WGS84"),
            f"Mercator, central meridian {_degrees(longitude, 'EW')}, WGS 84",
        )
    first, second = (round(south + (north - south) * share, 1) for share in (1 / 6, 5 / 6))
    parallels = f"standard parallels {_degrees(first, 'NS')} and {_degrees(second, 'NS')}"
    proj4 = f"+proj=lcc +lat_1={first} +lat_2={second} +lat_0={latitude} +lon_0={longitude} +datum=WGS84"
    return Projection(CRS.from_proj4(proj4), f"Lambert conformal conic, {parallels}, WGS 84")


def _degrees(value: float, signs: str) -> str:
    return f"{abs(value):g}°{signs[value < 0]}"


@dataclass(frozen=True, eq=False)
class Window:
    """A window onto the ground: a box on paper, and what of the projected plane is seen in it.

    Attributes
    ----------
    box : Box
        In mm from the top left of the paper.
    projection : Projection
        How degrees become metres.
    centre : tuple of float
        The middle of the window, in metres of the projection.
    mm_per_m : float
        The scale.
    """

    box: Box
    projection: Projection
    centre: tuple[float, float]
    mm_per_m: float

    @cached_property
    def _forward(self) -> Transformer:
        return _transformer(self.projection.crs, forward=True)

    def to_mm(self, degrees: Points) -> Points:
        """Longitudes and latitudes (n x 2, degrees) -> x, y in mm from the top left of the paper."""
        x, y = self._forward.transform(degrees[:, 0], degrees[:, 1])
        return self._on_paper(x, y)

    def _on_paper(self, x: Any, y: Any) -> Points:
        middle = self.box.middle
        return np.column_stack(
            [middle[0] + (x - self.centre[0]) * self.mm_per_m, middle[1] - (y - self.centre[1]) * self.mm_per_m]
        )

    def to_degrees(self, mm: Points) -> Points:
        """Undo `to_mm`."""
        middle = self.box.middle
        x = (mm[:, 0] - middle[0]) / self.mm_per_m + self.centre[0]
        y = (middle[1] - mm[:, 1]) / self.mm_per_m + self.centre[1]
        return np.column_stack(_transformer(self.projection.crs, forward=False).transform(x, y))

    @cached_property
    def extent(self) -> Extent:
        """All that is seen: west, south, east, north in degrees."""
        along = np.linspace(0, 1, EDGE)
        x, y, w, h = self.box.x, self.box.y, self.box.w, self.box.h
        edge = [(x + w * t, y + h * s) for t in along for s in (0, 0.5, 1)]
        edge += [(x + w * s, y + h * t) for t in along for s in (0, 0.5, 1)]
        degrees = self.to_degrees(np.array(edge))
        west, south = degrees.min(axis=0)
        east, north = degrees.max(axis=0)
        return float(west), float(south), float(east), float(north)

    def shapes(self, geometries: Any) -> Any:
        """Geometries in degrees (EPSG:4326) -> what is seen of them, in mm, empty ones left out."""
        west, south, east, north = self.extent
        margin = max(east - west, north - south) * 0.02
        near = shapely.clip_by_rect(
            np.atleast_1d(np.asarray(geometries, dtype=object)),
            west - margin,
            south - margin,
            east + margin,
            north + margin,
        )
        near = near[~shapely.is_empty(near) & ~shapely.is_missing(near)]
        seen = shapely.clip_by_rect(shapely.transform(near, self.to_mm), *self.box.bounds)
        return seen[~shapely.is_empty(seen)]

    def mm_per_km(self) -> float:
        """Millimetres on paper for a true kilometre, measured along the parallel through the middle of the window."""
        x, y = self.box.middle
        ends = self.to_degrees(np.array([[x - 10, y], [x + 10, y]]))
        return 20_000.0 / WGS84.inv(*ends[0], *ends[1])[2]

    def north_angle(self) -> float:
        """How far north turns to the right of the upper edge in the middle of the window, in degrees."""
        x, y = self.box.middle
        ((longitude, latitude),) = self.to_degrees(np.array([[x, y]]))
        up = self.to_mm(np.array([[longitude, latitude + 0.01]]))[0]
        return math.degrees(math.atan2(up[0] - x, y - up[1]))


@lru_cache(maxsize=64)
def _transformer(crs: CRS, *, forward: bool) -> Transformer:
    ends = ("EPSG:4326", crs) if forward else (crs, "EPSG:4326")
    return Transformer.from_crs(*ends, always_xy=True)


@lru_cache(maxsize=64)
def window(extent: Extent, box: Box) -> Window:
    """Fit an extent into a box: all of it is seen, in the middle, and whatever more the box has room for."""
    projection = choose(extent)
    west, south, east, north = extent
    along = np.linspace(0, 1, EDGE)
    edge = np.array(
        [(west + (east - west) * t, latitude) for t in along for latitude in (south, (south + north) / 2, north)]
        + [(longitude, south + (north - south) * t) for t in along for longitude in (west, east)]
    )
    x, y = _transformer(projection.crs, forward=True).transform(edge[:, 0], edge[:, 1])
    width, height = x.max() - x.min(), y.max() - y.min()
    mm_per_m = min(box.w / width, box.h / height)
    return Window(box, projection, ((x.max() + x.min()) / 2, (y.max() + y.min()) / 2), mm_per_m)
