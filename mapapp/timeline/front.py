"""The front: how far a facility is from the nearest ground of another holder, as spans."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapapp.situation.situation import Actor
from mapapp.timeline.composite import Composite
from mapapp.timeline.geodesy import Floats, geodesic_km, has_point
from mapapp.timeline.spans import AFTER_ALL, BEFORE_ALL, DAY, chain, ends, starts

UNITS_AT_A_TIME = 256
COLUMNS = ["facility_id", "front_km", "front_holder", "valid_from"]


class Distances:
    """Distances from facilities to all units of a composite, each measured when it is first asked for.

    Parameters
    ----------
    facilities : GeoDataFrame
        Points in EPSG:4326, indexed by facility_id; those without a point have no distances.
    composite : Composite
        Its units.
    """

    def __init__(self, facilities: gpd.GeoDataFrame, composite: Composite) -> None:
        self.points = facilities.geometry[has_point(facilities)]
        self._units = composite.units.geometry
        self._km: dict[str, tuple[Floats, npt.NDArray[np.intp]]] = {}

    def of(self, facility_id: str) -> tuple[Floats, npt.NDArray[np.intp]]:
        """Give the kilometres to each unit (see `distances_km`), and the units in the order of them."""
        if facility_id not in self._km:
            km = distances_km(self.points[facility_id], self._units)
            self._km[facility_id] = km, np.argsort(km, kind="stable")
        return self._km[facility_id]


def fronts(
    facilities: gpd.GeoDataFrame,
    composite: Composite,
    actors: Mapping[str, Actor],
    distances: Distances | None = None,
) -> pd.DataFrame:
    """Measure, for each facility and each state of the map, the distance to the nearest ground of another holder.

    The units do not move, so the distances are measured once; a state of the map only says whose they are. Ground that
    nobody holds is not another holder's. Where the facility's own ground is unknown, there is no front to speak of.

    Parameters
    ----------
    facilities : GeoDataFrame
        Points in EPSG:4326, indexed by facility_id.
    composite : Composite
        Who held which ground when.
    actors : mapping
        Actor id -> Actor; those of kind `none` hold no ground.
    distances : Distances, optional
        From these facilities to the units of this composite, where they are needed elsewhere too.

    Returns
    -------
    DataFrame
        `facility_id`, `front_km` (geodesic on WGS84; NaN: none), `front_holder` (whose ground is nearest),
        `valid_from`, `valid_to`.
    """
    days, held, holders = states_of(composite)
    party = np.array([name not in actors or actors[name].kind != "none" for name in holders] + [False])
    distances = distances or Distances(facilities, composite)
    told: list[tuple[str, float, str | None, pd.Timestamp]] = []
    for facility_id, unit in composite.at(distances.points).dropna().items():
        km, by_distance = distances.of(str(facility_id))
        near, code = _nearest_other(held, party, composite.units.index.get_loc(unit), by_distance)
        for turn in np.flatnonzero((np.diff(near, prepend=-2) != 0) | (np.diff(code, prepend=-2) != 0)):
            unit_km, whose = (km[near[turn]], holders[code[turn]]) if near[turn] >= 0 else (np.nan, None)
            told.append((str(facility_id), float(unit_km), whose, days.iloc[turn]))
    states = pd.DataFrame(told, columns=COLUMNS).astype({"valid_from": DAY, "front_km": "float64"})
    return chain(states[COLUMNS], "facility_id", ["front_km", "front_holder"])


def states_of(composite: Composite) -> tuple[pd.Series[pd.Timestamp], npt.NDArray[np.int16], list[str]]:
    """The days on which the map changes; days x units: who holds it, as a place in the list of holders, -1: unknown."""
    spans = composite.spans
    begins, stops = starts(spans), ends(spans)
    days = pd.Series(sorted({BEFORE_ALL, *begins, *stops} - {AFTER_ALL}))
    codes, holders = pd.factorize(spans["holder"])
    held = np.full((len(days), len(composite.units)), -1, dtype=np.int16)
    columns = composite.units.index.get_indexer(spans["unit_id"])
    for code, column, i, j in zip(codes, columns, days.searchsorted(begins), days.searchsorted(stops), strict=True):
        held[i:j, column] = code
    return days.mask(days == BEFORE_ALL).astype(DAY), held, list(holders)


def _nearest_other(
    held: npt.NDArray[np.int16], party: npt.NDArray[np.bool_], own: int, by_distance: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int16]]:
    """The nearest unit that another party holds, and that party, for each state of the map; -1: none."""
    near = np.full(len(held), -1)
    open_states = np.flatnonzero(held[:, own] >= 0)
    for start in range(0, len(by_distance), UNITS_AT_A_TIME):
        units = by_distance[start : start + UNITS_AT_A_TIME]
        held_here = held[np.ix_(open_states, units)]
        other = party[held_here] & (held_here != held[open_states, own][:, None])
        near[open_states] = np.where(other.any(axis=1), units[other.argmax(axis=1)], -1)
        open_states = open_states[near[open_states] < 0]
        if not len(open_states):
            break
    return near, np.where(near >= 0, held[np.arange(len(held)), near], -1)


def distances_km(point: shapely.Point, grounds: gpd.GeoSeries) -> Floats:
    """Measure from a point to each of several polygons.

    The nearest spot of each is found on a plane round the point, in which a degree of longitude is as short as it is
    half-way there; the distance to that spot is geodesic on WGS84. Within 1 % for anything up to some 500 km away.

    Parameters
    ----------
    point : Point
        Longitude, latitude in degrees.
    grounds : GeoSeries
        Polygons in EPSG:4326.

    Returns
    -------
    array of float
        Kilometres, 0 inside.
    """

    def to_plane(spots: Floats) -> Floats:
        return np.column_stack([(spots[:, 0] - point.x) * _shrink(spots[:, 1], point.y), spots[:, 1] - point.y])

    flat = shapely.transform(grounds.to_numpy(), to_plane)
    spots = shapely.get_coordinates(shapely.shortest_line(shapely.Point(0, 0), flat))[1::2]
    latitude = spots[:, 1] + point.y
    longitude = spots[:, 0] / _shrink(latitude, point.y) + point.x
    return geodesic_km(point, longitude, latitude)


def _shrink(latitude: Floats, other: float) -> Floats:
    return np.asarray(np.cos(np.radians((latitude + other) / 2)))
