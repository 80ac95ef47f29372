"""Joins in space and time: each event with the ground of its day, and with the nearest facility."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.composite import Composite
from mapapp.timeline.nearest import Names, nearest_to
from mapapp.timeline.records import frame
from mapapp.timeline.spans import FIRST, LAST, numbers
from mapapp.timeline.terrain import Terrain

COLUMNS = ["longitude", "latitude", "ground_holder", "nearest_facility_id", "nearest_facility_km"]


def join_events(situation: Situation, composite: Composite, terrain: Terrain | None = None) -> pd.DataFrame:
    """Join each event with the holder of the ground at its place that day, and with the nearest facility.

    An event happened at its own coordinates where it has any, else at its facility, else at its place.

    Parameters
    ----------
    situation : Situation
        Its events and facilities.
    composite : Composite
        Who held which ground when.
    terrain : Terrain, optional
        Of the units of the composite, where it is at hand; it may have more events and facilities.

    Returns
    -------
    DataFrame
        Indexed by event_id as `situation.events`: `longitude`, `latitude` (degrees, EPSG:4326; NaN: not known),
        `ground_holder` (None: unknown, undated or nowhere), `nearest_facility_id` and `nearest_facility_km` (geodesic
        on WGS84). Of facilities on one spot the event's own is the nearest.
    """
    return frame(joins(situation, composite, terrain), situation.events.index)


def joins(situation: Situation, composite: Composite, terrain: Terrain | None = None) -> dict[str, Any]:
    """Give the columns of `join_events` as arrays."""
    terrain, events = terrain or Terrain(situation, composite.units), situation.events
    at = terrain.events.index.get_indexer(events.index)
    found = {str(name): terrain.events[name].to_numpy()[at] for name in terrain.events}
    found |= _among(found, situation.facilities, events["facility_id"].to_numpy())
    found["ground_holder"] = holder_on(found["unit_id"], events["event_date"], composite)
    return {name: found[name] for name in COLUMNS}


def _among(joined: Mapping[str, Any], facilities: gpd.GeoDataFrame, own: Names) -> dict[str, Any]:
    """Name the nearest of these facilities where the nearest of all is none of them."""
    ids, km = joined["nearest_facility_id"], joined["nearest_facility_km"]
    known = {None, *facilities.index}
    gone = np.array([one not in known for one in ids.tolist()], dtype=bool)
    if gone.any():
        where = np.column_stack([joined["longitude"][gone], joined["latitude"][gone]])
        ids[gone], km[gone] = nearest_to(where, facilities, own[gone])
    return {"nearest_facility_id": ids, "nearest_facility_km": km}


def holder_on(
    units: npt.NDArray[np.int64], days: pd.Series[pd.Timestamp], composite: Composite
) -> npt.NDArray[np.object_]:
    """Give the holder of each of some units on the day that goes with it.

    Parameters
    ----------
    units : array of int
        Units of the composite, -1 for none.
    days : Series of datetime64
        The day of each; NaT gives unknown.
    composite : Composite
        Who held which ground when.

    Returns
    -------
    array of str
        None where the ground or the day is unknown.
    """
    spans = composite.spans
    keys = _keys(spans["unit_id"].to_numpy(), np.array(numbers(spans["valid_from"], FIRST), dtype=np.int64))
    order = np.argsort(keys, kind="stable")
    asked = np.array(numbers(days, FIRST), dtype=np.int64)
    at = np.searchsorted(keys[order], _keys(units, asked), side="right") - 1
    span = np.append(order, -1)[at]
    unit, end = np.append(spans["unit_id"], -1)[span], np.append(numbers(spans["valid_to"], LAST), 0)[span]
    held = (units >= 0) & days.notna().to_numpy() & (unit == units) & (asked < end)
    holders = spans["holder"].to_numpy(dtype=object)
    found = np.full(len(units), None, dtype=object)
    found[held] = [holder if isinstance(holder, str) else None for holder in holders[span[held]]]
    return found


def _keys(units: npt.NDArray[np.int64], days: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Numbers that sort by unit, then by day."""
    return np.asarray((units << 32) + days + (1 << 31))
