"""A table while it is being checked: values already read, records still open to be left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry.base import BaseGeometry

from mapapp.situation.problem import Problem, Severity
from mapapp.situation.schema import Table


@dataclass(slots=True)
class Draft:
    """One table on its way from file to `Situation`.

    Attributes
    ----------
    table : Table
        Its columns.
    where : list of str
        `row 17` or `feature 3`, one for each record.
    names : list of str
        What a Problem calls each record: its id where it has one of its own.
    cells : dict of list
        By column of the schema, one value a record (see `cells.reader`).
    geometry : list
        One shape a record, or None.
    kept : list of bool
        Whether the record is still in.
    lost : set
        (position of the record, field) whose value was there and could not be used.
    problems : list of Problem
        What was found so far.
    readable : bool
        False where the file, or a column that every record needs, could not be read at all.
    gone : set of str
        The ids of records that are in the file and were left out.
    """

    table: Table
    where: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    cells: dict[str, list[Any]] = field(default_factory=dict)
    geometry: list[BaseGeometry | None] = field(default_factory=list)
    kept: list[bool] = field(default_factory=list)
    lost: set[tuple[int, str]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    readable: bool = True
    gone: set[str] = field(default_factory=set)

    def rows(self) -> Iterator[int]:
        """The positions of the records that are still in."""
        return (row for row, kept in enumerate(self.kept) if kept)

    def ids(self) -> set[str]:
        """The ids of the records that are still in."""
        return {self.cells[self.table.key][row] for row in self.rows()}

    def say(self, row: int, column: str, reason: str, severity: Severity = "warning", hidden: bool = False) -> None:
        """Remark on a record and keep it as it is."""
        self.problems.append(Problem(self.table.file, self.names[row], column, reason, severity, hidden))

    def lose(self, row: int, column: str, reason: str, hidden: bool = False) -> None:
        """Leave out one value: the record goes on without it."""
        if column == "geometry":
            self.geometry[row] = None
        elif column in self.cells:
            self.cells[column][row] = () if isinstance(self.cells[column][row], tuple) else None
        self.lose_part(row, column, reason, hidden)

    def lose_part(self, row: int, column: str, reason: str, hidden: bool = False) -> None:
        """Say that a value, or one of several in a cell, is left out; the cell itself is the caller's."""
        self.lost.add((row, column))
        self.say(row, column, reason, "error", hidden)

    def leave_out(self, row: int, column: str, reason: str) -> None:
        """Leave out the whole record."""
        self.kept[row] = False
        if self.names[row] != self.where[row]:
            self.gone.add(self.names[row])
        self.say(row, column, reason, "error", hidden=True)
