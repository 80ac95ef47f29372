"""Dated points on their way through: some rows of a table with their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from mapapp.errors import AskedWrongly
from mapapp.situation.wording import did_you_mean, quoted

Array = npt.NDArray[Any]

KINDS = {"csv": (".csv", ".csv.gz"), "geojson": (".geojson", ".json"), "parquet": (".parquet", ".geoparquet")}


@dataclass(frozen=True, eq=False)
class Chunk:
    """Some points.

    Attributes
    ----------
    table : pyarrow.Table
        Their columns as they stand, without a geometry.
    longitude, latitude : array of float
        Degrees, EPSG:4326; NaN where a point has no usable place.
    row : array of int
        Which row of the file each is: in CSV as a spreadsheet counts, the header being row 1; else from 1.
    faults : dict of str
        By position: why a place cannot be used.
    done : int
        How many bytes of the file have been read.
    has_geometry : bool
        Whether the places came as a geometry; else they stand in columns of the table.
    """

    table: pa.Table
    longitude: Array
    latitude: Array
    row: Array
    faults: dict[int, str]
    done: int
    has_geometry: bool = False


@dataclass(slots=True)
class Unread:
    """What was met in a file that is no point: rows that cannot be told apart into cells, a row of tags."""

    broken: dict[int, str] = field(default_factory=dict)
    tags: int = 0


class Points(Protocol):
    """A file of points, open for reading."""

    columns: list[str]
    unread: Unread

    def __iter__(self) -> Iterator[Chunk]:
        """Read it, a chunk at a time."""
        ...


def kind_of(path: Path) -> str:
    """Tell the kind of a file by the end of its name; raises AskedWrongly where it is no kind known here."""
    for kind, ends in KINDS.items():
        if path.name.lower().endswith(ends):
            return kind
    raise AskedWrongly(f"{path.name}: points are read and written as .csv, .geojson or .parquet.")


def require_column(name: str, columns: list[str], path: Path) -> None:
    """Raise AskedWrongly where a file lacks a column."""
    if name not in columns:
        raise AskedWrongly(f"{path.name} has no column {quoted(name)}.{did_you_mean(name, columns)}")


def places(longitude: pd.Series, latitude: pd.Series) -> tuple[Array, Array, dict[int, str]]:
    """Read two columns of degrees.

    Returns
    -------
    tuple of two arrays of float, and dict of str
        Longitude and latitude, NaN where either cannot be used; and by position why, but not where both are empty.
    """
    read = [pd.to_numeric(column, errors="coerce").to_numpy(dtype=float) for column in (longitude, latitude)]
    x, y = read
    given = [column.notna() & (column.astype(str).str.strip() != "") for column in (longitude, latitude)]
    faulty = (given[0] | given[1]).to_numpy() & ~((np.abs(x) <= 180) & (np.abs(y) <= 90))
    faults = {
        int(at): f"{quoted(longitude.iloc[at])}, {quoted(latitude.iloc[at])} are no longitude and latitude in degrees"
        for at in np.flatnonzero(faulty)
    }
    usable = np.isfinite(x) & np.isfinite(y) & ~faulty
    return np.where(usable, x, np.nan), np.where(usable, y, np.nan), faults
