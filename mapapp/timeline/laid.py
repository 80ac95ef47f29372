"""Laid: the ground of a time line, laid out from records or maps, with the lie of the land on its units."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from mapapp.situation.problem import Problem
from mapapp.situation.situation import Situation
from mapapp.timeline.common_ground import CommonGround
from mapapp.timeline.composite import Composite
from mapapp.timeline.drawn import known_late
from mapapp.timeline.known import known_ground
from mapapp.timeline.store import ground_of, is_stored
from mapapp.timeline.terrain import Terrain
from mapapp.timeline.zones import are_computed


@dataclass(frozen=True, eq=False)
class Laid:
    """The ground that a time line is built on.

    Attributes
    ----------
    held : Composite
        Who held it when.
    terrain : Terrain
        The lie of the land on its units.
    common : CommonGround
        The units that all look backs of a situation share.
    days : DataFrame
        Where it was imported from daily maps: the map of each day (see `store.Stored`).
    problems : tuple of Problem
        Those of the ground, besides those of the situation.
    is_shared : bool
        Whether it is on the common units.
    """

    held: Composite
    terrain: Terrain
    common: CommonGround
    days: pd.DataFrame
    problems: tuple[Problem, ...]
    is_shared: bool = False


def laid_out(situation: Situation) -> Laid:
    """Lay out the ground of a situation from its own records or maps."""
    # Zones that overlap are among the problems of the situation already.
    found, days, problems = ground_of(situation, _apart(situation))
    composite = known_ground(_without_unproved(found, situation), situation.known_on)
    terrain = Terrain(situation, composite.units)
    return Laid(composite, terrain, CommonGround(situation, composite, terrain), days, tuple(problems))


def _apart(situation: Situation) -> Collection[str]:
    """The zones that look backs of a situation may lack, where they would otherwise lie on its units."""
    is_whole = situation.known_on is None and not situation.at_least
    has_units_of_its_own = is_stored(situation.folder) or are_computed(situation.zones)
    return known_late(situation) if is_whole and not has_units_of_its_own else ()


def _without_unproved(composite: Composite, situation: Situation) -> Composite:
    """Imported maps rest on no records: where only what is established is shown, they are not."""
    if situation.at_least and is_stored(situation.folder):
        return Composite(composite.units, composite.spans[:0])
    return composite
