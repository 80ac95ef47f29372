"""Dated points of anybody's, joined with the ground of their day."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from mapapp.timeline.lookup import NO_DAY, lookup
from mapapp.timeline.timeline import Timeline

COLUMNS = ["holder", "front_km", "days_since_change"]


def join(timeline: Timeline, points: gpd.GeoDataFrame, date_column: str) -> pd.DataFrame:
    """Join dated points with the ground of their day.

    Parameters
    ----------
    timeline : Timeline
        The joined situation.
    points : GeoDataFrame
        Points in any coordinate system; without one they are taken for longitude and latitude (EPSG:4326).
    date_column : str
        The column of the day: dates, times (cut to the day in UTC) or text as YYYY-MM-DD.

    Returns
    -------
    DataFrame
        On the index of the points: `holder` (None: unknown, also where point or day are), `front_km` (to the nearest
        ground of another party, geodesic on WGS84; NaN: there is none) and `days_since_change` (since the ground last
        changed hands; NA: not known).
    """
    spots = points.geometry if points.crs is None else points.geometry.to_crs(4326)
    days = pd.to_datetime(points[date_column], format="ISO8601", errors="coerce", utc=True)
    numbers = days.dt.tz_localize(None).to_numpy().astype("datetime64[D]").astype(np.int64)
    numbers = np.where(days.isna(), NO_DAY, numbers)
    nobody = [actor.id for actor in timeline.situation.actors.values() if actor.kind == "none"]
    found = lookup(timeline.composite, nobody).join(spots.x.to_numpy(), spots.y.to_numpy(), numbers)
    return found[COLUMNS].set_index(points.index)
