"""A Problem: one thing in a situation folder that a person should know of, in words that person can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
"""error: left out (the record, or one value). warning: kept, look at it. note: a gap that the data itself declares."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong or missing.

    Attributes
    ----------
    file : str
        The file in the folder.
    record : str
        The id of the record; `row 17` or `feature 3` where it has none of its own; empty for the whole file.
    field : str
        The column, `geometry`, or empty where the record as a whole is meant.
    reason : str
        What is wrong and what to do, as plain text.
    severity : {'error', 'warning', 'note'}
        What became of it: left out, kept, or a gap that the data itself declares.
    hidden : bool
        Whether the record can therefore not be shown on the time line or the map.
    """

    file: str
    record: str
    field: str
    reason: str
    severity: Severity = "error"
    hidden: bool = True


def not_shown(problems: Iterable[Problem]) -> int:
    """How many records are kept off the time line or the map, each counted once."""
    return len({(problem.file, problem.record) for problem in problems if problem.hidden})


def serious(problems: Iterable[Problem]) -> list[Problem]:
    """The Problems that somebody has to act on: all but the gaps that the data itself declares."""
    return [problem for problem in problems if problem.severity != "note"]
