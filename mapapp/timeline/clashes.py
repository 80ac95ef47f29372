"""All contradictions of a situation with the days over which each lasts, found once when the time line is built."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, groupby

import numpy as np
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.own_ground import OwnGround
from mapapp.timeline.record_rules import RECORD_RULES, Clash, RecordRule, Side, TotalRule, number
from mapapp.timeline.records import NEVER, Record, id_of, plain_records
from mapapp.timeline.register import Register
from mapapp.timeline.site_rules import SITE_RULES, SiteRule
from mapapp.timeline.sites import Said, Site, sites
from mapapp.timeline.spans import DAY, FIRST, LAST, day_text, united

DISAGREE = "sources-disagree"
ALWAYS = ""
"""A day before all others, for comparing."""

COLUMNS = {
    "text": "text",
    "facility_ids": "facility_ids",
    "place_ids": "place_ids",
    "valid_from": "first",
    "valid_to": "end",
    "conflict_group": "conflict_group",
    "sides": "sides",
}
"""Column of the table -> attribute of `Clash`."""

ORDER = (*(rule.id for rule in (*SITE_RULES, *RECORD_RULES)), DISAGREE)
"""The rules in the order of the list."""

Found = tuple[str, Clash]
"""A contradiction, and the rule by which it was found."""

WORDS: dict[str, tuple[str, Callable[[Site], Said]]] = {
    "guard": ("guard", lambda site: site.guard),
    "status": ("status", lambda site: site.status),
    "ground_holder": ("holder of the ground", lambda site: site.ground),
}
"""Attribute -> what a reader calls it, and where a site has it."""


def clashes(situation: Situation, custody: pd.DataFrame, own_ground: OwnGround, register: Register) -> pd.DataFrame:
    """Apply every rule to a situation.

    Parameters
    ----------
    situation : Situation
        Its facilities, actors, conflicts and `alerts`.
    custody : DataFrame
        See `custody.custody`.
    own_ground : OwnGround
        How far facilities are from the ground of a side.
    register : Register
        Its records.

    Returns
    -------
    DataFrame
        One row for each contradiction: `rule`, `text`, `facility_ids`, `place_ids`, `valid_from`, `valid_to` (NaT:
        open), `conflict_group`, `sides` (tuple of `Side`). A facility has one row for each rule and run of days.
    """
    ids = dict.fromkeys([*register.facilities, *register.figures], ALWAYS)
    of_site = of_sites(situation, custody, own_ground, register)
    return laid_out(chain(of_site, of_records(register, lambda _: ids), of_all(situation, register)))


def laid_out(found: Iterable[Found]) -> pd.DataFrame:
    """Give contradictions as the table of `clashes`, rule by rule."""
    in_order = sorted(found, key=lambda one: ORDER.index(one[0]))
    rows = [(rule, *(getattr(clash, name) for name in COLUMNS.values())) for rule, clash in in_order]
    table = pd.DataFrame(rows, columns=["rule", *COLUMNS], dtype=object)
    first, end = (np.array(table[name], dtype="datetime64[D]").astype(DAY) for name in ("valid_from", "valid_to"))
    return table.assign(valid_from=first, valid_to=end)


def of_sites(situation: Situation, custody: pd.DataFrame, own_ground: OwnGround, register: Register) -> Iterator[Found]:
    """Apply the rules over one facility to those whose custody is given: the runs of days on which they hold."""
    far = situation.alerts.guard_ground_km
    for history in sites(situation, custody, own_ground):
        for rule in SITE_RULES:
            for key, run in groupby(history, partial(_key, rule, far)):
                if key is not None:
                    yield rule.id, _clash(rule, list(run), register)


def of_records(register: Register, about: Callable[[RecordRule], Mapping[str, str]]) -> Iterator[Found]:
    """Apply each rule over the records of one facility to some, for what lasts until a day of each, or longer."""
    for rule in RECORD_RULES:
        if isinstance(rule, RecordRule):
            for facility_id, until in about(rule).items():
                yield from ((rule.id, clash) for clash in rule.find(register, facility_id, until))


def of_all(situation: Situation, register: Register) -> Iterator[Found]:
    """Apply the rules over records of any facility, and give the questions that are answered differently."""
    for rule in RECORD_RULES:
        if isinstance(rule, TotalRule):
            yield from ((rule.id, clash) for clash in rule.find(register))
    yield from ((DISAGREE, clash) for clash in disagreements(situation, register))


def _key(rule: SiteRule, guard_ground_km: float, site: Site) -> tuple[Hashable] | None:
    """What stays the same as long as a contradiction goes on; None where there is none."""
    return (rule.of(site),) if rule.holds(site, guard_ground_km) else None


def _clash(rule: SiteRule, run: list[Site], register: Register) -> Clash:
    first, last = run[0], run[-1]
    return Clash(
        text=rule.tell(first),
        sides=_sides(rule, run, register),
        first=None if first.first == FIRST else day_text(first.first),
        end=None if last.end == LAST else day_text(last.end),
        facility_ids=(first.facility_id,),
    )


def _sides(rule: SiteRule, run: list[Site], register: Register) -> tuple[Side, ...]:
    """What each attribute of the rule says; a claim to the ground stands against the word of its holder."""
    sides = [_side(name, run) for name in rule.sides]
    claimant = run[0].ground.contested_by
    if claimant is None or "ground_holder" not in rule.sides:
        return tuple(sides)
    ground = sides.pop(rule.sides.index("ground_holder"))
    claims = tuple(one for one in ground.ids if _names(register, one) == claimant)
    held = tuple(one for one in ground.ids if one not in claims)
    return (*sides, Side(ground.says, held), Side(f"claimed by: {run[0].word(claimant)}", claims))


def _names(register: Register, event_id: str) -> str | None:
    """The holder that a record of control names."""
    event = register.events.get(event_id)
    return event["holder_after"] if event else None


def _side(attribute: str, run: list[Site]) -> Side:
    said = [WORDS[attribute][1](site) for site in run]
    value, site = said[0].value, run[0]
    word = (value or "").replace("_", " ") if attribute == "status" else site.word(value)
    says = f"{WORDS[attribute][0]}: {'unknown' if value is None else word}"
    return Side(says, united(one.event_ids for one in said))


def disagreements(situation: Situation, register: Register) -> Iterator[Clash]:
    """Give each question that records or sources answer differently, from the day of its second answer."""
    members: dict[str, list[Record]] = {}
    for record in register.disputed:
        if not record["superseded_by"]:
            members.setdefault(record["conflict_group"], []).append(record)
    questions = {one["conflict_group"]: one for one in plain_records(situation.conflicts)}
    for group in sorted(questions.keys() | members.keys()):
        question: Record = questions.get(group, {})
        records = sorted(members.get(group, []), key=lambda one: day_of(one) or NEVER)
        days = [day for one in records if (day := day_of(one))]
        yield Clash(
            text=question.get("topic") or f"Records of the group {group} disagree.",
            sides=tuple(Side(answer(one), (id_of(one),)) for one in records),
            first=days[1] if len(days) > 1 else days[0] if days else None,
            facility_ids=_about(question.get("facility_ids", []), records, "facility_id"),
            place_ids=_about(question.get("place_ids", []), records, "place_id"),
            conflict_group=group,
        )


def _about(named: list[str], records: list[Record], column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*named, *(one[column] for one in records if one.get(column))]))


def answer(record: Record) -> str:
    """Say what a record answers: its title, or its number."""
    said = record.get("title") or f"head count: {number(record)}"
    return f"{said} ({record['claimed_by']})" if record["claimed_by"] else str(said)


def day_of(record: Record) -> str | None:
    """Give the day of an event or a figure."""
    day: str | None = record["event_date"] if "event_date" in record else record["as_of_date"]
    return day
