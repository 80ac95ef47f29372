"""The register: the records of a situation by what they are about, as plain values, made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter

import geopandas as gpd
import pandas as pd

from mapapp.situation.lazily import OnDemand
from mapapp.situation.situation import Situation
from mapapp.timeline.geodesy import has_point
from mapapp.timeline.headcount import all_counts
from mapapp.timeline.records import Record, grouped, plain_records
from mapapp.timeline.unchanged import Whole


@dataclass(frozen=True, eq=False)
class Register:
    """Records as plain values; each also says by which later record it is replaced (`superseded_by`).

    Attributes
    ----------
    facilities, places : dict
        facility_id or place_id -> its columns, with `longitude` and `latitude` (degrees, EPSG:4326; None: no point).
    events : dict
        event_id -> event, with the columns of `joins.join_events` and of `weighed.weighed`.
    facility_events : dict
        facility_id -> its events: those that happened there, and movements that led there.
    place_events : dict
        place_id -> its events.
    figures : dict
        facility_id -> its figures, with the columns of `weighed.weighed`.
    sources : dict
        source_id -> source.
    records : dict
        event_id or figure_id -> event or figure.
    counted : dict
        facility_id -> what was ever counted there (see `headcount.all_counts`).
    happened : dict
        facility_id -> its dated events that stand, the latest last; of one day a happening after the state it led to.
    stated : dict
        facility_id -> the dated records of its status that stand, in order of days.
    parts : list
        The events that are part of another one.
    disputed : list
        The events and figures that belong to a question that is answered differently.
    """

    facilities: dict[str, Record]
    places: dict[str, Record]
    events: Mapping[str, Record]
    facility_events: Mapping[str, list[Record]]
    place_events: Mapping[str, list[Record]]
    figures: dict[str, list[Record]]
    sources: dict[str, Record]
    records: Mapping[str, Record]
    counted: Mapping[str, list[Record]]
    happened: Mapping[str, list[Record]]
    stated: Mapping[str, list[Record]]
    parts: list[Record]
    disputed: list[Record]


def register(
    situation: Situation, events: list[Record], figures: list[Record], whole: Mapping[str, Whole] | None = None
) -> Register:
    """Make the register of a situation; the order of the files is kept.

    Parameters
    ----------
    situation : Situation
        As loaded.
    events : list of Record
        Its events, with the columns of `joins.join_events` and of `weighed.weighed`.
    figures : list of Record
        Its figures, with the columns of `weighed.weighed`.
    whole : mapping, optional
        Where the situation is a look back: the tables of this register with all there is. Records that are the
        same there are taken over.
    """
    known = whole or {}
    event_list, figure_list = with_successors(events, "event_id"), with_successors(figures, "figure_id")
    at_facilities = grouped(event_list, "facility_id", "to_facility_id")
    events_by_id = {event["event_id"]: event for event in event_list}
    return Register(
        facilities=places_told(situation.facilities, known.get("facilities")),
        places=places_told(situation.places, known.get("places")),
        events=events_by_id,
        facility_events=at_facilities,
        place_events=grouped(event_list, "place_id"),
        figures=grouped(figure_list, "facility_id"),
        sources=told_by_id(situation.sources, known.get("sources")),
        records={figure["figure_id"]: figure for figure in figure_list} | events_by_id,
        counted=OnDemand(at_facilities, lambda one: all_counts(at_facilities[one])),
        happened=OnDemand(at_facilities, lambda one: in_order(at_facilities[one])),
        stated=OnDemand(at_facilities, lambda one: statuses(one, at_facilities[one])),
        parts=[event for event in event_list if event["part_of_id"]],
        disputed=[record for record in [*event_list, *figure_list] if record["conflict_group"]],
    )


def _plain(table: pd.DataFrame, whole: Whole | None) -> list[Record]:
    return whole.again(table) if whole else plain_records(table)


def told_by_id(table: pd.DataFrame, whole: Whole | None) -> dict[str, Record]:
    """Give the records of a table by their ids."""
    return dict(zip(table.index.tolist(), _plain(table, whole), strict=True))


def statuses(facility_id: str, events: list[Record]) -> list[Record]:
    """Give the records of the status of a facility, of those that are about it, as `Register.stated` has them."""
    standing = [
        one
        for one in events
        if one["status_after"] and one["event_date"] and not one["superseded_by"] and one["claim_state"] != "refuted"
        if one["facility_id"] == facility_id
    ]
    return sorted(standing, key=itemgetter("event_date"))


def in_order(events: list[Record]) -> list[Record]:
    """Give the dated events that stand, in the order of `Register.happened`."""
    dated = [one for one in reversed(events) if one["event_date"] and not one["superseded_by"]]
    return sorted(dated, key=lambda one: (one["event_date"], one["event_type"] not in {"custody", "status"}))


def places_told(table: gpd.GeoDataFrame, whole: Whole | None) -> dict[str, Record]:
    """Give facilities or places by their ids, with where they are (see `Register`)."""
    if whole:
        return told_by_id(table, whole)
    located = table.geometry[has_point(table)]
    spots = pd.DataFrame({"longitude": located.x, "latitude": located.y}, index=located.index)
    return told_by_id(pd.DataFrame(table.drop(columns="geometry")).join(spots), None)


def with_successors(records: list[Record], key: str) -> list[Record]:
    """Give records, each with the id (`key`) of the one that supersedes it (`superseded_by`), or None."""
    ids = [one[key] for one in records]
    named = zip((one["supersedes_id"] for one in records), ids, strict=True)
    later = {earlier: by for earlier, by in named if earlier != by}
    return [
        record if record.get("superseded_by", "") == by else {**record, "superseded_by": by}
        for record, by in zip(records, map(later.get, ids), strict=True)
    ]
