"""The extent of a map where none is asked for."""

from __future__ import annotations

import math

from mapapp.briefing.view import Extent, View
from mapapp.errors import NotFound
from mapapp.timeline.timeline import Timeline

ROUND_KM = 45.0
"""How far a map about one facility reaches from it."""

MARGIN = 0.07
KM_PER_DEGREE = 111.2


def default_extent(timeline: Timeline, view: View) -> Extent:
    """All sites that stand on ground somebody holds or held; round one facility where the view is about one.

    Raises
    ------
    NotFound
        Where the facility is not there or its place is not established, or the situation has nothing to show.
    """
    if view.facility_id is not None:
        return _round(timeline, view.facility_id)
    facilities = timeline.situation.facilities
    standing = facilities.geometry[facilities.geometry.notna() & ~facilities.geometry.is_empty]
    on_ground = standing[timeline.composite.at(standing).notna().to_numpy()] if len(standing) else standing
    zones, places = timeline.composite.units, timeline.situation.places
    for found in (on_ground, standing, zones.geometry, places.geometry[places.geometry.notna()]):
        if len(found):
            return _with_margin(*found.total_bounds)
    raise NotFound("Nothing in this situation has a place on the map. Give points to its sites, or an extent.")


def _round(timeline: Timeline, facility_id: str) -> Extent:
    facility = timeline.register.facilities.get(facility_id)
    if facility is None:
        raise NotFound(f"There is no facility with the id {facility_id!r} in this situation.")
    if facility["longitude"] is None:
        raise NotFound(f"The place of {facility['name']} is not established: there is no map of it to draw.")
    reach = max(ROUND_KM, 1.5 * (facility["geo_radius_km"] or 0)) / KM_PER_DEGREE
    longitude, latitude = facility["longitude"], facility["latitude"]
    across = reach / max(math.cos(math.radians(latitude)), 0.1)
    return _bounded(longitude - across, latitude - reach, longitude + across, latitude + reach)


def _with_margin(west: float, south: float, east: float, north: float) -> Extent:
    size = max(east - west, north - south, 0.2)
    edge = size * MARGIN
    return _bounded(west - edge, south - edge, east + edge, north + edge)


def _bounded(west: float, south: float, east: float, north: float) -> Extent:
    return max(float(west), -180), max(float(south), -85), min(float(east), 180), min(float(north), 85)
