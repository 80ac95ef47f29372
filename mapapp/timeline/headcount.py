"""Head counts: how many people, as of when, and who says so.

Claims that differ stay side by side; none are averaged.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import takewhile
from operator import itemgetter
from typing import Any

from mapapp.timeline.records import NEVER, Record, chosen

RIVALS_WITHIN = timedelta(days=31)
"""How far before the latest day a claim of the same conflict still counts as one about the same number of people."""

LEFT_OUT_FROM = 5
"""Information credibility (Admiralty code) from which a claim is listed but does not widen the range."""

NUMBERS = ["low", "best", "high"]
FAMILIES = ["families_low", "families_high"]
CLAIM = ["figure_id", *NUMBERS, *FAMILIES, "qualifier", "time_precision", "claimed_by", "source_ids"]
COUNT = ["event_id", *NUMBERS, "qualifier", "claimed_by", "denied_by", "source_ids"]


def persons(figures: list[Record], day: date) -> dict[str, Any] | None:
    """Say how many people are in one facility, as known for a day.

    The claims are those for the latest day up to the day asked about, with those of the same conflict group in the
    `RIVALS_WITHIN` before it.

    Parameters
    ----------
    figures : list of Record
        The figures of one facility.
    day : date
        The day asked about.

    Returns
    -------
    dict or None
        `low` and `high` (persons: the span of the claims that are in the range), `best` (only where all of those agree
        on one number), `as_of` (the latest day among those), `as_of_precision`, `qualifier`, `claimed_by`,
        `source_ids`, `claims` (latest first, each with `left_out`) and `left_out` (how many are); `families_low` and
        `families_high` where families were counted. None where there is no figure.
    """
    claims = _latest(figures, day)
    if not claims:
        return None
    sure = [claim for claim in claims if not _doubtful(claim)]
    counted = [claim for claim in sure if _says(claim, NUMBERS)]
    shown = (counted or sure or claims)[0]
    return {
        **span(counted),
        **_families(sure),
        "as_of": shown["as_of_date"],
        "as_of_precision": shown["time_precision"],
        "claimed_by": list(dict.fromkeys(claim["claimed_by"] for claim in counted if claim["claimed_by"])),
        "source_ids": sorted({source for claim in claims for source in claim["source_ids"]}),
        "claims": [
            {**chosen(claim, CLAIM), "as_of": claim["as_of_date"], "left_out": _doubtful(claim)} for claim in claims
        ],
        "left_out": sum(map(_doubtful, claims)),
    }


def _says(record: Record, columns: list[str]) -> bool:
    return {record[name] for name in columns} != {None}


def _doubtful(claim: Record) -> bool:
    return int(claim["information_credibility"] or 0) >= LEFT_OUT_FROM


def _families(claims: list[Record]) -> dict[str, Any]:
    named = [claim[name] for claim in claims for name in FAMILIES if claim[name] is not None]
    return {"families_low": min(named, default=None), "families_high": max(named, default=None)}


def _latest(figures: list[Record], day: date) -> list[Record]:
    text = day.isoformat()
    standing = [one for one in figures if (one["as_of_date"] or NEVER) <= text and not one["superseded_by"]]
    latest_first = sorted(standing, key=itemgetter("as_of_date"), reverse=True)
    as_of = next((one["as_of_date"] for one in latest_first if _says(one, NUMBERS + FAMILIES)), None)
    if as_of is None:
        return []
    since = (date.fromisoformat(as_of) - RIVALS_WITHIN).isoformat()
    near = takewhile(lambda one: one["as_of_date"] >= since, latest_first)
    telling = [one for one in near if _says(one, NUMBERS + FAMILIES)]
    groups = {one["conflict_group"] for one in telling if one["as_of_date"] == as_of} - {None}
    return [one for one in telling if one["as_of_date"] == as_of or one["conflict_group"] in groups]


def span(claims: list[Record]) -> dict[str, Any]:
    """Give the span of several claims about one number.

    Parameters
    ----------
    claims : list of Record
        With `low`, `best`, `high` and `qualifier`.

    Returns
    -------
    dict
        `low` and `high`: the least and the greatest number that any claim names, None where none sets that limit.
        `best`: the number on which all agree, else None. `qualifier`: `range` where they differ, else the one all use.
    """
    named = [claim[name] for claim in claims for name in NUMBERS if claim[name] is not None]
    agreed, one_wording = _only(map(_number, claims)), _only(claim["qualifier"] for claim in claims)
    differ = len(claims) > 1 and agreed is None
    return {
        "low": min(named) if any(_says(claim, ["low", "best"]) for claim in claims) else None,
        "best": agreed,
        "high": max(named) if any(_says(claim, ["high", "best"]) for claim in claims) else None,
        "qualifier": "range" if differ else one_wording,
    }


def _number(claim: Record) -> int | None:
    """The one number of a claim, where it names one."""
    return claim["best"] if claim["best"] is not None else claim["low"] if claim["low"] == claim["high"] else None


def _only(values: Iterable[Any]) -> Any:
    """The value that all share, else None."""
    different = set(values)
    return different.pop() if len(different) == 1 else None


def counts(events: list[Record], day: date) -> list[dict[str, Any]]:
    """Give what was counted at one facility up to a day (escaped, freed, moved), rival claims side by side.

    Parameters
    ----------
    events : list of Record
        The events of one facility.
    day : date
        The day asked about.

    Returns
    -------
    list of dict
        As `all_counts` gives them.
    """
    return up_to(all_counts(events), day)


def up_to(counted: list[dict[str, Any]], day: date) -> list[dict[str, Any]]:
    """Leave out what was counted after a day; `counted` is in the order of `all_counts`, the latest first."""
    text = day.isoformat()
    return counted[bisect_left(counted, True, key=lambda one: one["date"] <= text) :]


def all_counts(events: list[Record]) -> list[dict[str, Any]]:
    """Give what was ever counted at one facility, rival claims side by side.

    Returns
    -------
    list of dict
        One for each thing counted on one day, latest first: `title`, `date`, `quantity`, `unit`, `cumulative`,
        `conflict_group` and `claims`, each as its claimant made it. What has no day is left out.
    """
    groups: dict[tuple[str, ...], list[Record]] = {}
    for event in events:
        quantity, day = event["quantity"], event["event_date"]
        if quantity and day and _says(event, NUMBERS) and not event["superseded_by"] and not event["part_of_id"]:
            groups.setdefault((day, event["conflict_group"] or event["event_id"], quantity), []).append(event)
    return sorted(map(_count, groups.values()), key=itemgetter("date"), reverse=True)


def _count(claims: list[Record]) -> dict[str, Any]:
    first = claims[0]
    return {
        "title": _title([claim["title"] for claim in claims]) or first["quantity"],
        "date": first["event_date"],
        "quantity": first["quantity"],
        "unit": first["unit"],
        "cumulative": first["cumulative"],
        "conflict_group": first["conflict_group"],
        "claims": [chosen(claim, COUNT) for claim in claims],
    }


def _title(titles: list[str]) -> str:
    """What several titles have in common: their first words."""
    first, *others = (title.split() for title in titles)
    if others:
        alike = takewhile(lambda several: len(set(several)) == 1, zip(first, *others, strict=False))
        first = [several[0] for several in alike]
    return " ".join(first).rstrip(",;:-")
