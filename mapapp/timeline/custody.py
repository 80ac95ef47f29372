"""Custody: what state a facility is in, who runs it, who guards it and who holds the ground it stands on, as spans.

The first three are on record, dated. The fourth is read off the composite at the facility's point. All four cover all
days, so that a day has exactly one row for each: where nothing is known, the row says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.composite import Composite
from mapapp.timeline.geodesy import has_point
from mapapp.timeline.ground import ground, within
from mapapp.timeline.records import in_force
from mapapp.timeline.spans import AFTER_ALL, BEFORE_ALL, chain, ends, opened, starts
from mapapp.timeline.terrain import Terrain

ATTRIBUTES = ("status", "operator", "guard", "ground_holder")
RECORDED = {
    "status": ("status_after", "status_note"),
    "operator": ("operator_after", None),
    "guard": ("guard_after", "guard_unit"),
}
"""Attribute -> the column of the events that sets it, and the one that says more about it."""

KEY = ["facility_id", "attribute"]
COLUMNS = [*KEY, "value", "detail", "contested_by", "valid_from", "valid_to", "event_ids", "source_ids"]
NOT_ON_RECORD = "nothing is on record for these days"
NO_POINT = "unknown, because no point of this site is known"
NO_GROUND = "unknown: no holder of the ground at this point is established for these days"


def custody(situation: Situation, composite: Composite, terrain: Terrain | None = None) -> pd.DataFrame:
    """Join each facility with its records and with the ground it stands on.

    A record sets a value from its day (empty: from the start) until its own known end or the next record of the same
    attribute. Refuted and superseded records set nothing.

    Parameters
    ----------
    situation : Situation
        Its facilities, events, places and zones.
    composite : Composite
        Who held which ground when.
    terrain : Terrain, optional
        Of the units of the composite, where it is at hand; it may have more facilities.

    Returns
    -------
    DataFrame
        `facility_id`, `attribute` (of `ATTRIBUTES`), `value` (None: unknown), `detail` (the state or the guarding force
        in the sources' words; for ground, the place whose claims count), `contested_by`, `valid_from`, `valid_to`,
        `event_ids`, `source_ids`, `basis` (what the value rests on, in words), `since` (the first day of this value,
        over any change of detail; NaT: open) and `since_precision` (how well that day is known). Sorted by facility,
        attribute and start; exactly one row for each facility, attribute and day.
    """
    facilities, events = situation.facilities, situation.events
    terrain = terrain or Terrain(situation, composite.units)
    stood_on = ground(situation, composite, terrain).assign(attribute="ground_holder")
    states = pd.concat([recorded(facilities, events), stood_on], ignore_index=True)
    spans = chain(states, KEY, ["value", "detail", "contested_by"])
    spans = without_gaps(spans, pd.MultiIndex.from_product([facilities.index, ATTRIBUTES], names=KEY))
    first = _first_of_run(spans)
    points = _points(facilities)
    return spans.assign(
        basis=[basis(span, points[span["facility_id"]]) for span in spans.to_dict("records")],
        since=spans.loc[first, "valid_from"].array,
        since_precision=_precision(spans, events)[first].array,
    )


def _points(facilities: gpd.GeoDataFrame) -> dict[Any, str | None]:
    """How well the point of each facility is known, in words; None where it has none."""
    known = zip(
        facilities.index, has_point(facilities), facilities["geo_radius_km"], facilities["geo_precision"], strict=True
    )
    return {one: within(radius_km, precision) if placed else None for one, placed, radius_km, precision in known}


def basis(span: Mapping[Any, Any], point: str | None) -> str:
    """Say in words what a value rests on, or why it is unknown.

    Parameters
    ----------
    span : mapping
        A row as `custody` gives it.
    point : str or None
        How well the point of the facility is known, in words; None where it has none.
    """
    records = ", ".join(span["event_ids"])
    if span["attribute"] != "ground_holder":
        return f"on record: {records}" if records else NOT_ON_RECORD
    if point is None:
        return NO_POINT
    if span["value"] is None:
        return f"{NO_GROUND}; {point}"
    claims = f"computed zone; claim{'s' * (len(span['event_ids']) > 1)} {records} at " if records else ""
    return f"{claims}{span['detail']}; {point}"


def recorded(facilities: gpd.GeoDataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Give the dated states of status, operator and guard, one row for each record and attribute it sets."""
    standing = in_force(events)
    flips = (standing["claim_state"] != "refuted") & standing["facility_id"].isin(facilities.index)
    parts = [_states(standing[flips], attribute) for attribute in RECORDED]
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def _states(events: pd.DataFrame, attribute: str) -> pd.DataFrame:
    value, detail = RECORDED[attribute]
    rows = events[events[value].notna()]
    states = pd.DataFrame(
        {
            "facility_id": rows["facility_id"],
            "attribute": attribute,
            "value": rows[value],
            "detail": rows[detail] if detail else None,
            "contested_by": None,
            "valid_from": rows["event_date"],
            "valid_to": rows["valid_to"],
            "event_ids": [(one,) for one in rows.index],
            "source_ids": rows["source_ids"],
        }
    ).astype({"detail": object, "contested_by": object})
    return _detail_carried_on(states.sort_values(["facility_id", "valid_from"], kind="stable", na_position="first"))


def _detail_carried_on(states: pd.DataFrame) -> pd.DataFrame:
    """A record that repeats the state without a word on it does not unsay the words of the one before."""
    above = states.shift()
    repeats = (states[["facility_id", "value"]] == above[["facility_id", "value"]]).all(axis=1) & above[
        "valid_to"
    ].isna()
    said = states.groupby((~repeats).cumsum())["detail"].ffill()
    return states.assign(detail=said.astype(object).where(said.notna(), None))


def without_gaps(spans: pd.DataFrame, keys: pd.MultiIndex) -> pd.DataFrame:
    """Add a row of unknown value for every day that no row of a key covers.

    Parameters
    ----------
    spans : DataFrame
        Spans without overlaps, sorted by key and start.
    keys : MultiIndex
        All keys that must have a row on every day, its level names the key columns.

    Returns
    -------
    DataFrame
        The spans and the added rows, sorted by key and start, with a new index.
    """
    names = [str(name) for name in keys.names]
    rows = spans.assign(start=starts(spans), end=ends(spans))
    before = rows.groupby(names)["end"].shift().fillna(BEFORE_ALL)
    holes = rows.assign(end=rows["start"], start=before)
    last = rows.groupby(names)["end"].max().reindex(keys).fillna(BEFORE_ALL).rename("start").reset_index()
    holes = pd.concat([holes, last.assign(end=AFTER_ALL)])
    holes = holes.loc[holes["start"] < holes["end"], [*names, "start", "end"]]
    holes = opened(holes.assign(valid_from=holes["start"], valid_to=holes["end"]))
    both = pd.concat([rows, holes]).sort_values([*names, "start"], kind="stable", ignore_index=True)
    return both[list(spans.columns)].apply(_blanks_as_unknown).astype(spans.dtypes.to_dict())


def _blanks_as_unknown(column: pd.Series[Any]) -> pd.Series[Any]:
    """In columns of objects, what a join left blank is None, or no ids."""
    if column.dtype != object:
        return column
    unknown: Any = () if str(column.name).endswith("_ids") else None
    filled = [unknown if blank else value for blank, value in zip(column.isna(), column, strict=True)]
    return pd.Series(filled, index=column.index, dtype=object)


def _first_of_run(spans: pd.DataFrame) -> pd.Series[int]:
    """For each span the label of the first in its run of spans that share one value."""
    said = spans[[*KEY, "value"]].fillna("")
    runs = (said != said.shift()).any(axis=1).cumsum()
    return spans.index.to_series().groupby(runs).transform("min")


def _precision(spans: pd.DataFrame, events: pd.DataFrame) -> pd.Series[str]:
    """How well the first day of each span is known: as the record says that is dated to it."""
    dated = dict(zip(zip(events.index, events["event_date"], strict=True), events["time_precision"], strict=True))
    begun = [
        next((dated[one, start] for one in ids if (one, start) in dated), None)
        for ids, start in zip(spans["event_ids"], spans["valid_from"], strict=True)
    ]
    return pd.Series(begun, index=spans.index, dtype=object)
