"""The register as known on a day: the records of that of all, but for those in which something was still to come."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from mapapp.situation.lazily import OnDemand
from mapapp.situation.situation import Situation
from mapapp.timeline.composite import Composite
from mapapp.timeline.headcount import all_counts, up_to
from mapapp.timeline.hindsight import Records
from mapapp.timeline.joins import COLUMNS, holder_on, join_events
from mapapp.timeline.recall.belated import Belated
from mapapp.timeline.recall.cut import Mask, positions
from mapapp.timeline.recall.ground_then import GroundThen
from mapapp.timeline.recall.roster import Roster
from mapapp.timeline.records import Record, grouped, plain_records
from mapapp.timeline.register import Register, in_order, places_told, statuses, told_by_id
from mapapp.timeline.spans import LAST, day_text
from mapapp.timeline.weighed import weighed

SourceDays = Mapping[str, int]


def register_then(situation: Situation, belated: Belated, ground: GroundThen, source_days: SourceDays) -> Register:
    """Give the register of a look back that is cut from the time line of all records.

    Parameters
    ----------
    situation : Situation
        As known on the day.
    belated : Belated
        Which records were not known then as they now stand.
    ground : GroundThen
        The ground that was known otherwise.
    source_days : mapping
        See `reporting.source_days`.
    """
    work, day = belated.work, belated.then.day
    whole = work.whole.all_known
    told = work.records.all_told if day >= work.all_known.over_on else work.records.all_bare
    later_events, later_figures = _otherwise(situation, belated, ground, source_days)
    events = Roster(told["events"], day, later_events)
    records = Roster(told["records"], day, later_events | later_figures)
    at_facilities = OnDemand(work.records.events_at, lambda one: events.among(work.records.events_at[one]))
    of_facilities = _OfFacilities(belated, events, later_events if ground.units.any() else {})
    return Register(
        facilities=places_told(situation.facilities, whole["facilities"]),
        places=places_told(situation.places, whole["places"]),
        events=events,
        facility_events=at_facilities,
        place_events=OnDemand(work.records.events_in, lambda one: events.among(work.records.events_in[one])),
        figures=grouped(Roster(told["figures"], day, later_figures).values(), "facility_id"),
        sources=told_by_id(situation.sources, whole["sources"]),
        records=records,
        counted=OnDemand(at_facilities, of_facilities.counted),
        happened=OnDemand(at_facilities, of_facilities.happened),
        stated=OnDemand(at_facilities, of_facilities.stated),
        parts=[one for one in events.among(work.records.parts) if one["part_of_id"]],
        disputed=[one for one in records.among(work.records.disputed) if one["conflict_group"]],
    )


class _OfFacilities:
    """What follows from the events of one facility, day by day: from its first belated one on it is found anew.

    Those before it may have happened on ground that was known otherwise.
    """

    def __init__(self, belated: Belated, events: Roster, otherwise: Mapping[str, Record]) -> None:
        self._work, self._day = belated.work, belated.then.date
        self._events, self._known_otherwise = events, otherwise
        self._since = dict(zip(belated.work.subjects, belated.since(["events"]).tolist(), strict=True))
        self._found: dict[str, tuple[str | None, list[Record]]] = {}

    def counted(self, facility_id: str) -> list[Record]:
        """See `Register.counted`; the latest come first."""
        before = self._work.whole.register.counted[facility_id]
        since, anew = self._anew(facility_id)
        if since is None:
            return up_to(before, self._day)
        return [*all_counts(anew), *(one for one in before if one["date"] < since)]

    def happened(self, facility_id: str) -> list[Record]:
        """See `Register.happened`; the latest come last."""
        return self._before(facility_id, self._work.records.happened[facility_id], in_order)

    def stated(self, facility_id: str) -> list[Record]:
        """See `Register.stated`."""
        told = self._work.records.stated[facility_id]
        return self._before(facility_id, told, lambda anew: statuses(facility_id, anew))

    def _before(
        self, facility_id: str, told: list[Record], find: Callable[[list[Record]], list[Record]]
    ) -> list[Record]:
        """What all records tell, up to the day, or to the first belated record and then what is found anew."""
        since, anew = self._anew(facility_id)
        if since is None:
            before = told[: bisect_right(told, self._day.isoformat(), key=_day_of)]
        else:
            before = told[: bisect_left(told, since, key=_day_of)]
        if self._known_otherwise:
            before = [self._known_otherwise.get(one["event_id"], one) for one in before]
        return before if since is None else [*before, *find(anew)]

    def _anew(self, facility_id: str) -> tuple[str | None, list[Record]]:
        """The day of the first belated record of a facility, None where there is none, and its events from then on."""
        if facility_id not in self._found:
            self._found[facility_id] = self._find(facility_id)
        return self._found[facility_id]

    def _find(self, facility_id: str) -> tuple[str | None, list[Record]]:
        since = self._since[facility_id]
        if since == LAST:
            return None, []
        rows = self._work.records.events_at[facility_id]
        return day_text(since), self._events.among(rows[self._work.all_known.events.own[rows] >= since])


def _day_of(event: Record) -> str:
    return str(event["event_date"])


def _otherwise(
    situation: Situation, belated: Belated, ground: GroundThen, source_days: SourceDays
) -> tuple[dict[str, Record], dict[str, Record]]:
    """The events and figures, by id, that read otherwise then than with all records."""
    all_known, day = belated.work.all_known, belated.then.day
    few = _unsettled(situation, belated, ground)
    joined = _joined(few, belated, ground)
    events = weighed(few, "events", {name: joined[name] for name in COLUMNS}, source_days)
    figures = weighed(few, "figures", {}, source_days) if len(few.figures) else None
    return (
        _with_successors(events.table, all_known.events, day),
        _with_successors(figures.table, all_known.figures, day) if figures else {},
    )


def _unsettled(situation: Situation, belated: Belated, ground: GroundThen) -> Situation:
    """The situation with those records alone that are not the same as with all records."""
    work, then = belated.work, belated.then
    events, figures = work.all_known.events, work.all_known.figures
    gone = np.append(~belated.there, False)
    elsewhere = _elsewhere(belated, ground)
    changing = (events.settled > then.day) | (events.own > then.day) | gone[work.nearest] | elsewhere
    return replace(
        situation,
        events=then.table(events, then.rows(events, changing)),
        figures=then.table(figures, then.rows(figures, figures.settled > then.day)),
        zones=work.whole.situation.zones[:0],
    )


def _elsewhere(belated: Belated, ground: GroundThen) -> Mask:
    """Which of all events happened on ground that was known to be held by another than all records tell."""
    work, day = belated.work, belated.then.day
    events = work.all_known.events
    rows = np.flatnonzero(ground.has(work.event_units) & (events.since <= day))
    found = np.zeros(len(events.table), dtype=bool)
    if len(rows):
        held = holder_on(work.event_units[rows], events.table["event_date"].iloc[rows], ground.held)
        found[rows] = held != work.whole.events["ground_holder"].to_numpy()[rows]
    return found


def _joined(few: Situation, belated: Belated, ground: GroundThen) -> pd.DataFrame:
    """The joins of events (see `joins.join_events`): as with all records, where they are the same."""
    whole, then = belated.work.whole, belated.then
    told = whole.events.loc[few.events.index, COLUMNS]
    gone = ~told["nearest_facility_id"].isin([*few.facilities.index, None])
    units = belated.work.event_units[positions(belated.work.all_known.events.table.index, few.events.index)]
    elsewhere = ground.has(units)
    other = ((few.events["event_date"] > then.moment) | gone) & ~elsewhere
    if other.any():
        told.loc[other] = _joined_anew(few, few.events[other], belated, whole.held)
    if elsewhere.any():
        told.loc[elsewhere] = _joined_anew(few, few.events[elsewhere], belated, ground.held)
    return told


def _joined_anew(few: Situation, events: pd.DataFrame, belated: Belated, held: Composite) -> pd.DataFrame:
    """Joins of some events; the ground of days to come was taken to stay as it was."""
    moment, day = belated.then.moment, events["event_date"]
    clipped = replace(few, events=events.assign(event_date=day.mask(day > moment, moment)))
    return join_events(clipped, held, belated.work.whole.common_ground.terrain)


def _with_successors(table: pd.DataFrame, records: Records, day: int) -> dict[str, Record]:
    """Plain records, each with the id of the known one that replaces it."""
    since = records.known_since
    later = {one: by for one, by in records.replacing if since[by] <= day and since.get(one, day) <= day}
    key = str(table.index.name)
    return {one[key]: {**one, "superseded_by": later.get(one[key])} for one in plain_records(table)}
