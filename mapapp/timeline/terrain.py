"""Terrain: where facilities, places and events are, and on which piece of ground they stand.

None of it depends on what was known of them when: all look backs of a situation share it.
"""

from __future__ import annotations

from functools import cached_property

import geopandas as gpd
import pandas as pd
import shapely

from mapapp.situation.situation import Situation
from mapapp.timeline.composite import units_at
from mapapp.timeline.distances import Distances
from mapapp.timeline.geodesy import distances_km, has_point
from mapapp.timeline.nearest import nearest
from mapapp.timeline.states import States


class Terrain:
    """The lie of the land of a situation, each part of it surveyed when it is first asked for.

    Parameters
    ----------
    situation : Situation
        Its facilities, places and events.
    units : GeoDataFrame
        The pieces that the ground is cut into (see `composite.Composite`).
    """

    def __init__(self, situation: Situation, units: gpd.GeoDataFrame) -> None:
        self.situation = situation
        self.units = units
        self._states: States | None = None
        self._km: dict[str, dict[str, float]] = {}

    @cached_property
    def distances(self) -> Distances:
        """How far each facility is from each unit."""
        return Distances(self.situation.facilities, self.units)

    @cached_property
    def standing(self) -> dict[str, int]:
        """facility_id -> the unit it stands on; those that stand on none are not in it."""
        return {str(one): int(unit) for one, unit in units_at(self.units, self.distances.points).dropna().items()}

    @property
    def states(self) -> States:
        """What follows from who holds the units; begun anew where it has become too much to keep."""
        if self._states is None or self._states.is_full:
            self._states = States(self.units, self.distances, self.standing, self.situation.actors)
        return self._states

    @cached_property
    def zones_around(self) -> dict[str, frozenset[str]]:
        """facility_id -> the zones, of any day, that it stands in or on the edge of."""
        zones, points = self.situation.zones, self.distances.points
        zone, point = shapely.STRtree(points.to_numpy()).query(zones.geometry.to_numpy(), predicate="intersects")
        found = pd.Series(zones.index.to_numpy()[zone]).groupby(points.index.to_numpy()[point]).agg(frozenset).to_dict()
        return {str(one): found.get(one, frozenset()) for one in points.index}

    @cached_property
    def events(self) -> pd.DataFrame:
        """Where each event happened and what is there, on the index of the events.

        `longitude` and `latitude` (degrees, EPSG:4326; NaN: nowhere), `unit_id` (-1: outside of all units),
        `nearest_facility_id` and `nearest_facility_km` (see `nearest.nearest`).
        """
        points = event_points(self.situation)
        located = points.dropna()
        spots = gpd.GeoSeries(gpd.points_from_xy(located["longitude"], located["latitude"]), located.index, crs=4326)
        near = nearest(spots, self.situation.facilities, self.situation.events["facility_id"])
        units = units_at(self.units, spots).reindex(points.index).fillna(-1).astype("int64")
        found = points.assign(unit_id=units).join(near)
        named = found["nearest_facility_id"].astype(object)
        return found.assign(nearest_facility_id=named.where(named.notna(), None))

    def km_to_places(self, facility_id: str) -> dict[str, float]:
        """Give how far a facility is from each place that has a point, in km."""
        if facility_id not in self._km:
            point = self.situation.facilities.geometry[facility_id]
            km = distances_km(point, self.situation.places)
            self._km[facility_id] = dict(zip(map(str, km.index), km.tolist(), strict=True))
        return self._km[facility_id]


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
