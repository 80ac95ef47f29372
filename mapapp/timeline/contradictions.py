"""The contradictions of a day: what the records say against one another, since when, with the records on each side.

Rules over facilities are in `site_rules`, rules over records in `record_rules`; questions that sources answer
differently are those of `conflicts.csv`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

from mapapp.situation.manifest import Aggregate
from mapapp.timeline.clashes import DISAGREE, ORDER, day_of
from mapapp.timeline.record_rules import RECORD_RULES, Side
from mapapp.timeline.records import Record, id_of, plain_records
from mapapp.timeline.register import Register
from mapapp.timeline.retold import Retold
from mapapp.timeline.site_rules import SITE_RULES
from mapapp.timeline.timeline import Timeline
from mapapp.timeline.undisturbed import undisturbed

Key: TypeAlias = tuple[str, tuple[str, ...], str | None]
"""What makes two contradictions of two days the same one."""

Kept: TypeAlias = tuple[str, Record]
"""A row of the list, and the day from which on it reads so, but for the `days`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the list: its id and what contradicts what, in a sentence."""

    id: str
    sentence: str


RULES = (
    *(Rule(rule.id, rule.sentence) for rule in (*SITE_RULES, *RECORD_RULES)),
    Rule(DISAGREE, "Records or sources answer one question differently (`conflict_group`, `conflicts.csv`)."),
)
"""Every rule, in the order of the list."""

_SENTENCES = {rule.id: rule.sentence for rule in RULES}


@undisturbed()
def contradictions(timeline: Timeline, day: date) -> list[dict[str, Any]]:
    """List the contradictions that stand on a day.

    Parameters
    ----------
    timeline : Timeline
        As built from a situation.
    day : date
        The day asked about. Records of later days are not looked at.

    Returns
    -------
    list of dict
        Plain JSON types, rule by rule (see `RULES`), the longest first: `rule`, `sentence` (of the rule), `text` (of
        this one), `facility_ids`, `place_ids`, `names`, `since` and `until` (`YYYY-MM-DD`; None: open), `days` (from
        `since` to the day; None: not known), `conflict_group`, `topic`, `positions`, `handling`, and `sides`: each
        `says` and `records` (`id`, `title`, `date`, `claimed_by`, `denied_by`, `standing`, `source_ids`). Lists
        are shared with other answers, and not to be changed.
    """
    return _listed(_seen(timeline, day), _standing(timeline, day))


def first_contradictions(timeline: Timeline, day: date, each: int) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """List the first contradictions of a day by each rule, so many at most, and count all of them by rule."""
    by_rule: dict[str, list[Record]] = {}
    for clash in _in_order(_standing(timeline, day)):
        by_rule.setdefault(clash["rule"], []).append(clash)
    seen = _seen(timeline, day)
    first = [_row(seen, clash) for several in by_rule.values() for clash in several[:each]]
    return first, {rule: len(several) for rule, several in by_rule.items()}


def contradictions_but(timeline: Timeline, day: date, others: Collection[Key]) -> list[dict[str, Any]]:
    """List those of a day that are not the same as some others (see `keys`)."""
    seen = _seen(timeline, day)
    return _listed(seen, [clash for clash in _standing(timeline, day) if _key(seen, clash) not in others])


def keys(timeline: Timeline, day: date) -> set[Key]:
    """Give what makes each of the contradictions of a day the same as one of another day."""
    seen = _seen(timeline, day)
    return {_key(seen, clash) for clash in _standing(timeline, day)}


def contradictions_about(timeline: Timeline, column: str, one: str, day: date) -> list[dict[str, Any]]:
    """List those of a day that are about one facility or place.

    Parameters
    ----------
    timeline, day
        See `contradictions`.
    column : str
        `facility_ids` or `place_ids`.
    one : str
        The id to be found there.
    """
    about = [clash for clash in _standing(timeline, day) if one in clash[column]]
    return _listed(_seen(timeline, day), about)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the contradictions of a day are told from."""

    day: date
    text: str
    register: Register
    aggregates: Mapping[str, Aggregate]
    questions: Mapping[str, Record]
    kept: Retold[Kept] | None

    @classmethod
    def of(cls, timeline: Timeline, day: date, kept: Retold[Kept] | None) -> _Seen:
        situation = timeline.situation
        questions = {one["conflict_group"]: one for one in plain_records(situation.conflicts)}
        return cls(day, day.isoformat(), timeline.register, situation.aggregates, questions, kept)


def _seen(timeline: Timeline, day: date) -> _Seen:
    return _Seen.of(timeline, day, _kept(timeline) if timeline.whole is None else None)


@lru_cache(maxsize=2)  # as many as there are situations at hand
def _kept(whole: Timeline) -> Retold[Kept]:
    """Give the contradictions of all records as they read once all records of their sides are there."""
    seen = _Seen.of(whole, date.max, None)
    return Retold(lambda clash: (_last_day(seen, clash), _row(seen, clash)))


