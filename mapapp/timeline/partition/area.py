"""Areas on the Earth."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from mapapp.situation.geometry import WGS84
from mapapp.timeline.partition.groups import begins

Array = npt.NDArray[Any]


def geodesic_km2(polygons: Array) -> npt.NDArray[np.float64]:
    """Give geodesic areas on WGS84 (Karney 2013).

    Parameters
    ----------
    polygons : array of Polygon or MultiPolygon
        Longitude, latitude in degrees.

    Returns
    -------
    array of float
        Square kilometres.
    """
    parts, whole = shapely.get_parts(polygons, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    x, y = (np.ascontiguousarray(column) for column in shapely.get_coordinates(rings).T)
    ends = np.cumsum(shapely.get_num_coordinates(rings))
    starts = np.r_[0, ends[:-1]].astype(int)
    areas = [abs(WGS84.polygon_area_perimeter(x[i:j], y[i:j])[0]) for i, j in zip(starts, ends, strict=False)]
    outer = np.isin(np.arange(len(part)), begins(part))
    return np.bincount(whole[part], np.where(outer, 1.0, -1.0) * np.array(areas), len(polygons)) / 1e6


def quick_km2(polygons: Array) -> npt.NDArray[np.float64]:
    """Give areas on WGS84 with edges drawn straight on the cylindrical equal-area projection: fifty times as fast.

    Agrees with `geodesic_km2` to a millionth where edges are shorter than some kilometres. The authalic function is
    equation 3-12 of Snyder (1987), "Map projections".

    Parameters
    ----------
    polygons : array of Polygon or MultiPolygon
        Longitude, latitude in degrees.

    Returns
    -------
    array of float
        Square kilometres.
    """
    flat = shapely.transform(polygons, _equal_area)
    return np.asarray(shapely.area(flat))


def _equal_area(xy: Array) -> Array:
    e, sine = np.sqrt(WGS84.es), np.sin(np.radians(xy[:, 1]))
    q = (1 - WGS84.es) * (sine / (1 - WGS84.es * sine**2) + np.arctanh(e * sine) / e)
    return np.column_stack([np.radians(xy[:, 0]) * WGS84.a / 1000, q / 2 * WGS84.a / 1000])
