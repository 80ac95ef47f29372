"""The list of Problems as a person or a program reads it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby

from mapapp.situation.problem import Problem, not_shown


def as_text(problems: Sequence[Problem]) -> str:
    """Problems under the name of their file, one a line, and a last line that counts them."""
    lines = []
    for file, found in groupby(problems, key=lambda problem: problem.file):
        lines += [file, *_aligned([(p.severity, p.record or "(file)", p.field, p.reason) for p in found]), ""]
    return "\n".join([*lines, count_line(problems)])


def as_json(problems: Sequence[Problem]) -> str:
    """Problems as a JSON list of objects with file, record, field, reason, severity and hidden."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1)


def count_line(problems: Sequence[Problem]) -> str:
    """How many Problems there are of each severity, and how many records are not shown."""
    count = Counter(problem.severity for problem in problems)
    kinds = [_counted(count["error"], "error"), _counted(count["warning"], "warning"), _counted(count["note"], "note")]
    hidden = not_shown(problems)
    return f"{', '.join(kinds)}. {_counted(hidden, 'record')} not shown."


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _aligned(rows: list[tuple[str, str, str, str]]) -> list[str]:
    widths = [min(max(len(row[column]) for row in rows), 40) for column in range(3)]
    return [f"  {'  '.join([*(c.ljust(w) for c, w in zip(row, widths, strict=False)), row[3]])}" for row in rows]
