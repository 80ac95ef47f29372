"""What came later: what is known now and was not on an earlier day, record by record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mapapp.situation.situation import Situation
from mapapp.timeline.evidence import LADDER
from mapapp.timeline.known import known
from mapapp.timeline.record_rules import number
from mapapp.timeline.records import NEVER, Record, plain_records, plain_values
from mapapp.timeline.reporting import OWN_DAYS, reporting
from mapapp.timeline.timeline import Timeline
from mapapp.timeline.weighed import weighed

KINDS = {
    "late": "reported later",
    "correction": "reported later, replaces a record that was known",
    "refutation": "denied, or found wrong, later",
    "rise": "more independent sources came later",
    "fall": "held for less in view of later sources",
    "sources": "more sources came later, and it stands where it stood",
}
"""What can have come later, and how it is said."""

TOLD = ["facility_id", "place_id", "claimed_by", "denied_by", "conflict_group"]
TOLD += ["low", "best", "high", "families_low", "families_high"]
KEYS = {"events": "event_id", "figures": "figure_id"}


def late(situation: Situation, day: date, day_known: date, until: date | None = None) -> list[Record]:
    """List what became known after a day about what was so by another.

    Parameters
    ----------
    situation : Situation
        All that is on record.
    day : date
        Records of this day and earlier ones are listed, and states whose beginning is not known.
    day_known : date
        What was known on it is not listed.
    until : date, optional
        What became known after it is not listed either.

    Returns
    -------
    list of dict
        Plain values, the earliest first: `kind` (of `KINDS`), `table`, `id`, `title`, `date`, `known_on` (None: not
        known when), `days_later` (after `date`), `was` and `now` (rungs of the claim ladder; None: not known),
        `replaces`, `source_ids` (those that came later), whom it is about, and the numbers of what was counted.
    """
    return came_later(_seen(known(situation, day_known)), _seen(known(situation, until) if until else situation), day)


@dataclass(frozen=True, eq=False)
class Seen:
    """What was known in a look back.

    Attributes
    ----------
    records : mapping
        event_id or figure_id -> record, with the columns of `weighed.weighed`.
    source_days : mapping
        source_id -> the day from which the source is known, as `YYYY-MM-DD`; None: always.
    """

    records: Mapping[str, Record]
    source_days: Mapping[str, str | None]


def _seen(situation: Situation) -> Seen:
    days = reporting(situation)
    records: dict[str, Record] = {}
    for name, key in KEYS.items():
        rows = plain_records(weighed(getattr(situation, name), situation, days, name))
        records |= {row[key]: row for row in rows}
    return Seen(records, plain_values(days.sources))


def late_between(before: Timeline, after: Timeline, day: date) -> list[Record]:
    """List what became known between two look backs, as `late.late` does, from what is built already."""
    return came_later(_built(before), _built(after), day)


def _built(timeline: Timeline) -> Seen:
    return Seen(timeline.register.records, timeline.source_days)


def came_later(before: Seen, after: Seen, day: date) -> list[Record]:
    """List what is in one look back and not in an earlier one of the same situation, as `late` does."""
    by, rows = day.isoformat(), []
    for one, record in after.records.items():
        was = before.records.get(one)
        if was is not record and (record[OWN_DAYS[_table(record)][0]] or "") <= by and _has_changed(was, record):
            rows.append(_row(record, was, before, after))
    return sorted(rows, key=lambda row: (row["known_on"] or NEVER, row["id"]))


def _table(record: Record) -> str:
    return "events" if "event_id" in record else "figures"


def _has_changed(was: Record | None, now: Record) -> bool:
    return was is None or _is_denied(was, now) or was["standing"] != now["standing"] or _has_more(was, now)


def _is_denied(was: Record, now: Record) -> bool:
    return was["denied_by"] is None and now["denied_by"] is not None


def _has_more(was: Record, now: Record) -> bool:
    return len(now["source_ids"]) > len(was["source_ids"])


def _row(record: Record, was: Record | None, before: Seen, after: Seen) -> Record:
    name = _table(record)
    more = [one for one in record["source_ids"] if one not in before.source_days]
    kind = _kind(record, was, before.records)
    on = {"refutation": record["denied_on"], "late": record["known_on"], "correction": record["known_on"]}.get(kind)
    on = on or min((day for one in more if (day := after.source_days[one])), default=None)
    own = record[OWN_DAYS[name][0]]
    return {
        "kind": kind,
        "table": name,
        "id": record[KEYS[name]],
        "title": record.get("title") or f"head count: {number(record)}",
        "date": own,
        "known_on": on,
        "days_later": (date.fromisoformat(on) - date.fromisoformat(own)).days if on and own else None,
        "was": was and was["standing"],
        "now": record["standing"],
        "replaces": record["supersedes_id"],
        "source_ids": more,
        **{name: record.get(name) for name in TOLD},
    }


def _kind(record: Record, was: Record | None, known_then: Mapping[str, Record]) -> str:
    if was is None:
        return "correction" if record["supersedes_id"] in known_then else "late"
    if _is_denied(was, record) or record["standing"] == "refuted":
        return "refutation"
    climbed = LADDER.index(record["standing"]) - LADDER.index(was["standing"])
    return "rise" if climbed > 0 else "fall" if climbed else "sources"
