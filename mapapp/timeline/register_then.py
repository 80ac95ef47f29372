"""The register as known on a day: the records of that of all, but for those in which something was still to come."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import compress
from operator import itemgetter

import numpy as np
import pandas as pd

from mapapp.situation.lazily import OnDemand
from mapapp.situation.situation import Situation
from mapapp.timeline.belated import Belated
from mapapp.timeline.clashes import id_of
from mapapp.timeline.headcount import all_counts, up_to
from mapapp.timeline.hindsight import Records
from mapapp.timeline.joins import COLUMNS, join_events
from mapapp.timeline.records import Record, grouped, plain_records
from mapapp.timeline.register import Register, in_order, places_told, statuses, told_by_id
from mapapp.timeline.reporting import reporting
from mapapp.timeline.weighed import weighed

SourceDays = Mapping[str, int]


def register_then(situation: Situation, belated: Belated, source_days: SourceDays) -> Register:
    """Give the register of a look back that is cut from the time line of all records.

    Parameters
    ----------
    situation : Situation
        As known on the day.
    belated : Belated
        Which records were not known then as they now stand.
    source_days : mapping
        See `reporting.source_days`.
    """
    work, whole = belated.work, belated.work.whole
    before, told = whole.register, whole.all_known
    events, figures = _told(situation, belated, source_days)
    records = figures | events
    at_facilities = _known(before.facility_events, events)

    def counted(facility_id: str) -> list[Record]:
        if facility_id in anew:
            return all_counts(at_facilities[facility_id])
        return up_to(before.counted[facility_id], belated.then.date)

    def happened(facility_id: str) -> list[Record]:
        if facility_id in anew:
            return in_order(at_facilities[facility_id])
        dated = work.happened[facility_id]
        return dated[: bisect_right(dated, day, key=itemgetter("event_date"))]

    day = belated.then.date.isoformat()
    anew = frozenset(work.subjects[belated.subjects])
    return Register(
        facilities=places_told(situation.facilities, told["facilities"]),
        places=places_told(situation.places, told["places"]),
        events=events,
        facility_events=at_facilities,
        place_events=_known(before.place_events, events),
        figures=grouped(list(figures.values()), "facility_id"),
        sources=told_by_id(situation.sources, told["sources"]),
        records=records,
        counted=OnDemand(at_facilities, counted),
        happened=OnDemand(at_facilities, happened),
        stated=OnDemand(at_facilities, lambda one: statuses(one, at_facilities[one])),
        parts=_among(before.parts, events, "part_of_id"),
        disputed=_among(before.disputed, records, "conflict_group"),
    )


def _known(before: Mapping[str, list[Record]], events: Mapping[str, Record]) -> Mapping[str, list[Record]]:
    """The known ones of the events by what they are about."""
    return OnDemand(before, lambda key: [events[one["event_id"]] for one in before[key] if one["event_id"] in events])


def _among(before: Iterable[Record], records: Mapping[str, Record], column: str) -> list[Record]:
    """The known ones of some records, as far as they still have a value in a column."""
    known = (records[id_of(one)] for one in before if id_of(one) in records)
    return [one for one in known if one[column]]


def _told(
    situation: Situation, belated: Belated, source_days: SourceDays
) -> tuple[dict[str, Record], dict[str, Record]]:
    """The events and figures by their ids."""
    work, then = belated.work, belated.then
    all_known = work.all_known
    told = work.records if then.day >= all_known.over_on else work.bare
    few = _unsettled(situation, belated)
    reported = reporting(few, source_days)
    events = weighed(_joined(few, belated), few, reported, "events")
    figures = weighed(few.figures, few, reported, "figures")
    return (
        _by_id(told["events"], all_known.events, then.day) | _with_successors(events, all_known.events, then.day),
        _by_id(told["figures"], all_known.figures, then.day) | _with_successors(figures, all_known.figures, then.day),
    )


def _unsettled(situation: Situation, belated: Belated) -> Situation:
    """The situation with those records alone that are not the same as with all records."""
    work, then = belated.work, belated.then
    events, figures = work.all_known.events, work.all_known.figures
    gone = np.append(~belated.there, False)
    changing = (events.settled > then.day) | (events.own > then.day) | gone[work.nearest]
    return replace(
        situation,
        events=then.table(events, belated.known(events, changing)),
        figures=then.table(figures, belated.known(figures, figures.settled > then.day)),
        zones=work.whole.situation.zones[:0],
    )


def _joined(few: Situation, belated: Belated) -> pd.DataFrame:
    """The events with the ground of their day and the nearest facility: as with all records, where that is the same."""
    whole, then = belated.work.whole, belated.then
    told = whole.events.loc[few.events.index, COLUMNS]
    gone = ~told["nearest_facility_id"].isin([*few.facilities.index, None])
    other = (few.events["event_date"] > then.moment) | gone
    if other.any():
        told.loc[other] = _joined_anew(few, few.events[other], belated)
    return pd.concat([few.events.drop(columns=["longitude", "latitude"]), told], axis=1)


def _joined_anew(few: Situation, events: pd.DataFrame, belated: Belated) -> pd.DataFrame:
    """Joins of some events; the ground of days to come was taken to stay as it was."""
    whole, moment, day = belated.work.whole, belated.then.moment, events["event_date"]
    clipped = replace(few, events=events.assign(event_date=day.mask(day > moment, moment)))
    return join_events(clipped, whole.held, whole.common_ground.terrain)


def _by_id(told: list[Record], records: Records, day: int) -> dict[str, Record]:
    known = (records.since <= day).tolist()
    return dict(zip(compress(records.ids, known), compress(told, known), strict=True))


def _with_successors(table: pd.DataFrame, records: Records, day: int) -> dict[str, Record]:
    """Plain records, each with the id of the known one that replaces it."""
    since = records.known_since
    later = {one: by for one, by in records.replacing if since[by] <= day and since.get(one, day) <= day}
    key = str(table.index.name)
    return {one[key]: {**one, "superseded_by": later.get(one[key])} for one in plain_records(table)}
