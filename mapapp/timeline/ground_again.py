"""The zones of a copy in which claims are missing."""

from __future__ import annotations

import geopandas as gpd

from mapapp.situation.situation import Situation
from mapapp.timeline.zones import are_computed, zones_from_claims


def ground_again(situation: Situation, copy: Situation) -> gpd.GeoDataFrame:
    """Give the zones of a copy.

    Parameters
    ----------
    situation : Situation
        With all its records.
    copy : Situation
        Without some of them.

    Returns
    -------
    GeoDataFrame
        Computed zones computed anew from the claims that are left; of drawn ones those that rest on none that is gone.
    """
    zones = situation.zones
    if are_computed(zones):
        return zones_from_claims(copy)
    whole = {key for key, ids in zones["event_ids"].items() if all(one in copy.events.index for one in ids)}
    return copy.zones[copy.zones.index.isin(whole)]
