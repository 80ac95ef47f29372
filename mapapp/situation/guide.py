"""The guide to the files of a situation folder, written from the schema: `python -m mapapp.situation.guide FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

from mapapp.situation.codes import CODES
from mapapp.situation.schema import TABLES, Column, Table

INTRODUCTION = """# The files of a situation folder

Written from `mapapp/situation/schema.py`: do not edit by hand.

Dates are `YYYY-MM-DD`. Several ids in one cell have `;` between them. An empty cell means unknown, never zero.
GeoJSON is EPSG:4326, longitude before latitude (RFC 7946). CSV is UTF-8 with commas.
"""


def markdown() -> str:
    """The whole guide as Markdown: one section a file, then every list of codes."""
    parts = [INTRODUCTION, *(_table(table) for table in TABLES.values()), "## Codes\n", *map(_codes, sorted(CODES))]
    return "\n".join(parts)


def _table(table: Table) -> str:
    geometry = f" Geometry: {table.geometry}." if table.geometry else ""
    head = f"## {table.file}\n\n{table.meaning}{geometry}\n\n| column | holds | needed | meaning |\n|---|---|---|---|"
    return "\n".join([head, *map(_column, table.columns), ""])


def _column(column: Column) -> str:
    standard = f" ({column.standard})" if column.standard else ""
    return f"| `{column.name}` | {_holds(column)} | {'yes' if column.required else ''} | {column.meaning}{standard} |"


def _holds(column: Column) -> str:
    if column.codes:
        return f"code: [{column.codes}](#{column.codes})"
    if column.refers_to:
        return f"{column.kind} to {' or '.join(column.refers_to)}"
    return column.kind


def _codes(name: str) -> str:
    rows = [f"| `{code}` | {meaning} |" for code, meaning in CODES[name].items()]
    return "\n".join([f"### {name}\n\n| code | meaning |\n|---|---|", *rows, ""])


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(markdown(), encoding="utf-8")
