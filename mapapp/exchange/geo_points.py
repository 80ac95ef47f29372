"""Points in files that have a geometry: GeoJSON and GeoParquet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pyogrio.errors
import pyproj
import shapely
from pyproj.exceptions import CRSError

from mapapp.errors import AskedWrongly
from mapapp.exchange.points import Chunk, Unread, places, require_column

Array = npt.NDArray[Any]

ROWS = 250_000
POINT = 0


class GeoJsonPoints:
    """A GeoJSON file of points."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.unread = Unread()
        try:
            self.columns = [str(name) for name in pyogrio.read_info(path)["fields"]]
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
            raise AskedWrongly(f"{path.name} cannot be read ({error}).") from error

    def __iter__(self) -> Iterator[Chunk]:
        """Read it, a chunk at a time."""
        first, size = 1, self._path.stat().st_size
        total = max(1, pyogrio.read_info(self._path, force_feature_count=True)["features"])
        with pyogrio.open_arrow(self._path, batch_size=ROWS, use_pyarrow=True) as (meta, reader):
            name = meta["geometry_name"] or "wkb_geometry"
            for batch in reader:
                table = pa.Table.from_batches([batch])
                shapes = shapely.from_wkb(table[name].to_pylist(), on_invalid="ignore")
                table = table.drop_columns([name])
                last = first + len(table)
                yield _chunk(table, shapes, meta["crs"], first, size * (last - 1) // total)
                first = last


class ParquetPoints:
    """A GeoParquet file of points, or a Parquet file with columns of degrees."""

    def __init__(self, path: Path, longitude: str, latitude: str) -> None:
        self._path = path
        self._longitude, self._latitude = longitude, latitude
        self.unread = Unread()
        try:
            with pq.ParquetFile(path) as file:
                schema = file.schema_arrow
        except (pa.ArrowInvalid, OSError) as error:
            raise AskedWrongly(f"{path.name} cannot be read as Parquet ({error}).") from error
        self._geometry, self._crs = _geometry_of(schema)
        self.columns = [name for name in schema.names if name != self._geometry]
        if not self._geometry:
            for name in (longitude, latitude):
                require_column(name, self.columns, path)

    def __iter__(self) -> Iterator[Chunk]:
        """Read it, a chunk at a time."""
        first, size = 1, self._path.stat().st_size
        with pq.ParquetFile(self._path) as file:
            total = max(1, file.metadata.num_rows)
            for batch in file.iter_batches(ROWS):
                table = pa.Table.from_batches([batch]).replace_schema_metadata()
                last = first + len(table)
                done = size * (last - 1) // total
                if self._geometry:
                    shapes = shapely.from_wkb(table[self._geometry].to_pylist(), on_invalid="ignore")
                    yield _chunk(table.drop_columns([self._geometry]), shapes, self._crs, first, done)
                else:
                    x, y, faults = places(*(table[n].to_pandas() for n in (self._longitude, self._latitude)))
                    yield Chunk(table, x, y, np.arange(first, last), faults, done)
                first = last


def _chunk(table: pa.Table, shapes: Array, crs: Any, first: int, done: int) -> Chunk:
    """Points with their places in degrees."""
    is_point = shapely.get_type_id(shapes) == POINT
    xy = np.full((len(shapes), 2), np.nan)
    xy[is_point] = np.column_stack([shapely.get_x(shapes[is_point]), shapely.get_y(shapes[is_point])])
    if crs is not None:
        system = pyproj.CRS.from_user_input(crs)
        if not system.equals(pyproj.CRS(4326), ignore_axis_order=True):
            there = pyproj.Transformer.from_crs(system, 4326, always_xy=True)
            xy[is_point] = np.column_stack(there.transform(*xy[is_point].T))
    off = is_point & ~((np.abs(xy[:, 0]) <= 180) & (np.abs(xy[:, 1]) <= 90)) & ~shapely.is_empty(shapes)
    faults = {int(at): "the point is not on the Earth" for at in np.flatnonzero(off)}
    other = ~is_point & ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    faults |= {int(at): f"it is a {shapes[at].geom_type}, not a point" for at in np.flatnonzero(other)}
    xy[off] = np.nan
    return Chunk(table, xy[:, 0], xy[:, 1], np.arange(first, first + len(table)), faults, done, has_geometry=True)


def _geometry_of(schema: pa.Schema) -> tuple[str, Any]:
    """The name of the geometry column and its coordinate system; empty where a Parquet file has none."""
    try:
        geo = json.loads((schema.metadata or {})[b"geo"])
        column = geo["primary_column"]
        crs = geo["columns"][column].get("crs", "OGC:CRS84")
        return column, pyproj.CRS.from_user_input(crs) if crs is not None else None
    except (KeyError, ValueError, TypeError, AttributeError, CRSError):
        return "", None
