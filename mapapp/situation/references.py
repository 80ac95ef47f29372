"""Ids: each used once, and every id that a record names is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from mapapp.situation.draft import Draft
from mapapp.situation.schema import Column
from mapapp.situation.wording import did_you_mean, listed, quoted

_NOUN = {"sources": "source", "cities": "place", "events": "event", "figures": "figure"}
_AGGREGATES = "situation.toml"


def leave_out_twins(drafts: dict[str, Draft], aggregates: Collection[str]) -> None:
    """Keep the first record of each id. Camps, prisons and aggregates share one set of ids: events name any of them."""
    facilities = dict.fromkeys(aggregates, _AGGREGATES)
    for name, draft in drafts.items():
        first = facilities if name in ("camps", "prisons") else {}
        for row in list(draft.rows()):
            record_id = draft.cells[draft.table.key][row]
            if record_id in first:
                draft.names[row] = draft.where[row]
                said = f"The id {quoted(record_id)} is already that of {first[record_id]}. Ids must be unique"
                draft.leave_out(row, draft.table.key, f"{said}: give this record another. It is left out.")
            first.setdefault(record_id, f"{draft.where[row]} of {draft.table.file}")


class Links:
    """Looks up the ids that records name, and drops those that lead nowhere.

    Parameters
    ----------
    drafts : dict of Draft
        All tables. Changed in place.
    aggregates : collection of str
        The ids of the aggregates.
    """

    def __init__(self, drafts: dict[str, Draft], aggregates: Collection[str]) -> None:
        self.drafts = drafts
        self.known: dict[str, Collection[str]] = {name: draft.ids() for name, draft in drafts.items()}
        self.known["aggregate"] = aggregates
        self.cut: Counter[tuple[str, str]] = Counter()
        self.unknown: dict[tuple[tuple[str, ...], str], str] = {}

    def resolve(self) -> None:
        """Check every link: first those that a record cannot do without, as they may take the record with them."""
        for required in (True, False):
            for draft in self.drafts.values():
                for column in draft.table.columns:
                    if column.refers_to and (column.required and column.kind == "ref") is required:
                        self._resolve_column(draft, column)
                self.known[draft.table.name] = draft.ids()
        self._tell_what_was_cut()

    def _resolve_column(self, draft: Draft, column: Column) -> None:
        for row in list(draft.rows()):
            found = draft.cells[column.name][row]
            named = found if isinstance(found, tuple) else (found,) if found else ()
            gone = [one for one in named if not any(one in self.known[name] for name in column.refers_to)]
            for one in gone:
                self._cut(draft, row, column, one)
            if gone:
                left = tuple(one for one in named if one not in gone)
                draft.cells[column.name][row] = left if isinstance(found, tuple) else None

    def _cut(self, draft: Draft, row: int, column: Column, target: str) -> None:
        causes = list(self._causes(column, target))
        vital = column.required and column.kind == "ref"
        gone = f"The link to {quoted(target)} is lost: see {causes[0][0]}." if causes else ""
        reason = gone or self._nowhere(column, target)
        if vital:
            draft.leave_out(row, column.name, f"{reason} The record is left out.")
        elif causes:
            draft.lost.add((row, column.name))
            self.cut[causes[0]] += 1
        else:
            draft.lose_part(row, column.name, f"{reason} The link is left out.")

    def _causes(self, column: Column, target: str) -> Iterator[tuple[str, str]]:
        """File and record of the Problem by which the target went missing: one Problem for it is enough."""
        targets = [self.drafts[name] for name in column.refers_to if name in self.drafts]
        yield from ((draft.table.file, target) for draft in targets if target in draft.gone)
        yield from ((draft.table.file, "") for draft in targets if not draft.readable)

    def _nowhere(self, column: Column, target: str) -> str:
        """That there is no such record; worked out once for each id, as one slip is often made in many rows."""
        if (column.refers_to, target) not in self.unknown:
            files = [self.drafts[name].table.file if name in self.drafts else _AGGREGATES for name in column.refers_to]
            noun = _NOUN.get(column.refers_to[0], "facility")
            known = {one for name in column.refers_to for one in self.known[name]}
            said = f"There is no {noun} {quoted(target)} in {listed(files)}.{did_you_mean(target, known)}"
            self.unknown[column.refers_to, target] = said
        return self.unknown[column.refers_to, target]

    def _tell_what_was_cut(self) -> None:
        """Add to the Problem that took a record away how many links went with it."""
        for draft in self.drafts.values():
            for at, problem in enumerate(draft.problems):
                count = self.cut.pop((problem.file, problem.record), 0) if problem.severity == "error" else 0
                if count:
                    lost = "1 link to it is" if count == 1 else f"{count} links to it are"
                    draft.problems[at] = replace(problem, reason=f"{problem.reason} {lost} left out with it.")


def check_groups(drafts: dict[str, Draft]) -> None:
    """Remark on groups of records that disagree whose question is not in the list of them, where there is a list."""
    questions = drafts["conflicts"]
    known = questions.ids()
    for draft in (drafts["events"], drafts["figures"]) if known else ():
        for row in draft.rows():
            group = draft.cells["conflict_group"][row]
            if group and group not in known and group not in questions.gone:
                said = f"There is no question {quoted(group)} in {questions.table.file}."
                draft.say(row, "conflict_group", said + did_you_mean(group, known))


def cut_circles(draft: Draft, column: str, verb: str) -> None:
    """Take apart records that lead to one another in a circle: which of them comes last cannot be told.

    Parameters
    ----------
    draft : Draft
        Changed in place: the links of a circle are left out.
    column : str
        The column in which a record names another of its own table.
    verb : str
        What the one is to the other, for the Problem.
    """
    rows = {draft.cells[draft.table.key][row]: row for row in draft.rows()}
    seen: set[str] = set()
    for start in rows:
        chain: list[str] = []
        at: str | None = start
        while at and at not in seen:
            seen.add(at)
            chain.append(at)
            at = draft.cells[column][rows[at]]
        if at in chain:
            _cut_circle(draft, column, [rows[one] for one in chain[chain.index(at) :]], verb)


def _cut_circle(draft: Draft, column: str, circle: list[int], verb: str) -> None:
    for row in circle:
        draft.cells[column][row] = None
    way = f" {verb} ".join([draft.names[row] for row in [*circle, circle[0]]][:6])
    reason = f"{way}: records that lead to one another in a circle. None of these links is followed."
    draft.lose(circle[0], column, reason)
