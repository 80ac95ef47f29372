"""Custody: what state a facility is in, who runs it, who guards it and who holds the ground it stands on, as spans.

The first three are on record, dated. The fourth is read off the composite at the facility's point. All four cover all
days, so that a day has exactly one row for each: where nothing is known, the row says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.composite import Composite
from mapapp.timeline.geodesy import has_point
from mapapp.timeline.ground import State, ground, within
from mapapp.timeline.records import Record, plain_column, replaced
from mapapp.timeline.spans import FIRST, LAST, Span, chained, days, numbered, numbers, united
from mapapp.timeline.terrain import Terrain

GROUND = "ground_holder"
ATTRIBUTES = ("status", "operator", "guard", GROUND)
RECORDED = {
    "status": ("status_after", "status_note"),
    "operator": ("operator_after", None),
    "guard": ("guard_after", "guard_unit"),
}
"""Attribute -> the column of the events that sets it, and the one that says more about it."""
USED = [
    "facility_id",
    "event_date",
    "valid_to",
    "source_ids",
    *(one for both in RECORDED.values() for one in both if one),
]
READ = [*USED, "claim_state", "supersedes_id", "time_precision"]
"""The columns of the events that spans of what is recorded are made from."""

COLUMNS = ["facility_id", "attribute", "value", "detail", "contested_by", "valid_from", "valid_to"]
COLUMNS += ["event_ids", "source_ids", "basis", "since", "since_precision"]
NOT_ON_RECORD = "nothing is on record for these days"
NO_POINT = "unknown, because no point of this site is known"
NO_GROUND = "unknown: no holder of the ground at this point is established for these days"
UNKNOWN = (None, None, None)
"""Value, detail and claimant of days of which nothing is known."""

Whose: TypeAlias = tuple[str, str]
"""A facility and one of its attributes."""


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
    states = recorded(situation.facilities, situation.events)
    states |= stood_on(situation, composite, terrain or Terrain(situation, composite.units))
    return laid_out(states, ATTRIBUTES, situation.facilities, situation.events)


def laid_out(
    states: Mapping[Whose, list[State]],
    attributes: Iterable[str],
    facilities: gpd.GeoDataFrame,
    events: pd.DataFrame,
) -> pd.DataFrame:
    """Give states as the table of `custody`: the spans of some attributes of some facilities.

    Parameters
    ----------
    states : mapping
        See `recorded`.
    attributes : iterable of str
        Of `ATTRIBUTES`.
    facilities, events : DataFrame
        Those of the spans, and those that the states rest on.
    """
    points, dated = points_of(facilities), _dated(events)
    subjects = product(sorted(facilities.index), sorted(attributes))
    rows = [row for whose in subjects for row in _since(_spans(whose, states.get(whose, [])), dated)]
    for row in rows:
        row["basis"] = basis(row, points[row["facility_id"]])
    table = pd.DataFrame(rows, columns=COLUMNS, dtype=object)
    return table.assign(**{name: days(table[name]) for name in ("valid_from", "valid_to", "since")})


def recorded(facilities: gpd.GeoDataFrame, events: pd.DataFrame) -> dict[Whose, list[State]]:
    """Give the dated states of status, operator and guard, one for each record and attribute it sets, in order."""
    known, gone, ids = set(facilities.index), replaced(events), events.index.to_numpy()
    told = {name: events[name].to_numpy() for name in (*USED, "claim_state")}
    whose = zip(ids, told["facility_id"], told["claim_state"], strict=True)
    standing = np.array([one in known and state != "refuted" and key not in gone for key, one, state in whose], bool)
    start, end = numbered(told["event_date"], FIRST), numbered(told["valid_to"], LAST)
    nothing = np.full(len(ids), None)
    states: dict[Whose, list[State]] = {}
    for attribute, (value, detail) in RECORDED.items():
        rows = np.flatnonzero(standing & pd.notna(told[value]))
        about = (told["facility_id"], told[value], told.get(detail or "", nothing), start, end, ids, told["source_ids"])
        said = zip(*(column[rows].tolist() for column in about), strict=True)
        for facility_id, what, words, first, last, event_id, source_ids in said:
            state = State(what, words, None, first, last, (event_id,), source_ids)
            states.setdefault((facility_id, attribute), []).append(state)
    return {whose: _detail_carried_on(sorted(several, key=_start)) for whose, several in states.items()}


def stood_on(situation: Situation, composite: Composite, terrain: Terrain) -> dict[Whose, list[State]]:
    """Give the states of the ground that each facility stands on (see `ground.ground`), in order."""
    states: dict[Whose, list[State]] = {}
    for facility_id, state in ground(situation, composite, terrain):
        states.setdefault((facility_id, GROUND), []).append(state)
    return states


def _start(state: State) -> int:
    return state.start


def _detail_carried_on(states: list[State]) -> list[State]:
    """A record that repeats the state without a word on it does not unsay the words of the one before."""
    told: list[State] = []
    for state in states:
        above = told[-1] if told else None
        repeats = above is not None and above.value == state.value and above.end == LAST
        told.append(state._replace(detail=above.detail) if above and repeats and state.detail is None else state)
    return told


def _spans(whose: Whose, states: list[State]) -> list[Record]:
    """The spans of one attribute of a facility, with one of unknown value for every day that no state covers."""
    spans = chained(
        Span((one.value, one.detail, one.contested_by), one.start, one.end, (at,)) for at, one in enumerate(states)
    )
    rows, (facility_id, attribute) = [], whose
    for span in _without_gaps(spans):
        resting = [states[at] for at in span.rests_on]
        value, detail, contested_by = span.value
        rows.append(
            {
                "facility_id": facility_id,
                "attribute": attribute,
                "value": value,
                "detail": detail,
                "contested_by": contested_by,
                "valid_from": span.start,
                "valid_to": span.end,
                "event_ids": united(one.event_ids for one in resting),
                "source_ids": united(one.source_ids for one in resting),
            }
        )
    return rows


def _without_gaps(spans: list[Span]) -> Iterator[Span]:
    day = FIRST
    for span in spans:
        if day < span.start:
            yield Span(UNKNOWN, day, span.start, ())
        yield span
        day = span.end
    if day < LAST:
        yield Span(UNKNOWN, day, LAST, ())


def _dated(events: pd.DataFrame) -> dict[str, tuple[int, str | None]]:
    """The day of each record, and how well it is known."""
    told = zip(numbers(events["event_date"], FIRST), events["time_precision"], strict=True)
    return dict(zip(events.index.tolist(), told, strict=True))


def _since(rows: list[Record], dated: Mapping[str, tuple[int, str | None]]) -> list[Record]:
    """Say of each span since when the value is so, and how well that day is known: as the record dated to it says."""
    above: Record = {}
    for row in rows:
        if above and row["value"] == above["value"]:
            row["since"], row["since_precision"] = above["since"], above["since_precision"]
        else:
            own = (dated[one] for one in row["event_ids"] if one in dated)
            row["since"] = row["valid_from"]
            row["since_precision"] = next((how for day, how in own if day == row["valid_from"]), None)
        above = row
    return rows


def points_of(facilities: gpd.GeoDataFrame) -> dict[Any, str | None]:
    """Say how well the point of each facility is known, in words; None where it has none."""
    within_km = plain_column(facilities["geo_radius_km"])
    known = zip(facilities.index, has_point(facilities), within_km, facilities["geo_precision"], strict=True)
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
    if span["attribute"] != GROUND:
        return f"on record: {records}" if records else NOT_ON_RECORD
    if point is None:
        return NO_POINT
    if span["value"] is None:
        return f"{NO_GROUND}; {point}"
    claims = f"computed zone; claim{'s' * (len(span['event_ids']) > 1)} {records} at " if records else ""
    return f"{claims}{span['detail']}; {point}"
