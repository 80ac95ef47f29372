"""How far a facility is from the nearest ground of one side, run of days by run of days."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.timeline.composite import Composite
from mapapp.timeline.distances import Distances
from mapapp.timeline.front import states_of
from mapapp.timeline.geodesy import Floats
from mapapp.timeline.spans import BEFORE_ALL


class OwnGround:
    """Distances from facilities to the ground of a side.

    Parameters
    ----------
    distances : Distances
        From the facilities to the units of the composite.
    composite : Composite
        Who held which ground when.
    """

    def __init__(self, distances: Distances, composite: Composite) -> None:
        self._distances = distances
        days, self._held, self._holders = states_of(composite)
        self._days = pd.DatetimeIndex(days.fillna(BEFORE_ALL))

    def distances(
        self, facility_id: str, side: Collection[str], first: pd.Timestamp, end: pd.Timestamp
    ) -> list[tuple[pd.Timestamp, pd.Timestamp, float]]:
        """Give the distance over some days.

        Parameters
        ----------
        facility_id : str
            Which facility.
        side : collection of str
            Whose ground counts.
        first, end : Timestamp
            From `first` until before `end`.

        Returns
        -------
        list of tuple
            First day, day after the last, and kilometres (geodesic on WGS84; infinite where the side has no ground),
            in order. Empty where the facility has no point.
        """
        if facility_id not in self._distances.points.index or not self._held.size:
            return []
        theirs = np.array([name in side for name in self._holders] + [False])
        begin = max(int(self._days.searchsorted(first, side="right")) - 1, 0)
        nearest = self._nearest(facility_id, theirs, self._held[begin : int(self._days.searchsorted(end))])
        turns = [0, *(np.flatnonzero(nearest[1:] != nearest[:-1]) + 1)]
        starts = [max(first, self._days[begin + turn]) for turn in turns]
        return list(zip(starts, [*starts[1:], end], [float(nearest[turn]) for turn in turns], strict=True))

    def _nearest(self, facility_id: str, theirs: npt.NDArray[np.bool_], held: npt.NDArray[np.int16]) -> Floats:
        """Kilometres to the nearest unit whose holder is one of theirs, for each state of the map."""
        nearest = np.full(len(held), np.inf)
        open_states = np.arange(len(held))
        for units, km in self._distances.nearest_first(facility_id):
            found = theirs[held[np.ix_(open_states, units)]]
            has = found.any(axis=1)
            nearest[open_states[has]] = km[found[has].argmax(axis=1)]
            open_states = open_states[~has]
            if not len(open_states):
                break
        return nearest
