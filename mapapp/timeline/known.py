"""The situation as it was known on an earlier day: what was reported later is not there.

See `reporting` for the day on which each record counts as known, and `then` for what is left out of those that were.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
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
from mapapp.timeline.hindsight import Days, Hindsight, hindsight
from mapapp.timeline.spans import DAY, FIRST, LAST, day_number, numbered
from mapapp.timeline.then import NO_DAY, Then
from mapapp.timeline.zones import are_computed, ground, zones_from_claims


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
    all_known, day = hindsight(situation), day_number(day_known)
    if day >= all_known.over_on:
        return replace(situation, known_on=day_known)
    then = Then(all_known, day)
    facilities = all_known.bare["facilities"].iloc[np.flatnonzero(all_known.facilities_since <= day)]
    return replace(
        situation,
        facilities=then.without_hidden(facilities),
        places=then.without_hidden(all_known.bare["places"]),
        zones=lambda: _zones(situation, day_known, then),
        events=lambda: then.table(all_known.events, then.rows(all_known.events)),
        figures=lambda: then.table(all_known.figures, then.rows(all_known.figures)),
        sources=all_known.bare["sources"].iloc[[since <= day for since in all_known.sources_since.values()]],
        conflicts=_conflicts(situation, facilities.index, then),
        digest=hashlib.sha256(f"{situation.digest} as known on {day_known}".encode()).hexdigest(),
        known_on=day_known,
        problems=_problems(situation, then),
    )


def _conflicts(situation: Situation, facilities: pd.Index, then: Then) -> pd.DataFrame:
    """The questions on which two known records disagree; who said what is told by the records themselves."""
    members = Counter(group for group, since in then.all_known.disputed if since <= then.day)
    questions: pd.DataFrame = then.all_known.bare["conflicts"]
    asked = questions.iloc[[members[one] > 1 for one in questions.index.tolist()]]
    named = {*facilities, *situation.aggregates}
    ids = [tuple(one for one in several if one in named) for several in asked["facility_ids"]]
    return asked.assign(facility_ids=pd.Series(ids, index=asked.index, dtype=object))


def _zones(situation: Situation, day_known: date, then: Then) -> gpd.GeoDataFrame:
    zones, since = situation.zones, then.all_known.events.known_since
    if are_computed(zones):
        try:  # of the same look back again, not of the one that asks: it is free to go
            return zones_from_claims(known(situation, day_known), ground(situation))
        except NotFound:
            pass  # the base map that they were computed with is gone: they are taken as drawn
    kept = zones.iloc[np.flatnonzero(zones_since(situation) <= then.day)]
    told = [tuple([one for one in ids if since[one] <= then.day]) for ids in kept["event_ids"]]
    return then.without_hidden(kept).assign(
        valid_to=kept["valid_to"].mask(kept["valid_to"] > then.moment),
        event_ids=pd.Series(told, index=kept.index, dtype=object),
        notes=None,
    )


@lru_cache(maxsize=2)
def zones_since(situation: Situation) -> Days:
    """Give the day from which each drawn zone was known: of its first record, else of its first source, else own."""
    zones, days = situation.zones, hindsight(situation).reported
    own = zones["valid_from"].astype(DAY)
    first: pd.Series[Any] = own
    for ids, day in (("source_ids", days.sources), ("event_ids", days.events["known_on"])):
        cited = zones[ids].explode()
        told = pd.Series(day.reindex(cited).array, index=cited.index).groupby(level=0).min().reindex(zones.index)
        first = pd.concat([told, own], axis=1).max(axis=1).where(told.notna(), first)
    return numbered(first, FIRST)


def known_ground(composite: Composite, day_known: date | None) -> Composite:
    """Give ground as it was known on a day: maps of later days were not drawn yet, and no end of a span was known."""
    if day_known is None:
        return composite
    moment, spans = np.datetime64(day_known), composite.spans
    begun = ~(spans["valid_from"].to_numpy() > moment)
    spans = spans if begun.all() else spans[begun].reset_index(drop=True)
    ends = spans["valid_to"].to_numpy()
    return Composite(composite.units, spans.assign(valid_to=np.where(ends > moment, NO_DAY, ends)))


def _problems(situation: Situation, then: Then) -> tuple[Problem, ...]:
    """The Problems, but for those about records that were not there yet, and about zones, which are laid out anew."""
    return tuple(one for one in situation.problems if _known_since(one, situation, then.all_known) <= then.day)


def _known_since(problem: Problem, situation: Situation, all_known: Hindsight) -> int:
    if problem.file == CONTROL_ZONES.file:
        return LAST if problem.record in situation.zones.index else FIRST
    since = {
        EVENTS.file: all_known.events.known_since,
        FIGURES.file: all_known.figures.known_since,
        SOURCES_TABLE.file: all_known.sources_since,
    }
    return since.get(problem.file, {}).get(problem.record, FIRST)
