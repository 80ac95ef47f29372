"""Joins in space and time: dated points with the ground of their day, and with the nearest facility."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.composite import Composite
from mapapp.timeline.geodesy import geodesic_km, has_point
from mapapp.timeline.spans import ends, starts

SAME_SPOT_KM = 0.001


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
    best = np.full(len(points), np.inf)
    names = np.full(len(points), None, dtype=object)
    asked = own.reindex(points.index).to_numpy() if own is not None else names
    for facility_id, spot in facilities.geometry[has_point(facilities)].items():
        km = geodesic_km(spot, points.x, points.y)
        nearer = (km < best - SAME_SPOT_KM) | ((asked == facility_id) & (km < best + SAME_SPOT_KM))
        best, names = np.where(nearer, km, best), np.where(nearer, facility_id, names)
    km_known = np.where(np.isfinite(best), best, np.nan)
    return pd.DataFrame({"nearest_facility_id": names, "nearest_facility_km": km_known}, index=points.index)
