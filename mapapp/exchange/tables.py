"""Every table of a situation for other people's programs: plain rows, columns in a fixed order, numbers exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from mapapp.situation.schema import CITIES, CONFLICTS, CONTROL_ZONES, EVENTS, FIGURES, PRISONS, SOURCES_TABLE, Table
from mapapp.timeline.contradictions import contradictions
from mapapp.timeline.listing import flat_board
from mapapp.timeline.records import Record, plain_records
from mapapp.timeline.sharing import withheld_words
from mapapp.timeline.status import board
from mapapp.timeline.timeline import Timeline

WEIGHED = ("standing", "independent", "known_on", "known_by")
POINT = ("longitude", "latitude")
JOINED = (*POINT, "ground_holder", "nearest_facility_id", "nearest_facility_km")
CUSTODY = (
    "facility_id",
    "attribute",
    "value",
    "detail",
    "contested_by",
    "valid_from",
    "valid_to",
    "since",
    "since_precision",
    "basis",
    "event_ids",
    "source_ids",
)
HOLDERS = ("place_id", "holder", "contested_by", "valid_from", "valid_to", "event_ids", "source_ids")
FRONT = ("facility_id", "front_km", "front_holder", "valid_from", "valid_to")
CLASH = (
    "rule",
    "text",
    "facility_ids",
    "place_ids",
    "since",
    "until",
    "days",
    "sides",
    "record_ids",
    "conflict_group",
    "topic",
    "positions",
    "handling",
)


@dataclass(frozen=True, eq=False)
class Sheet:
    """One table: its name, its columns in order, and its rows as plain values by column."""

    name: str
    columns: tuple[str, ...]
    rows: list[Record]


def tables(timeline: Timeline, day: date) -> list[Sheet]:
    """Give every table.

    Parameters
    ----------
    timeline : Timeline
        As built; of a look back, or of what is established alone, the tables are those of what is in it.
    day : date
        The day of the board and of the contradictions.

    Returns
    -------
    list of Sheet
        `about`, `board`, `contradictions`, then records (`facilities`, `places`, `events`, `figures`, `sources`,
        `conflicts`, `zones` without their shapes), then spans (`custody`, `holders`, `front`).
    """
    register, situation = timeline.register, timeline.situation
    figures = [figure for several in register.figures.values() for figure in several]
    return [
        _about(timeline, day),
        _board(timeline, day),
        _contradictions(timeline, day),
        _records("facilities", PRISONS, list(register.facilities.values()), POINT),
        _records("places", CITIES, list(register.places.values()), POINT),
        _records("events", EVENTS, list(register.events.values()), (*JOINED, *WEIGHED)),
        _records("figures", FIGURES, figures, WEIGHED),
        _records("sources", SOURCES_TABLE, list(register.sources.values())),
        _records("conflicts", CONFLICTS, plain_records(situation.conflicts)),
        _records("zones", CONTROL_ZONES, plain_records(pd.DataFrame(situation.zones))),
        _spans("custody", CUSTODY, timeline.custody),
        _spans("holders", HOLDERS, timeline.places),
        _spans("front", FRONT, timeline.front),
    ]


def _about(timeline: Timeline, day: date) -> Sheet:
    """Where the tables come from, how they may be shared, and what they leave out."""
    situation = timeline.situation
    told = {
        "title": situation.title,
        "day": day.isoformat(),
        "known on": situation.known_on.isoformat() if situation.known_on else "all that is on record",
        "at least": situation.at_least or "every record, however well established",
        "sharing level": situation.tlp,
        "withheld": withheld_words(situation.withheld) or "nothing",
        "organisation": situation.organisation,
        "licence": situation.licence,
        "credits": list(situation.credits),
        "disclaimer": situation.disclaimer,
        "digest": situation.digest,
    }
    return Sheet("about", ("what", "value"), [{"what": what, "value": value} for what, value in told.items()])


def _board(timeline: Timeline, day: date) -> Sheet:
    rows = flat_board(board(timeline, day))
    return Sheet("board", tuple(rows[0]) if rows else (), rows)


def _contradictions(timeline: Timeline, day: date) -> Sheet:
    return Sheet("contradictions", CLASH, clash_rows(contradictions(timeline, day)))


def clash_rows(rows: Sequence[Record]) -> list[Record]:
    """Give contradictions without anything nested: what each side says, and the ids of all records."""
    flat = [
        {
            **row,
            "sides": [side["says"] for side in row["sides"]],
            "record_ids": [one["id"] for side in row["sides"] for one in side["records"]],
        }
        for row in rows
    ]
    return [{name: row[name] for name in CLASH} for row in flat]


def _records(name: str, table: Table, rows: Sequence[Record], more: Sequence[str] = ()) -> Sheet:
    """Records with the columns of their file, in its order, and what follows from them."""
    columns = tuple(dict.fromkeys((*table.names, *more)))
    return Sheet(name, columns, [{column: row.get(column) for column in columns} for row in rows])


def _spans(name: str, columns: tuple[str, ...], spans: pd.DataFrame) -> Sheet:
    return Sheet(name, columns, plain_records(spans[list(columns)].rename_axis("span")))
