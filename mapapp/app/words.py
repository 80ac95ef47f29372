"""What the components need in order to say codes and ids in words, and where what is said comes from."""

from __future__ import annotations

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
    register, ids = timeline.register, _ids(found)
    return {
        "titles": {one: register.events[one]["title"] for one in ids["event_ids"] if one in register.events},
        "sources": {one: chosen(register.sources[one], SOURCE) for one in ids["source_ids"] if one in register.sources},
    }


def _ids(found: Any) -> dict[str, set[str]]:
    """What is listed under each of two names."""
    ids: dict[str, set[str]] = {"event_ids": set(), "source_ids": set()}
    to_come = [found]
    while to_come:
        one = to_come.pop()
        if isinstance(one, dict):
            for name in ids.keys() & one.keys():
                ids[name].update(one[name])
            to_come += (value for name, value in one.items() if name not in ids and isinstance(value, (dict, list)))
        else:
            to_come += (value for value in one if isinstance(value, (dict, list)))
    return ids
