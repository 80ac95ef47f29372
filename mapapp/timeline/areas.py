"""Areas: how much ground each holder has on a day or on all of them, and how much changed hands between two."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

import numpy as np
import pandas as pd
import shapely

from mapapp.situation.geometry import area_km2
from mapapp.timeline.composite import Composite
from mapapp.timeline.records import Record, frame
from mapapp.timeline.spans import ends, starts
from mapapp.timeline.timeline import Timeline

DECIMALS = 1
"""Of square kilometres, in tables for reading and for export."""

Passed = dict[tuple[str | None, str | None], float]
"""(holder before, holder after) -> square kilometres; None: not established."""

Held: TypeAlias = tuple[Composite, "pd.Series[str]"]
"""The ground, and who holds each unit of it on a day."""


def held_km2(composite: Composite, day: date) -> dict[str, float]:
    """Give the geodesic area of each holder's ground on a day in square kilometres, in the order of the names."""
    return _km2(composite, composite.holders(day))


def _km2(composite: Composite, holders: pd.Series[str]) -> dict[str, float]:
    areas = composite.units["area_km2"].groupby(holders).sum()
    return {str(holder): float(km2) for holder, km2 in areas.items()}


def areas(timeline: Timeline) -> pd.DataFrame:
    """Give the ground of each holder on every day of a situation.

    Returns
    -------
    DataFrame
        One row for each day from the first to the last, one column for each holder in the order of the names: geodesic
        km2, 0 where a holder has no ground.
    """
    composite, situation = timeline.composite, timeline.situation
    spans = composite.spans[composite.spans["holder"].notna()]
    km2 = composite.units["area_km2"].reindex(spans["unit_id"]).to_numpy()
    days = pd.date_range(situation.first_day, situation.last_day, name="day", unit="s")
    first, after = days[0], days[-1] + pd.Timedelta(days=1)
    moved = pd.concat(
        pd.DataFrame({"day": when, "holder": spans["holder"], "km2": sign * km2})
        for when, sign in ((starts(spans), 1), (ends(spans), -1))
    )
    moved["day"] = moved["day"].where(moved["day"] > first, first).where(moved["day"] < after, after)
    moved = moved.pivot_table(index="day", columns="holder", values="km2", aggfunc="sum", fill_value=0.0)
    held = moved.reindex(days.union(pd.DatetimeIndex(moved.index)), fill_value=0.0).cumsum().reindex(days)
    return held.clip(lower=0).rename_axis(index="day", columns=None)


def passed_km2(before: Composite, first: date, after: Composite, last: date) -> Passed:
    """Give how much ground went from whom to whom.

    Parameters
    ----------
    before, after : Composite
        The ground as known then and now; often the same.
    first, last : date
        The day on which each is looked at.

    Returns
    -------
    dict
        (holder before, holder after) -> km2 (geodesic), for holders that differ; None stands for not established.
    """
    return _passed((before, before.holders(first)), (after, after.holders(last)))


def _passed(then: Held, now: Held) -> Passed:
    (before, was), (after, is_now) = then, now
    if before.units is not after.units:
        return _overlaid(_grounds(*then), _grounds(*now), _km2(*then), _km2(*now))
    old, new, km2 = was.to_numpy(), is_now.to_numpy(), before.units["area_km2"].to_numpy()
    rows = np.flatnonzero(old != new)
    table = frame({"was": old[rows], "now": new[rows], "km2": km2[rows]}, pd.RangeIndex(len(rows)))
    sums = table.groupby(["was", "now"], dropna=False)["km2"].sum().reset_index()
    told = zip(sums["was"], sums["now"], sums["km2"], strict=True)
    return {(_name(holder_then), _name(holder_now)): float(moved) for holder_then, holder_now, moved in told}


def _name(holder: object) -> str | None:
    return holder if isinstance(holder, str) else None


def _grounds(composite: Composite, holders: pd.Series[str]) -> dict[str, shapely.Geometry]:
    """The ground of each holder, as one shape."""
    shapes = composite.units.geometry.groupby(holders)
    return {str(holder): shapely.coverage_union_all(parts.to_numpy()) for holder, parts in shapes}


def _overlaid(
    grounds_then: dict[str, shapely.Geometry],
    grounds_now: dict[str, shapely.Geometry],
    to_nobody: dict[str, float],
    from_nobody: dict[str, float],
) -> Passed:
    """Where the two were not cut into the same units: shapes laid over one another, what is left over is nobody's."""
    passed: Passed = {}
    for old, one in grounds_then.items():
        for new, other in grounds_now.items():
            shared = area_km2(shapely.intersection(one, other))
            from_nobody[new] -= shared
            to_nobody[old] -= shared
            if old != new and shared > 0:
                passed[old, new] = shared
    passed |= {(None, new): km2 for new, km2 in from_nobody.items()}
    return passed | {(old, None): km2 for old, km2 in to_nobody.items()}


def ground_changes(before: Composite, first: date, after: Composite, last: date) -> dict[str, list[Record]]:
    """Give what each holder gained and lost between two days.

    Returns
    -------
    dict
        `holders`: for each `holder`, `before_km2`, `after_km2`, `change_km2` (their difference), `gained_km2`,
        `lost_km2`. `passed`: `from`, `to` (None: not established), `km2`, the most first. All rounded to 0.1 km2.
    """
    held = (before, before.holders(first)), (after, after.holders(last))
    passed = _passed(*held)
    then, now = (_km2(*one) for one in held)
    holders = []
    for holder in sorted(then.keys() | now.keys()):
        gained = sum(km2 for (_, new), km2 in passed.items() if new == holder)
        lost = sum(km2 for (old, _), km2 in passed.items() if old == holder)
        was, is_now = then.get(holder, 0.0), now.get(holder, 0.0)
        holders.append(
            {
                "holder": holder,
                "before_km2": round(was, DECIMALS),
                "after_km2": round(is_now, DECIMALS),
                "change_km2": round(is_now - was, DECIMALS),
                "gained_km2": round(gained, DECIMALS),
                "lost_km2": round(lost, DECIMALS),
            }
        )
    most_first = sorted(passed.items(), key=lambda item: (-item[1], str(item[0])))
    rows: list[Record] = [{"from": old, "to": new, "km2": round(km2, DECIMALS)} for (old, new), km2 in most_first]
    return {"holders": holders, "passed": [row for row in rows if row["km2"] > 0]}
