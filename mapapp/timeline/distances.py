"""Distances from facilities to ground, the nearest first, each measured when it is first needed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from threading import Lock
from typing import Any, TypeAlias

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from mapapp.timeline.geodesy import Floats, geodesic_km, has_point

UNITS_AT_A_TIME = 256
KM_TO_A_DEGREE = 110.5
"""Of latitude, and of a great circle, at the least."""

Batch: TypeAlias = tuple[npt.NDArray[np.intp], Floats]
"""Units by their place in the composite, and the kilometres to each."""


class Distances:
    """Distances from facilities to units.

    Parameters
    ----------
    facilities : GeoDataFrame
        Points in EPSG:4326, indexed by facility_id; those without a point have no distances.
    units : GeoDataFrame
        As a composite has them.

    Notes
    -----
    Several threads may ask at once.
    """

    def __init__(self, facilities: gpd.GeoDataFrame, units: gpd.GeoDataFrame) -> None:
        self.points = facilities.geometry[has_point(facilities)]
        self._shapes = units.geometry.to_numpy()
        self._bounds = shapely.bounds(self._shapes)
        self._measured: dict[str, list[Batch]] = {}
        self._to_come: dict[str, Iterator[Batch]] = {}
        self._one_at_a_time = Lock()

    def nearest_first(self, facility_id: str) -> Iterator[Batch]:
        """Give all units in the order of their distance (see `distances_km`), some at a time."""
        at = 0
        while (batch := self._batch(facility_id, at)) is not None:
            yield batch
            at += 1

    def _batch(self, facility_id: str, at: int) -> Batch | None:
        """One batch of a facility, measured where it has not been yet; None after the last."""
        measured = self._measured.get(facility_id, [])
        if at < len(measured):
            return measured[at]
        with self._one_at_a_time:
            measured = self._measured.setdefault(facility_id, [])
            if at == len(measured):
                to_come = self._to_come.setdefault(facility_id, self._measure(self.points[facility_id]))
                measured.extend(islice(to_come, 1))
            return measured[at] if at < len(measured) else None

    def _measure(self, point: shapely.Point) -> Iterator[Batch]:
        """Measure in the order of a lower bound; what is nearer than all that is left can be told."""
        least = at_least_km(point, self._bounds)
        order = np.argsort(least, kind="stable")
        units, km = order[:0], least[:0]
        for start in range(0, len(order), UNITS_AT_A_TIME):
            stop = start + UNITS_AT_A_TIME
            more = order[start:stop]
            units, km = np.append(units, more), np.append(km, distances_km(point, self._shapes[more]))
            told = km < (least[order[stop]] if stop < len(order) else np.inf)
            by_distance = np.lexsort((units[told], km[told]))
            if len(by_distance):
                yield units[told][by_distance], km[told][by_distance]
            units, km = units[~told], km[~told]


def at_least_km(point: shapely.Point, bounds: Floats) -> Floats:
    """Give a distance that is not above the true one from a point to anything within each of several boxes.

    Parameters
    ----------
    point : Point
        Longitude, latitude in degrees.
    bounds : array of float, shape (n, 4)
        West, south, east, north in degrees.

    Returns
    -------
    array of float
        Kilometres: to the nearest parallel of the box or, if that is farther, to its nearest meridian.
    """
    west, south, east, north = bounds.T
    to_parallel = np.maximum(np.maximum(south - point.y, point.y - north), 0)
    turn = np.radians(np.clip(np.maximum(west - point.x, point.x - east), 0, 90))
    to_meridian = np.degrees(np.arcsin(np.cos(np.radians(point.y)) * np.sin(turn)))
    return np.asarray(KM_TO_A_DEGREE * np.maximum(to_parallel, to_meridian))


def distances_km(point: shapely.Point, grounds: Any) -> Floats:
    """Measure from a point to each of several polygons.

    The nearest spot of each is found on a plane round the point, in which a degree of longitude is as short as it is
    half-way there; the distance to that spot is geodesic on WGS84. Within 1 % for anything up to some 500 km away.

    Parameters
    ----------
    point : Point
        Longitude, latitude in degrees.
    grounds : GeoSeries or array of geometry
        Polygons in EPSG:4326.

    Returns
    -------
    array of float
        Kilometres, 0 inside.
    """

    def to_plane(spots: Floats) -> Floats:
        return np.column_stack([(spots[:, 0] - point.x) * _shrink(spots[:, 1], point.y), spots[:, 1] - point.y])

    flat = shapely.transform(np.asarray(grounds), to_plane)
    spots = shapely.get_coordinates(shapely.shortest_line(shapely.Point(0, 0), flat))[1::2]
    latitude = spots[:, 1] + point.y
    longitude = spots[:, 0] / _shrink(latitude, point.y) + point.x
    return geodesic_km(point, longitude, latitude)


def _shrink(latitude: Floats, other: float) -> Floats:
    return np.asarray(np.cos(np.radians((latitude + other) / 2)))
