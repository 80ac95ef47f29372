"""The ground that one map file shows: its polygons with holder and days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mapapp.exchange.archive import Archive, MapFile
from mapapp.exchange.days import NO_DAY, numbered
from mapapp.exchange.holders import LEFT_OUT, Holders
from mapapp.exchange.reading import Layer, UnreadableError, read
from mapapp.exchange.repair import Polygons, polygons_of
from mapapp.exchange.tally import Tally
from mapapp.timeline.partition.area import quick_km2

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Ground:
    """Polygons of one file.

    Attributes
    ----------
    shapes : array of Polygon or MultiPolygon
        Valid; longitude, latitude in degrees.
    holder : array of str
        Whose each is.
    km2 : array of float
        How large each is, about.
    days : array of int64, shape (polygons, date columns)
        The days in the columns asked for; `NO_DAY` where there is none.
    """

    shapes: Array
    holder: Array
    km2: Array
    days: Array

    def part(self, chosen: Array) -> Ground:
        """Some of the polygons."""
        return Ground(self.shapes[chosen], self.holder[chosen], self.km2[chosen], self.days[chosen])

    def by_holder(self) -> dict[str, Array]:
        """The polygons of each holder, holders in the order in which the file names them."""
        return {name: self.shapes[self.holder == name] for name in dict.fromkeys(self.holder)}

    def km2_by_holder(self) -> dict[str, float]:
        """How much ground each holder has, about."""
        return {name: float(self.km2[self.holder == name].sum()) for name in dict.fromkeys(self.holder)}


@dataclass(frozen=True, eq=False)
class Reader:
    """Reads files by one rule and notes what it met.

    Attributes
    ----------
    archive : Archive
        What the files are in.
    holders : Holders
        Whose the polygons are.
    date_columns : sequence of str
        The columns that tell the days of a polygon; none where the name of the file does.
    open_ends : bool
        Whether a polygon may do without a day: it then has always been there, or stays for ever.
    tally : Tally
        Takes what is to be told at the end.
    """

    archive: Archive
    holders: Holders
    date_columns: Sequence[str]
    open_ends: bool
    tally: Tally

    def ground(self, file: MapFile) -> Ground | None:
        """Read a file; None, and a Problem, where it cannot be read or has no polygons."""
        columns = list(dict.fromkeys([*self.holders.columns, *self.date_columns]))
        try:
            layers = read(self.archive, file, columns, names=self.holders.by_layer)
        except UnreadableError as error:
            self.tally.say(file.name, f"The file cannot be read: {error}. It is left out. Fetch it again.")
            return None
        found = [(layer, self._polygons(file, layer)) for layer in layers]
        if not any(len(polygons.shapes) for _, polygons in found):
            self.tally.say(file.name, "The file has no polygons. It is left out.")
            return None
        parts = [self._held(file, layer, polygons) for layer, polygons in found]
        whole = parts[0] if len(parts) == 1 else _together(parts)
        return whole.part(whole.holder != LEFT_OUT)

    def _polygons(self, file: MapFile, layer: Layer) -> Polygons:
        found = polygons_of(layer.shapes)
        self.tally.take(file.name, layer, found)
        return found

    def _held(self, file: MapFile, layer: Layer, found: Polygons) -> Ground:
        km2 = quick_km2(found.shapes)
        days = np.full((len(found.shapes), len(self.date_columns)), NO_DAY)
        lost = np.zeros(len(layer.shapes), dtype=bool)
        for number, column in enumerate(self.date_columns):
            days[:, number] = self._days(file, layer, column, lost)[found.feature]
        ground = Ground(found.shapes, self.holders.of(layer, found.feature, km2), km2, days)
        return ground.part(~lost[found.feature]) if lost.any() else ground

    def _days(self, file: MapFile, layer: Layer, column: str, lost: Array) -> Array:
        """The days in a column; features whose day is needed and missing, or cannot be read, are marked as lost."""
        if column not in layer.columns:
            where = f"Its layer {layer.name} has" if layer.name else "It has"
            self.tally.say(file.name, f"{where} no column {column}. Its polygons are left out.", of=column)
            lost[:] = True
            return np.full(len(layer.shapes), NO_DAY)
        days, faults = numbered(layer.columns[column])
        if not self.open_ends:
            faults |= {int(n): "The day is missing." for n in np.flatnonzero(days == NO_DAY) if n not in faults}
        for feature, reason in sorted(faults.items()):
            self.tally.say(file.name, f"{reason} The feature is left out.", record=f"feature {feature + 1}", of=column)
            lost[feature] = True
        return days


def _together(parts: list[Ground]) -> Ground:
    return Ground(*(np.concatenate([getattr(part, name) for part in parts]) for name in Ground.__dataclass_fields__))
