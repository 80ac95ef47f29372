"""situation.toml: what the situation is called, its days, its actors and how the ground is computed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from mapapp.errors import SituationError
from mapapp.situation.problem import Problem
from mapapp.situation.readers import MANIFEST, Content, decoded
from mapapp.situation.schema import CODES
from mapapp.situation.section import Section
from mapapp.situation.wording import did_you_mean, quoted

HATCHES = ("none", "diagonal", "back_diagonal", "cross", "dots", "horizontal", "vertical")
"""The patterns of an actor's ground: the second code beside the colour."""
KINDS = ("party", "administration", "none")
"""What an actor is; `none` stands for nobody."""
_GREY = "#808080"
_CLOSEST_HELD = "RED"
_ID = re.compile(r"[\w.:+-]{1,50}")


@dataclass(frozen=True, slots=True)
class Actor:
    """One who holds ground, runs or guards a facility. `includes`: the actors that it is made of."""

    id: str
    name: str
    name_ar: str
    short: str
    colour: str
    hatch: str
    kind: str
    includes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Several facilities that a figure or a record speaks of together; never a point on the map."""

    id: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class ZoneSettings:
    """How ground is computed from claims at places: the reach of a claim in km, the area, the rivers that bar it."""

    area: str
    reach_km: float
    neighbourhood_reach_km: float
    barriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """From when on a distance is pointed out, in km.

    Attributes
    ----------
    front_km : float
        A facility no farther than this from ground of another holder is close to the front.
    guard_ground_km : float
        A guard with no ground of its own side within this distance of the facility is a contradiction.
    """

    front_km: float = 5.0
    guard_ground_km: float = 20.0


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that situation.toml says. A day is None where it cannot be read."""

    id: str
    title: str
    first_day: date | None
    last_day: date | None
    organisation: str
    disclaimer: str
    licence: str
    credits: tuple[str, ...]
    tlp: str
    actors: dict[str, Actor]
    aggregates: dict[str, Aggregate]
    zone_settings: ZoneSettings
    alerts: AlertSettings


def read_manifest(content: Content, folder: str) -> tuple[Manifest, list[Problem]]:
    """Read situation.toml.

    Parameters
    ----------
    content : Content
        Its bytes.
    folder : str
        The name of the folder: what the situation is called where it has no name of its own.

    Returns
    -------
    tuple of Manifest, and list of Problem
        What can be used, and what is wrong with the rest.

    Raises
    ------
    SituationError
        Where the file is missing or is not TOML: the folder is then no situation.
    """
    found = _parsed(content)
    problems: list[Problem] = []
    top = Section(found.get("situation"), "situation", problems)
    days = _days(top)
    actors = _each(found, "actor", problems, _actor)
    manifest = Manifest(
        id=top.text("id", otherwise=folder),
        title=top.text("title", needed=True, otherwise=folder),
        first_day=days[0],
        last_day=days[1],
        organisation=top.text("organisation"),
        disclaimer=top.text("disclaimer"),
        licence=top.text("licence"),
        credits=top.texts("credits"),
        tlp=_sharing(top),
        actors=_with_known_parts(actors, problems),
        aggregates=_each(found, "aggregate", problems, _aggregate),
        zone_settings=_zone_settings(Section(found.get("zones"), "zones", problems)),
        alerts=_alerts(Section(found.get("alerts"), "alerts", problems)),
    )
    top.check_rest()
    rest = Section(found, "", problems)
    rest.asked |= {"situation", "zones", "alerts", "actor", "aggregate"}
    rest.check_rest()
    return manifest, problems


def _parsed(content: Content) -> dict[str, Any]:
    text, fault = decoded(content)
    if fault:
        raise SituationError(f"This folder is not a situation. {MANIFEST}: {fault}")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise SituationError(f"{MANIFEST} cannot be read: it is not UTF-8 text. Save it as UTF-8.")
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SituationError(
            f"{MANIFEST} cannot be read: {error}. Mend that place and open the folder again."
        ) from error


def _days(top: Section) -> tuple[date | None, date | None]:
    first, last = top.day("first_day"), top.day("last_day")
    if first and last and last < first:
        top.say(
            "last_day", f"The last day {last} is before the first day {first}. The days of the dated records are used."
        )
        return None, None
    return first, last


def _sharing(top: Section) -> str:
    if not top.found.get("tlp"):
        top.say(
            "tlp",
            f"No sharing level is given: {_CLOSEST_HELD} is used. Known are: {', '.join(CODES['tlp'])}.",
            "warning",
        )
    return top.code("tlp", CODES["tlp"], _CLOSEST_HELD)


def _zone_settings(zones: Section) -> ZoneSettings:
    settings = ZoneSettings(
        area=zones.text("area"),
        reach_km=zones.number("reach_km", 30.0),
        neighbourhood_reach_km=zones.number("neighbourhood_reach_km", 3.0),
        barriers=zones.texts("barriers"),
    )
    zones.check_rest()
    return settings


def _alerts(alerts: Section) -> AlertSettings:
    otherwise = AlertSettings()
    settings = AlertSettings(
        front_km=alerts.number("front_km", otherwise.front_km),
        guard_ground_km=alerts.number("guard_ground_km", otherwise.guard_ground_km),
    )
    alerts.check_rest()
    return settings


_Entry = TypeVar("_Entry", Actor, Aggregate)


def _each(
    found: dict[str, Any], kind: str, problems: list[Problem], read: Callable[[Section, str], _Entry]
) -> dict[str, _Entry]:
    """The entries under one heading, by id; one without a usable id of its own is left out."""
    entries: dict[str, _Entry] = {}
    several = found.get(kind, [])
    if not isinstance(several, list):
        Section({}, "", problems).say(kind, f"Write [[{kind}]] with two brackets, once for each {kind}.")
        several = []
    for number, one in enumerate(several, 1):
        section = Section(one, f"{kind} {number}", problems)
        entry_id = section.text("id")
        if not _ID.fullmatch(entry_id) or entry_id in entries:
            why = (
                f"The id {quoted(entry_id)} is there twice"
                if entry_id in entries
                else "The id is missing or has blanks"
            )
            section.say("id", f"{why}. This {kind} is left out.")
            continue
        section.record = entry_id
        entries[entry_id] = read(section, entry_id)
        section.check_rest()
    return entries


def _actor(section: Section, actor_id: str) -> Actor:
    name = section.text("name", needed=True, otherwise=actor_id)
    return Actor(
        id=actor_id,
        name=name,
        name_ar=section.text("name_ar"),
        short=section.text("short", otherwise=actor_id),
        colour=section.colour("colour", _GREY),
        hatch=section.code("hatch", HATCHES, "none"),
        kind=section.code("kind", KINDS, "party"),
        includes=section.texts("includes"),
    )


def _aggregate(section: Section, aggregate_id: str) -> Aggregate:
    return Aggregate(aggregate_id, section.text("name", needed=True, otherwise=aggregate_id), section.text("note"))


def _with_known_parts(actors: dict[str, Actor], problems: list[Problem]) -> dict[str, Actor]:
    """The actors, without parts that are no actors."""
    for actor in actors.values():
        for part in [part for part in actor.includes if part not in actors]:
            reason = f"The actor {quoted(part)} is not in situation.toml.{did_you_mean(part, actors)}"
            Section({}, actor.id, problems).say("includes", reason)
    return {a.id: replace(a, includes=tuple(part for part in a.includes if part in actors)) for a in actors.values()}
