"""The front: how far a facility is from the nearest ground of another holder, as spans."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.composite import Composite
from mapapp.timeline.distances import Batch
from mapapp.timeline.geodesy import Floats
from mapapp.timeline.spans import AFTER_ALL, BEFORE_ALL, DAY, chain, ends, starts
from mapapp.timeline.terrain import Terrain

COLUMNS = ["facility_id", "front_km", "front_holder", "valid_from"]


def fronts(situation: Situation, composite: Composite, terrain: Terrain | None = None) -> pd.DataFrame:
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

    Returns
    -------
    DataFrame
        `facility_id`, `front_km` (geodesic on WGS84; NaN: none), `front_holder` (whose ground is nearest),
        `valid_from`, `valid_to`.
    """
    terrain = terrain or Terrain(situation, composite.units)
    days, held, holders = states_of(composite)
    actors = situation.actors
    party = np.array([name not in actors or actors[name].kind != "none" for name in holders] + [False])
    told: list[tuple[str, float, str | None, pd.Timestamp]] = []
    turns = list(days)
    ever_held = set(composite.spans["unit_id"])
    for facility_id in (one for one in situation.facilities.index if terrain.standing.get(one) in ever_held):
        own = composite.units.index.get_loc(terrain.standing[facility_id])
        near, km, code = _nearest_other(held, party, own, terrain.distances.nearest_first(facility_id))
        for turn in np.flatnonzero((np.diff(near, prepend=-2) != 0) | (np.diff(code, prepend=-2) != 0)):
            unit_km, whose = (km[turn], holders[code[turn]]) if near[turn] >= 0 else (np.nan, None)
            told.append((facility_id, float(unit_km), whose, turns[turn]))
    states = pd.DataFrame(told, columns=COLUMNS).astype({"valid_from": DAY, "front_km": "float64"})
    return chain(states[COLUMNS], "facility_id", ["front_km", "front_holder"])


def states_of(composite: Composite) -> tuple[pd.Series[pd.Timestamp], npt.NDArray[np.int16], list[str]]:
    """The days on which the map changes; days x units: who holds it, as a place in the list of holders, -1: unknown."""
    spans = composite.spans
    begins, stops = starts(spans), ends(spans)
    days = pd.Series(sorted({BEFORE_ALL, *begins, *stops} - {AFTER_ALL}))
    codes, holders = pd.factorize(spans["holder"])
    held = np.full((len(days), len(composite.units)), -1, dtype=np.int16)
    columns = composite.units.index.get_indexer(spans["unit_id"])
    for code, column, i, j in zip(codes, columns, days.searchsorted(begins), days.searchsorted(stops), strict=True):
        held[i:j, column] = code
    return days.mask(days == BEFORE_ALL).astype(DAY), held, list(holders)


def _nearest_other(
    held: npt.NDArray[np.int16], party: npt.NDArray[np.bool_], own: int, nearest_first: Iterator[Batch]
) -> tuple[npt.NDArray[np.intp], Floats, npt.NDArray[np.int16]]:
    """The nearest unit that another party holds, how far it is, and that party, for each state of the map; -1: none."""
    near, far = np.full(len(held), -1), np.full(len(held), np.nan)
    open_states = np.flatnonzero(held[:, own] >= 0)
    for units, km in nearest_first:
        held_here = held[np.ix_(open_states, units)]
        other = party[held_here] & (held_here != held[open_states, own][:, None])
        found, first = other.any(axis=1), other.argmax(axis=1)
        near[open_states[found]], far[open_states[found]] = units[first[found]], km[first[found]]
        open_states = open_states[~found]
        if not len(open_states):
            break
    return near, far, np.where(near >= 0, held[np.arange(len(held)), near], -1)
