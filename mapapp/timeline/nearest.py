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
    standing = facilities.geometry[has_point(facilities)]
    spots, first = np.unique(shapely.get_coordinates(standing.to_numpy()), axis=0, return_index=True)
    order = np.argsort(first)  # of several on one spot the first stands for all
    spots, names = spots[order], standing.index.to_numpy()[first[order]]
    where, which = np.unique(shapely.get_coordinates(points.to_numpy()), axis=0, return_inverse=True)
    near, km = _nearest_spots(where, spots)
    found = pd.DataFrame({"nearest_facility_id": None, "nearest_facility_km": km[which]}, index=points.index)
    if len(spots) and len(points):
        found["nearest_facility_id"] = names[near[which]]
    return found if own is None else _own_first(found, points, standing, own.reindex(points.index))


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


def _own_first(
    found: pd.DataFrame, points: gpd.GeoSeries, standing: gpd.GeoSeries, own: pd.Series[str]
) -> pd.DataFrame:
    """Name the facility that a point belongs to where none is nearer."""
    asked = own[own.isin(standing.index)]
    here, there = (shapely.get_coordinates(one.to_numpy()) for one in (points[asked.index], standing[asked]))
    km = np.asarray(WGS84.inv(*here.T, *there.T)[2]) / 1000
    nearest = km < found.loc[asked.index, "nearest_facility_km"].to_numpy() + SAME_SPOT_KM
    found.loc[asked.index[nearest], "nearest_facility_id"] = asked[nearest]
    found.loc[asked.index[nearest], "nearest_facility_km"] = km[nearest]
    return found
