"""How far a facility is from the nearest ground of one side, run of days by run of days."""

from __future__ import annotations

import numpy as np

from mapapp.timeline.composite import Composite
from mapapp.timeline.terrain import Terrain


class OwnGround:
    """Distances from facilities to the ground of a side.

    Parameters
    ----------
    terrain : Terrain
        The lie of the land.
    composite : Composite
        Who held which ground when, on its units.
    """

    def __init__(self, terrain: Terrain, composite: Composite) -> None:
        self._located = frozenset(terrain.distances.points.index) if len(terrain.units) else frozenset()
        self._states = terrain.states
        self._turns = terrain.states.turns(composite)

    def distances(self, facility_id: str, side: frozenset[str], first: int, end: int) -> list[tuple[int, int, float]]:
        """Give the distance over some days.

        Parameters
        ----------
        facility_id : str
            Which facility.
        side : set of str
            Whose ground counts.
        first, end : int
            From `first` until before `end` (see `spans.numbers`).

        Returns
        -------
        list of tuple
            First day, day after the last, and kilometres (geodesic on WGS84; infinite where the side has no ground),
            in order. Empty where the facility has no point.
        """
        if facility_id not in self._located:
            return []
        days, states = self._turns
        begin = max(int(days.searchsorted(first, side="right")) - 1, 0)
        km = self._states.own_side_km(facility_id, side)[states[begin : int(days.searchsorted(end))]]
        turns = [0, *(np.flatnonzero(km[1:] != km[:-1]) + 1)]
        starts = [max(first, int(days[begin + turn])) for turn in turns]
        return list(zip(starts, [*starts[1:], end], [float(km[turn]) for turn in turns], strict=True))
