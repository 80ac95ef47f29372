"""What stands beside the spans of a facility: claims they go against, the distance to the front, the log of records."""

from __future__ import annotations

from mapapp.timeline.custody import RECORDED
from mapapp.timeline.evidence import highest
from mapapp.timeline.records import Record
from mapapp.timeline.register import Register
from mapapp.timeline.timeline import Timeline

SAID = ("claimed_by", "denied_by")
GRADES = ("source_reliability", "information_credibility")


def evidence(register: Register, event_ids: list[str]) -> Record:
    """Say how well a span is established.

    Parameters
    ----------
    register : Register
        The records.
    event_ids : list of str
        Those that the span rests on.

    Returns
    -------
    dict
        `claim_state` (the highest rung among them; None: no record), `claimed_by` and `denied_by` (each once),
        `source_reliability` and `information_credibility` (the best; None: not graded).
    """
    records = [register.events[one] for one in event_ids if one in register.events]
    said = {name: list(dict.fromkeys(one[name] for one in records if one[name])) for name in SAID}
    grades = {name: min((one[name] for one in records if one[name]), default=None) for name in GRADES}
    return {"claim_state": highest([one["standing"] for one in records]), **said, **grades}


def rivals(register: Register, facility_id: str, spans: list[Record]) -> list[Record]:
    """Give the claims about a facility that its spans go against, each as a lane of its own.

    Parameters
    ----------
    register : Register
        The records.
    facility_id : str
        Which facility.
    spans : list of dict
        Its rows of `custody.custody`.

    Returns
    -------
    list of dict
        `attribute`, `value`, `valid_from`, `valid_to` (None: open), `event_ids` and the keys of `evidence`: refuted
        records, records that a later one replaces, and claims to the ground against its holder.
    """
    claims = [
        {
            "attribute": span["attribute"],
            "value": span["contested_by"],
            "valid_from": span["valid_from"],
            "valid_to": span["valid_to"],
            "event_ids": [one for one in span["event_ids"] if _claims(register, one, span["contested_by"])],
        }
        for span in spans
        if span["contested_by"] is not None
    ]
    set_aside = [
        {
            "attribute": attribute,
            "value": event[column],
            "valid_from": event["event_date"],
            "valid_to": event["valid_to"],
            "event_ids": [event["event_id"]],
        }
        for event in register.facility_events.get(facility_id, [])
        for attribute, (column, _) in RECORDED.items()
        if event[column] and event["facility_id"] == facility_id
        if event["claim_state"] == "refuted" or event["superseded_by"]
    ]
    return [{**lane, **evidence(register, lane["event_ids"])} for lane in claims + set_aside]


def _claims(register: Register, event_id: str, claimant: str) -> bool:
    event = register.events.get(event_id)
    return event is not None and bool(event["holder_after"] == claimant)


def front(timeline: Timeline, facility_id: str) -> list[Record]:
    """Give the distance of a facility to the front over time, run of days by run of days.

    Returns
    -------
    list of dict
        `valid_from`, `valid_to` (None: open), `km` (geodesic; None: no front), `holder` (whose ground is nearest).
    """
    return [
        {
            "valid_from": span["valid_from"],
            "valid_to": span["valid_to"],
            "km": None if span["front_km"] is None else round(span["front_km"], 1),
            "holder": span["front_holder"],
        }
        for span in timeline.told["front"].about("facility_id", facility_id)
    ]


def log(events: list[Record], figures: list[Record]) -> list[Record]:
    """Give the log of some records in the order in which they became known, the latest first.

    Returns
    -------
    list of dict
        `known_on` (None: background, or not known when), `known_by`, `table`, `id`, `date`, `title`, `replaces`,
        `replaced_by`, `standing`.
    """
    rows = [_entry(one, "events", "event_id", "event_date") for one in events]
    rows += [_entry(one, "figures", "figure_id", "as_of_date") for one in figures]
    return sorted(rows, key=lambda row: (row["known_on"] or "", row["id"]), reverse=True)


def _entry(record: Record, table: str, key: str, day: str) -> Record:
    return {
        "known_on": record["known_on"],
        "known_by": record["known_by"],
        "table": table,
        "id": record[key],
        "date": record[day],
        "title": record.get("title"),
        "replaces": record["supersedes_id"],
        "replaced_by": record["superseded_by"],
        "standing": record["standing"],
    }
