"""The space-time composite: the area cut into units, each with one list of spans and holders (Langran & Chrisman 1988).

Dated polygons are laid over one another once. From then on every question about a day is a lookup in a table of spans.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapapp.situation.geometry import area_km2
from mapapp.situation.problem import Problem
from mapapp.situation.schema import CONTROL_ZONES
from mapapp.timeline.histories import Claims, History, Run, Runs, alike, clashes, histories
from mapapp.timeline.mesh import GRID, Array, faces, segments
from mapapp.timeline.spans import DAY, as_of, ends, opened, starts, united

SLIVER_KM2 = 0.1
"""Overlaps smaller than this come from rounding along long borders, and are settled without a word."""

Ground: TypeAlias = tuple[Array, Array]
"""Pieces, and the zones that all of them lie in."""

SPANS = ["unit_id", "holder", "contested_by", "valid_from", "valid_to", "zone_ids", "event_ids"]


@dataclass(frozen=True, eq=False)
class Composite:
    """Who held which ground when.

    Attributes
    ----------
    units : GeoDataFrame
        The pieces of the area, EPSG:4326, index `unit_id` (int), with `area_km2` (geodesic). They do not overlap and
        share their edges exactly.
    spans : DataFrame
        `unit_id`, `holder`, `contested_by` (None: nobody), `valid_from`, `valid_to` (NaT: open), `zone_ids` and
        `event_ids` (tuples): what it rests on. Sorted by unit and start; no unit has two rows on one day. Days without
        a row: not established.
    """

    units: gpd.GeoDataFrame
    spans: pd.DataFrame

    def at(self, points: gpd.GeoSeries) -> pd.Series[int]:
        """Give the unit each point lies in.

        Parameters
        ----------
        points : GeoSeries
            Points in EPSG:4326 (longitude, latitude); None and empty ones lie nowhere.

        Returns
        -------
        Series of Int64
            On the index of the points; NA outside. On an edge, the unit with the lowest id.
        """
        return units_at(self.units, points)

    def holders(self, day: date) -> pd.Series[str]:
        """Give the holder of every unit on a day, None where it is not established."""
        held = as_of(self.spans, day).set_index("unit_id")["holder"].reindex(self.units.index)
        return held.astype(object).where(held.notna(), None)


def units_at(units: gpd.GeoDataFrame, points: gpd.GeoSeries) -> pd.Series[int]:
    """Give the unit each point lies in, as `Composite.at` does."""
    tree = shapely.STRtree(points.to_numpy())
    pieces, piece_of = shapely.get_parts(units.geometry.to_numpy(), return_index=True)
    piece, point = tree.query(pieces, predicate="intersects")
    unit = piece_of[piece]
    order = np.lexsort((point, unit))[::-1]
    found = pd.Series(pd.NA, index=points.index, dtype="Int64", name="unit_id")
    found.iloc[point[order]] = units.index.to_numpy()[unit[order]]
    return found


def from_zones(
    zones: gpd.GeoDataFrame, grid: float = GRID, apart: Collection[str] = ()
) -> tuple[Composite, list[Problem]]:
    """Lay dated control zones over one another.

    Parameters
    ----------
    zones : GeoDataFrame
        As in `Situation.zones`: valid polygons in EPSG:4326, index `zone_id`, with `holder`, `contested_by`,
        `valid_from`, `valid_to` and `event_ids`. Any number of maps of any number of days.
    grid : float
        Vertices are moved to multiples of this, in degrees.
    apart : collection of str
        Zones that may turn out to be missing: of ground that lies in one of them, only what lies in the same zones is
        one unit, so that the units are the same without it.

    Returns
    -------
    Composite
        Where zones of one day overlap, the one that began later holds, of two that began together the one further down.
    list of Problem
        One for each two zones that overlap on a day, with the area in km2.
    """
    drawn = shown(zones)
    shapes = drawn.geometry.to_numpy()
    pieces = faces(segments(shapes, grid), grid)
    claims = claims_of(drawn)
    grounds = alike(*pairs(pieces, shapes), claims)
    units, found = _units(pieces, grounds, claims, drawn.index.isin(list(apart)))
    return Composite(units, spans_of(_runs(found), drawn)), _problems(pieces, grounds, claims, drawn.index)


def areas_km2(shapes: Array) -> Array:
    """Give geodesic areas on WGS84 in square kilometres (Karney 2013)."""
    return np.array([area_km2(shape) for shape in shapes])


def shown(zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the zones that take part in a composite: they have a holder, ground, and a day on which they hold."""
    drawn = zones[zones["holder"].notna() & zones.geometry.notna() & ~zones.geometry.is_empty]
    return drawn[starts(drawn) < ends(drawn)]


