"""The distances of all sites to the front over time, as numbers packed for the browser."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.timeline.spans import FIRST, day_number, numbered
from mapapp.timeline.timeline import Timeline

NO_FRONT = -1


def fronts(timeline: Timeline) -> dict[str, Any]:
    """Give the distance of every facility to the front over time.

    Returns
    -------
    dict
        `sites` (facility ids), `runs` (how many runs of days each has) and, of all runs in the order of the sites,
        `days` (on which each begins: number from 1970-01-01; the first day of the situation where it began before) and
        `tenths` (of a kilometre; `NO_FRONT`), both as 32-bit integers (see `_packed`).
    """
    spans, sites = timeline.front, list(timeline.register.facilities)
    site = pd.Index(sites, dtype=object).get_indexer(pd.Index(spans["facility_id"]))
    order = np.argsort(site, kind="stable")
    km = spans["front_km"].to_numpy(dtype=float, na_value=np.nan)[order]
    days = numbered(spans["valid_from"], FIRST)[order]
    return {
        "sites": sites,
        "runs": np.bincount(site, minlength=len(sites)).tolist(),
        "days": _packed(np.maximum(days, day_number(timeline.situation.first_day))),
        "tenths": _packed(np.where(np.isnan(km), NO_FRONT, np.round(km * 10))),
    }


def _packed(numbers: npt.NDArray[Any]) -> str:
    """Whole numbers as 32-bit integers, the lowest byte first, in base64."""
    return b64encode(numbers.astype("<i4").tobytes()).decode()
