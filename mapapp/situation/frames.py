"""From checked drafts to tables: every column of the schema, in its order, with one type for each kind of value."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd

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
    columns = {column.name: _series([draft.cells[column.name][row] for row in rows], column.kind)
               for column in draft.table.columns}  # fmt: skip
    key = columns.pop(draft.table.key)
    table = pd.DataFrame(columns)
    table.index = pd.Index(key, dtype=object, name=draft.table.key)
    return table


def geo_frame(draft: Draft) -> gpd.GeoDataFrame:
    """The same as `frame`, with the shapes: longitude before latitude, EPSG:4326, None where there is none."""
    table = frame(draft)
    return gpd.GeoDataFrame(table, geometry=[draft.geometry[row] for row in draft.rows()], crs=CRS)


def facilities(camps: Draft, prisons: Draft) -> gpd.GeoDataFrame:
    """Camps and prisons in one table, with the column `file` that says where each comes from."""
    both = [geo_frame(draft).assign(file=draft.table.file) for draft in (camps, prisons)]
    joined = pd.concat(both).astype({"file": object})
    return gpd.GeoDataFrame(joined, geometry="geometry", crs=CRS)


def _series(values: list[Any], kind: Kind) -> pd.Series[Any]:
    if kind == "date":
        return pd.Series(
            pd.array([None if day is None else pd.Timestamp(day) for day in values], dtype="datetime64[s]")
        )
    return pd.Series(values, dtype=_DTYPES.get(kind, "object"))
