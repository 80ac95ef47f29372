"""From a table as it stands in its file to values that the columns of the schema promise, cell by cell."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from mapapp.situation.cells import Cell, reader
from mapapp.situation.draft import Draft
from mapapp.situation.problem import Problem
from mapapp.situation.raw import RawRecord, RawTable
from mapapp.situation.schema import STATES, Column, Table
from mapapp.situation.wording import closest, did_you_mean, quoted, visible

DAY_COLUMN = {"events": "event_date", "figures": "as_of_date"}
"""By table: the day under which its records are shown. Without it a record has no place in time."""
_BOUNDS = {"events": ("event_date", "valid_to"), "control_zones": ("valid_from", "valid_to")}
"""By table: the days that bound what a record says. Left out, the record would say that it holds for ever."""


def read_values(raw: RawTable, table: Table, actors: Collection[str]) -> Draft:
    """Read every cell of a table.

    Parameters
    ----------
    raw : RawTable
        The table as it stands.
    table : Table
        What it should hold.
    actors : collection of str
        The ids of the known actors.

    Returns
    -------
    Draft
        With all columns of the schema. Records without a usable id or without a required value are left out.
    """
    where = [record.where for record in raw.records]
    draft = Draft(table, where, list(where), problems=list(raw.problems), readable=raw.readable)
    draft.kept, draft.geometry = [True] * len(where), [None] * len(where)
    absent = _check_columns(draft, raw)
    for column in sorted(table.columns, key=lambda column: column.kind != "id"):
        _read_column(draft, raw, column, actors)
        if column.required and column.name not in absent:
            _require(draft, column)
    draft.readable &= not absent
    draft.gone |= raw.gone
    return draft


def _check_columns(draft: Draft, raw: RawTable) -> set[str]:
    """Say which needed columns are missing and which columns mean nothing here; give the missing ones."""
    table = draft.table
    unknown = [name for name in raw.columns if name not in table.names and name.strip()]
    absent = {c.name for c in table.columns if c.required and c.name not in raw.columns} if raw.records else set()
    for name in [name for name in table.names if name in absent]:
        alike = [other for other in unknown if closest(other, table.names) == name]
        draft.problems.append(_missing_column(table, name, alike))
        unknown = [other for other in unknown if other not in alike]
        draft.kept = [False] * len(draft.where)
    for name in unknown:
        reason = f"The column {quoted(name)} is not known here and is not read.{did_you_mean(name, table.names)}"
        draft.problems.append(Problem(table.file, "", visible(name)[:100], reason, "warning", hidden=False))
    if any("" in record.cells for record in raw.records):
        reason = "A column without a name holds values. They are not read: give the column a name."
        draft.problems.append(Problem(table.file, "", "", reason, "warning", hidden=False))
    return absent


def _missing_column(table: Table, name: str, alike: list[str]) -> Problem:
    hint = f" There is a column {quoted(alike[0])}: is it the same?" if alike else ""
    return Problem(table.file, "", name, f"The column is missing. No record can be shown without it.{hint}")


def _read_column(draft: Draft, raw: RawTable, column: Column, actors: Collection[str]) -> None:
    table, read = draft.table, reader(column, actors)
    known: dict[tuple[type, Any], Cell] = {}
    values: list[Any] = []
    draft.cells[column.name] = values
    for row, record in enumerate(raw.records):
        found = record.cells.get(column.name)
        key = (type(found), found) if isinstance(found, str | int | float) else None
        cell = known.get(key) if key else None
        if cell is None:
            cell = read(found)
            if key:
                known[key] = cell
        values.append(cell.value if cell.value is not None else () if column.kind in ("refs", "actors") else None)
        if column.kind == "id" and cell.value:
            draft.names[row] = cell.value
        if cell.reason and draft.kept[row]:
            _report(draft, row, column, cell, column.required or _bounds_a_state(table, column, record))


def _report(draft: Draft, row: int, column: Column, cell: Cell, vital: bool) -> None:
    if cell.severity != "error":
        draft.say(row, column.name, cell.reason, cell.severity)
    elif vital:
        draft.leave_out(row, column.name, f"{cell.reason} The record is left out.")
    else:
        draft.lose(row, column.name, cell.reason, hidden=column.name == DAY_COLUMN.get(draft.table.name))


def _bounds_a_state(table: Table, column: Column, record: RawRecord) -> bool:
    bounds = column.name in _BOUNDS.get(table.name, ())
    return bounds and (table.name != "events" or record.cells.get("event_type") in STATES)


def _require(draft: Draft, column: Column) -> None:
    for row in draft.rows():
        if not draft.cells[column.name][row]:
            what = "id" if column.kind == "id" else "value"
            draft.leave_out(
                row, column.name, f"The {what} is empty, and every record needs one. The record is left out."
            )
