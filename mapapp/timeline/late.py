"""What came later: what is known now and was not on an earlier day, record by record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mapapp.situation.situation import Situation
from mapapp.timeline.arrivals import KEYS, Arrivals, days_between
from mapapp.timeline.clashes import day_of
from mapapp.timeline.evidence import LADDER
from mapapp.timeline.known import known
from mapapp.timeline.ledger import Entries, Ledger, Mask, entries, ledger_of
from mapapp.timeline.records import Record, id_of, plain_values
from mapapp.timeline.reporting import as_days, source_days
from mapapp.timeline.timeline import Timeline
from mapapp.timeline.weighed import weighed

Change = tuple[Record, Record | None]
"""A record, and what was known of it before; None: nothing."""

KINDS = {
    "late": "reported later",
    "correction": "reported later, replaces a record that was known",
    "refutation": "denied, or found wrong, later",
    "rise": "more independent sources came later",
    "fall": "held for less in view of later sources",
    "sources": "more sources came later, and it stands where it stood",
}
"""What can have come later, and how it is said."""


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
    before, after = _told(known(situation, day_known)), _told(known(situation, until) if until else situation)
    ledger = Ledger(after[0])
    then, now = (Seen(Entries(ledger, records), source_days) for records, source_days in (before, after))
    return _came_later(then, now, day, Arrivals(ledger))


def _told(situation: Situation) -> tuple[dict[str, Record], Mapping[str, str | None]]:
    """The records of a situation by their ids, and the days of its sources (see `Seen`)."""
    days = source_days(situation)
    records: dict[str, Record] = {}
    for name, key in KEYS.items():
        records |= {row[key]: row for row in weighed(situation, name, {}, days).records}
    return records, plain_values(as_days(days))


@dataclass(frozen=True, eq=False)
class Seen:
    """What was known in a look back.

    Attributes
    ----------
    entries : Entries
        The events and figures, with the columns of `weighed.weighed`.
    source_days : mapping
        source_id -> the day from which the source is known, as `YYYY-MM-DD`; None: always.
    """

    entries: Entries
    source_days: Mapping[str, str | None]

    @property
    def records(self) -> Mapping[str, Record]:
        """event_id or figure_id -> record."""
        return self.entries.records


def late_between(before: Timeline, after: Timeline, day: date) -> list[Record]:
    """List what became known between two look backs, as `late.late` does, from what is built already.

    The rows are shared with other lists, and not to be changed.
    """
    return _came_later(*_seen_of(before, after), day, arrivals(ledger_of(after)))


def late_count(before: Timeline, after: Timeline, day: date) -> int:
    """Count what `late_between` lists, without making the list."""
    is_new, again = _known_later(*_seen_of(before, after), day, arrivals(ledger_of(after)))
    return int(is_new.sum()) + sum(1 for _ in again)


def _seen_of(before: Timeline, after: Timeline) -> tuple[Seen, Seen]:
    ledger = ledger_of(after)
    then, now = (Seen(entries(ledger, one.register), one.source_days) for one in (before, after))
    return then, now


@lru_cache(maxsize=4)  # as many as there are ledgers
def arrivals(ledger: Ledger) -> Arrivals:
    """Give what lists of what came later share."""
    return Arrivals(ledger)


def _came_later(before: Seen, after: Seen, day: date, known: Arrivals) -> list[Record]:
    """List what is in one look back and not in an earlier one."""
    is_new, again = _known_later(before, after, day, known)
    told = ({**known.as_new.of(id_of(record), record), **_since(record, was, before, after)} for record, was in again)
    return known.rows.among(is_new, told)


def _known_later(before: Seen, after: Seen, day: date, known: Arrivals) -> tuple[Mask, Iterator[Change]]:
    """Mark what was not known at all before, whose row is there already; the rest is gone through record by record."""
    ledger, then, now = known.ledger, before.entries, after.entries
    in_time = ledger.until(day)
    was_known = then.same | ledger.named(one for one, _ in then.others())
    is_new = now.same & in_time & ~was_known & known.all_new(before.source_days)
    others = now.others(is_new | then.same | ~in_time)
    return is_new, _weighed_again(others, before, day)


def _weighed_again(records: Iterable[tuple[str, Record]], before: Seen, day: date) -> Iterator[Change]:
    """Those records that were not known before, or less well, each with what was known of it."""
    text = day.isoformat()
    for one, record in records:
        was = before.records.get(one)
        if was is not record and (day_of(record) or "") <= text and _has_changed(was, record):
            yield record, was


def _has_changed(was: Record | None, now: Record) -> bool:
    return was is None or _is_denied(was, now) or was["standing"] != now["standing"] or _has_more(was, now)


def _is_denied(was: Record, now: Record) -> bool:
    return was["denied_by"] is None and now["denied_by"] is not None


def _has_more(was: Record, now: Record) -> bool:
    return len(now["source_ids"]) > len(was["source_ids"])


def _since(record: Record, was: Record | None, before: Seen, after: Seen) -> Record:
    """What became known of a record, in the columns in which it does not read as one that is all new."""
    more = [one for one in record["source_ids"] if one not in before.source_days]
    kind = _kind(record, was, before.records)
    on = {"refutation": record["denied_on"], "late": record["known_on"], "correction": record["known_on"]}.get(kind)
    on = on or min((day for one in more if (day := after.source_days[one])), default=None)
    return {
        "kind": kind,
        "known_on": on,
        "days_later": days_between(day_of(record), on),
        "was": was and was["standing"],
        "source_ids": more,
    }


def _kind(record: Record, was: Record | None, known_then: Mapping[str, Record]) -> str:
    if was is None:
        return "correction" if record["supersedes_id"] in known_then else "late"
    if _is_denied(was, record) or record["standing"] == "refuted":
        return "refutation"
    climbed = LADDER.index(record["standing"]) - LADDER.index(was["standing"])
    return "rise" if climbed > 0 else "fall" if climbed else "sources"
