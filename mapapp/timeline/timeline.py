"""The time line of a situation: everything a date can be asked about, computed once, so that a date is a lookup."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from mapapp.situation.problem import Problem
from mapapp.situation.situation import Situation
from mapapp.timeline.claims import place_spans
from mapapp.timeline.composite import Composite, from_zones
from mapapp.timeline.custody import custody
from mapapp.timeline.front import fronts
from mapapp.timeline.joins import join_events
from mapapp.timeline.register import Register, register
from mapapp.timeline.verification import verified


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
        The events, with the columns of `joins.join_events`.
    verified : DataFrame
        The days on which each facility was seen (see `verification.verified`).
    register : Register
        The records by what they are about, as plain values.
    problems : tuple of Problem
        Those of the situation.
    """

    situation: Situation
    composite: Composite
    places: pd.DataFrame
    custody: pd.DataFrame
    front: pd.DataFrame
    events: pd.DataFrame
    verified: pd.DataFrame
    register: Register
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
    composite, _ = from_zones(situation.zones)  # zones that overlap are among the situation's problems already
    held = custody(situation, composite)
    joined = join_events(situation, composite)
    events = situation.events.drop(columns=["longitude", "latitude"]).join(joined)
    return Timeline(
        situation=situation,
        composite=composite,
        places=place_spans(situation.events, situation.places),
        custody=held,
        front=fronts(situation.facilities, composite, situation.actors),
        events=events,
        verified=verified(events, situation.figures, held, situation.sources),
        register=register(situation, events),
        problems=situation.problems,
    )
