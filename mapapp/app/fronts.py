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
        `days` (on which each begins, from the first day of the situation on, which is 0; 0 too where it began before)
        and `tenths` (of a kilometre; `NO_FRONT`), both packed (see `_packed`).
    """
    spans, sites = timeline.front, list(timeline.register.facilities)
    site = pd.Index(sites, dtype=object).get_indexer(pd.Index(spans["facility_id"]))
    order = np.argsort(site, kind="stable")
    km = spans["front_km"].to_numpy(dtype=float, na_value=np.nan)[order]
    days = numbered(spans["valid_from"], FIRST)[order]
    return {
        "sites": sites,
        "runs": np.bincount(site, minlength=len(sites)).tolist(),
        "days": _packed(np.maximum(days - day_number(timeline.situation.first_day), 0)),
        "tenths": _packed(np.where(np.isnan(km), NO_FRONT, np.round(km * 10))),
    }


def _packed(numbers: npt.NDArray[Any]) -> dict[str, Any]:
    """Whole numbers in base64, the lowest byte first, and in how many `bits` each: 16 where that is enough, else 32."""
    bits = 16 if numbers.max(initial=0) <= np.iinfo(np.int16).max else 32
    return {"bits": bits, "base64": b64encode(numbers.astype(f"<i{bits // 8}").tobytes()).decode()}
