"""The contradictions of a day: what the records say against one another, since when, with the records on each side.

Rules over facilities are in `site_rules`, rules over records in `record_rules`; questions that sources answer
differently are those of `conflicts.csv`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from mapapp.situation.manifest import Aggregate
from mapapp.timeline.clashes import DISAGREE, day_of, id_of
from mapapp.timeline.record_rules import RECORD_RULES, Side
from mapapp.timeline.records import Record, plain_records
from mapapp.timeline.site_rules import SITE_RULES
from mapapp.timeline.timeline import Timeline

Sides: TypeAlias = tuple[Side, ...]


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

_ORDER = {rule.id: at for at, rule in enumerate(RULES)}
_SENTENCES = {rule.id: rule.sentence for rule in RULES}


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
        `says` and `records` (`id`, `title`, `date`, `claimed_by`, `denied_by`, `standing`, `source_ids`).
    """
    return _listed(timeline, timeline.told["clashes"].on(day), day)


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
    return _listed(timeline, [clash for clash in timeline.told["clashes"].on(day) if one in clash[column]], day)


def _listed(timeline: Timeline, standing: list[Record], day: date) -> list[Record]:
    questions = {one["conflict_group"]: one for one in plain_records(timeline.situation.conflicts)}
    return [_row(timeline, clash, sides, questions, day) for clash, sides in _in_order(timeline, standing)]


def _in_order(timeline: Timeline, standing: list[Record]) -> list[tuple[Record, Sides]]:
    """Some rows of the table of clashes with their sides, in the order of the list, however the table is ordered."""
    return sorted(((clash, clash["sides"]) for clash in standing), key=_place_in_list)


def _place_in_list(told: tuple[Record, Sides]) -> tuple[Any, ...]:
    """What is alike in all that is shown first is told apart by its records, or by the question that has none."""
    clash, sides = told
    shown = (_ORDER[clash["rule"]], clash["valid_from"] or "", clash["facility_ids"], clash["text"])
    return (*shown, [side.ids for side in sides], clash["conflict_group"] or "")


def _row(timeline: Timeline, clash: Record, sides: Sides, questions: Mapping[str, Record], day: date) -> Record:
    since, register, text = clash["valid_from"], timeline.register, day.isoformat()
    sides_told = [_side(side, register.records, text) for side in sides]
    groups = [clash["conflict_group"], *(one["conflict_group"] for side in sides_told for one in side["records"])]
    group = next(filter(None, groups), None)
    question = questions.get(group or "", {})
    aggregates = timeline.situation.aggregates
    return {
        "rule": clash["rule"],
        "sentence": _SENTENCES[clash["rule"]],
        "text": clash["text"],
        "facility_ids": clash["facility_ids"],
        "place_ids": clash["place_ids"],
        "names": [_name(one, register.facilities, aggregates) for one in clash["facility_ids"]]
        + [_name(one, register.places, {}) for one in clash["place_ids"]],
        "since": since,
        "until": clash["valid_to"],
        "days": (day - date.fromisoformat(since)).days if since else None,
        "conflict_group": group,
        "topic": question.get("topic"),
        "positions": question.get("positions"),
        "handling": question.get("handling"),
        "sides": [side for side in sides_told if side["records"] or not side["later"]],
    }


def _side(side: Side, records: Mapping[str, Record], day: str) -> Record:
    """One side with the records of it that are not of a later day; `later`: there are such."""
    told = [_told(records[one]) for one in side.ids if one in records]
    shown = [one for one in told if (one["date"] or "") <= day]
    return {"says": side.says, "records": shown, "later": len(shown) < len(told)}


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
    standing = [clash for clash in timeline.told["clashes"].on(day) if clash["rule"] != DISAGREE]
    found: dict[str, list[Record]] = {}
    for clash, _ in _in_order(timeline, standing):
        since = clash["valid_from"]
        days = (day - date.fromisoformat(since)).days if since else None
        for facility_id in clash["facility_ids"]:
            found.setdefault(facility_id, []).append(
                {"rule": clash["rule"], "text": clash["text"], "since": since, "days": days}
            )
    return found
