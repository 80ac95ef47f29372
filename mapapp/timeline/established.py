"""The situation without what is not established: only records that stand high enough on the claim ladder."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd

from mapapp.errors import NotFound
from mapapp.situation.schema import STATES
from mapapp.situation.situation import Situation
from mapapp.timeline.evidence import assess, at_least
from mapapp.timeline.records import in_force
from mapapp.timeline.spans import DAY
from mapapp.timeline.zones import are_computed, ground, zones_from_claims

SETS = (
    ("place_id", "holder_after"),
    ("facility_id", "status_after"),
    ("facility_id", "operator_after"),
    ("facility_id", "guard_after"),
)
"""What a record of a state sets: whose, and in which column."""

NOT_ESTABLISHED = "?"


def established(situation: Situation, rung: str = "confirmed") -> Situation:
    """Leave out the records that stand lower on the claim ladder than a rung.

    Parameters
    ----------
    situation : Situation
        It stays as it is.
    rung : str
        One of `evidence.LADDER`.

    Returns
    -------
    Situation
        With the events and figures that stand on the rung or higher. A state that they establish ends where a record
        that is left out says otherwise: from then on it is in doubt, and nothing is shown in its place. Control zones
        that were computed from claims are computed from those that are left; drawn zones stay where their own
        `claim_state` or one of their records is high enough. `at_least` is the rung.
    """
    enough = at_least(rung)
    standing = assess(situation.events, situation.sources, situation.actors)["standing"]
    kept = standing.isin(enough)
    events = situation.events.assign(valid_to=_until_in_doubt(situation.events, kept))[kept]
    counted = assess(situation.figures, situation.sources, situation.actors)["standing"].isin(enough)
    narrowed = replace(
        situation,
        events=_among(events),
        figures=_among(situation.figures[counted]),
        zones=situation.zones[:0],
        digest=hashlib.sha256(f"{situation.digest} at least {rung}".encode()).hexdigest(),
        at_least=rung,
    )
    return replace(narrowed, zones=lambda: _zones(situation, narrowed, enough))


def _until_in_doubt(events: pd.DataFrame, kept: pd.Series[bool]) -> pd.Series[Any]:
    """The end of each state: its own, or the day on which a record that is left out says otherwise."""
    ends = events["valid_to"].astype(DAY)
    states = in_force(events[events["event_type"].isin(STATES) & (events["claim_state"] != "refuted")])
    unknown = states["sub_event_type"] == "not_established"
    states = states.assign(
        holder_after=states["holder_after"].mask(unknown, NOT_ESTABLISHED), kept=kept.reindex(states.index)
    )
    states = states[states["sub_event_type"] != "contested"].sort_values(
        "event_date", kind="stable", na_position="first"
    )
    for key, value in SETS:
        rows = states[states[key].notna() & states[value].notna()]
        repeats = rows[value] == rows.groupby(key)[value].shift()
        rows = rows[rows["kept"] | ~repeats]
        later = rows.groupby(key)[["event_date", "kept", value]].shift(-1)
        doubted = (later["kept"] == False) & (later[value] != rows[value])  # noqa: E712 - the last of each has none
        day = later["event_date"].where(doubted).astype(DAY)
        ends.loc[rows.index] = pd.concat([ends.loc[rows.index], day], axis=1).min(axis=1)
    return ends


def _among(records: pd.DataFrame) -> pd.DataFrame:
    """Records whose links to others lead to records that are left."""
    links = [name for name in ("supersedes_id", "part_of_id") if name in records]
    return records.assign(**{name: records[name].where(records[name].isin(records.index), None) for name in links})


def _zones(situation: Situation, narrowed: Situation, enough: frozenset[str]) -> gpd.GeoDataFrame:
    zones = situation.zones
    if are_computed(zones):
        try:
            return zones_from_claims(narrowed, ground(situation))
        except NotFound:
            pass  # the base map that they were computed with is gone: they are taken as drawn
    backed = zones["event_ids"].map(lambda ids: not narrowed.events.index.intersection(ids).empty).astype(bool)
    return zones[zones["claim_state"].isin(enough) | backed]
