"""How far a facility is from the nearest ground of one side, run of days by run of days."""

from __future__ import annotations

from collections.abc import Collection

import geopandas as gpd
import numpy as np
import pandas as pd

from mapapp.timeline.composite import Composite
from mapapp.timeline.front import distances_km, states_of
from mapapp.timeline.geodesy import Floats, has_point
from mapapp.timeline.spans import BEFORE_ALL


class OwnGround:
    """Distances from facilities to the ground of a side.

    Parameters
    ----------
    facilities : GeoDataFrame
        Points in EPSG:4326, indexed by facility_id.
    composite : Composite
        Who held which ground when.
    """

    def __init__(self, facilities: gpd.GeoDataFrame, composite: Composite) -> None:
        self._points = facilities.geometry[has_point(facilities)]
        self._units = composite.units.geometry
        days, self._held, self._holders = states_of(composite)
        self._days = pd.DatetimeIndex(days.fillna(BEFORE_ALL))
        self._km: dict[str, Floats] = {}

    def distances(
        self, facility_id: str, side: Collection[str], first: pd.Timestamp, end: pd.Timestamp
    ) -> list[tuple[pd.Timestamp, pd.Timestamp, float]]:
        """Give the distance over some days.

        Parameters
        ----------
        facility_id : str
            Which facility.
        side : collection of str
            Whose ground counts.
        first, end : Timestamp
            From `first` until before `end`.

        Returns
        -------
        list of tuple
            First day, day after the last, and kilometres (geodesic on WGS84; infinite where the side has no ground),
            in order. Empty where the facility has no point.
        """
        if facility_id not in self._points.index or not len(self._units):
            return []
        km = self._far(facility_id)
        theirs = np.isin(self._held, [code for code, name in enumerate(self._holders) if name in side])
        begin = max(int(self._days.searchsorted(first, side="right")) - 1, 0)
        stop = int(self._days.searchsorted(end))
        nearest = np.where(theirs[begin:stop], km, np.inf).min(axis=1)
        turns = [0, *(np.flatnonzero(np.diff(nearest)) + 1)]
        starts = [max(first, self._days[begin + turn]) for turn in turns]
        return list(zip(starts, [*starts[1:], end], [float(nearest[turn]) for turn in turns], strict=True))

    def _far(self, facility_id: str) -> Floats:
        if facility_id not in self._km:
            self._km[facility_id] = distances_km(self._points[facility_id], self._units)
        return self._km[facility_id]
