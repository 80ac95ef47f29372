"""Joining other people's dated points with the ground of their day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from mapapp.errors import AskedWrongly, NotFound
from mapapp.exchange.csv_points import CsvPoints
from mapapp.exchange.days import numbered
from mapapp.exchange.geo_points import GeoJsonPoints, ParquetPoints
from mapapp.exchange.points import Chunk, Points, kind_of, require_column
from mapapp.exchange.points_out import written
from mapapp.situation.problem import Problem, Severity
from mapapp.timeline.lookup import NO_DAY, NONE, Lookup

Array = npt.NDArray[Any]

JOINED = pa.schema([("holder", pa.string()), ("front_km", pa.float64()), ("days_since_change", pa.int64())])
RUNS = 20
"""So many runs of rows are named one by one; the rest are counted."""
REASONS = 20
"""So many different reasons are told one by one."""


@dataclass(slots=True)
class Rows:
    """Rows of which the same is to be told: how many, and the first runs of them."""

    count: int = 0
    runs: list[tuple[int, int]] = field(default_factory=list)

    def add(self, rows: Array) -> None:
        """Enter rows, in order."""
        self.count += len(rows)
        turns = np.flatnonzero(np.diff(rows) != 1)
        firsts, lasts = rows[np.r_[0, turns + 1][: RUNS + 1]], rows[np.r_[turns, -1][: RUNS + 1]]
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
            if self.runs and self.runs[-1][1] == first - 1:
                self.runs[-1] = (self.runs[-1][0], last)
            elif len(self.runs) < RUNS:
                self.runs.append((first, last))

    def named(self) -> str:
        """The rows in words: `row 5`, `rows 5, 9-14 and 1,200 more`."""
        told = sum(last - first + 1 for first, last in self.runs)
        runs = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in self.runs)
        more = f" and {self.count - told:,} more" if self.count > told else ""
        return f"{'row' if self.count == 1 else 'rows'} {runs}{more}"


@dataclass(slots=True)
class Joined:
    """What came of a join.

    Attributes
    ----------
    points, held : int
        How many points there were, and how many of them have a holder.
    told : dict of Rows
        Severity, field and reason -> the rows.
    """

    points: int = 0
    held: int = 0
    told: dict[tuple[Severity, str, str], Rows] = field(default_factory=dict)

    def tell(self, severity: Severity, of: str, reason: str, rows: Array) -> None:
        """Enter rows with what is to be told of them."""
        if not len(rows):
            return
        known = (severity, of, reason) in self.told
        if not known and sum(key[:2] == (severity, of) for key in self.told) >= REASONS:
            reason = "other values that cannot be read"
        self.told.setdefault((severity, of, reason), Rows()).add(rows)

    def take(self, chunk: Chunk, days: Array, faults: dict[int, str], found: pd.DataFrame, date_column: str) -> None:
        """Enter what came of some points."""
        held, outside = found["holder"].notna().to_numpy(), found["unit"].to_numpy() == NONE
        self.points += len(found)
        self.held += int(held.sum())
        for field_name, reasons in (("place", chunk.faults), (date_column, faults)):
            for reason in dict.fromkeys(reasons.values()):
                at = np.array([position for position, why in reasons.items() if why == reason], dtype=np.int64)
                self.tell("error", field_name, reason.rstrip("."), chunk.row[at])
        placed, dated = np.isfinite(chunk.longitude), days != NO_DAY
        lost, undated = ~placed, ~dated
        lost[list(chunk.faults)] = False
        undated[list(faults)] = False
        for field_name, reason, which in (
            ("place", "they have no place", lost),
            (date_column, "they have no day", undated),
            ("place", "they lie outside the ground that anybody ever held", placed & outside),
            (date_column, "nobody is known to have held the ground on their day", placed & dated & ~outside & ~held),
        ):
            self.tell("note", field_name, reason, chunk.row[which])

    def tell_unread(self, points: Points) -> None:
        """Enter what was met in the file that is no point."""
        for reason in dict.fromkeys(points.unread.broken.values()):
            rows = sorted(row for row, why in points.unread.broken.items() if why == reason)
            self.tell("error", "", f"{reason}; left out", np.array(rows))
        if points.unread.tags:
            self.tell("note", "", "it holds HXL tags and is left out", np.array([2]))

    def problems(self, file: str) -> list[Problem]:
        """One Problem for each thing that is to be told."""
        return [
            Problem(file, rows.named(), of, f"{_counted(rows.count)}: {reason}.", severity, severity == "error")
            for (severity, of, reason), rows in self.told.items()
        ]


def join_points(
    path: Path,
    out: Path,
    lookup: Lookup,
    columns: tuple[str, str, str],
    progress: Callable[[int, int], None] = lambda done, points: None,
) -> tuple[Joined, list[Problem]]:
    """Join a file of dated points with the ground of their day, in bounded memory.

    Parameters
    ----------
    path : Path
        Points in .csv (or .csv.gz), .geojson or .parquet.
    out : Path
        The file to write, in any of these formats: all columns, and `holder` (empty: unknown), `front_km` and
        `days_since_change` (see `timeline.lookup.Lookup.join`), in the order of the rows.
    lookup : Lookup
        The ground.
    columns : tuple of three str
        The columns of the date, the longitude and the latitude; the last two count where there is no geometry.
    progress : callable
        Takes how many bytes are read and how many points are joined.

    Returns
    -------
    tuple of Joined, and list of Problem
        How many points were joined, and what is to be told of rows.

    Raises
    ------
    NotFound, AskedWrongly
        Where the file is not there or cannot be used as it is.
    """
    points = open_points(path, columns[1], columns[2])
    require_column(columns[0], points.columns, path)
    taken = sorted(set(JOINED.names) & set(points.columns))
    if taken:
        raise AskedWrongly(
            f"{path.name} has columns {', '.join(taken)} already. Rename them, or join the original file."
        )
    if out.exists() and out.samefile(path):
        raise AskedWrongly("The joined points cannot replace the file that they are read from. Name another --out.")
    joined = Joined()
    with written(out) as output:
        for chunk in points:
            days, faults = numbered(chunk.table[columns[0]].to_pandas())
            found = lookup.join(chunk.longitude, chunk.latitude, days)
            joined.take(chunk, days, faults, found, columns[0])
            output.write(_with(chunk.table, found), chunk)
            progress(chunk.done, joined.points)
    joined.tell_unread(points)
    if output.guarded:
        reason = f"{output.guarded:,} cells that a spreadsheet would run as formulas have an apostrophe before them now"
        return joined, [*joined.problems(path.name), Problem(out.name, "", "", f"{reason}.", "note", hidden=False)]
    return joined, joined.problems(path.name)


def open_points(path: Path, longitude: str, latitude: str) -> Points:
    """Open a file of points by the end of its name; raises NotFound or AskedWrongly where that cannot be."""
    if not path.is_file():
        raise NotFound(f"There is no file {path}.")
    kind = kind_of(path)
    if kind == "csv":
        return CsvPoints(path, longitude, latitude)
    return GeoJsonPoints(path) if kind == "geojson" else ParquetPoints(path, longitude, latitude)


def _counted(points: int) -> str:
    return "1 point" if points == 1 else f"{points:,} points"


def _with(table: pa.Table, found: pd.DataFrame) -> pa.Table:
    """The table with the columns that were joined to it."""
    joined = pa.Table.from_pandas(found[JOINED.names].round({"front_km": 3}), JOINED, preserve_index=False)
    for name in JOINED.names:
        table = table.append_column(JOINED.field(name), joined[name])
    return table
