"""The status board: every facility on one day, as plain values for a page, a file or a notebook."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from mapapp.situation.situation import Actor
from mapapp.timeline.contradictions import of_facilities
from mapapp.timeline.custody import basis
from mapapp.timeline.evidence import highest
from mapapp.timeline.ground import within
from mapapp.timeline.headcount import persons, up_to
from mapapp.timeline.records import NEVER, Record, chosen, holds
from mapapp.timeline.spans import united
from mapapp.timeline.staleness import last_seen
from mapapp.timeline.timeline import Timeline
from mapapp.timeline.undisturbed import undisturbed
from mapapp.timeline.verification import last_verified

NOBODY = "NONE"
"""The actor that a record names to say that nobody guards a facility, or holds a place."""

CLOSED = "closed"
ABOUT = ["facility_id", "name", "name_ar", "facility_type", "site_type"]
WHERE = ["latitude", "longitude", "geo_precision", "geo_radius_km"]
BY_NAME = itemgetter("name", "facility_id")
NO_FRONT: Record = {"front_km": None, "front_holder": None}


@undisturbed()
def board(timeline: Timeline, day: date) -> list[dict[str, Any]]:
    """Give the state of every facility on a day.

    Parameters
    ----------
    timeline : Timeline
        As built from a situation.
    day : date
        The day asked about. What happened later is not looked at.

    Returns
    -------
    list of dict
        One for each facility, by name, of plain JSON types: ids and codes as in the situation, days as `YYYY-MM-DD`,
        unknown as None. `front_km` in kilometres, `latitude` and `longitude` in degrees (EPSG:4326). Of status,
        operator, guard and ground: `..._claim_state` (rung of the claim ladder) and, under `verified`, when it was last
        seen to be so and by whom. `contradictions`: the rules by which its records contradict themselves.
    """
    return sorted((row | _in_full(timeline, row, now, day) for row, now in _rows(timeline, day)), key=BY_NAME)


@undisturbed()
def overview(timeline: Timeline, day: date) -> list[dict[str, Any]]:
    """Give the board of a day without what no list shows: `counts`, `source_ids`, and how well it is established."""
    return sorted((row for row, _ in _rows(timeline, day)), key=BY_NAME)


def in_full(timeline: Timeline, row: Record, day: date) -> dict[str, Any]:
    """Give the row of the board that one of the overview is short for."""
    spans = timeline.told["custody"].about("facility_id", row["facility_id"])
    here = [span for span in spans if holds(span, day.isoformat())]
    return row | _in_full(timeline, row, _now(timeline, here, day), day)


def _rows(timeline: Timeline, day: date) -> Iterator[tuple[Record, Mapping[str, Record]]]:
    """The rows of the overview, each with the spans that it tells."""
    spans = timeline.told["custody"].on(day)
    held: dict[str, list[Record]] = {}
    for span in spans:
        held.setdefault(span["facility_id"], []).append(span)
    front = {record["facility_id"]: record for record in timeline.told["front"].on(day)}
    seen = last_verified(timeline.verified, day)
    values = last_seen(spans, timeline.sightings, timeline.register.sources, day)
    against = of_facilities(timeline, day)
    alert_km = timeline.situation.alerts.front_km
    for facility_id, facility in timeline.register.facilities.items():
        now = _now(timeline, held[facility_id], day)
        row: Record = {
            **chosen(facility, ABOUT),
            **_custody(now),
            **_ground(now["ground_holder"], front.get(facility_id, NO_FRONT), facility),
            "contradiction": contradiction(now, timeline.situation.actors),
            "contradictions": against.get(facility_id, []),
            **_on_record(timeline, facility_id, now["status"], day),
            **_age(seen.get(facility_id), day),
            "verified": {name: values.get((facility_id, name)) for name in now},
            **chosen(facility, WHERE),
        }
        row["front_alert"] = row["front_km"] is not None and row["front_km"] <= alert_km
        yield row, now


def _in_full(timeline: Timeline, row: Record, now: Mapping[str, Record], day: date) -> Record:
    """What a row of the overview is short of."""
    counted = up_to(timeline.register.counted.get(row["facility_id"], []), day)
    return {
        "counts": counted,
        "source_ids": _sources(timeline, now, row, counted),
        "confidence": _confidence(timeline, now),
        **_standings(timeline, now),
    }


def _now(timeline: Timeline, spans: list[Record], day: date) -> Mapping[str, Record]:
    """By attribute the span of a day of one facility."""
    facility, text = timeline.register.facilities[spans[0]["facility_id"]], day.isoformat()
    return {span["attribute"]: _by(timeline, span, facility, text) for span in spans}


def _by(timeline: Timeline, span: Record, facility: Record, day: str) -> Record:
    """A span with what it rests on by a day: records of later days that say the same again are not looked at."""
    events, ids = timeline.register.events, span["event_ids"]
    if len(ids) < 2:
        return span
    later = {one for one in ids if one in events and (events[one]["event_date"] or "") > day}
    if len(later) in (0, len(ids)):  # a later change may be what tells of the state before
        return span
    by_then = [one for one in ids if one not in later]
    cited = list(united(tuple(events[one]["source_ids"]) for one in by_then if one in events))
    point = None if facility["longitude"] is None else within(facility["geo_radius_km"], facility["geo_precision"])
    told = {**span, "event_ids": by_then, "source_ids": cited}
    return {**told, "basis": basis(told, point)}


def _custody(now: Mapping[str, Record]) -> Record:
    return {
        **_since("status", now["status"]),
        "status_note": now["status"]["detail"],
        **_since("operator", now["operator"]),
        **_since("guard", now["guard"]),
        "guard_unit": now["guard"]["detail"],
    }


def _since(name: str, span: Record) -> Record:
    known = span["value"] is not None
    return {
        name: span["value"],
        f"{name}_since": span["since"] if known else None,
        f"{name}_since_precision": span["since_precision"] if known else None,
    }


def _ground(ground: Record, front: Record, facility: Record) -> Record:
    basis = ground["basis"]
    if front["front_km"] is not None and front["front_km"] < (facility["geo_radius_km"] or 0):
        basis += f"; ground of {front['front_holder']} lies within that distance"
    return {
        "ground_holder": ground["value"],
        **{name: value for name, value in _since("ground", ground).items() if name != "ground"},
        "ground_contested_by": ground["contested_by"],
        "ground_basis": basis,
        "front_km": None if front["front_km"] is None else round(front["front_km"], 1),
        "front_holder": front["front_holder"],
    }


def contradiction(now: Mapping[str, Record], actors: Mapping[str, Actor]) -> bool:
    """Say whether a facility's guard and the holder of its ground do not go together, or nobody guards an open one.

    Parameters
    ----------
    now : mapping
        Attribute -> the span of the day (see `custody.custody`).
    actors : mapping
        Actor id -> Actor: of two actors one of which includes the other, neither contradicts the other.
    """
    guard, ground = now["guard"]["value"], now["ground_holder"]["value"]
    if guard == NOBODY:
        return bool(now["status"]["value"] != CLOSED)
    if guard is None or ground is None or guard == ground:
        return False
    return ground not in _included(actors, guard) and guard not in _included(actors, ground)


def _included(actors: Mapping[str, Actor], one: str) -> tuple[str, ...]:
    return actors[one].includes if one in actors else ()


def _standings(timeline: Timeline, now: Mapping[str, Record]) -> Record:
    """How well each value is established: as well as the best of the records that set it."""
    return {
        f"{name.removesuffix('_holder')}_claim_state": standing_of(timeline, span["event_ids"])
        for name, span in now.items()
    }


def standing_of(timeline: Timeline, event_ids: Sequence[str]) -> str | None:
    """Give the highest rung of the claim ladder among some records; None where there are none."""
    events = timeline.register.events
    return highest([events[one]["standing"] for one in event_ids if one in events])


def _on_record(timeline: Timeline, facility_id: str, status: Record, day: date) -> Record:
    """How many people are at a facility, and what happened there last, by a day."""
    register = timeline.register
    inside = persons(register.figures.get(facility_id, []), day)
    closed_on = status["since"] or NEVER if status["value"] == CLOSED else ""
    return {
        "persons": inside and {**inside, "before_closing": inside["high"] != 0 and inside["as_of"] <= closed_on},
        "last_event": _last(register.happened.get(facility_id, []), day),
    }


def _last(events: list[Record], day: date) -> Record | None:
    """The latest event of those in order (see `Register.happened`)."""
    past = bisect_right(events, day.isoformat(), key=itemgetter("event_date"))
    if not past:
        return None
    last = events[past - 1]
    return {"event_id": last["event_id"], "date": last["event_date"], "title": last["title"]}


def _age(seen: date | None, day: date) -> Record:
    return {
        "last_verified_on": seen.isoformat() if seen else None,
        "staleness_days": (day - seen).days if seen else None,
    }


def _confidence(timeline: Timeline, now: Mapping[str, Record]) -> str | None:
    """Of the record that the status rests on, else of the one that the guard rests on; of several, the latest."""
    records = now["status"]["event_ids"] or now["guard"]["event_ids"]
    return timeline.register.events[records[-1]]["confidence"] if records else None


def _sources(timeline: Timeline, now: Mapping[str, Record], row: Record, counted: list[Record]) -> list[str]:
    """Everything that the values shown in a row rest on."""
    cited = [span["source_ids"] for span in now.values()]
    cited += [claim["source_ids"] for count in counted for claim in count["claims"]]
    if row["persons"]:
        cited.append(row["persons"]["source_ids"])
    if row["last_event"]:
        cited.append(timeline.register.events[row["last_event"]["event_id"]]["source_ids"])
    return sorted(set().union(*cited))
