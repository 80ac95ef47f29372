"""The facility nearest to each of many points."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapapp.situation.geometry import WGS84
from mapapp.timeline.geodesy import Floats, has_point

SAME_SPOT_KM = 0.001
CANDIDATES = 8
POINTS_AT_A_TIME = 10_000
NOT_THERE = -1

Names = npt.NDArray[np.object_]


def nearest(points: gpd.GeoSeries, facilities: gpd.GeoDataFrame, own: pd.Series[str] | None = None) -> pd.DataFrame:
    """Give the facility nearest to each point.

    Parameters
    ----------
    points : GeoSeries
        Points in EPSG:4326.
    facilities : GeoDataFrame
        Points in EPSG:4326, indexed by facility_id; those without a point are passed over.
    own : Series of str, optional
        On the index of the points: the facility to name where several stand on the nearest spot.

    Returns
    -------
    DataFrame
        On the index of the points: `nearest_facility_id` and `nearest_facility_km`, geodesic on WGS84 (Karney 2013).
    """
    named = np.full(len(points), None) if own is None else own.reindex(points.index).to_numpy(dtype=object)
    found, km = nearest_to(shapely.get_coordinates(points.to_numpy()), facilities, named)
    ids = pd.Series(found, points.index, dtype=object)
    return pd.DataFrame({"nearest_facility_id": ids, "nearest_facility_km": km}, index=points.index)


def nearest_to(where: Floats, facilities: gpd.GeoDataFrame, own: Names) -> tuple[Names, Floats]:
    """Give the facility nearest to each of some longitudes and latitudes, and its distance, as `nearest` does.

    `own` is the facility to name where several stand on the nearest spot, None for any.
    """
    has = has_point(facilities).to_numpy()
    names, standing = facilities.index[has], shapely.get_coordinates(facilities.geometry.to_numpy()[has])
    spots, first = np.unique(standing, axis=0, return_index=True)
    order = np.argsort(first)  # of several on one spot the first stands for all
    each, which = np.unique(where, axis=0, return_inverse=True)
    near, far = _nearest_spots(each, spots[order])
    km, rows = far[which], first[order][near[which]] if len(spots) else np.full(len(where), NOT_THERE)
    its_own = names.get_indexer(own)
    asked = np.flatnonzero(its_own != NOT_THERE)
    own_km = np.asarray(WGS84.inv(*where[asked].T, *standing[its_own[asked]].T)[2]) / 1000
    as_near = own_km < km[asked] + SAME_SPOT_KM
    rows[asked[as_near]], km[asked[as_near]] = its_own[asked[as_near]], own_km[as_near]
    named: Names = np.array([*names, None], dtype=object)[rows]
    return named, km


def _nearest_spots(points: Floats, spots: Floats) -> tuple[npt.NDArray[np.intp], Floats]:
    """For each point the nearest of some spots and how far it is; of spots as far as one another the first.

    The few that are nearest on a sphere, which errs by half a percent, are measured on the ellipsoid.
    """
    near, far = np.zeros(len(points), dtype=np.intp), np.full(len(points), np.nan)
    few = min(CANDIDATES, len(spots))
    for begin in range(0, len(points) if few else 0, POINTS_AT_A_TIME):
        some = points[begin : begin + POINTS_AT_A_TIME]
        likeness = _on_sphere(some) @ _on_sphere(spots).T
        likely = np.sort(np.argpartition(-likeness, few - 1, axis=1)[:, :few], axis=1)
        ends = spots[likely].reshape(-1, 2)
        km = np.asarray(WGS84.inv(*np.repeat(some, few, axis=0).T, *ends.T)[2]).reshape(-1, few) / 1000
        best = (km <= km.min(axis=1, keepdims=True) + SAME_SPOT_KM).argmax(axis=1)
        rows = np.arange(len(some))
        near[begin : begin + len(some)], far[begin : begin + len(some)] = likely[rows, best], km[rows, best]
    return near, far


def _on_sphere(spots: Floats) -> Floats:
    """Longitude and latitude in degrees as points of the unit sphere."""
    longitude, latitude = np.radians(spots).T
    return np.column_stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)]
    )
