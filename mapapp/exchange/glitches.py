"""Glitches of a source: a map on which somebody's ground all but vanishes, or doubles, for that one map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mapapp.exchange.maps import DayMap

FACTOR = 2.0
"""Ground that is less than half, or more than twice, of what it is on the maps before and after."""
LEAST_KM2 = 1.0
"""Smaller changes than this are no glitch, however large a share they are."""


def glitches(before: Mapping[str, float], here: Mapping[str, float], after: Mapping[str, float]) -> list[str]:
    """Find whose ground jumps on one map and jumps back on the next.

    Parameters
    ----------
    before, here, after : mapping
        Holder -> km2, on three maps that follow one another.

    Returns
    -------
    list of str
        A sentence for each holder.
    """
    found = []
    for holder in sorted({*before, *here, *after}):
        around = [before.get(holder, 0.0), after.get(holder, 0.0)]
        km2 = here.get(holder, 0.0)
        vanished = km2 * FACTOR < min(around) and min(around) - km2 >= LEAST_KM2
        doubled = km2 > max(around) * FACTOR and km2 - max(around) >= LEAST_KM2
        if vanished or doubled:
            found.append(
                f"{holder} has {km2:,.0f} km2 on this map, {around[0]:,.0f} on the one before "
                f"and {around[1]:,.0f} on the one after"
            )
    return found


def watched(maps: Iterable[DayMap], *, bridge: bool) -> Iterator[tuple[DayMap, list[str], bool]]:
    """Pass maps on, each with the glitches found on it.

    Parameters
    ----------
    maps : iterable of DayMap
        In the order of their days.
    bridge : bool
        Whether a map with a glitch is to be left out; the one before it is then compared with the one after it.

    Yields
    ------
    tuple of DayMap, list of str and bool
        The map, the glitches, and whether it is to be left out.
    """
    before: DayMap | None = None
    here: DayMap | None = None
    for after in maps:
        if here is not None:
            found = _between(before, here, after)
            skipped = bridge and bool(found)
            yield here, found, skipped
            before = before if skipped else here
        here = after
    if here is not None:
        yield here, [], False


def _between(before: DayMap | None, here: DayMap, after: DayMap) -> list[str]:
    if before is None:
        return []
    return glitches(*(one.ground.km2_by_holder() for one in (before, here, after)))
