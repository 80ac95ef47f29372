"""Facilities, places and events as the page carries them: each with its spans and what its card says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from mapapp.replay.encode import day_number
from mapapp.timeline.headcount import persons
from mapapp.timeline.records import Record, grouped
from mapapp.timeline.timeline import Timeline

ATTRIBUTES = {"status": "status", "operator": "operator", "guard": "guard", "ground_holder": "ground"}
"""Attribute of a custody span -> its name in the page."""

COUNTED = ("low", "best", "high", "families_low", "families_high", "qualifier", "claimed_by", "as_of_precision")
HAPPENED = ("title", "event_type", "notes", "location", "claimed_by", "denied_by", "claim_state")
NUMBERED = ("quantity", "low", "best", "high", "qualifier", "unit", "time_precision", "conflict_group")


class Cited:
    """The sources that the page cites, numbered as they come up.

    Parameters
    ----------
    sources : dict
        source_id -> source.
    """

    def __init__(self, sources: dict[str, Record]):
        self._sources = sources
        self._numbers: dict[str, int] = {}

    def numbers(self, *groups: Iterable[str]) -> list[int]:
        """The numbers of these sources, each once, in order; an id that is not on record has none."""
        ids = dict.fromkeys(one for group in groups for one in group if one in self._sources)
        return [self._numbers.setdefault(one, len(self._numbers)) for one in ids]

    def table(self) -> list[Record]:
        """The sources cited so far, in the order of their numbers."""
        columns = ("source_id", "title", "publisher", "published", "url")
        return [{name: self._sources[one][name] for name in columns} for one in self._numbers]


def facilities(timeline: Timeline, cited: Cited) -> list[Record]:
    """Every facility with its point, its spans of status, operator, guard and ground, its head counts and sources.

    Returns
    -------
    list of dict
        `point` is longitude, latitude (degrees, EPSG:4326) or None where none is known; `radius_km` how far the true
        place may lie from it. A span is first day, day after the last, value, detail, who contests it, the first day of
        the value over changes of detail, and how well that day is known. `persons` is pairs of a day and the head count
        from that day on, `verified` the days on which somebody saw the facility.
    """
    spans = grouped(timeline.told["custody"].rows, "facility_id")
    seen = timeline.verified.groupby("facility_id")["day"].agg(list).to_dict()
    return [
        {**_facility(row, spans[key], timeline, cited), "verified": [day_number(day) for day in seen.get(key, [])]}
        for key, row in timeline.register.facilities.items()
    ]


def _facility(row: Record, spans: list[Record], timeline: Timeline, cited: Cited) -> Record:
    figures = timeline.register.figures.get(row["facility_id"], [])
    events = timeline.register.facility_events.get(row["facility_id"], [])
    told = [record["source_ids"] for record in (row, *figures, *events)]
    return {
        "id": row["facility_id"],
        **_located(row),
        "type": row["facility_type"],
        **{
            name: [_span(one) for one in spans if one["attribute"] == attribute]
            for attribute, name in ATTRIBUTES.items()
        },
        "persons": _persons(figures),
        "sources": cited.numbers(*told, *(one["source_ids"] for one in spans)),
    }


def _located(row: Record) -> Record:
    """What a facility and a place have in common: their names and their point."""
    point = [row["longitude"], row["latitude"]]
    return {
        "name": row["name"],
        "name_ar": row["name_ar"],
        "point": None if None in point else [round(degrees, 5) for degrees in point],
        "precision": row["geo_precision"],
        "radius_km": row["geo_radius_km"],
    }


def _span(span: Record) -> list[Any]:
    return [
        day_number(span["valid_from"]),
        day_number(span["valid_to"]),
        *(span[name] for name in ("value", "detail", "contested_by")),
        day_number(span["since"]),
        span["since_precision"],
    ]


def _persons(figures: list[Record]) -> list[list[Any]]:
    """The rule of `headcount.persons`, once for each day on which a figure is dated: between those it says the same."""
    days = sorted({figure["as_of_date"] for figure in figures} - {None})
    counted = ((day_number(day), persons(figures, date.fromisoformat(day))) for day in days)
    return [
        [day, {**{name: found[name] for name in COUNTED}, "as_of": day_number(found["as_of"])}]
        for day, found in counted
        if found
    ]


def places(timeline: Timeline, cited: Cited) -> list[Record]:
    """Every place with its point, its population and the spans of who held it.

    Returns
    -------
    list of dict
        A span in `holders` is first day, day after the last, holder and who contests it.
    """
    held = grouped(timeline.told["places"].rows, "place_id")
    return [_place(row, held.get(key, []), cited) for key, row in timeline.register.places.items()]


def _place(row: Record, held: list[Record], cited: Cited) -> Record:
    return {
        "id": row["place_id"],
        **_located(row),
        "type": row["place_type"],
        "population": row["population"],
        "population_source": row["population_source"],
        "holders": [
            [day_number(span["valid_from"]), day_number(span["valid_to"]), span["holder"], span["contested_by"]]
            for span in held
        ],
        "sources": cited.numbers(row["source_ids"], *(span["source_ids"] for span in held)),
    }


def events(timeline: Timeline, cited: Cited) -> list[Record]:
    """Every dated event that still stands, in order of days; `end` is the last day of one that took several."""
    standing = [event for event in timeline.register.events.values() if not event["superseded_by"]]
    dated = [event for event in standing if event["event_date"]]
    return [_event(event, cited) for event in sorted(dated, key=lambda event: event["event_date"])]


def _event(event: Record, cited: Cited) -> Record:
    point = [event["longitude"], event["latitude"]]
    return {
        "id": event["event_id"],
        "day": day_number(event["event_date"]),
        "end": day_number(event["end_date"]),
        "facility": event["facility_id"],
        "to_facility": event["to_facility_id"],
        "place": event["place_id"],
        "point": None if None in point else [round(degrees, 5) for degrees in point],
        **{name: event[name] for name in (*HAPPENED, *NUMBERED)},
        "sources": cited.numbers(event["source_ids"]),
    }
