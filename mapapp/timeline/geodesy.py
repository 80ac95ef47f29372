"""Points on the Earth: which records have one, and how far it is between them."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapapp.situation.geometry import WGS84

Floats = npt.NDArray[np.float64]


def has_point(places: gpd.GeoDataFrame) -> pd.Series[bool]:
    """Whether a facility or place has a point to stand on."""
    shapes = places.geometry.to_numpy()
    return pd.Series(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)), places.index)


def geodesic_km(point: shapely.Point, longitude: Any, latitude: Any) -> Floats:
    """Give the geodesic distances on WGS84 from a point to others, all in degrees (EPSG:4326), in kilometres.

    The method is that of Karney (2013), "Algorithms for geodesics".
    """
    x, y = np.full(len(longitude), point.x), np.full(len(longitude), point.y)
    return np.asarray(WGS84.inv(x, y, np.asarray(longitude), np.asarray(latitude))[2]) / 1000


def distances_km(point: shapely.Point, places: gpd.GeoDataFrame) -> pd.Series[float]:
    """Give the distance in kilometres from a point to every facility or place that has one, by id."""
    spots = places.geometry[has_point(places)]
    return pd.Series(geodesic_km(point, spots.x, spots.y), index=spots.index)