def _last_day(seen: _Seen, clash: Record) -> str:
    known = seen.register.records
    records = (known[one] for side in clash["sides"] for one in side.ids if one in known)
    return max((day_of(one) or "" for one in records), default="")


def _standing(timeline: Timeline, day: date) -> list[Record]:
    """The rows of the table of clashes that hold on a day, with their sides."""
    return timeline.told["clashes"].on(day)


def _key(seen: _Seen, clash: Record) -> Key:
    """What a contradiction is about, and what it says; of places, that they belong to it is no part of that."""
    if clash["facility_ids"]:
        return clash["rule"], tuple(clash["facility_ids"]), clash["text"]
    return clash["rule"], (), _group(clash, [_side(seen, side) for side in clash["sides"]])


def _group(clash: Record, told: list[Record]) -> str | None:
    """The question that a contradiction belongs to, by itself or by one of the records of its sides."""
    if clash["conflict_group"]:
        return str(clash["conflict_group"])
    return next((one["conflict_group"] for side in told for one in side["records"] if one["conflict_group"]), None)


def _listed(seen: _Seen, standing: list[Record]) -> list[Record]:
    return [_row(seen, clash) for clash in _in_order(standing)]


def _in_order(standing: list[Record]) -> list[Record]:
    """The order of the list, however the table of clashes is ordered."""
    return sorted(standing, key=_place_in_list)


def _place_in_list(clash: Record) -> tuple[Any, ...]:
    """What is alike in all that is shown first is told apart by its records, or by the question that has none."""
    shown = (ORDER.index(clash["rule"]), clash["valid_from"] or "", clash["facility_ids"], clash["text"])
    return (*shown, [side.ids for side in clash["sides"]], clash["conflict_group"] or "")


def _row(seen: _Seen, clash: Record) -> Record:
    if seen.kept:
        from_then_on, row = seen.kept.of(clash["row"], clash)
        if from_then_on <= seen.text:
            return {**row, "days": _days(clash["valid_from"], seen.day)}
    since, register = clash["valid_from"], seen.register
    told = [_side(seen, side) for side in clash["sides"]]
    group = _group(clash, told)
    question = seen.questions.get(group or "", {})
    return {
        "rule": clash["rule"],
        "sentence": _SENTENCES[clash["rule"]],
        "text": clash["text"],
        "facility_ids": clash["facility_ids"],
        "place_ids": clash["place_ids"],
        "names": [_name(one, register.facilities, seen.aggregates) for one in clash["facility_ids"]]
        + [_name(one, register.places, {}) for one in clash["place_ids"]],
        "since": since,
        "until": clash["valid_to"],
        "days": _days(since, seen.day),
        "conflict_group": group,
        "topic": question.get("topic"),
        "positions": question.get("positions"),
        "handling": question.get("handling"),
        "sides": [side for side in told if side["records"] or not side["later"]],
    }


def _days(since: str | None, day: date) -> int | None:
    return (day - date.fromisoformat(since)).days if since else None


def _side(seen: _Seen, side: Side) -> Record:
    """One side with the records of it that are not of a later day; `later`: there are such."""
    records = seen.register.records
    known = [records[one] for one in side.ids if one in records]
    shown = [_told(one) for one in known if (day_of(one) or "") <= seen.text]
    return {"says": side.says, "records": shown, "later": len(shown) < len(known)}


def _told(record: Record) -> Record:
    return {
        "id": id_of(record),
        "title": record.get("title"),
        "date": day_of(record),
        "claimed_by": record["claimed_by"],
        "denied_by": record.get("denied_by"),
        "standing": record["standing"],
        "conflict_group": record["conflict_group"],
        "source_ids": record["source_ids"],
    }


def _name(one: str, known: Mapping[str, Record], aggregates: Mapping[str, Aggregate]) -> str:
    """The name that goes with an id; the id itself where the table that has it was left out."""
    if one in known:
        return str(known[one]["name"])
    return aggregates[one].name if one in aggregates else one


def rules_markdown() -> str:
    """Give the table of rules for the guide, as Markdown."""
    rows = [f"| `{rule.id}` | {rule.sentence} |" for rule in RULES]
    return "\n".join(["| rule | what stands against what |", "|---|---|", *rows, ""])


def of_facilities(timeline: Timeline, day: date) -> dict[str, list[Record]]:
    """Give, by facility, the rules by which its records contradict themselves on a day, each with `text` and `since`.

    They are in the order of `contradictions`.
    Questions that sources answer differently are not among them: those are in the list.
    """
    standing = [clash for clash in _standing(timeline, day) if clash["rule"] != DISAGREE]
    found: dict[str, list[Record]] = {}
    for clash in _in_order(standing):
        since = clash["valid_from"]
        told = {"rule": clash["rule"], "text": clash["text"], "since": since, "days": _days(since, day)}
        for facility_id in clash["facility_ids"]:
            found.setdefault(facility_id, []).append(dict(told))
    return found
