"""Laying maps over one another, in the order of their days, each until the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.exchange.days import NO_DAY, iso
from mapapp.exchange.ground import Ground
from mapapp.exchange.maps import DayMap
from mapapp.exchange.tally import Tally
from mapapp.situation.problem import Problem
from mapapp.timeline.partition import ALWAYS, FOREVER, Overlap, Partition
from mapapp.timeline.spans import DAY
from mapapp.timeline.store import DAY_COLUMNS

Array = npt.NDArray[Any]


@dataclass(slots=True)
class Laying:
    """A partition being filled with maps.

    Attributes
    ----------
    partition : Partition
        Takes the ground in.
    tally : Tally
        Takes what is to be told.
    holders : list of str
        The holder that each claim stands for, those that win over others last.
    days : list of tuple
        Day number, file, state and glitch (see `timeline.store`).
    maps : int
        How many maps were laid.
    """

    partition: Partition
    tally: Tally
    holders: list[str]
    days: list[tuple[int, str, str, str | None]] = field(default_factory=list)
    maps: int = 0

    def lay_days(self, maps: Iterable[tuple[DayMap, list[str], bool]]) -> None:
        """Lay maps of one day each (see `glitches.watched`); the last of them stands for its day alone."""
        last: DayMap | None = None
        odd: dict[int, str] = {}
        left_out: set[int] = set()
        for found, glitch, skipped in maps:
            if glitch:
                odd[found.day] = self._tell_glitch(found, glitch, skipped)
            if skipped:
                left_out.add(found.day)
                continue
            if last is not None:
                self._lay(last, found.day, odd, left_out)
            last = found
        if last is not None:
            self._lay(last, last.day + 1, odd, left_out)

    def lay_spans(self, grounds: Iterable[tuple[str, Ground]]) -> None:
        """Lay polygons that each say from when until when they hold; of two the one that began later wins."""
        spans: dict[tuple[int, str, int], list[Array]] = defaultdict(list)
        for file, ground in grounds:
            self.maps += 1
            start, stop = np.where(ground.days == NO_DAY, [ALWAYS, FOREVER], ground.days).T
            for at in self._lasting(file, start, stop):
                spans[int(start[at]), str(ground.holder[at]), int(stop[at])].append(ground.shapes[at : at + 1])
        rank = {holder: number for number, holder in enumerate([*self.holders, *dict.fromkeys(h for _, h, _ in spans)])}
        claims = sorted({(start, rank[holder], holder) for start, holder, _ in spans})
        self.holders = [holder for _, _, holder in claims]
        number = {(start, holder): claim for claim, (start, _, holder) in enumerate(claims)}
        for start, holder, stop in sorted(spans):
            self.partition.put(number[start, holder], np.concatenate(spans[start, holder, stop]), start, stop)

    def days_table(self) -> pd.DataFrame:
        """The days laid, as `store.Stored` has them."""
        table = pd.DataFrame(self.days, columns=DAY_COLUMNS).astype({"file": object, "state": object, "glitch": object})
        return table.assign(day=table["day"].to_numpy(dtype="datetime64[D]").astype(DAY))

    def overlaps(self, overlaps: Iterable[Overlap], least_km2: float) -> Iterator[Problem]:
        """One Problem for each two holders whose ground overlaps."""
        pairs: dict[tuple[str, str], list[Overlap]] = defaultdict(list)
        for one in overlaps:
            if one.km2 >= least_km2:
                pairs[self.holders[one.under], self.holders[one.over]].append(one)
        for (under, over), found in sorted(pairs.items()):
            most = max(found, key=lambda one: one.km2)
            reason = (
                f"{under} and {over} both have ground on {_days_of(found)}, at most {most.km2:,.1f} km2 "
                f"({iso(most.start) if most.start != ALWAYS else 'from the start'}). It is taken as held by {over}."
            )
            yield Problem("", f"{under}, {over}", "holder", reason, "warning", hidden=False)

    def _lay(self, found: DayMap, stop: int, odd: dict[int, str], left_out: set[int]) -> None:
        self.maps += 1
        for holder, shapes in found.ground.by_holder().items():
            if holder not in self.holders:
                self.holders.append(holder)
            self.partition.put(self.holders.index(holder), shapes, found.day, stop)
        self.days.append((found.day, found.file, "map", odd.get(found.day)))
        for day in range(found.day + 1, stop):
            state = "bridged" if day in left_out else "carried"
            self.days.append((day, found.file, state, odd.get(day)))
        missing = [day for day in range(found.day + 1, stop) if day not in left_out]
        if missing:
            until = f" to {iso(missing[-1])} ({len(missing)} days)" if len(missing) > 1 else ""
            reason = f"There is no map of {iso(missing[0])}{until}: this one stands, marked as carried forward."
            self.tally.say(found.file, reason, "note", record=iso(found.day))

    def _tell_glitch(self, found: DayMap, glitch: list[str], skipped: bool) -> str:
        told = "; ".join(glitch)
        what = (
            "The map is left out and the one before stands"
            if skipped
            else "It is kept; --bridge-glitches leaves it out"
        )
        reason = f"This map looks like a glitch of the source: {told}. {what}."
        self.tally.say(found.file, reason, "warning", record=iso(found.day), of="holder")
        return told

    def _lasting(self, file: str, start: Array, stop: Array) -> Array:
        lasts = start < stop
        if not lasts.all():
            reason = f"{(~lasts).sum()} polygons end on or before the day on which they begin. They are left out."
            self.tally.say(file, reason)
        return np.flatnonzero(lasts)


def _days_of(overlaps: list[Overlap]) -> str:
    """On how many days something was so, where that can be counted."""
    days = sum(one.stop - one.start for one in overlaps)
    if any(one.start == ALWAYS or one.stop == FOREVER for one in overlaps):
        return "days without end"
    return "1 day" if days == 1 else f"{days:,} days"
