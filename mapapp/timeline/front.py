"""The front: how far a facility is from the nearest ground of another holder, as spans."""

from __future__ import annotations

from itertools import repeat

import numpy as np
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.composite import Composite
from mapapp.timeline.spans import LAST, days
from mapapp.timeline.states import NOBODY, Turns
from mapapp.timeline.terrain import Terrain

COLUMNS = ["facility_id", "front_km", "front_holder", "valid_from", "valid_to"]


def fronts(
    situation: Situation, composite: Composite, terrain: Terrain | None = None, turns: Turns | None = None
) -> pd.DataFrame:
    """Measure, for each facility and each state of the map, the distance to the nearest ground of another holder.

    The units do not move, so the distances are measured once; a state of the map only says whose they are. Ground that
    nobody holds is not another holder's. Where the facility's own ground is unknown, there is no front to speak of.

    Parameters
    ----------
    situation : Situation
        Its facilities and actors; actors of kind `none` hold no ground.
    composite : Composite
        Who held which ground when.
    terrain : Terrain, optional
        Of the units of the composite, where it is at hand; it may have more facilities.
    turns : Turns, optional
        The states of the map in the composite, where they are at hand.

    Returns
    -------
    DataFrame
        `facility_id`, `front_km` (geodesic on WGS84; NaN: none), `front_holder` (whose ground is nearest),
        `valid_from`, `valid_to`.
    """
    terrain = terrain or Terrain(situation, composite.units)
    turns = turns or terrain.states.turns(composite)
    ever_held = set(composite.spans["unit_id"])
    rows: list[tuple[str, float, str | None, int, int]] = []
    for facility_id in sorted(one for one in situation.facilities.index if terrain.standing.get(one) in ever_held):
        km, whose = turns.states.front(facility_id, turns.numbers)
        changes = np.flatnonzero((whose[1:] != whose[:-1]) | (np.nan_to_num(km[1:]) != np.nan_to_num(km[:-1]))) + 1
        at = np.append(0, changes)
        holders = [turns.states.holders[one] if one != NOBODY else None for one in whose[at]]
        begin = turns.days[at].tolist()
        rows += zip(repeat(facility_id), km[at].tolist(), holders, begin, [*begin[1:], LAST])
    table = pd.DataFrame(rows, columns=COLUMNS, dtype=object).astype({"front_km": "float64"})
    return table.assign(valid_from=days(table["valid_from"]), valid_to=days(table["valid_to"]))
