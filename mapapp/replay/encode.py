"""Numbers and text as the page carries them: day numbers, whole-number coordinates, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import shapely

EPOCH = pd.Timestamp("1970-01-01")


@lru_cache(maxsize=10_000)  # there are few days, each told many times
def day_number(value: Any) -> int | None:
    """Days from 1970-01-01 to a date; None where it is not known.

    Parameters
    ----------
    value : date, datetime64, str or missing
        A calendar day; a time of day is cut off.

    Returns
    -------
    int or None
        Whole days, negative before 1970. No time zone takes part.
    """
    stamp = pd.Timestamp(value)
    return None if pd.isna(stamp) else (stamp.normalize() - EPOCH).days


def delta(coordinates: np.ndarray, scale: int) -> list[int]:
    """Coordinates as whole numbers, the first as it is and every other as the step from the one before.

    Parameters
    ----------
    coordinates : array of float, shape (n, 2)
        Longitude, latitude in degrees (EPSG:4326).
    scale : int
        Steps to a degree; 100000 keeps about a metre.

    Returns
    -------
    list of int
        x, y, dx, dy, dx, dy ... Steps of nothing at all are left out, so two points never coincide in a row.
    """
    grid = np.rint(np.asarray(coordinates, dtype=float)[:, :2] * scale).astype(np.int64)
    moved = np.ones(len(grid), dtype=bool)
    moved[1:] = (np.diff(grid, axis=0) != 0).any(axis=1)
    grid = grid[moved]
    return [int(n) for n in np.diff(grid, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).ravel()]


def undelta(numbers: Iterable[int], scale: int) -> np.ndarray:
    """The coordinates that `delta` was given, on the grid of `scale`.

    Returns
    -------
    array of float, shape (n, 2)
        Longitude, latitude in degrees.
    """
    return np.cumsum(np.fromiter(numbers, dtype=np.int64).reshape(-1, 2), axis=0) / scale


def lines(geometries: Iterable[Any], scale: int) -> list[list[int]]:
    """Every line of the geometries, delta-coded. A polygon gives one line for each of its rings.

    Parameters
    ----------
    geometries : iterable of shapely geometry
        Lines or polygons, single or multiple; None and empty ones give nothing.
    scale : int
        Steps to a degree.
    """
    parts = shapely.get_parts([g for g in geometries if g is not None and not g.is_empty])
    rings = [r for p in parts for r in (shapely.get_rings(p) if p.geom_type == "Polygon" else [p])]
    coded = (delta(shapely.get_coordinates(r), scale) for r in rings)
    return [c for c in coded if len(c) > 2]


def json_text(data: Any) -> str:
    """JSON without a space too many.

    Raises
    ------
    ValueError
        Where a number is not finite, which JSON cannot say.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # A lone half of a surrogate pair cannot be written as UTF-8; the page shows it as the mark for a broken character.
    return text.encode("utf-8", "replace").decode("utf-8")
