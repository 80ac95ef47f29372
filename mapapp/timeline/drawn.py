"""Drawn: ground as it was drawn, on units that are the same whichever of the zones were known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.composite import Composite, claims_of, pairs, shown, spans_of
from mapapp.timeline.hindsight import Days
from mapapp.timeline.histories import Array, Claims, in_order, runs
from mapapp.timeline.known import known_ground, zones_since
from mapapp.timeline.spans import FIRST, LAST, day_number, numbered, united

Mask = npt.NDArray[np.bool_]


def known_late(situation: Situation) -> pd.Index:
    """Give the drawn zones that were not known yet when they began."""
    began = numbered(situation.zones["valid_from"], FIRST)
    late: pd.Index = situation.zones.index[zones_since(situation) > began]
    return late


class Drawn:
    """The ground of drawn zones, as known on one day or another.

    Parameters
    ----------
    situation : Situation
        With all its records.
    composite : Composite
        Its ground; zones that were known late are kept apart in it (see `composite.from_zones`).
    """

    def __init__(self, situation: Situation, composite: Composite) -> None:
        self._situation = situation
        self._composite = composite

    @cached_property
    def rests_on_records(self) -> bool:
        """Whether any of it does."""
        return any(self._composite.spans["event_ids"])

    def is_all_known(self, day: date) -> bool:
        """Whether the zones that were known by a day are those that had begun by then."""
        return not self._unknown(day_number(day)).any()

    def otherwise(self, day: date) -> Mask:
        """Which units were known otherwise on a day than all records tell of them up to it.

        They lie in zones that were not known yet, or several zones make them up, some of which were not drawn yet.
        """
        number, unit = day_number(day), self._composite.spans["unit_id"].to_numpy()
        marked = self._under(self._unknown(number))
        marked[unit[(self._begun <= number) & (self._complete > number)]] = True
        return marked

    def known_by(self, seen: Situation, day: date, units: Mask | None = None) -> Composite:
        """Give the ground as it was known on a day.

        Parameters
        ----------
        seen : Situation
            The look back.
        day : date
            Its day.
        units : Mask, optional
            Those whose spans are wanted; without it, all.
        """
        cut, unknown = self._cut(day, units), self._unknown(day_number(day))
        if unknown.any():
            anew = self._under(unknown) if units is None else self._under(unknown) & units
            spans = cut.spans[~anew[cut.spans["unit_id"]]]
            both = pd.concat([spans, self._drawn_anew(anew, ~unknown, day)])
            cut = Composite(cut.units, both.sort_values("unit_id", kind="stable", ignore_index=True))
        if not self.rests_on_records:
            return cut
        zones = self._situation.zones["event_ids"]
        resting = {key: tuple(one for one in ids if one in seen.events.index) for key, ids in zones.items() if ids}
        event_ids = [united(resting.get(one, ()) for one in ids) for ids in cut.spans["zone_ids"]]
        return Composite(cut.units, cut.spans.assign(event_ids=pd.Series(event_ids, cut.spans.index, object)))

    def _cut(self, day: date, units: Mask | None) -> Composite:
        """All that was drawn by a day, or that of some units."""
        spans, number = self._composite.spans, day_number(day)
        begun = self._begun <= number
        rows = np.flatnonzero(begun if units is None else begun & units[spans["unit_id"]])
        cut = known_ground(Composite(self._composite.units, spans.iloc[rows].reset_index(drop=True)), day)
        zone_ids = cut.spans["zone_ids"].to_numpy(copy=True)
        for at in np.flatnonzero((self._complete > number)[rows]).tolist():
            zone_ids[at] = tuple(one for one in zone_ids[at] if self._began[one] <= number)
        return Composite(cut.units, cut.spans.assign(zone_ids=pd.Series(zone_ids, cut.spans.index, object)))

    def _drawn_anew(self, units: Mask, known: Mask, day: date) -> pd.DataFrame:
        """The spans of some units, of which no end of a later day was known, from the zones that were known."""
        unit, zone = self._pairs
        number = day_number(day)
        kept = units[unit] & known[zone] & (self._claims.start[zone] <= number)
        stop = np.where(self._claims.stop > number, LAST, self._claims.stop)
        return spans_of(runs(unit[kept], zone[kept], replace(self._claims, stop=stop)), self._zones)

    @cached_property
    def _begun(self) -> Days:
        """The first day of each span."""
        return numbered(self._composite.spans["valid_from"], FIRST)

    @cached_property
    def _complete(self) -> Days:
        """The day on which all zones were drawn that make up each span."""
        drawn = [max((self._began[one] for one in ids), default=FIRST) for ids in self._composite.spans["zone_ids"]]
        return np.array(drawn, dtype=np.int64)

    def _unknown(self, day: int) -> Mask:
        """Which zones had begun by a day and were not known."""
        return np.asarray((self._claims.start <= day) & (self._since > day))

    def _under(self, zones: Mask) -> Mask:
        """Which units lie in some of the zones."""
        unit, zone = self._pairs
        marked = np.zeros(len(self._composite.units), dtype=bool)
        marked[unit[zones[zone]]] = True
        return marked

    @cached_property
    def _pairs(self) -> tuple[Array, Array]:
        """Which unit lies in which zone, by a point of each; all of a unit does that lies in one known late."""
        found = pairs(self._composite.units.geometry.to_numpy(), self._zones.geometry.to_numpy())
        return in_order(*found, self._claims)

    @cached_property
    def _zones(self) -> gpd.GeoDataFrame:
        return shown(self._situation.zones)

    @cached_property
    def _claims(self) -> Claims:
        return claims_of(self._zones)

    @cached_property
    def _began(self) -> dict[str, int]:
        """The first day of each zone."""
        return dict(zip(self._zones.index.tolist(), self._claims.start.tolist(), strict=True))

    @cached_property
    def _since(self) -> Days:
        """The day from which each zone is known."""
        zones = self._situation.zones.index.get_indexer(self._zones.index)
        return np.asarray(zones_since(self._situation)[zones])
