"""States of the map: who holds each unit at one time, and what follows from that alone.

The units do not move. So how far a facility is from ground of others, or of its own side, follows from who holds them:
each state is numbered once, whichever look back it is first met in, and what follows from it is worked out once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import blake2b
from threading import RLock
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.situation.situation import Actor
from mapapp.timeline.composite import Composite
from mapapp.timeline.distances import Distances
from mapapp.timeline.geodesy import Floats
from mapapp.timeline.nearest_ground import (
    AT_FIRST,
    NOBODY,
    Front,
    Held,
    Mask,
    Rows,
    to_nearest_others,
    to_others,
    to_theirs,
)
from mapapp.timeline.spans import FIRST, LAST, numbers

MOST_CELLS = 20_000_000
"""So many units of so many states are kept, at 2 bytes each."""


class Turns(NamedTuple):
    """The days (see `spans.numbers`) from which the map is in a state, in order, and the number of each state."""

    days: npt.NDArray[np.int64]
    numbers: Rows
    states: States
    """Those that are numbered so."""


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

    Attributes
    ----------
    holders : list of str
        Whose ground there was in any of them.
    located : list of str
        The facilities that stand on a unit.

    Notes
    -----
    Several threads may ask at once. The states that a composite brings are kept as one block; what follows from a block
    is worked out when one of its states is first asked about.
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
        self.located = sorted(standing)
        self._own = units.index.get_indexer([standing[one] for one in self.located])
        self._actors = actors
        self._held: list[Held] = []
        self._begins: list[int] = []
        self._numbers: dict[bytes, int] = {}
        self._fronts: dict[int, Front] = {}
        self._has_ground: dict[tuple[int, int], Mask] = {}
        self._sides: dict[tuple[str, frozenset[str], int], Floats] = {}
        self._one_at_a_time = RLock()

    @property
    def is_full(self) -> bool:
        """Whether it keeps so much that another one should be begun."""
        return sum(block.size for block in self._held) > MOST_CELLS

    def turns(self, composite: Composite) -> Turns:
        """Give the states of the map in a composite of these units."""
        with self._one_at_a_time:
            days, held = self._laid_out(composite)
            keys = [blake2b(state, digest_size=16).digest() for state in np.ascontiguousarray(held.T)]
            new = {key: row for row, key in enumerate(keys) if key not in self._numbers}
            self._numbers |= {key: number for number, key in enumerate(new, len(self._numbers))}
            if new:
                self._begins.append(len(self._numbers) - len(new))
                self._held.append(np.ascontiguousarray(held[:, list(new.values())]))  # read unit by unit
            return Turns(days, np.array([self._numbers[key] for key in keys], dtype=np.intp), self)

    def fronts(self, numbers: Rows) -> Front:
        """Give how far the facilities that stand on ground are from the nearest ground of another party.

        Returns
        -------
        Front
            Facilities (as in `located`) x the states that are asked about.
        """
        km = np.empty((len(self.located), len(numbers)))
        whose = np.empty(km.shape, dtype=np.int16)
        with self._one_at_a_time:
            for block, at in self._blocks_of(numbers):
                told = self._fronts.get(block) or self._fronts_in(block)
                rows = numbers[at] - self._begins[block]
                km[:, at], whose[:, at] = told.km[:, rows], told.holder[:, rows]
        return Front(km, whose)

    def own_side_km(self, facility_id: str, side: frozenset[str], numbers: Rows) -> Floats:
        """Give how far a facility is from the nearest ground of a side, in some states; infinite where it has none."""
        km = np.empty(len(numbers))
        with self._one_at_a_time:
            for block, at in self._blocks_of(numbers):
                told = self._sides.get((facility_id, side, block))
                told = self._side_in(block, facility_id, side) if told is None else told
                km[at] = told[numbers[at] - self._begins[block]]
        return km

    def _fronts_in(self, block: int) -> Front:
        held, parties = self._held[block], self._parties()
        told = self._fronts[block] = to_nearest_others(held, parties, self._own, *self._nearest_few)
        still_open = (told.holder == NOBODY) & (held[self._own] != NOBODY)
        for row in np.flatnonzero(still_open.any(axis=1)).tolist():
            near = self._distances.nearest_first(self.located[row])
            states = np.flatnonzero(still_open[row])
            told.km[row, states], told.holder[row, states] = to_others(held, parties, self._own[row], states, near)
        return told

    @cached_property
    def _nearest_few(self) -> tuple[Rows, Floats]:
        """Of each facility the nearest units, and the kilometres to them; where there are fewer, the last again."""
        units, km = np.empty((2, len(self.located), AT_FIRST))
        for row, facility_id in enumerate(self.located):
            found = next(self._distances.nearest_first(facility_id))
            units[row], km[row] = (np.pad(one[:AT_FIRST], (0, max(AT_FIRST - len(one), 0)), "edge") for one in found)
        return units.astype(np.intp), km

    def _side_in(self, block: int, facility_id: str, side: frozenset[str]) -> Floats:
        theirs = [code for code, name in enumerate(self.holders) if name in side]
        states = (
            np.flatnonzero(np.any([self._somewhere(block, code) for code in theirs], axis=0))
            if theirs
            else np.empty(0, dtype=np.intp)
        )
        near = self._distances.nearest_first(facility_id)
        told = self._sides[facility_id, side, block] = to_theirs(self._held[block], theirs, states, near)
        return told

    def _somewhere(self, block: int, code: int) -> Mask:
        """In which states of a block a holder has ground."""
        if (block, code) not in self._has_ground:
            self._has_ground[block, code] = (self._held[block] == code).any(axis=0)
        return self._has_ground[block, code]

    def _blocks_of(self, numbers: Rows) -> Iterator[tuple[int, Rows | slice]]:
        """The blocks that some states are in, and which of them are in each."""
        block = np.searchsorted(self._begins, numbers, side="right") - 1
        if len(block) and (block == block[0]).all():  # as it mostly is
            yield int(block[0]), slice(None)
        else:
            yield from ((int(one), np.flatnonzero(block == one)) for one in np.unique(block))

    def _parties(self) -> list[int]:
        kinds = [self._actors[name].kind if name in self._actors else "party" for name in self.holders]
        return [code for code, kind in enumerate(kinds) if kind != "none"]

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
        return days, held

    def _codes(self, spans: pd.DataFrame) -> list[int]:
        known = {name: at for at, name in enumerate(self.holders)}
        codes = [known.setdefault(name, len(known)) if isinstance(name, str) else NOBODY for name in spans["holder"]]
        self.holders = list(known)
        return codes
