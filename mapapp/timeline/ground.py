"""The ground a facility stands on: who held it when, and on whose word, by the claims at the place nearest to it."""

from __future__ import annotations

import pandas as pd
import shapely

from mapapp.situation.situation import Situation
from mapapp.timeline.composite import Composite
from mapapp.timeline.geodesy import distances_km, has_point
from mapapp.timeline.records import plain
from mapapp.timeline.spans import united

COLUMNS = ["facility_id", "value", "detail", "contested_by", "valid_from", "valid_to", "event_ids", "source_ids"]
NEARLY_THERE_KM = 0.5


def ground(situation: Situation, composite: Composite) -> pd.DataFrame:
    """Give the spans of the ground at each facility's point.

    A zone is dissolved from the cells of many places. Of its claims those count here that were made at the place
    nearest to the facility: its cell is the one that the facility stands in.

    Parameters
    ----------
    situation : Situation
        Its facilities, places, events and zones.
    composite : Composite
        Who held which ground when.

    Returns
    -------
    DataFrame
        `facility_id`, `value` (the holder), `detail` (the place and how far it is, or the zones where they rest on no
        record), `contested_by`, `valid_from`, `valid_to`, `event_ids` and `source_ids`. Facilities without a point, and
        days on which nothing is established, have no row.
    """
    standing = situation.facilities[has_point(situation.facilities)]
    units = composite.at(standing.geometry).dropna().astype("int64").rename("unit_id").rename_axis("facility_id")
    rows = units.reset_index().merge(composite.spans.astype({"unit_id": "int64"}), on="unit_id")
    said = [
        _said(situation, standing.geometry[row["facility_id"]], row["event_ids"], row["zone_ids"])
        for row in rows.to_dict("records")
    ]
    rests_on = pd.DataFrame(said, columns=["detail", "event_ids", "source_ids"], index=rows.index, dtype=object)
    rows = rows.drop(columns="event_ids").rename(columns={"holder": "value"}).join(rests_on)
    columns: pd.DataFrame = rows[COLUMNS]
    return columns


def _said(
    situation: Situation, point: shapely.Point, event_ids: tuple[str, ...], zone_ids: tuple[str, ...]
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """What a span at a point rests on: in words, as records, as sources."""
    events, places = _named(situation.events, event_ids), situation.places
    km = distances_km(point, places[places.index.isin(events["place_id"])])
    if km.empty:
        return f"zone {', '.join(zone_ids)} as drawn", event_ids, _sources(_named(situation.zones, zone_ids))
    near = events[events["place_id"] == km.idxmin()]
    away = f", {km.min():.0f} km away" if km.min() >= NEARLY_THERE_KM else ""
    return f"{places.loc[km.idxmin(), 'name']}{away}", tuple(near.index), _sources(near)


def _named(records: pd.DataFrame, ids: tuple[str, ...]) -> pd.DataFrame:
    return records[records.index.isin(ids)]


def _sources(records: pd.DataFrame) -> tuple[str, ...]:
    return united(records["source_ids"])


def within(radius_km: float | None, geo_precision: str | None) -> str:
    """Say how well the point of a facility or place is known."""
    if plain(radius_km) is not None:
        return f"the point is known within {radius_km:g} km"
    return "the point is as published" if geo_precision == "1" else "how well the point is known is not stated"
