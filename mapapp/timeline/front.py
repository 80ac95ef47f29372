"""The front: how far a facility is from the nearest ground of another holder, as spans."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.composite import Composite
from mapapp.timeline.nearest_ground import NOBODY
from mapapp.timeline.spans import LAST, days
from mapapp.timeline.states import Turns
from mapapp.timeline.terrain import Terrain


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
    km, whose = turns.states.fronts(turns.numbers)
    is_same = (whose[:, 1:] == whose[:, :-1]) & ((whose[:, 1:] == NOBODY) | (km[:, 1:] == km[:, :-1]))
    begins = np.column_stack([_are_told(situation, composite, terrain), ~is_same])
    row, at = np.nonzero(begins & begins[:, :1])
    ends = np.append(turns.days, LAST)
    last = np.append(np.where(row[1:] == row[:-1], at[1:], len(turns.days)), len(turns.days))[: len(row)]
    holders = np.array([*turns.states.holders, None], dtype=object)
    table = {
        "facility_id": pd.Series(np.array(turns.states.located, dtype=object)[row], dtype=object),
        "front_km": km[row, at],
        "front_holder": pd.Series(holders[whose[row, at]], dtype=object),
        "valid_from": days(turns.days[at]),
        "valid_to": days(ends[last]),
    }
    return pd.DataFrame(table)


def _are_told(situation: Situation, composite: Composite, terrain: Terrain) -> npt.NDArray[np.bool_]:
    """Which of the located facilities are known and stand on ground that was ever held."""
    known, ever_held = set(situation.facilities.index), set(composite.spans["unit_id"])
    return np.array([one in known and terrain.standing[one] in ever_held for one in terrain.states.located], dtype=bool)
