"""States of the map: who holds each unit at one time, and what follows from that alone.

The units do not move. So how far a facility is from ground of others, or of its own side, follows from who holds them:
each state is numbered once, whichever look back it is first met in, and what follows from it is worked out once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from threading import RLock
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.situation.situation import Actor
from mapapp.timeline.composite import Composite
from mapapp.timeline.distances import Batch, Distances
from mapapp.timeline.geodesy import Floats
from mapapp.timeline.spans import FIRST, LAST, numbers

Held = npt.NDArray[np.int16]
"""States x units: who holds it, as a place in the list of holders, -1: unknown."""

NOBODY = -1
MOST_CELLS = 20_000_000
"""So many units of so many states are kept, at 2 bytes each."""


class Turns(NamedTuple):
    """The days (see `spans.numbers`) from which the map is in a state, in order, and the number of each state."""

    days: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.intp]
    states: States
    """Those that are numbered so."""


class Front(NamedTuple):
    """By state: kilometres to the nearest ground of another party (NaN: none), and whose it is (`NOBODY`: none)."""

    km: Floats
    holder: npt.NDArray[np.int16]


class States:
    """The states of the map that were met with.

    Parameters
    ----------
    units : GeoDataFrame
        As all the composites have them that will be asked about.
    distances : Distances
        From the facilities to these units.
    standing : mapping
        facility_id -> the unit it stands on.
    actors : mapping
        Actor id -> Actor; those of kind `none` hold no ground.

    Notes
    -----
    Several threads may ask at once.
    """

    def __init__(
        self,
        units: gpd.GeoDataFrame,
        distances: Distances,
        standing: Mapping[str, int],
        actors: Mapping[str, Actor],
    ) -> None:
        self.holders: list[str] = []
        self._distances = distances
        self._index = units.index
        self._own = {one: int(units.index.get_loc(unit)) for one, unit in standing.items()}
        self._actors = actors
        self._held: Held = np.empty((0, len(units)), dtype=np.int16)
        self._numbers: dict[bytes, int] = {}
        self._fronts: dict[str, Front] = {}
        self._sides: dict[tuple[str, frozenset[str]], Floats] = {}
        self._one_at_a_time = RLock()

    @property
    def is_full(self) -> bool:
        """Whether it keeps so much that another one should be begun."""
        return self._held.size > MOST_CELLS

    def turns(self, composite: Composite) -> Turns:
        """Give the states of the map in a composite of these units."""
        with self._one_at_a_time:
            days, held = self._laid_out(composite)
            keys = [blake2b(row, digest_size=16).digest() for row in held]
            new = {key: row for row, key in enumerate(keys) if key not in self._numbers}
            self._numbers |= {key: len(self._held) + number for number, key in enumerate(new)}
            self._held = np.concatenate([self._held, held[list(new.values())]])
            return Turns(days, np.array([self._numbers[key] for key in keys], dtype=np.intp), self)

    def front(self, facility_id: str) -> Front:
        """Give how far a facility is from the nearest ground of another party, by state."""
        with self._one_at_a_time:
            told = self._fronts.get(facility_id, Front(np.empty(0), np.empty(0, dtype=np.int16)))
            held = self._held[len(told.km) :]
            if len(held):
                km, whose = _to_others(held, self._party(), self._own[facility_id], self._near(facility_id))
                told = self._fronts[facility_id] = Front(np.append(told.km, km), np.append(told.holder, whose))
            return told

    def own_side_km(self, facility_id: str, side: frozenset[str]) -> Floats:
        """Give how far a facility is from the nearest ground of a side, by state; infinite where it has none."""
        with self._one_at_a_time:
            told = self._sides.get((facility_id, side), np.empty(0))
            held = self._held[len(told) :]
            if len(held):
                theirs = np.array([name in side for name in self.holders] + [False])
                told = np.append(told, _to_theirs(held, theirs, self._near(facility_id)))
                self._sides[facility_id, side] = told
            return told

    def _near(self, facility_id: str) -> Iterator[Batch]:
        return self._distances.nearest_first(facility_id)

    def _party(self) -> npt.NDArray[np.bool_]:
        kinds = [self._actors[name].kind if name in self._actors else "party" for name in self.holders]
        return np.array([kind != "none" for kind in kinds] + [False])

    def _laid_out(self, composite: Composite) -> tuple[npt.NDArray[np.int64], Held]:
        """The days on which the map changes, and its state from each of them on."""
        spans = composite.spans
        begins, stops = numbers(spans["valid_from"], FIRST), numbers(spans["valid_to"], LAST)
        days = np.array(sorted({FIRST, *begins, *stops} - {LAST}), dtype=np.int64)
        held = np.full((len(self._index), len(days)), NOBODY, dtype=np.int16)
        rows = self._index.get_indexer(spans["unit_id"])
        stretches = zip(rows, days.searchsorted(begins), days.searchsorted(stops), self._codes(spans), strict=True)
        for row, i, j, code in stretches:
            held[row, i:j] = code
        return days, np.ascontiguousarray(held.T)

    def _codes(self, spans: pd.DataFrame) -> list[int]:
        known = {name: at for at, name in enumerate(self.holders)}
        codes = [known.setdefault(name, len(known)) if isinstance(name, str) else NOBODY for name in spans["holder"]]
        self.holders = list(known)
        return codes


def _to_others(held: Held, party: npt.NDArray[np.bool_], own: int, nearest_first: Iterator[Batch]) -> tuple[Any, Any]:
    """How far the nearest unit is that another party holds, and that party, for each state."""
    km, whose = np.full(len(held), np.nan), np.full(len(held), NOBODY, dtype=np.int16)
    own_holder = held[:, own]

    def is_other(states: npt.NDArray[np.intp], there: Held) -> npt.NDArray[np.bool_]:
        return np.asarray(party[there] & (there != own_holder[states, None]))

    for states, units, far in _nearest(held, np.flatnonzero(own_holder >= 0), is_other, nearest_first):
        km[states], whose[states] = far, held[states, units]
    return km, whose


def _to_theirs(held: Held, theirs: npt.NDArray[np.bool_], nearest_first: Iterator[Batch]) -> Floats:
    """How far the nearest unit is whose holder is one of theirs, for each state."""
    km = np.full(len(held), np.inf)
    for states, _, far in _nearest(held, np.arange(len(held)), lambda _, there: theirs[there], nearest_first):
        km[states] = far
    return km


def _nearest(
    held: Held,
    open_states: npt.NDArray[np.intp],
    wanted: Callable[[npt.NDArray[np.intp], Held], npt.NDArray[np.bool_]],
    nearest_first: Iterator[Batch],
) -> Iterator[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Floats]]:
    """For some states the nearest unit that is wanted: the states, the unit and the kilometres, some at a time."""
    for units, km in nearest_first:
        found = wanted(open_states, held[np.ix_(open_states, units)])
        has, first = found.any(axis=1), found.argmax(axis=1)
        yield open_states[has], units[first[has]], km[first[has]]
        open_states = open_states[~has]
        if not len(open_states):
            return
