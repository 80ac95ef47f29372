"""The ground a facility stands on: who held it when, and on whose word, by the claims at the place nearest to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

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
    km = {one: distances_km(point, situation.places).to_dict() for one, point in standing.geometry.items()}
    place_of = situation.events["place_id"].to_dict()
    sources = {**situation.zones["source_ids"].to_dict(), **situation.events["source_ids"].to_dict()}
    rests_on = []
    for row in rows.to_dict("records"):
        place, claims = _nearest_claims(row["event_ids"], place_of, km[row["facility_id"]])
        words = _at(situation, place, km[row["facility_id"]]) if place else _drawn(row["zone_ids"])
        cited = united(sources.get(one, ()) for one in claims or row["zone_ids"])
        rests_on.append((words, claims, cited))
    said = pd.DataFrame(rests_on, columns=["detail", "event_ids", "source_ids"], index=rows.index, dtype=object)
    rows = rows.drop(columns="event_ids").rename(columns={"holder": "value"}).join(said)
    columns: pd.DataFrame = rows[COLUMNS]
    return columns


def _nearest_claims(
    event_ids: tuple[str, ...], place_of: Mapping[Any, str | None], km: Mapping[Any, float]
) -> tuple[str | None, tuple[str, ...]]:
    """The nearest place of those that the records are about, and the records that are about it."""
    places = [place for one in event_ids if (place := place_of.get(one)) in km]
    if not places:
        return None, event_ids
    nearest = min(places, key=km.__getitem__)
    return nearest, tuple(one for one in event_ids if place_of.get(one) == nearest)


def _at(situation: Situation, place_id: str, km: Mapping[Any, float]) -> str:
    away = f", {km[place_id]:.0f} km away" if km[place_id] >= NEARLY_THERE_KM else ""
    return f"{situation.places.loc[place_id, 'name']}{away}"


def _drawn(zone_ids: tuple[str, ...]) -> str:
    return f"zone {', '.join(zone_ids)} as drawn" if zone_ids else "the imported map of that day"


def within(radius_km: float | None, geo_precision: str | None) -> str:
    """Say how well the point of a facility or place is known."""
    if plain(radius_km) is not None:
        return f"the point is known within {radius_km:g} km"
    return "the point is as published" if geo_precision == "1" else "how well the point is known is not stated"
