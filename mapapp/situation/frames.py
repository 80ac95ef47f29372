"""From checked drafts to tables: every column of the schema, in its order, with one type for each kind of value."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry.base import BaseGeometry

from mapapp.situation.draft import Draft
from mapapp.situation.schema import Kind

CRS = "EPSG:4326"
_DTYPES: dict[Kind, str] = {"date": "datetime64[s]", "int": "Int64", "float": "float64", "bool": "boolean"}
"""The other kinds are Python objects: str or None, and tuples of str."""


def frame(draft: Draft) -> pd.DataFrame:
    """The table of a draft's records that are still in.

    Returns
    -------
    DataFrame
        Index: the id. Unknown is None for texts, ids and codes, an empty tuple for several ids, NaT for days, NA for
        whole numbers and yes/no, NaN for other numbers.
    """
    rows = list(draft.rows())
    columns = {column.name: _array([draft.cells[column.name][row] for row in rows], column.kind)
               for column in draft.table.columns}  # fmt: skip
    key = columns.pop(draft.table.key)
    table = pd.DataFrame(columns)
    table.index = pd.Index(key, dtype=object, name=draft.table.key)
    return table


def geo_frame(draft: Draft) -> gpd.GeoDataFrame:
    """The same as `frame`, with the shapes: longitude before latitude, EPSG:4326, None where there is none."""
    return gpd.GeoDataFrame(frame(draft), geometry=_shapes(draft), crs=CRS)


def facilities(camps: Draft, prisons: Draft) -> gpd.GeoDataFrame:
    """Camps and prisons in one table, with the column `file` that says where each comes from."""
    tables = [frame(camps), frame(prisons)]
    both = pd.concat(tables)
    both.index = pd.Index([one for table in tables for one in table.index], dtype=object, name=both.index.name)
    files = [draft.table.file for draft in (camps, prisons) for _ in draft.rows()]
    both["file"] = pd.Series(files, dtype=object, index=both.index)
    return gpd.GeoDataFrame(both, geometry=_shapes(camps) + _shapes(prisons), crs=CRS)


def _shapes(draft: Draft) -> list[BaseGeometry | None]:
    return [draft.geometry[row] for row in draft.rows()]


def _array(values: list[Any], kind: Kind) -> Any:
    if kind in ("date", "float"):
        return np.array(values, dtype=_DTYPES[kind])
    # Given as a series: an array of objects would be taken for one of texts.
    return pd.Series(values, dtype=_DTYPES.get(kind, "object"))
