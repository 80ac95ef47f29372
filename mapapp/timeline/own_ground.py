"""How far a facility is from the nearest ground of one side, run of days by run of days."""

from __future__ import annotations

import numpy as np

from mapapp.timeline.states import Turns
from mapapp.timeline.terrain import Terrain


class OwnGround:
    """Distances from facilities to the ground of a side.

    Parameters
    ----------
    terrain : Terrain
        The lie of the land.
    turns : Turns
        The states of the map on its units.
    far_km : float
        What is farther than this is far.
    """

    def __init__(self, terrain: Terrain, turns: Turns, far_km: float) -> None:
        self._located = frozenset(terrain.distances.points.index) if len(terrain.units) else frozenset()
        self._turns = turns
        self._far_km = far_km

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
            First day, day after the last, and kilometres on the first (geodesic on WGS84; infinite where the side has
            no ground), in order: one for each run of days on which it is far, or near. Empty where the facility has no
            point.
        """
        if facility_id not in self._located:
            return []
        days, numbers, states = self._turns
        begin = max(int(days.searchsorted(first, side="right")) - 1, 0)
        km = states.own_side_km(facility_id, side, numbers[begin : int(days.searchsorted(end))])
        far = km > self._far_km
        turns = [0, *(np.flatnonzero(far[1:] != far[:-1]) + 1)]
        starts = [max(first, int(days[begin + turn])) for turn in turns]
        return list(zip(starts, [*starts[1:], end], [float(km[turn]) for turn in turns], strict=True))