def claims_of(drawn: gpd.GeoDataFrame) -> Claims:
    """Give zones (see `shown`) as claims to ground."""
    says = pd.MultiIndex.from_frame(drawn[["holder", "contested_by"]].fillna(""))
    start, stop = (days.to_numpy().astype("datetime64[D]").astype(np.int64) for days in (starts(drawn), ends(drawn)))
    return Claims(pd.factorize(says)[0], start, stop)


def spans_of(found: Runs, drawn: gpd.GeoDataFrame) -> pd.DataFrame:
    """Give runs of units as the table of `Composite`; what they say is read from the zones (see `shown`)."""
    first = drawn.iloc[[zones[0] for zones in found.rests_on]]
    ids, events = drawn.index.to_numpy(), drawn["event_ids"].to_numpy()
    resting = [zones if len(zones) == 1 else np.unique(zones) for zones in found.rests_on]
    table = pd.DataFrame(
        {
            "unit_id": found.piece,
            "holder": pd.Series(first["holder"].to_numpy(), dtype=object),
            "contested_by": pd.Series(first["contested_by"].to_numpy(), dtype=object),
            "valid_from": found.start.astype("datetime64[D]"),
            "valid_to": found.stop.astype("datetime64[D]"),
            "zone_ids": [tuple(ids[zones]) for zones in resting],
            "event_ids": [united(events[zones]) for zones in resting],
        },
        columns=SPANS,
    )
    return opened(
        table.astype({"unit_id": "int64", "valid_from": DAY, "valid_to": DAY, "zone_ids": object, "event_ids": object})
    )


def pairs(pieces: Array, shapes: Array) -> tuple[Array, Array]:
    """Say which piece lies in which zone."""
    # With the tree over the points the zones are prepared, which is what is fast.
    zone, piece = shapely.STRtree(shapely.point_on_surface(pieces)).query(shapes, predicate="contains")
    return piece, zone


def _units(
    pieces: Array, grounds: list[Ground], claims: Claims, apart: Array
) -> tuple[gpd.GeoDataFrame, list[History]]:
    """Pieces with one history as one unit, in the order of the pieces; some zones (marked) keep theirs apart."""
    joined: dict[tuple[tuple[Run, ...], bytes], tuple[list[Array], History]] = {}
    found_in = histories([covering for _, covering in grounds], claims)
    for (rows, covering), runs in zip(grounds, found_in, strict=True):
        own = covering.tobytes() if apart[covering].any() else b""
        parts, resting = joined.setdefault((tuple(runs), own), ([], {run: set() for run in runs}))
        parts.append(rows)
        for run, more in runs.items():
            resting[run] |= more
    units = sorted(
        ((np.sort(np.concatenate(parts)), found) for parts, found in joined.values()), key=lambda one: one[0][0]
    )
    shapes = np.array([shapely.coverage_union_all(pieces[rows]) for rows, _ in units], dtype=object)
    index = pd.RangeIndex(len(units), name="unit_id")
    frame = gpd.GeoDataFrame({"area_km2": areas_km2(shapes)}, geometry=shapes, index=index, crs=4326)
    return frame, [found for _, found in units]


def _runs(found: list[History]) -> Runs:
    rows = [(unit, run, zones) for unit, runs in enumerate(found) for run, zones in runs.items()]
    days = np.array([(unit, run.state, run.start, run.stop) for unit, run, _ in rows], dtype=np.int64)
    piece, state, start, stop = days.reshape(-1, 4).T
    return Runs(piece, state, start, stop, [np.fromiter(zones, dtype=np.intp) for _, _, zones in rows])


def _problems(pieces: Array, grounds: list[Ground], claims: Claims, ids: pd.Index) -> list[Problem]:
    """One Problem for each two zones that share ground on a day."""
    shared: dict[tuple[int, int], list[Array]] = {}
    for rows, covering in grounds:
        for pair in clashes(covering, claims):
            shared.setdefault(pair, []).append(rows)
    areas = {pair: areas_km2(pieces[np.concatenate(rows)]).sum() for pair, rows in sorted(shared.items())}
    return [_problem(ids[under], ids[over], km2) for (under, over), km2 in areas.items() if km2 >= SLIVER_KM2]


def _problem(under: str, over: str, km2: float) -> Problem:
    reason = (
        f"It overlaps the zone {over} by {km2:,.1f} km² on the same days. There {over} is shown: it began later "
        "or stands further down. Redraw one of the two, or end one before the other begins."
    )
    return Problem(CONTROL_ZONES.file, under, "geometry", reason, severity="warning", hidden=False)
