"""Writing situation files: the same data gives the same bytes, and a file is written whole or not at all."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from mapapp.errors import AskedWrongly
from mapapp.situation.schema import Column, Table

DECIMALS = 5
"""Of longitude and latitude: about a metre."""


def write_features(frame: gpd.GeoDataFrame, table: Table, path: Path, **members: str) -> None:
    """Write a layer as GeoJSON (RFC 7946), one feature a line, in the order of its rows.

    Parameters
    ----------
    frame : GeoDataFrame
        EPSG:4326 (longitude, latitude), indexed by the key of the table. Unknown values are written as null.
    table : Table
        Which columns are written, and in which order.
    path : Path
        The file; its folder must be there. It is replaced in one step.
    **members : str
        Further members of the collection, such as `method`.
    """
    head = json.dumps({"type": "FeatureCollection", "name": table.name, **members}, ensure_ascii=False)
    write_whole(path, head[:-1] + ', "features": [\n' + ",\n".join(_features(frame, table)) + "\n]}\n")


def require_folder_of(path: Path) -> None:
    """Refuse a file whose folder is not there, before any work is done for it.

    Raises
    ------
    AskedWrongly
        Where it is not there.
    """
    if not path.parent.is_dir():
        folder, name = path.parent, path.name
        raise AskedWrongly(f"There is no folder {folder} to write {name} into. Make it, or name another file.")


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file beside its place and move it there, so that nobody meets half of it; a text is written as UTF-8.

    Raises
    ------
    AskedWrongly
        Where the file cannot be written. What was there before is then as it was.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise AskedWrongly(f"{path} cannot be written ({error.strerror}).") from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        beside.chmod(_mode(path))
        beside.replace(path)
    except OSError as error:
        raise AskedWrongly(f"{path} cannot be written ({error.strerror}).") from error
    finally:
        beside.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced; for a new one those that every program gives."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _features(frame: gpd.GeoDataFrame, table: Table) -> Iterator[str]:
    rows = frame.drop(columns=frame.geometry.name).reset_index()
    for (_, row), shape in zip(rows.iterrows(), frame.geometry, strict=True):
        properties = {column.name: _plain(row[column.name], column) for column in table.columns}
        geometry = None if shape is None else _geometry(shape)
        feature = {"type": "Feature", "properties": properties, "geometry": geometry}
        yield json.dumps(feature, ensure_ascii=False, allow_nan=False)


def _plain(value: Any, column: Column) -> Any:
    if column.kind in ("refs", "actors"):
        return ";".join(value) or None
    if value is None or pd.isna(value):
        return None
    if column.kind == "date":
        return value.date().isoformat()
    return value.item() if hasattr(value, "item") else value


def _geometry(shape: Any) -> dict[str, Any]:
    """RFC 7946: outer rings against the clock, coordinates rounded."""
    geometry: dict[str, Any] = json.loads(shapely.to_geojson(shapely.orient_polygons(shape)))
    return {**geometry, "coordinates": _rounded(geometry["coordinates"])}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, list):
        return [_rounded(one) for one in coordinates]
    return round(coordinates, DECIMALS)
