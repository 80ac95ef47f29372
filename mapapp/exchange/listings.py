"""Changes and contradictions as text: for a terminal, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mapapp.exchange.report import view
from mapapp.exchange.tables import CLASH, clash_rows
from mapapp.situation.csv_text import csv_text
from mapapp.timeline.records import Record
from mapapp.timeline.timeline import Timeline

CHANGE = ("about", "id", "name", "attribute", "before", "after", "kind", "on", "km2", "event_ids", "source_ids")


def changes_csv(found: dict[str, Any]) -> str:
    """Give what changed (see `changes.changes`) as CSV: one line for each change, whatever it is about."""
    rows = [
        *({"about": "facility", **row} for row in found["facilities"]),
        *({"about": "place", **row} for row in found["places"]),
        *({"about": "ground", "before": row["from"], "after": row["to"], "km2": row["km2"]} for row in _passed(found)),
        *(_clash(row, "first") for row in found["contradictions"]["new"]),
        *(_clash(row, "gone") for row in found["contradictions"]["settled"]),
        *(_figure(row) for row in found["figures"]),
        *(_count(row) for row in found["counts"]),
        *(_late(row) for row in found["late"]),
    ]
    return csv_text(CHANGE, [{name: row.get(name) for name in CHANGE} for row in rows]).rstrip("\n")


def _passed(found: dict[str, Any]) -> list[Record]:
    passed: list[Record] = found["ground"]["passed"]
    return passed


def _clash(row: Record, kind: str) -> Record:
    ids = [one["id"] for side in row["sides"] for one in side["records"]]
    return {
        "about": "contradiction",
        "id": row["rule"],
        "name": row["text"],
        "kind": kind,
        "on": row["since"],
        "event_ids": ids,
    }


def _figure(row: Record) -> Record:
    before = row["revises"]["said"] if row["revises"] else None
    told = {"about": "head count", "id": row["figure_id"], "attribute": row["claimed_by"], "on": row["as_of_date"]}
    return {**told, "name": row["name"], "before": before, "after": row["said"], "source_ids": row["source_ids"]}


def _count(row: Record) -> Record:
    told = {
        "about": "count",
        "id": row["event_id"],
        "name": row["title"],
        "attribute": row["quantity"],
        "on": row["date"],
    }
    return {**told, "after": row["said"], "source_ids": row["source_ids"]}


def _late(row: Record) -> Record:
    told = {"about": "came later", "id": row["id"], "name": row["title"], "kind": row["kind"], "on": row["known_on"]}
    return {**told, "before": row["was"], "after": row["now"], "source_ids": row["source_ids"]}


def changes_table(found: dict[str, Any], timeline: Timeline) -> str:
    """Give what changed as aligned text."""
    seen = view(found, timeline)
    parts = [
        _titled("GROUND", [(row["from"], f"→ {row['to']}", f"{row['km2']:,.1f} km2") for row in seen["passed"]]),
        _titled("FACILITIES", [(", ".join(row["names"]), row["attribute"], row["way"]) for row in seen["facilities"]]),
        _titled("PLACES", [(", ".join(row["names"]), row["attribute"], row["way"]) for row in seen["places"]]),
        _titled("NEW CONTRADICTIONS", [(row["since"] or "", row["text"]) for row in seen["new"]]),
        _titled("SETTLED", [(row["since"] or "", row["text"]) for row in seen["settled"]]),
        _titled("FIGURES", [(row["as_of_date"], row["name"], _persons(row)) for row in seen["figures"]]),
        _titled("COUNTS", [(row["date"], row["title"], row["said"]) for row in seen["counts"]]),
        _titled("CAME LATER", [(row["known_on"] or "", row["kind"], row["title"]) for row in seen["late"]]),
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part) or "Nothing changed."


def _persons(row: Record) -> str:
    return f"{row['said']} {row['unit']}"


def contradictions_csv(rows: Sequence[Record]) -> str:
    """Give contradictions (see `contradictions.contradictions`) as CSV, one line for each."""
    return csv_text(CLASH, clash_rows(rows)).rstrip("\n")


def contradictions_table(rows: Sequence[Record]) -> str:
    """Give contradictions as text, rule by rule, with the records on each side under each."""
    lines: list[str] = []
    for row in rows:
        since = f" (since {row['since']}, {row['days']} days)" if row["since"] else ""
        lines += ["", f"[{row['rule']}] {row['text']}{since}"]
        lines += [
            f"    {side['says']}: {', '.join(_record(one) for one in side['records']) or 'no record'}"
            for side in row["sides"]
        ]
    return "\n".join(_one_line(line) for line in lines[1:]) or "No contradictions."


def _record(one: Record) -> str:
    return f"{one['id']} ({one['standing']})"


def _titled(title: str, rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(min(width, 60)) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join([title, *(_one_line(line.rstrip()) for line in lines)])


def _one_line(text: str) -> str:
    """Names come from outside: nothing in them may break a line or steer a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
