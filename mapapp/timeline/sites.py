"""Sites: a facility over days on which nothing about it changes, as the rules of `site_rules` read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from mapapp.situation.situation import Actor, Situation
from mapapp.timeline.own_ground import OwnGround
from mapapp.timeline.spans import FIRST, LAST, numbers

CLOSED = "closed"


class Said(NamedTuple):
    """What is on record of one attribute of a facility.

    Attributes
    ----------
    value : str or None
        None: unknown.
    begun : int
        The first day of the record that says so (see `spans.numbers`); `FIRST` where it is open.
    since : int
        The first day of the value, over any change of detail.
    before : str or None
        The value before `since`.
    contested_by : str or None
        Who claims it against the value.
    event_ids : tuple of str
        The records it rests on.
    """

    value: str | None
    begun: int
    since: int
    before: str | None
    contested_by: str | None
    event_ids: tuple[str, ...]


class Site(NamedTuple):
    """A facility from `first` until before `end`: its status, guard and ground, and its guard's distance to own ground.

    `own_ground_km`: from the facility to the nearest ground of its guard's side, on the first day; infinite where there
    is none, None where it is not asked for or not known.
    """

    facility_id: str
    name: str
    status: Said
    guard: Said
    ground: Said
    first: int
    end: int
    actors: Mapping[str, Actor]
    own_ground_km: float | None = None

    @property
    def is_closed(self) -> bool:
        """Whether it is on record as closed."""
        return self.status.value == CLOSED

    @property
    def is_unguarded(self) -> bool:
        """Whether a record says that nobody guards it."""
        return self.guard.value is not None and self.kind(self.guard.value) == "none"

    @property
    def is_nobodys_ground(self) -> bool:
        """Whether a record says that nobody holds the ground."""
        return self.ground.value is not None and self.kind(self.ground.value) == "none"

    @property
    def guard_is_known(self) -> bool:
        """Whether somebody is on record as its guard."""
        return self.guard.value is not None and not self.is_unguarded

    @property
    def may_be_far(self) -> bool:
        """Whether the distance of its guard to ground of its side is asked for: it is not zero for certain."""
        guard, ground = self.guard.value, self.ground.value
        on_other_ground = guard is not None and ground is not None and not self.same_side(guard, ground)
        return on_other_ground and self.guard_is_known and not self.is_closed

    def kind(self, actor: str) -> str:
        """What an actor is (`party`, `administration`, `none`)."""
        return self.actors[actor].kind if actor in self.actors else "party"

    def same_side(self, one: str | None, other: str | None) -> bool:
        """Whether two actors are the same, or one includes the other."""
        return one is not None and other is not None and (one == other or other in self.side(one))

    def side(self, actor: str) -> frozenset[str]:
        """An actor with those that it includes and those that include it."""
        return frozenset({actor, *_included(self.actors, actor)}) | {
            name for name, other in self.actors.items() if actor in other.includes
        }

    def word(self, actor: str | None) -> str:
        """The short name of an actor, as a sentence has it."""
        return "nobody" if actor is None or self.kind(actor) == "none" else self.actors[actor].short


def _included(actors: Mapping[str, Actor], actor: str) -> tuple[str, ...]:
    return actors[actor].includes if actor in actors else ()


def sites(situation: Situation, custody: pd.DataFrame, own_ground: OwnGround) -> Iterator[list[Site]]:
    """Give each facility as a list of sites, one for each run of days on which nothing about it changes.

    Parameters
    ----------
    situation : Situation
        Its facilities and actors.
    custody : DataFrame
        See `custody.custody`.
    own_ground : OwnGround
        How far facilities are from the ground of a side.
    """
    for history in _histories(situation, custody):
        yield [part for site in history for part in _with_own_ground(site, own_ground)]


def may_be_far_since(situation: Situation, custody: pd.DataFrame) -> dict[str, int]:
    """Give, by facility, the first day on which its distance to ground of its guard is asked for (see `sites`)."""
    first = (next((site for site in history if site.may_be_far), None) for history in _histories(situation, custody))
    return {site.facility_id: site.first for site in first if site}


def _histories(situation: Situation, custody: pd.DataFrame) -> Iterator[Iterator[Site]]:
    names = situation.facilities["name"].to_dict()
    for facility_id, said in _said(custody).items():
        yield _cut(facility_id, str(names[facility_id]), said, situation.actors)


Stretch = tuple[int, int, Said]


def _said(custody: pd.DataFrame) -> dict[str, dict[str, list[Stretch]]]:
    """By facility and attribute the spans in order, each knowing the value before its own."""
    columns = ("facility_id", "attribute", "value", "contested_by", "event_ids")
    told = zip(*(list(custody[name]) for name in columns), *_days(custody), strict=True)
    found: dict[str, dict[str, list[Stretch]]] = {}
    for facility_id, attribute, value, contested_by, event_ids, start, end in told:
        stretches = found.setdefault(facility_id, {}).setdefault(attribute, [])
        last = stretches[-1][2] if stretches else None
        if last is None:
            since, before = start, None
        elif value != last.value:
            since, before = start, last.value
        else:
            since, before = last.since, last.before
        stretches.append((start, end, Said(value, start, since, before, contested_by, event_ids)))
    return found


def _days(spans: pd.DataFrame) -> tuple[list[int], list[int]]:
    return numbers(spans["valid_from"], FIRST), numbers(spans["valid_to"], LAST)


def _cut(facility_id: str, name: str, said: Mapping[str, list[Stretch]], actors: Mapping[str, Actor]) -> Iterator[Site]:
    """One site for each run of days between two changes of any attribute."""
    told = {attribute: said[attribute] for attribute in ("status", "guard", "ground_holder")}
    days = sorted({start for stretches in told.values() for start, _, _ in stretches} | {LAST})
    at = dict.fromkeys(told, 0)
    for first, end in pairwise(days):
        for attribute, stretches in told.items():
            while stretches[at[attribute]][1] <= first:
                at[attribute] += 1
        status, guard, ground = (told[attribute][at[attribute]][2] for attribute in told)
        yield Site(facility_id, name, status, guard, ground, first, end, actors)


def _with_own_ground(site: Site, own_ground: OwnGround) -> list[Site]:
    """The site with the distance of its guard to ground of its side, cut where that begins or ends to be far."""
    guard = site.guard.value
    if guard is None or not site.may_be_far:
        return [site]
    stretches = own_ground.distances(site.facility_id, site.side(guard), site.first, site.end)
    return [site._replace(first=first, end=end, own_ground_km=km) for first, end, km in stretches] or [site]
