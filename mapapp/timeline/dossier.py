"""The dossier: everything on record about one facility or one place, as plain values for a panel."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from mapapp.errors import NotFound
from mapapp.situation.codes import CODES
from mapapp.timeline import lanes
from mapapp.timeline.contradictions import contradictions_about
from mapapp.timeline.custody import ATTRIBUTES
from mapapp.timeline.geodesy import distances_km, has_point
from mapapp.timeline.ground import within
from mapapp.timeline.records import Record, chosen, grouped, holds
from mapapp.timeline.timeline import Timeline
from mapapp.timeline.undisturbed import undisturbed

NEAR_KM = 25.0
"""A facility this near to a place is listed in the place's dossier."""

FAR_KM = math.inf
SPAN = ["value", "detail", "contested_by", "valid_from", "valid_to", "event_ids", "source_ids"]
EVENT = [
    "event_id", "end_date", "title", "event_type", "sub_event_type", "notes", "claimed_by", "denied_by", "claim_state",
    "conflict_group", "quantity", "low", "best", "high", "qualifier", "unit", "cumulative", "part_of_id",
    "time_precision", "confidence", "source_reliability", "information_credibility", "standing",
    "known_on", "known_by", "superseded_by", "source_ids",
]  # fmt: skip
SOURCE = ["title", "publisher", "url", "published_on", "source_reliability"]
ABOUT = ["name", "name_ar", "alt_names", "notes", "latitude", "longitude", "geo_precision", "geo_radius_km"]


@undisturbed()
def facility(timeline: Timeline, facility_id: str, day: date | None = None) -> dict[str, Any]:
    """Give everything on record about a facility.

    Parameters
    ----------
    timeline : Timeline
        As built from a situation.
    facility_id : str
        Which one.
    day : date, optional
        The day on which a span counts as `current`.

    Returns
    -------
    dict
        Plain JSON types: what it is and where, `spans` by attribute, `events` (latest first, undated last), `figures`,
        `contradictions` of the day (where none is given, of the situation's last), `rivals`, `front` and `log` (see
        `lanes`), and `sources` by id.

    Raises
    ------
    NotFound
        Where the situation has no such facility.
    """
    about = timeline.register.facilities.get(facility_id)
    if about is None:
        raise NotFound(f"There is no facility with the id {facility_id!r} in this situation.")
    spans = timeline.told["custody"].about("facility_id", facility_id)
    by_attribute = grouped(spans, "attribute")
    return _dossier(
        timeline,
        about={
            "kind": "facility",
            "id": facility_id,
            "type": about["facility_type"],
            **_about(timeline, about, facility_id),
            "contradictions": _against(timeline, "facility_ids", facility_id, day),
            "rivals": lanes.rivals(timeline.register, facility_id, spans),
            "front": lanes.front(timeline, facility_id),
        },
        spans={name: _spans(timeline, by_attribute.get(name, []), name, day) for name in ATTRIBUTES},
        events=timeline.register.facility_events.get(facility_id, []),
        figures=timeline.register.figures.get(facility_id, []),
        own_sources=about["source_ids"],
    )


@undisturbed()
def place(timeline: Timeline, place_id: str, day: date | None = None) -> dict[str, Any]:
    """Give everything on record about a place, as `facility` does for a facility.

    Its `spans` are those of its `holder`; `facilities` lists those that name it as their place or lie within `NEAR_KM`,
    with their distance in km.
    """
    about = timeline.register.places.get(place_id)
    if about is None:
        raise NotFound(f"There is no place with the id {place_id!r} in this situation.")
    spans = timeline.told["places"].about("place_id", place_id)
    held = [{**span, "value": span["holder"], "detail": None} for span in spans]
    return _dossier(
        timeline,
        about={
            "kind": "place",
            "id": place_id,
            "type": about["place_type"],
            **_about(timeline, about, place_id),
            "contradictions": _against(timeline, "place_ids", place_id, day),
            "facilities": _near(timeline, place_id),
        },
        spans={"holder": _spans(timeline, held, "holder", day)},
        events=timeline.register.place_events.get(place_id, []),
        figures=[],
        own_sources=about["source_ids"],
    )


def event(timeline: Timeline, event_id: str, day: date | None = None) -> dict[str, Any]:
    """Give the dossier that an event stands in: of its facility, else of its place, else one of the event alone.

    Raises
    ------
    NotFound
        Where the situation has no such event.
    """
    about = timeline.register.events.get(event_id)
    if about is None:
        raise NotFound(f"There is no event with the id {event_id!r} in this situation.")
    if about["facility_id"] in timeline.register.facilities:
        return facility(timeline, about["facility_id"], day)
    if about["place_id"] in timeline.register.places:
        return place(timeline, about["place_id"], day)
    alone = {"kind": "event", "id": event_id, "type": about["event_type"], "name": about["title"]}
    return _dossier(timeline, about=alone, spans={}, events=[about], figures=[], own_sources=about["source_ids"])


def _dossier(
    timeline: Timeline,
    *,
    about: Record,
    spans: dict[str, list[Record]],
    events: list[Record],
    figures: list[Record],
    own_sources: list[str],
) -> dict[str, Any]:
    shown = [*(span for several in spans.values() for span in several), *events, *figures]
    cited = {*own_sources, *(source for record in shown for source in record["source_ids"])}
    latest_first = sorted(events, key=lambda event: event["event_date"] or "", reverse=True)
    return {
        **about,
        "spans": spans,
        "events": [{"date": event["event_date"], **chosen(event, EVENT)} for event in latest_first],
        "figures": sorted(figures, key=lambda figure: figure["as_of_date"] or "", reverse=True),
        "log": lanes.log(events, figures),
        "sources": {
            one: chosen(timeline.register.sources[one], SOURCE)
            for one in sorted(cited)
            if one in timeline.register.sources
        },
    }


def _about(timeline: Timeline, about: Record, own_id: str) -> Record:
    return {**chosen(about, ABOUT), "precision": within(about["geo_radius_km"], about["geo_precision"])}


def _spans(timeline: Timeline, spans: list[Record], attribute: str, day: date | None) -> list[Record]:
    words = {key: actor.name for key, actor in timeline.situation.actors.items()}
    words = CODES["status"] if attribute == "status" else words
    return [
        {
            **chosen(span, SPAN),
            **lanes.evidence(timeline.register, span["event_ids"]),
            "label": "unknown" if span["value"] is None else words.get(span["value"], span["value"]),
            "current": day is not None and holds(span, day.isoformat()),
        }
        for span in spans
    ]


def _against(timeline: Timeline, column: str, one: str, day: date | None) -> list[Record]:
    return contradictions_about(timeline, column, one, day or timeline.situation.last_day)


def _near(timeline: Timeline, place_id: str) -> list[Record]:
    """The facilities that belong to a place or lie near it, the nearest first, those without a point last."""
    places, facilities = timeline.situation.places, timeline.situation.facilities
    point = places.geometry[place_id] if has_point(places)[place_id] else None
    km = {} if point is None else distances_km(point, facilities).round(1).to_dict()
    near = [
        {"facility_id": one, "name": about["name"], "distance_km": km.get(one)}
        for one, about in timeline.register.facilities.items()
        if about["place_id"] == place_id or km.get(one, FAR_KM) <= NEAR_KM
    ]
    return sorted(near, key=lambda one: FAR_KM if one["distance_km"] is None else one["distance_km"])
