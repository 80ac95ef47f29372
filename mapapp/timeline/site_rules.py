"""Contradictions in what is on record of one facility: each rule reads as a sentence over a `Site`."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from mapapp.timeline.sites import Site

Sides = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteRule:
    """A rule over one facility.

    Attributes
    ----------
    id : str
        Stable; screens and files name the rule by it.
    sentence : str
        What contradicts what, for the table of rules.
    holds : callable
        Whether a site contradicts itself so, given the distance of `[alerts] guard_ground_km` in km.
    tell : callable
        From a site to the sentence for that facility.
    sides : tuple of str
        The attributes whose records stand against one another.
    of : callable
        A contradiction goes on as long as the rule holds and this stays the same.
    """

    id: str
    sentence: str
    holds: Callable[[Site, float], bool]
    tell: Callable[[Site], str]
    sides: Sides
    of: Callable[[Site], Hashable] = lambda _: None


def guard_against_holder(site: Site, _: float) -> bool:
    """Tell that one side guards the facility, and another holds the ground it stands on."""
    return (
        site.guard_is_known
        and site.ground.value is not None
        and not site.is_closed
        and not site.same_side(site.guard.value, site.ground.value)
    )


def nobody_guards(site: Site, _: float) -> bool:
    """Tell that nobody guards the facility, and it is not closed."""
    return site.is_unguarded and not site.is_closed


def nobodys_ground(site: Site, _: float) -> bool:
    """Tell that nobody holds the ground of the facility, and it is not closed."""
    return site.is_nobodys_ground and not site.is_closed


def contested_ground(site: Site, _: float) -> bool:
    """Tell that somebody claims the ground of the facility against its holder."""
    return site.ground.contested_by is not None and not site.is_closed


def handover_not_confirmed(site: Site, _: float) -> bool:
    """Tell that the ground changed hands, and no record since says who guards the facility.

    That is so where the guard is not known, or was recorded before the change and belongs to those who lost the ground.
    """
    changed_hands = site.ground.value is not None and site.ground.before is not None
    no_word_since = site.guard.value is None or (
        site.guard.begun < site.ground.since
        and site.guard.value != site.ground.value
        and site.same_side(site.guard.value, site.ground.before)
    )
    return changed_hands and no_word_since and not site.is_closed


def guard_far_from_own_ground(site: Site, guard_ground_km: float) -> bool:
    """Tell that the guard has no ground of its own side near the facility."""
    return site.own_ground_km is not None and site.own_ground_km > guard_ground_km


def _handover(site: Site) -> str:
    passed = f"The ground of {site.name} passed from {site.word(site.ground.before)} to {site.word(site.ground.value)}"
    if site.guard.value is None:
        return f"{passed}; no record says who guards the site."
    return f"{passed}; the last record of its guard, {site.word(site.guard.value)}, is older."


def _holder(site: Site) -> str:
    return "nobody known" if site.ground.value is None else site.word(site.ground.value)


def _guard_far(site: Site) -> str:
    guard, km = site.word(site.guard.value), site.own_ground_km or 0
    far = "there is no ground of its side" if km == float("inf") else f"its nearest ground is {km:.0f} km away"
    return f"{site.name} is guarded by {guard}, but {far}."


SITE_RULES = (
    SiteRule(
        "guard-against-holder",
        "One side guards a facility, another holds the ground it stands on.",
        guard_against_holder,
        lambda s: f"{s.name} is guarded by {s.word(s.guard.value)}, but {s.word(s.ground.value)} holds its ground.",
        ("guard", "ground_holder"),
    ),
    SiteRule(
        "nobody-guards",
        "Nobody guards a facility that is not closed.",
        nobody_guards,
        lambda s: f"Nobody guards {s.name}, and it is not closed; whose ground it stands on: {s.word(s.ground.value)}.",
        ("guard", "status", "ground_holder"),
    ),
    SiteRule(
        "nobodys-ground",
        "Nobody holds the ground of a facility that is not closed.",
        nobodys_ground,
        lambda s: f"Nobody holds the ground of {s.name}, and it is not closed.",
        ("ground_holder", "status"),
    ),
    SiteRule(
        "contested-ground",
        "Somebody claims the ground of a facility against its holder.",
        contested_ground,
        lambda s: f"The ground of {s.name}, held by {_holder(s)}, is claimed by {s.word(s.ground.contested_by)}.",
        ("ground_holder",),
        lambda s: s.ground.contested_by,
    ),
    SiteRule(
        "handover-not-confirmed",
        "The ground of a facility changed hands, and no record since says who guards it.",
        handover_not_confirmed,
        _handover,
        ("guard", "ground_holder"),
        lambda s: (s.ground.since, s.guard.value),
    ),
    SiteRule(
        "guard-far-from-own-ground",
        "A facility's guard has no ground of its side within the distance of `[alerts] guard_ground_km`.",
        guard_far_from_own_ground,
        _guard_far,
        ("guard", "ground_holder"),
    ),
)
"""The rules over facilities, in the order of the list of contradictions."""
