"""The commands that answer with tables: what changed, what contradicts itself, and every table as a file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from mapapp.errors import AskedWrongly
from mapapp.exchange import export, listings, report
from mapapp.exchange.tables import tables
from mapapp.situation.dates import asked_day
from mapapp.situation.problem import Problem
from mapapp.situation.situation import Situation, load
from mapapp.timeline.changes import changes
from mapapp.timeline.contradictions import contradictions
from mapapp.timeline.lookback import look_back, require_on_record
from mapapp.timeline.timeline import Timeline, build

Outcome = tuple[str, Sequence[Problem]]
"""What a command says, and the Problems of the data it speaks of."""


def answer_changes(args: argparse.Namespace) -> Outcome:
    """Say what changed between two days."""
    first, last = asked_day(args.first), asked_day(args.last)
    if last < first:
        raise AskedWrongly(f"The last day {last} is before the first day {first}.")
    known_from, known_to = (asked_day(day) if day else None for day in _known_days(args))
    situation = load(args.folder)
    before = _built(situation, known_from, args)
    after = before if known_from == known_to else _built(situation, known_to, args)
    require_on_record(before, first)
    found = changes(before, first, after, last)
    return _changes_as(args.format, found, after), after.problems


def _known_days(args: argparse.Namespace) -> tuple[str | None, str | None]:
    return args.known_from or args.known, args.known_to or args.known


def _built(situation: Situation, day_known: date | None, args: argparse.Namespace) -> Timeline:
    return build(look_back(situation, day_known, args.confirmed_only, args.audience))


def _changes_as(form: str, found: dict[str, Any], timeline: Timeline) -> str:
    if form == "json":
        return _as_json(found)
    if form == "csv":
        return listings.changes_csv(found)
    make = {"markdown": report.markdown, "html": report.html}.get(form)
    return make(found, timeline).rstrip("\n") if make else listings.changes_table(found, timeline)


def answer_contradictions(args: argparse.Namespace) -> Outcome:
    """List what the records of a day say against one another."""
    day = asked_day(args.date)
    known = asked_day(args.known) if args.known else None
    timeline = _built(load(args.folder), known, args)
    require_on_record(timeline, day)
    rows = contradictions(timeline, day)
    if args.format == "json":
        return _as_json(rows), timeline.problems
    made = listings.contradictions_csv if args.format == "csv" else listings.contradictions_table
    return made(rows), timeline.problems


def answer_export(args: argparse.Namespace) -> Outcome:
    """Write every table, or one."""
    situation = load(args.folder)
    day = asked_day(args.date) if args.date else situation.last_day
    known = asked_day(args.known) if args.known else None
    timeline = _built(situation, known, args)
    sheets = export.chosen_sheets(tables(timeline, day), args.table)
    if args.to in export.FILE_EACH and args.table is None and Path(args.out).suffix:
        raise AskedWrongly(f"{args.to} has a file for each table: name a folder, or one table with --table.")
    sys.stderr.write(f"mapapp: writing {len(sheets)} tables\n")
    written = export.write(sheets, args.to, Path(args.out))
    return "\n".join(map(str, written)), timeline.problems


def _as_json(found: Any) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False)
