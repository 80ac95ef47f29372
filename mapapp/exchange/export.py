"""Tables out, in the formats that other people's programs open."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from mapapp.errors import AskedWrongly, NotFound
from mapapp.exchange.hxl import tag
from mapapp.exchange.tables import Sheet, tables
from mapapp.exchange.workbook import workbook
from mapapp.situation.csv_text import csv_text
from mapapp.situation.writers import write_whole
from mapapp.timeline.timeline import Timeline

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes a CSV file for one of its own country's encoding, and Arabic is lost."""


def as_csv(sheet: Sheet) -> str:
    """Give a table as CSV: UTF-8 with a byte order mark, for Excel and for everybody else."""
    return BYTE_ORDER_MARK + csv_text(sheet.columns, sheet.rows)


def as_hxl(sheet: Sheet) -> str:
    """Give a table as CSV with a row of HXL tags under the header, and a byte order mark for Excel as in `as_csv`."""
    header, newline, rest = csv_text(sheet.columns, sheet.rows).partition("\n")
    return BYTE_ORDER_MARK + header + newline + ",".join(tag(column) for column in sheet.columns) + newline + rest


def as_json(sheets: Sequence[Sheet]) -> str:
    """Give tables as one JSON object: the name of a table -> its rows as objects, unknown as null."""
    return (
        json.dumps({sheet.name: sheet.rows for sheet in sheets}, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    )


ONE_FILE: dict[str, Callable[[Sequence[Sheet]], str | bytes]] = {"xlsx": workbook, "json": as_json}
"""Formats that hold all tables in one file."""

FILE_EACH: dict[str, Callable[[Sheet], str]] = {"csv": as_csv, "hxl": as_hxl}
"""Formats with a file for each table: a folder, or the file of one table."""

FORMATS = (*FILE_EACH, *ONE_FILE)


def chosen_sheets(sheets: Sequence[Sheet], name: str | None) -> list[Sheet]:
    """Give the table of a name, or all.

    Raises
    ------
    NotFound
        Where there is no such table.
    """
    found = [sheet for sheet in sheets if name in {None, sheet.name}]
    if not found:
        raise NotFound(f"There is no table {name!r}. Known are: {', '.join(sheet.name for sheet in sheets)}.")
    return found


def export(timeline: Timeline, day: date, to: str, out: str | Path, table: str | None = None) -> list[Path]:
    """Write every table of a time line, or one.

    Parameters
    ----------
    timeline : Timeline
        As built; of a look back, the tables are those of what was known.
    day : date
        The day of the board and of the contradictions.
    to : str
        One of `FORMATS`.
    out : str or Path
        See `write`.
    table : str, optional
        Only the table of this name (see `tables.tables`).

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    NotFound
        Where there is no such table.
    AskedWrongly
        Where there is no such format, or it cannot be written there.
    """
    if to not in FORMATS:
        raise AskedWrongly(f"There is no format {to!r}. Known are: {', '.join(FORMATS)}.")
    return write(chosen_sheets(tables(timeline, day), table), to, Path(out))


def write(sheets: Sequence[Sheet], to: str, out: Path) -> list[Path]:
    """Write tables, each file whole or not at all.

    Parameters
    ----------
    sheets : sequence of Sheet
        What to write.
    to : str
        One of `FORMATS`.
    out : Path
        The file; for several tables of a format with a file each, a folder, made if absent.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    AskedWrongly
        Where it cannot be written there.
    """
    if not out.resolve().parent.is_dir():
        raise AskedWrongly(f"There is no folder {out.parent} to write {out.name} into. Make it, or name another place.")
    if to in ONE_FILE:
        return [_written(out, ONE_FILE[to](sheets))]
    if len(sheets) == 1 and not out.is_dir():
        return [_written(out, FILE_EACH[to](sheets[0]))]
    if out.exists() and not out.is_dir():
        raise AskedWrongly(f"{out} is a file. Name a folder for the tables, or one table with --table.")
    out.mkdir(exist_ok=True)
    return [_written(out / f"{sheet.name}.csv", FILE_EACH[to](sheet)) for sheet in sheets]


def _written(path: Path, content: str | bytes) -> Path:
    if path.is_dir():
        raise AskedWrongly(f"{path} is a folder. Name the file to write.")
    write_whole(path, content)
    return path
