"""A table as it stands in its file, before anything in it is believed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mapapp.situation.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One row or feature.

    Attributes
    ----------
    where : str
        `row 17` as a spreadsheet counts (the header is row 1), or `feature 3` counted from 1.
    cells : dict
        By column name: texts from CSV, any JSON value from GeoJSON.
    geometry : object
        The GeoJSON geometry as found, or None.
    """

    where: str
    cells: dict[str, Any]
    geometry: Any = None


@dataclass(slots=True)
class RawTable:
    """One file.

    Attributes
    ----------
    file : str
        Its name in the folder.
    columns : tuple of str
        The columns found, in order of appearance.
    records : list of RawRecord
        Those that could be told apart from one another.
    problems : list of Problem
        About the file as a whole and the records that could not be read at all.
    readable : bool
        False where nothing could be read: other records' links into it can then not be judged.
    crs : str
        The name of the coordinate reference system that the file declares; empty for none (EPSG:4326).
    gone : set of str
        The ids of records that are in the file and could not be read.
    """

    file: str
    columns: tuple[str, ...] = ()
    records: list[RawRecord] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    readable: bool = True
    crs: str = ""
    gone: set[str] = field(default_factory=set)

    def unreadable(self, reason: str, severity: Severity = "error") -> RawTable:
        """Say why the file cannot be read; give the table itself."""
        self.problems.append(Problem(self.file, "", "", reason, severity, severity == "error"))
        self.readable = False
        return self

    def left_out(self, where: str, reason: str, column: str = "") -> None:
        """Say why a record cannot be read."""
        self.problems.append(Problem(self.file, where, column, reason))
