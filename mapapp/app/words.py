"""What the components need in order to say codes and ids in words, and where what is said comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from mapapp.app import keys
from mapapp.situation import symbols
from mapapp.situation.codes import CODES
from mapapp.timeline.dossier import SOURCE
from mapapp.timeline.records import chosen
from mapapp.timeline.timeline import Timeline
from mapapp.timeline.wording import ROUNDING


def words(timeline: Timeline) -> dict[str, Any]:
    """Give the names and looks of statuses and actors, and the days of the situation."""
    situation = timeline.situation
    looks = ("name", "short", "colour")
    return {
        "statuses": CODES["status"],
        "actors": {key: {look: getattr(actor, look) for look in looks} for key, actor in situation.actors.items()},
        "symbols": symbols.as_data(),
        "rounding": ROUNDING,
        "first_day": keys.number(situation.first_day),
        "front_alert_km": situation.alerts.front_km,
        "last_day": keys.number(situation.last_day),
    }


def cited(timeline: Timeline, found: Any) -> dict[str, Any]:
    """Give the events and sources that rows name, however deep: `titles` by event, `sources` by id."""
    register = timeline.register
    events, sources = _ids(found, {"event_ids"}), _ids(found, {"source_ids"})
    return {
        "titles": {one: register.events[one]["title"] for one in events if one in register.events},
        "sources": {one: chosen(register.sources[one], SOURCE) for one in sources if one in register.sources},
    }


def _ids(found: Any, names: Collection[str]) -> set[str]:
    return {one for several in _lists(found, names) for one in several}


def _lists(found: Any, names: Collection[str]) -> Iterator[list[str]]:
    if isinstance(found, dict):
        for name, value in found.items():
            if name in names:
                yield value
            else:
                yield from _lists(value, names)
    elif isinstance(found, list):
        for one in found:
            yield from _lists(one, names)
