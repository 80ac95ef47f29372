"""What came later: what is known now and was not on an earlier day, record by record."""

from __future__ import annotations

from datetime import date

import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.evidence import LADDER, assess
from mapapp.timeline.known import known
from mapapp.timeline.record_rules import number
from mapapp.timeline.records import NEVER, Record, chosen, plain, plain_records
from mapapp.timeline.reporting import OWN_DAYS, Reporting, reporting

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
    return came_later(known(situation, day_known), known(situation, until) if until else situation, day)


def came_later(before: Situation, after: Situation, day: date) -> list[Record]:
    """List what is in one look back and not in an earlier one of the same situation, as `late` does."""
    days = reporting(after)
    rows = [row for name in OWN_DAYS for row in _of_table(before, after, days, name, day)]
    return sorted(rows, key=lambda row: (row["known_on"] or NEVER, row["id"]))


def _of_table(before: Situation, after: Situation, days: Reporting, name: str, day: date) -> list[Record]:
    then, now = getattr(before, name), getattr(after, name)
    was, stands = (assess(getattr(one, name), one.sources, one.actors)["standing"] for one in (before, after))
    about = now[~(now[OWN_DAYS[name][0]] > pd.Timestamp(day))]
    same = about.index.intersection(then.index)
    denied = set(same[now.loc[same, "denied_by"].notna() & then.loc[same, "denied_by"].isna()])
    more = now.loc[same, "source_ids"].map(len) > then.loc[same, "source_ids"].map(len)
    moved = set(same[(stands[same] != was[same]) | more]) | denied
    changed = about[~about.index.isin(then.index) | about.index.isin(moved)].assign(now=stands)
    changed = changed.join(getattr(days, name)["known_on"]).assign(was=was.reindex(changed.index))
    return [_row(record, name, before, days, record[changed.index.name] in denied) for record in plain_records(changed)]


def _row(record: Record, name: str, before: Situation, days: Reporting, denied: bool) -> Record:
    more = [one for one in record["source_ids"] if one not in before.sources.index]
    kind = _kind(record, denied, set(getattr(before, name).index))
    on = {"refutation": record["denied_on"], "late": record["known_on"], "correction": record["known_on"]}.get(kind)
    on = on or min((day for one in more if (day := plain(days.sources[one]))), default=None)
    own = record[OWN_DAYS[name][0]]
    return {
        "kind": kind,
        "table": name,
        "id": record[{"events": "event_id", "figures": "figure_id"}[name]],
        "title": record.get("title") or f"head count: {number(record)}",
        "date": own,
        "known_on": on,
        "days_later": (date.fromisoformat(on) - date.fromisoformat(own)).days if on and own else None,
        **chosen(record, ["was", "now"]),
        "replaces": record["supersedes_id"],
        "source_ids": more,
        **{name: record.get(name) for name in TOLD},
    }


def _kind(record: Record, denied: bool, known_then: set[str]) -> str:
    if record["was"] is None:
        return "correction" if record["supersedes_id"] in known_then else "late"
    if denied or record["now"] == "refuted":
        return "refutation"
    climbed = LADDER.index(record["now"]) - LADDER.index(record["was"])
    return "rise" if climbed > 0 else "fall" if climbed else "sources"
