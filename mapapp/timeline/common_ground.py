"""Common ground: the units that all look backs of a situation share.

What is known of the ground differs from look back to look back, the ground itself does not. So it is cut into units
once, so finely that each look back only has to say who held them when: where zones are computed from claims, into the
cells of the places (and along the borders of the zones on file); where they are drawn, into the units of all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapapp.errors import NotFound
from mapapp.situation.situation import Situation
from mapapp.timeline.composite import SPANS, Composite, areas_km2
from mapapp.timeline.drawn import Drawn, Mask
from mapapp.timeline.known import known_ground
from mapapp.timeline.mesh import Array, faces, segments
from mapapp.timeline.spans import FIRST, LAST, days, numbers
from mapapp.timeline.store import is_stored
from mapapp.timeline.terrain import Terrain
from mapapp.timeline.zones import are_computed, ground, zone_of

NOWHERE = -1


class CommonGround:
    """The ground of a situation with all its records, on units that serve its look backs too.

    Parameters
    ----------
    situation : Situation
        With all its records.
    composite : Composite
        Its ground.
    terrain : Terrain
        Of the units of that composite.
    """

    def __init__(self, situation: Situation, composite: Composite, terrain: Terrain) -> None:
        self.situation = situation
        self._composite = composite
        self._terrain = terrain

    @cached_property
    def terrain(self) -> Terrain:
        """The lie of the land on the common units."""
        return self._terrain if self._cells is None else Terrain(self.situation, self._cut[["area_km2", "geometry"]])

    @cached_property
    def whole(self) -> Composite:
        """The ground with all that is on record, on the common units."""
        if self._cells is None:
            return self._composite
        spans = _laid_on(self._cut["whole"], self._composite.spans.rename(columns={"unit_id": "on"}))
        return Composite(self.terrain.units, spans)

    def of(self, seen: Situation, places: Callable[[], pd.DataFrame]) -> Composite | None:
        """Give the ground of a look back on the common units.

        Parameters
        ----------
        seen : Situation
            The look back.
        places : callable
            Gives its spans of the holders of places (see `claims.place_spans`), where they are needed.

        Returns
        -------
        Composite or None
            None where it has to be laid out anew: only what is established of drawn zones is shown.
        """
        if seen.digest == self.situation.digest:
            return known_ground(self.whole, seen.known_on)
        if is_stored(self.situation.folder):
            kept = self._composite.spans[:0] if seen.at_least else self._composite.spans
            return known_ground(Composite(self._composite.units, kept), seen.known_on)
        if self._cells is not None:
            return known_ground(Composite(self.terrain.units, self._on_cells(places())), seen.known_on)
        return self._as_drawn(seen)

    def is_cut_for(self, seen: Situation) -> bool:
        """Whether the ground of a look back rests on no records, and is that of all of them up to its day for the most.

        The rest of it is `otherwise`.
        """
        if seen.known_on is None or seen.at_least or self._cells is not None or self._drawn.rests_on_records:
            return False
        return not are_computed(self.situation.zones) or self.is_all_known(seen)

    def is_all_known(self, seen: Situation) -> bool:
        """Whether all zones that had begun by the day of a look back were known."""
        assert seen.known_on
        return is_stored(self.situation.folder) or self._drawn.is_all_known(seen.known_on)

    def otherwise(self, seen: Situation) -> Mask:
        """Give the units that were known otherwise on the day of a look back (see `drawn.Drawn`)."""
        assert seen.known_on
        if is_stored(self.situation.folder):
            return np.zeros(len(self._composite.units), dtype=bool)
        return self._drawn.otherwise(seen.known_on)

    def known_by(self, seen: Situation, units: Mask) -> Composite:
        """Give who held some units of drawn zones, as known on the day of a look back."""
        assert seen.known_on
        return self._drawn.known_by(seen, seen.known_on, units)

    @cached_property
    def _drawn(self) -> Drawn:
        return Drawn(self.situation, self._composite)

    @cached_property
    def _cells(self) -> gpd.GeoDataFrame | None:
        """The ground of the places, where the zones were computed from it."""
        if is_stored(self.situation.folder) or not are_computed(self.situation.zones):
            return None
        try:
            return ground(self.situation)
        except NotFound:
            return None  # the base map that they were computed with is gone: they are taken as drawn

    @cached_property
    def _cut(self) -> gpd.GeoDataFrame:
        """The common units, each with the row of its cell and the unit of the whole that it lies in (`NOWHERE`)."""
        assert self._cells is not None
        cells, units = self._cells.geometry.to_numpy(), self._composite.units.geometry.to_numpy()
        pieces = faces(segments(np.concatenate([cells, units])))
        inner = shapely.point_on_surface(pieces)
        both = np.column_stack([_containing(cells, inner), _containing(units, inner)])
        table = pd.DataFrame(both, columns=["cell", "whole"]).rename_axis("piece").reset_index()
        alike = table.groupby(["cell", "whole"])["piece"].agg(list)
        alike = alike.drop((NOWHERE, NOWHERE), errors="ignore").sort_values(key=lambda rows: rows.str[0])
        shapes = np.array([shapely.coverage_union_all(pieces[rows]) for rows in alike], dtype=object)
        about = alike.index.to_frame(index=False).rename_axis("unit_id").assign(area_km2=areas_km2(shapes))
        return gpd.GeoDataFrame(about, geometry=shapes, crs=4326)

    def _on_cells(self, places: pd.DataFrame) -> pd.DataFrame:
        """The spans of the units, from those of the places in whose cells they lie."""
        resting: dict[str, set[str]] = {}
        by_place: dict[str, list[tuple[Any, ...]]] = {}
        begun, over = numbers(places["valid_from"], FIRST), numbers(places["valid_to"], LAST)
        named = (places[name] for name in ("place_id", "event_ids", "holder", "contested_by"))
        sharing = {place_id for _, place_id in self._places_of}
        for place_id, event_ids, holder, *said, zone in zip(*named, begun, over, zone_of(places), strict=True):
            if holder is not None and place_id in sharing:
                by_place.setdefault(place_id, []).append((holder, *said, zone))
                resting.setdefault(zone, set()).update(event_ids)
        rests_on = {zone: tuple(sorted(ids)) for zone, ids in resting.items()}
        rows = [
            (unit, *said, (zone,), rests_on[zone])
            for unit, place_id in self._places_of
            for *said, zone in by_place.get(place_id, ())
        ]
        spans = pd.DataFrame(rows, columns=SPANS, dtype=object)
        spans["unit_id"] = spans["unit_id"].astype("int64")
        return spans.assign(valid_from=days(spans["valid_from"]), valid_to=days(spans["valid_to"]))

    @cached_property
    def _places_of(self) -> list[tuple[int, str]]:
        """The units, in order, that lie in the cell of a place: unit and place."""
        assert self._cells is not None
        cells = zip(self._cut.index.tolist(), self._cut["cell"].tolist(), strict=True)
        return [(unit, str(self._cells.index[cell])) for unit, cell in sorted(cells) if cell != NOWHERE]

    def _as_drawn(self, seen: Situation) -> Composite | None:
        if seen.known_on is None or seen.at_least:
            return None
        if are_computed(self.situation.zones) and not self._drawn.is_all_known(seen.known_on):
            return None  # their units are not kept apart
        return self._drawn.known_by(seen, seen.known_on)


def _containing(shapes: Array, points: Array) -> Array:
    """The shape that each point lies in; `NOWHERE` where it lies in none."""
    shape, point = shapely.STRtree(points).query(shapes, predicate="contains")
    found = np.full(len(points), NOWHERE)
    found[point] = shape
    return found


def _laid_on(part: pd.Series[int], spans: pd.DataFrame) -> pd.DataFrame:
    """Spans of larger parts (`on`) as those of the units that lie in them."""
    units = pd.DataFrame({"on": part.to_numpy(), "unit_id": part.index.to_numpy()})
    return units.merge(spans, on="on")[SPANS]
