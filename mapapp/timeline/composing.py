"""A composite from a partition: the engine's numbers as the tables that everything else reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.timeline.composite import SPANS, Composite
from mapapp.timeline.partition import ALWAYS, FOREVER, Parts
from mapapp.timeline.partition.area import geodesic_km2
from mapapp.timeline.spans import DAY

Array = npt.NDArray[Any]


def composite_of(parts: Parts, holders: Sequence[str]) -> Composite:
    """Give the parts of the ground as a composite.

    Parameters
    ----------
    parts : Parts
        From `Partition.parts`.
    holders : sequence of str
        The holder that each claim stands for.

    Returns
    -------
    Composite
        Uncontested ground that rests on maps alone: `zone_ids` and `event_ids` are empty.
    """
    found = parts.units
    numbers = pd.RangeIndex(len(found.shapes), name="unit_id")
    units = gpd.GeoDataFrame({"area_km2": geodesic_km2(found.shapes)}, numbers, geometry=found.shapes, crs=4326)
    nothing = [()] * len(found.unit)
    spans = pd.DataFrame(
        {
            "unit_id": found.unit,
            "holder": pd.Series(np.array(holders, dtype=object)[found.claim], dtype=object),
            "contested_by": pd.Series(np.full(len(found.unit), None, dtype=object), dtype=object),
            "valid_from": _days(found.start, ALWAYS),
            "valid_to": _days(found.stop, FOREVER),
            "zone_ids": pd.Series(nothing, dtype=object),
            "event_ids": pd.Series(nothing, dtype=object),
        }
    )
    return Composite(units, spans[SPANS])


def _days(numbers: Array, open_end: int) -> Array:
    """Day numbers as days, an open end as NaT."""
    days = numbers.astype("datetime64[D]").astype(DAY)
    days[numbers == open_end] = np.datetime64("NaT")
    return np.asarray(days)
