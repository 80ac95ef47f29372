"""The ground as the page carries it: arcs between units, and for each unit who held it when and on what that rests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from mapapp.replay.arcs import OUTSIDE, Arcs, Array, arcs
from mapapp.replay.pack import section
from mapapp.timeline.composite import Composite

SCALE = 100_000
"""Steps to a degree: about a metre, finer than any such map is true."""

OPEN = 0
"""Stands for an open end of a span. A day that is known is told by the distance from the one before it, plus 1."""


@dataclass(frozen=True, eq=False)
class Ground:
    """Who held which ground when.

    Attributes
    ----------
    arcs : Arcs
        The borders between units, in steps of `SCALE`.
    units : array
        The unit_id of each unit of the arcs. Units of no extent on that grid are in none.
    spans : list of list
        For each unit its spans in order: first day, day after the last, holder, who contests it, place in `rests_on`.
    rests_on : list of tuple of str
        What spans rest on: ids of records, or of zones where they rest on no record.
    """

    arcs: Arcs
    units: Array
    spans: list[list[list[Any]]]
    rests_on: list[tuple[str, ...]]

    @property
    def holders(self) -> list[str | None]:
        """Everyone who holds or contests any of it, None first."""
        named = {who for spans in self.spans for span in spans for who in span[2:4] if who is not None}
        return [None, *sorted(named)]

    @property
    def first_day(self) -> int:
        """The first day on which anything changes; 0 where nothing ever does."""
        return min((day for spans in self.spans for span in spans for day in span[:2] if day is not None), default=0)


def ground(composite: Composite) -> Ground:
    """Give the ground of a composite to the page; see `Ground`."""
    found = arcs(composite.units.geometry.to_numpy(), SCALE)
    number, sides = _renumbered(np.stack([found.left, found.right], axis=1).ravel())
    left, right = sides.reshape(-1, 2).T
    units = composite.units.index.to_numpy()[number]
    rests: dict[tuple[str, ...], int] = {}
    rows: dict[Any, list[list[Any]]] = {unit: [] for unit in units}
    spans = composite.spans.sort_values(["unit_id", "valid_from"], kind="stable", na_position="first")
    spans = spans[spans["unit_id"].isin(units)]
    days = zip(_days_of(spans["valid_from"]), _days_of(spans["valid_to"]), strict=True)
    said = zip(*(_known(spans[column]) for column in ("holder", "contested_by")), strict=True)
    ids = zip(spans["event_ids"], spans["zone_ids"], strict=True)
    for unit, ends, who, (events, zones) in zip(spans["unit_id"], days, said, ids, strict=True):
        rows[unit].append([*ends, *who, rests.setdefault(events or zones, len(rests))])
    return Ground(replace(found, left=left, right=right), units, list(rows.values()), list(rests))


def written(given: Ground) -> bytes:
    """Write the ground as sections (see `pack`).

    Returns
    -------
    bytes
        Points of each arc but two; where each starts (0: at a point of its own; else at a point passed before, 1 being
        the last, where the own points and all ends count as passed); x and y of the own points, as steps from the one
        before; x and y steps within arcs; left and right side of each arc (0: none; 1: a unit not met before; else how
        many units ago the unit was first met, plus 2). Then of each unit the number of spans, and of each span its days
        (`OPEN`, or steps from `first_day`, then from the day before it, plus 1), holder, claimant (places in
        `holders`), `rests_on`.
    """
    returns, own, steps = _walk(given.arcs)
    geometry = [
        section(given.arcs.lengths - 2),
        section(returns),
        section(np.diff(own, axis=0, prepend=np.zeros((min(1, len(own)), 2), dtype=np.int64)), signed=True),
        section(steps, signed=True),
        section(_met(np.stack([given.arcs.left, given.arcs.right], axis=1).ravel())),
    ]
    who = {holder: place for place, holder in enumerate(given.holders)}
    spans, first_day = [span for unit in given.spans for span in unit], given.first_day
    told = [
        section(map(len, given.spans)),
        section(day for unit in given.spans for day in _days(unit, first_day)),
        *(section(who[span[column]] for span in spans) for column in (2, 3)),
        section(span[4] for span in spans),
    ]
    return b"".join([*geometry, *told])


def _days_of(stamps: pd.Series) -> list[int | None]:
    """Day numbers, None for an open end."""
    numbers = stamps.to_numpy().astype("datetime64[D]").astype(np.int64)
    return [None if missing else int(number) for number, missing in zip(numbers, stamps.isna(), strict=True)]


def _known(column: pd.Series) -> list[Any]:
    return column.astype(object).where(column.notna(), None).tolist()


def _renumbered(sides: Array) -> tuple[Array, Array]:
    """The units in the order in which they are first met, and the sides by those numbers."""
    met, first, place = np.unique(sides, return_index=True, return_inverse=True)
    order = np.argsort(first)
    order = order[met[order] != OUTSIDE]
    rank = np.full(len(met), OUTSIDE)
    rank[order] = np.arange(len(order))
    return met[order], rank[place]


def _walk(given: Arcs) -> tuple[list[int], Array, Array]:
    """Where each arc starts (see `written`), the points of its own that it starts at, the steps within arcs."""
    last = np.cumsum(given.lengths) - 1
    first = last - given.lengths + 1
    starts, ends = (list(map(tuple, given.points[at].tolist())) for at in (first, last))
    passed: dict[tuple[int, ...], int] = {}
    returns, own, count = [], [], 0
    for start, end in zip(starts, ends, strict=True):
        returns.append(count - passed[start] if start in passed else 0)
        if start not in passed:
            own.append(start)
            passed[start], count = count, count + 1
        passed[end], count = count, count + 1
    within = np.ones(len(given.points), dtype=bool)
    within[first] = False
    ways = np.diff(given.points, axis=0, prepend=np.zeros((min(1, len(given.points)), 2), dtype=np.int64))
    return returns, np.array(own, dtype=np.int64).reshape(-1, 2), ways[within]


def _met(sides: Array) -> Array:
    """Sides as distances back to where the units were first met."""
    newest = np.maximum.accumulate(np.append(OUTSIDE, sides))[:-1]
    return np.where(sides == OUTSIDE, 0, np.where(sides > newest, 1, newest - sides + 2))


def _days(spans: list[list[Any]], first_day: int) -> list[int]:
    numbers, before = [], first_day
    for day in (day for span in spans for day in span[:2]):
        numbers.append(OPEN if day is None else day - before + 1)
        before = before if day is None else day
    return numbers
