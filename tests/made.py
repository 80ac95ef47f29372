"""Small tables made by hand, with every column of the schema and its type."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from shapely import Point, box

from mapapp.situation.schema import TABLES

DTYPES = {"date": "datetime64[s]", "int": "Int64", "float": "float64", "bool": "boolean"}


def table(name: str, rows: list[dict]) -> pd.DataFrame:
    schema = TABLES[name]
    columns = {}
    for column in schema.columns:
        empty = () if column.kind in ("refs", "actors") else None
        values = [row.get(column.name, empty) for row in rows]
        columns[column.name] = pd.Series(values, dtype=DTYPES.get(column.kind, "object"))
    return pd.DataFrame(columns).set_index(schema.key)


def events(*rows: dict) -> pd.DataFrame:
    return table("events", [{"event_id": f"X{n}", "title": f"Record {n}", **row} for n, row in enumerate(rows, 1)])


def figures(*rows: dict) -> pd.DataFrame:
    return table("figures", [{"figure_id": f"P{n}", "facility_id": "camp", **row} for n, row in enumerate(rows, 1)])


def facilities(**points: tuple[float, float] | None) -> gpd.GeoDataFrame:
    rows = [{"facility_id": name, "name": name, "facility_type": "camp", "geo_radius_km": 2} for name in points]
    spots = [Point(point) if point else None for point in points.values()]
    return gpd.GeoDataFrame(table("camps", rows), geometry=spots, crs=4326)


def places(**points: tuple[float, float]) -> gpd.GeoDataFrame:
    rows = [{"place_id": name, "name": name.title(), "place_type": "town"} for name in points]
    return gpd.GeoDataFrame(table("cities", rows), geometry=[Point(point) for point in points.values()], crs=4326)


def zones(*rows: dict) -> gpd.GeoDataFrame:
    """Each with `box`: west, south, east, north in degrees."""
    named = [{"zone_id": f"Z{n}", **row} for n, row in enumerate(rows, 1)]
    shapes = [box(*row["box"]) for row in rows]
    return gpd.GeoDataFrame(table("control_zones", named), geometry=shapes, crs=4326)
