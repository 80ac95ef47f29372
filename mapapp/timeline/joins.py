"""Joins in space and time: dated points with the ground of their day, and with the nearest facility."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapapp.situation.geometry import WGS84
from mapapp.situation.situation import Situation
from mapapp.timeline.composite import Composite
from mapapp.timeline.geodesy import Floats, has_point
from mapapp.timeline.spans import ends, starts

SAME_SPOT_KM = 0.001
CANDIDATES = 8
POINTS_AT_A_TIME = 10_000


def join_events(situation: Situation, composite: Composite) -> pd.DataFrame:
    """Join each event with the holder of the ground at its place that day, and with the nearest facility.

    An event happened at its own coordinates where it has any, else at its facility, else at its place.

    Returns
    -------
    DataFrame
        Indexed by event_id as `situation.events`: `longitude`, `latitude` (degrees, EPSG:4326; NaN: not known),
        `ground_holder` (None: unknown, undated or nowhere), `nearest_facility_id` and `nearest_facility_km` (geodesic
        on WGS84). Of facilities on one spot the event's own is the nearest.
    """
    points = event_points(situation)
    located = points.dropna()
    spots = gpd.GeoSeries(gpd.points_from_xy(located["longitude"], located["latitude"]), located.index, crs=4326)
    near = nearest(spots, situation.facilities, situation.events["facility_id"])
    holder = holder_at(spots, situation.events.loc[spots.index, "event_date"], composite)
    joined: pd.DataFrame = points.join(holder.rename("ground_holder")).join(near)
    for name in ("ground_holder", "nearest_facility_id"):
        joined[name] = joined[name].astype(object).where(joined[name].notna(), None)
    return joined


def event_points(situation: Situation) -> pd.DataFrame:
    """Give `longitude` and `latitude` of each event, NaN where it happened nowhere in particular."""
    events = situation.events
    own = events[["longitude", "latitude"]].astype("float64")
    own = own.where(own.notna().all(axis=1))
    for column, table in (("facility_id", situation.facilities), ("place_id", situation.places)):
        spots = table.geometry[has_point(table)]
        at = pd.DataFrame({"longitude": spots.x, "latitude": spots.y}, index=spots.index).reindex(events[column])
        own = own.fillna(at.set_axis(events.index))
    return own


def holder_at(points: gpd.GeoSeries, days: pd.Series[pd.Timestamp], composite: Composite) -> pd.Series[str]:
    """Give the holder of the ground at dated points.

    Parameters
    ----------
    points : GeoSeries
        Points in EPSG:4326.
    days : Series of datetime64
        The day of each, on the same index; NaT gives unknown.
    composite : Composite
        Who held which ground when.

    Returns
    -------
    Series of str
        On the same index; None where the ground or the day is unknown.
    """
    asked = pd.DataFrame(
        {"row": range(len(points)), "unit_id": composite.at(points).to_numpy(), "day": days.to_numpy()}
    )
    asked = asked.dropna().astype({"unit_id": "int64"}).sort_values("day")
    spans = composite.spans.assign(day=starts(composite.spans), end=ends(composite.spans))
    spans = spans.astype({"unit_id": "int64"}).sort_values("day")[["unit_id", "day", "end", "holder"]]
    found = pd.merge_asof(asked.astype({"day": spans["day"].dtype}), spans, on="day", by="unit_id")
    found = found[found["day"] < found["end"]]
    holders = np.full(len(points), None, dtype=object)
    holders[found["row"]] = found["holder"].where(found["holder"].notna(), None)
    return pd.Series(holders, index=points.index, dtype=object)


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
