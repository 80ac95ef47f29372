"""The situation as it was known on an earlier day: what was reported later is not there.

Records are appended and superseded, never edited away, so a look back is a choice among them (see `reporting` for the
day on which each counts as known). What no day can be given for is left out of a look back, or it would be hindsight:
notes, gradings made in view of later sources, what the table of conflicts says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from mapapp.errors import NotFound
from mapapp.situation.problem import Problem
from mapapp.situation.schema import CONTROL_ZONES, EVENTS, FIGURES, SOURCES_TABLE
from mapapp.situation.situation import Situation
from mapapp.timeline.composite import Composite
from mapapp.timeline.reporting import Reporting, reporting
from mapapp.timeline.spans import DAY
from mapapp.timeline.zones import are_computed, ground, zones_from_claims

Table = pd.DataFrame | gpd.GeoDataFrame
ENDS = ("end_date", "valid_to", "date_latest", "as_of_latest")
"""Days of a record that may lie ahead of the day on which it was reported: then nobody knew them yet."""

GRADES = ("information_credibility", "confidence")


def known(situation: Situation, day_known: date) -> Situation:
    """Give a situation as it was known at the end of a day.

    Parameters
    ----------
    situation : Situation
        All that is on record; it stays as it is.
    day_known : date
        The day of the look back.

    Returns
    -------
    Situation
        Without the records, sources and facilities that became known later. Of the rest: a record that a later one
        supersedes stands; sources, denials and ends that came later are gone, and so are the gradings of records that
        rest on later sources too. Control zones that were computed from claims are computed from those known; of drawn
        zones those known are kept. `known_on` is the day. Where nothing came later, all is as in `situation`.
    """
    days, moment = reported(situation), pd.Timestamp(day_known)
    if not _something_later(situation, days, moment):
        return replace(situation, known_on=day_known)
    events = situation.events[_is_known(days.events, moment)]
    figures = situation.figures[_is_known(days.figures, moment)]
    then = _Then(moment, _hidden_sources(situation, days, moment, [events, figures]))
    later = frozenset(days.sources.index[days.sources > moment])
    facilities = _facilities(situation.facilities, later, events, figures)
    looked_back = replace(
        situation,
        facilities=then.without_hindsight(facilities),
        places=then.without_hindsight(situation.places),
        zones=situation.zones[:0],
        events=then.records(events),
        figures=then.records(figures),
        sources=situation.sources[~situation.sources.index.isin(then.hidden)].assign(notes=None),
        conflicts=_conflicts(situation, facilities.index, [events, figures]),
        digest=hashlib.sha256(f"{situation.digest} as known on {day_known}".encode()).hexdigest(),
        known_on=day_known,
    )
    return replace(
        looked_back,
        zones=lambda: _zones(situation, looked_back, then),
        problems=_problems(situation, looked_back),
    )


@lru_cache(maxsize=2)  # all look backs of a situation ask for it; the tables are not to be changed
def reported(situation: Situation) -> Reporting:
    """Say when the records of a situation with all its records were known (see `reporting.reporting`)."""
    return reporting(situation)


def _something_later(situation: Situation, days: Reporting, moment: pd.Timestamp) -> bool:
    tables = (situation.events, days.events), (situation.figures, days.figures)
    later = [~_is_known(known_days, moment) for _, known_days in tables]
    ahead = [table[name] > moment for table, _ in tables for name in (*ENDS, "denied_on") if name in table]
    return bool(any(one.any() for one in [*later, *ahead, days.sources > moment]))


def _is_known(days: pd.DataFrame, moment: pd.Timestamp) -> pd.Series[bool]:
    return (days["known_on"] <= moment) | (days["known_by"] == "background")


def _hidden_sources(
    situation: Situation, days: Reporting, moment: pd.Timestamp, kept: list[pd.DataFrame]
) -> frozenset[str]:
    """The sources of a later day, and those without a day that only later records rest on."""
    later = days.sources.index[days.sources > moment]
    everywhere = _cited([situation.events, situation.figures])
    undated = set(days.sources.index[days.sources.isna()]) & (everywhere - _cited(kept))
    return frozenset([*later, *undated])


def _cited(tables: list[pd.DataFrame]) -> set[str]:
    return {source for table in tables for ids in table["source_ids"] for source in ids}


@dataclass(frozen=True, eq=False)
class _Then:
    """The day of the look back, and the sources that were not there yet."""

    moment: pd.Timestamp
    hidden: frozenset[str]

    def without_hindsight(self, table: Any) -> Any:
        """A table without later sources and without notes, which carry no day."""
        ids = [self._without_hidden(several) for several in table["source_ids"]]
        return table.assign(source_ids=pd.Series(ids, index=table.index, dtype=object), notes=None)

    def _without_hidden(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        return ids if self.hidden.isdisjoint(ids) else tuple(one for one in ids if one not in self.hidden)

    def records(self, table: pd.DataFrame) -> pd.DataFrame:
        """Events or figures with what was known of them."""
        denied_later = table["denied_on"] > self.moment
        partly = denied_later | np.array([not self.hidden.isdisjoint(ids) for ids in table["source_ids"]], dtype=bool)
        told = self.without_hindsight(table)
        for name in ENDS:
            if name in table and (ahead := table[name] > self.moment).any():
                told[name] = table[name].mask(ahead)
        for name in ("supersedes_id", "part_of_id"):
            if name in table:
                told[name] = self._among(table, name)
        if partly.any():
            told = told.assign(**_held_for(table, denied_later, partly))
        return pd.DataFrame(told)

    def _among(self, table: pd.DataFrame, name: str) -> pd.Series[Any]:
        named: pd.Series[Any] = table[name].where(table[name].isin(table.index), None)
        return named


def _held_for(table: pd.DataFrame, denied_later: pd.Series[bool], partly: pd.Series[bool]) -> dict[str, Any]:
    """The columns that say how good records are, without denials and sources that came later."""
    graded = {name: table[name].mask(partly, None) for name in GRADES if name in table}
    if "claim_state" in table:
        graded["claim_state"] = _ungraded(table, denied_later, partly)
    denied = {
        "denied_by": table["denied_by"].mask(denied_later, None),
        "denied_on": table["denied_on"].mask(denied_later),
    }
    return graded | denied


def _ungraded(table: pd.DataFrame, denied_later: pd.Series[bool], partly: pd.Series[bool]) -> pd.Series[Any]:
    """What a claim was held for before the refutation, or before the sources that lifted it, were there."""
    word = table["claimed_by"].notna().map({True: "claimed", False: "reported"})
    state = table["claim_state"].mask(denied_later & (table["claim_state"] == "refuted"), word)
    lifted = state.isin(["corroborated", "confirmed"])
    return state.mask(partly & lifted, None)


def _facilities(facilities: gpd.GeoDataFrame, later: frozenset[str], *records: pd.DataFrame) -> gpd.GeoDataFrame:
    """Those that a record known by then speaks of, or a source that is not known to be later."""
    named = [table[name] for table in records for name in ("facility_id", "to_facility_id") if name in table]
    spoken_of = facilities.index.isin(pd.concat(named))
    return facilities[spoken_of | ~facilities["source_ids"].map(later.issuperset).astype(bool)]


def _conflicts(situation: Situation, facilities: pd.Index, records: list[pd.DataFrame]) -> pd.DataFrame:
    """The questions on which two known records disagree; who said what is told by the records themselves."""
    groups = pd.concat([table["conflict_group"] for table in records]).value_counts()
    asked = situation.conflicts[situation.conflicts.index.isin(groups.index[groups > 1])]
    named = {*facilities, *situation.aggregates}
    ids = [tuple(one for one in several if one in named) for several in asked["facility_ids"]]
    about = pd.Series(ids, index=asked.index, dtype=object)
    return asked.assign(facility_ids=about, positions=None, handling=None, notes=None)


def _zones(situation: Situation, looked_back: Situation, then: _Then) -> gpd.GeoDataFrame:
    zones = situation.zones
    if are_computed(zones):
        try:
            return zones_from_claims(looked_back, ground(situation))
        except NotFound:
            pass  # the base map that they were computed with is gone: they are taken as drawn
    kept = zones[~(zone_days(situation) > then.moment)]
    told = [tuple(one for one in ids if one in looked_back.events.index) for ids in kept["event_ids"]]
    return then.without_hindsight(kept).assign(
        valid_to=kept["valid_to"].mask(kept["valid_to"] > then.moment),
        event_ids=pd.Series(told, index=kept.index, dtype=object),
    )


@lru_cache(maxsize=2)
def zone_days(situation: Situation) -> pd.Series[Any]:
    """Give the day from which each drawn zone was known: of its first record, else of its first source, else own."""
    zones, days = situation.zones, reported(situation)
    own = zones["valid_from"].astype(DAY)
    first: pd.Series[Any] = own
    for ids, day in (("source_ids", days.sources), ("event_ids", days.events["known_on"])):
        cited = zones[ids].explode()
        told = pd.Series(day.reindex(cited).array, index=cited.index).groupby(level=0).min().reindex(zones.index)
        first = pd.concat([told, own], axis=1).max(axis=1).where(told.notna(), first)
    return first


def known_ground(composite: Composite, day_known: date | None) -> Composite:
    """Give ground as it was known on a day: maps of later days were not drawn yet, and no end of a span was known."""
    if day_known is None:
        return composite
    moment, spans = pd.Timestamp(day_known), composite.spans
    spans = spans[~(spans["valid_from"] > moment)]
    ends = spans["valid_to"].mask(spans["valid_to"] > moment)
    return Composite(composite.units, spans.assign(valid_to=ends).reset_index(drop=True))


def _problems(situation: Situation, looked_back: Situation) -> tuple[Problem, ...]:
    """The Problems, but for those about records that were not there yet."""
    gone: dict[str, Collection[str]] = {
        table.file: set(getattr(situation, name).index.tolist()) - set(getattr(looked_back, name).index.tolist())
        for name, table in (
            ("events", EVENTS),
            ("figures", FIGURES),
            ("sources", SOURCES_TABLE),
            ("zones", CONTROL_ZONES),
        )
    }
    return tuple(problem for problem in situation.problems if problem.record not in gone.get(problem.file, ()))
