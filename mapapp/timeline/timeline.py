"""The time line of a situation: everything a date can be asked about, computed once, so that a date is a lookup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mapapp.situation.problem import Problem
from mapapp.situation.situation import Situation
from mapapp.timeline.claims import place_spans
from mapapp.timeline.clashes import clashes
from mapapp.timeline.composite import Composite
from mapapp.timeline.custody import custody
from mapapp.timeline.front import Distances, fronts
from mapapp.timeline.joins import join_events
from mapapp.timeline.known import known_ground
from mapapp.timeline.own_ground import OwnGround
from mapapp.timeline.register import Register, register
from mapapp.timeline.reporting import reporting
from mapapp.timeline.staleness import sightings
from mapapp.timeline.store import ground_of, is_stored
from mapapp.timeline.told import Told
from mapapp.timeline.verification import verified
from mapapp.timeline.weighed import weighed


@dataclass(frozen=True, eq=False)
class Timeline:
    """What held when.

    Attributes
    ----------
    situation : Situation
        What is on record.
    composite : Composite
        Who held which ground when.
    places : DataFrame
        Spans of the holder of each place (see `claims.place_spans`).
    custody : DataFrame
        Spans of status, operator, guard and ground holder of each facility (see `custody.custody`).
    front : DataFrame
        Spans of the distance of each facility to the ground of another holder (see `front.fronts`).
    events : DataFrame
        The events, with the columns of `joins.join_events` and of `weighed.weighed`.
    figures : DataFrame
        The figures, with the columns of `weighed.weighed`.
    verified : DataFrame
        The days on which each facility was seen (see `verification.verified`).
    sightings : DataFrame
        The days on which each value of `custody` was seen to be so, and by whom (see `staleness.sightings`).
    clashes : DataFrame
        The contradictions and how long each lasts (see `clashes.clashes`).
    source_days : Series
        source_id -> the day from which the source is known (see `reporting.Reporting`).
    register : Register
        The records by what they are about, as plain values.
    days : DataFrame
        Where the ground was imported from daily maps: the map of each day (see `store.Stored`).
    told : mapping
        `custody`, `places`, `front` and `clashes` as plain records, from which a day is chosen.
    problems : tuple of Problem
        Those of the situation.
    """

    situation: Situation
    composite: Composite
    places: pd.DataFrame
    custody: pd.DataFrame
    front: pd.DataFrame
    events: pd.DataFrame
    figures: pd.DataFrame
    verified: pd.DataFrame
    sightings: pd.DataFrame
    clashes: pd.DataFrame
    source_days: pd.Series[Any]
    register: Register
    days: pd.DataFrame
    told: Mapping[str, Told]
    problems: tuple[Problem, ...]


def build(situation: Situation) -> Timeline:
    """Join the tables of a situation in space and time.

    Parameters
    ----------
    situation : Situation
        As loaded; it stays as it is.

    Returns
    -------
    Timeline
        Everything computed; questions about a day are lookups from here on.
    """
    found, days, problems = ground_of(situation)  # zones that overlap are among the situation's problems already
    composite = known_ground(_without_unproved(found, situation), situation.known_on)
    held = custody(situation, composite)
    joined = join_events(situation, composite)
    reported = reporting(situation)
    events = situation.events.drop(columns=["longitude", "latitude"]).join(joined)
    events = weighed(events, situation, reported, "events")
    figures = weighed(situation.figures, situation, reported, "figures")
    records = register(situation, events, figures)
    distances = Distances(situation.facilities, composite)
    places = place_spans(situation.events, situation.places)
    front = fronts(situation.facilities, composite, situation.actors, distances)
    against = clashes(situation, held, OwnGround(distances, composite), records)
    tables = {"custody": held, "places": places, "front": front, "clashes": against.drop(columns="sides")}
    return Timeline(
        situation=situation,
        composite=composite,
        places=places,
        custody=held,
        front=front,
        events=events,
        figures=figures,
        verified=verified(events, situation.figures, held, situation.sources),
        sightings=sightings(held, events, situation.sources),
        clashes=against,
        source_days=reported.sources,
        register=records,
        days=days,
        told={name: Told(table) for name, table in tables.items()},
        problems=(*situation.problems, *problems),
    )


def _without_unproved(composite: Composite, situation: Situation) -> Composite:
    """Imported maps rest on no records: where only what is established is shown, they are not."""
    if situation.at_least and is_stored(situation.folder):
        return Composite(composite.units, composite.spans[:0])
    return composite
