"""Who held the ground at dated points, millions of them: lookups in arrays made once from a composite.

The tree is built over the points and asked with the units, not the other way round: GEOS prepares the shape that asks,
and a unit has many vertices where a point has one. It is asked piece by piece: the pieces of a unit lie far apart. Most
points need no tree, because they lie in a tile that no border touches.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapapp.timeline.borders import Borders, borders_of
from mapapp.timeline.composite import Composite
from mapapp.timeline.spans import ends, starts
from mapapp.timeline.tiles import MIXED, Tiles, tiles_of

Array = npt.NDArray[Any]

NONE = -1
"""Stands for the unit of a point outside all ground, and for the span and holder of ground nobody is known to hold."""

NO_DAY = np.iinfo(np.int64).min
"""Stands for a day that is not given or cannot be read."""

_HALF = 1 << 31


@dataclass(frozen=True, eq=False)
class Lookup:
    """A composite, ready to be asked.

    Attributes
    ----------
    pieces, piece_of : array of Polygon, array of int
        The units in connected pieces, and the position of the unit of each.
    holders : array of str
        Every holder once, and None at the end: spans name them by position, -1 for nobody known.
    is_party : array of bool
        Which of them hold ground against others, and are not a name for nobody.
    unit, holder, start, stop : array of int64
        The spans, sorted by unit and start; days since 1970-01-01. The last stands for no span.
    borders : Borders
        The lines between units.
    tiles : Tiles
        Where the ground is of one unit far and wide.
    """

    pieces: Array
    piece_of: Array
    holders: Array
    is_party: Array
    unit: Array
    holder: Array
    start: Array
    stop: Array
    borders: Borders
    tiles: Tiles

    def units_at(self, longitude: Array, latitude: Array) -> Array:
        """Give the unit of each point by its position, `NONE` outside; on an edge the first of those that share it."""
        found = self.tiles.at(longitude, latitude)
        there = np.flatnonzero(found == MIXED)
        found[there] = NONE
        tree = shapely.STRtree(shapely.points(longitude[there], latitude[there]))
        piece, point = tree.query(self.pieces, predicate="intersects")
        order = np.argsort(-piece, kind="stable")  # the first unit is written last
        found[there[point[order]]] = self.piece_of[piece[order]]
        return found

    def spans_at(self, unit: Array, day: Array) -> Array:
        """Give the span of each unit on a day by its position, `NONE` where nobody is known to hold it."""
        span = np.searchsorted(_keys(self.unit, self.start), _keys(unit, day), side="right") - 1
        holds = (unit != NONE) & (self.unit[span] == unit) & (day < self.stop[span])
        return np.where(holds, span, NONE)

    def parties_on(self, day: int) -> Array:
        """Give the party that holds each unit on a day, by position; `NONE` where none does."""
        units = np.unique(self.piece_of)
        span = self.spans_at(units, np.full(len(units), day))
        holder = self.holder[span]
        return np.where(self.is_party[holder], holder, NONE)

    def join(self, longitude: Array, latitude: Array, day: Array) -> pd.DataFrame:
        """Join dated points with the ground of their day.

        Parameters
        ----------
        longitude, latitude : array of float
            Degrees, EPSG:4326; NaN where a point has no place.
        day : array of int64
            Days since 1970-01-01; `NO_DAY` where a point has none.

        Returns
        -------
        DataFrame
            Row by row: `unit` (position, `NONE` outside), `holder` (None: unknown), `front_km` (to the nearest ground
            of another party, geodesic; on a map that knows one party alone, to the edge of its ground; NaN: there is
            none, or the holder is unknown), `days_since_change` (NA: the holder is unknown, or held it on the first day
            on record already).
        """
        unit = self.units_at(longitude, latitude)
        span = self.spans_at(unit, day)
        start = self.start[span]
        days = pd.array(np.where(start > self.start.min(), day - start, 0), dtype="Int64")
        days[(span == NONE) | (start == self.start.min())] = pd.NA
        km = self._front_km(longitude, latitude, day, self.holder[span])
        held = self.holders[self.holder[span]]
        return pd.DataFrame({"unit": unit, "holder": held, "front_km": km, "days_since_change": days})

    def _front_km(self, longitude: Array, latitude: Array, day: Array, own: Array) -> Array:
        """The distance of each point with a holder to the front of its day."""
        km = np.full(len(day), np.nan)
        asked = np.flatnonzero(own != NONE)
        asked = asked[np.lexsort((own[asked], day[asked]))]
        alone = self.is_party.sum() == 1
        turns = np.flatnonzero((np.diff(day[asked]) != 0) | (np.diff(own[asked]) != 0)) + 1
        for rows in np.split(asked, turns):
            if len(rows):
                edges = self.borders.between(self.parties_on(int(day[rows[0]])), NONE if alone else int(own[rows[0]]))
                km[rows] = self.borders.distance_km(longitude[rows], latitude[rows], edges)
        return km


def lookup(composite: Composite, nobody: Collection[str] = ()) -> Lookup:
    """Make a composite ready to be asked.

    Parameters
    ----------
    composite : Composite
        Who held which ground when.
    nobody : collection of str
        Actors that stand for nobody: there is no front with ground of theirs.
    """
    spans = composite.spans[composite.spans["holder"].notna()]
    codes, holders = pd.factorize(spans["holder"])
    unit = composite.units.index.get_indexer(spans["unit_id"])
    start, stop = _numbers(starts(spans)), _numbers(ends(spans))
    order = np.lexsort((start, unit))
    shapes = composite.units.geometry.to_numpy()
    pieces, piece_of = shapely.get_parts(shapes, return_index=True)
    borders = borders_of(shapes)
    return Lookup(
        pieces=pieces,
        piece_of=piece_of,
        holders=np.array([*holders, None], dtype=object),
        is_party=np.array([*(holder not in nobody for holder in holders), False]),
        unit=np.append(unit[order], len(shapes)),
        holder=np.append(codes[order], NONE),
        start=np.append(start[order], start.max(initial=0)),
        stop=np.append(stop[order], 0),
        borders=borders,
        tiles=tiles_of(pieces, piece_of, borders.ends),
    )


def _numbers(days: pd.Series[pd.Timestamp]) -> Array:
    return np.asarray(days.to_numpy().astype("datetime64[D]").astype(np.int64))


def _keys(unit: Array, day: Array) -> Array:
    """Numbers that sort by unit, then by day."""
    return np.asarray((unit.astype(np.int64) << 32) + np.clip(day, 1 - _HALF, _HALF - 1) + _HALF)
