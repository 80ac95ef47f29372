"""Coarsening: points given no more closely than their stated radius."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.geodesy import has_point

KM_PER_DEGREE = 111.32
LEAST_KM = 1.0
"""The radius of a point that states none."""

TOWN_ONLY = "3"
"""Points known only to their town are as coarse as they need to be."""

EVENT_DEGREES = 0.05
"""Events away from any site or place are moved to a grid of this many degrees."""


def coarsened(situation: Situation) -> Situation:
    """Move points onto a grid as wide as their stated radius.

    The true place of a site lies within its radius of its point, and that point within the same distance of the one
    given here: its radius is therefore twice the stated one.

    Parameters
    ----------
    situation : Situation
        Its sites with `geo_precision` 1 or 2 and its events with coordinates of their own are moved; places are not.
    """
    facilities = situation.facilities
    moved = has_point(facilities) & (facilities["geo_precision"] != TOWN_ONLY)
    radius = facilities["geo_radius_km"].fillna(LEAST_KM).clip(lower=LEAST_KM)
    shapes = facilities.geometry.copy()
    shapes[moved] = _on_grid(shapes[moved], radius[moved].to_numpy())
    sites = facilities.assign(
        geometry=shapes,
        geo_radius_km=facilities["geo_radius_km"].mask(moved, radius * 2),
        geo_precision=facilities["geo_precision"].mask(moved, "2").astype(object),
    )
    events = situation.events
    own = {name: (events[name] / EVENT_DEGREES).round() * EVENT_DEGREES for name in ("longitude", "latitude")}
    return replace(situation, facilities=sites, events=events.assign(**own))


def _on_grid(points: gpd.GeoSeries, radius_km: np.ndarray) -> gpd.GeoSeries:
    """The middles of the squares in which points lie, whose corners are a radius away from them."""
    tall = radius_km * np.sqrt(2) / KM_PER_DEGREE
    latitude = (np.floor(points.y / tall) + 0.5) * tall
    wide = tall / np.maximum(np.cos(np.radians(latitude)), 0.05)
    longitude = (np.floor(points.x / wide) + 0.5) * wide
    located = gpd.points_from_xy(np.round(longitude, 4), np.round(latitude, 4))
    return gpd.GeoSeries(pd.Series(located, index=points.index, dtype=object), crs=points.crs)
