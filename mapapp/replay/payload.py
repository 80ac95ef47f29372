"""What the replay page is given: the time line as plain lists and numbers, so that a date is a lookup in the page.

Days are day numbers (see `encode.day_number`), an open end and anything unknown is None, ids are the situation's own.
A span is a list that begins with its first day and the first day after it.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from mapapp.replay import ground as grounds
from mapapp.replay import records
from mapapp.replay.encode import day_number, lines
from mapapp.situation import symbols
from mapapp.situation.problem import not_shown
from mapapp.situation.situation import Situation
from mapapp.timeline.composite import Composite
from mapapp.timeline.sharing import withheld_words
from mapapp.timeline.timeline import Timeline
from mapapp.timeline.wording import ROUNDING

FORMAT = 2
BASEMAP_SCALE = 10_000
"""Steps to a degree for the base map, whose sources are good to 500 m at best."""

Payload = dict[str, Any]


def payload(timeline: Timeline) -> Payload:
    """Everything the page shows, as JSON has it, but for the numbers of the ground.

    Parameters
    ----------
    timeline : Timeline
        The joined situation.

    Returns
    -------
    dict
        `about` (title, credits, limits), `days` (first, last, last_record), `actors`, `symbols`, `rounding`, `ground`
        (`numbers`: bytes, see `ground.written`, and what is needed to read them), `maps` (see below), `facilities`,
        `places`, `events`, `sources`, `changes` (day, changes of state, events), `basemap`, `view` (west, south, east,
        north in degrees, EPSG:4326) and `not_shown`. `maps` has the day, the file, the state and what looks wrong of
        each daily map that the ground was imported from; the state only where it is not `map`. The same time line
        always gives the same payload.
    """
    situation = timeline.situation
    cited = records.Cited(timeline.register.sources)
    facilities = records.facilities(timeline, cited)
    places = records.places(timeline, cited)
    events = records.events(timeline, cited)
    ground = grounds.ground(timeline.composite)
    return {
        "format": FORMAT,
        "about": _about(timeline),
        "days": _days(timeline),
        "actors": [_actor(actor) for actor in situation.actors.values()],
        "symbols": symbols.as_data(),
        "rounding": ROUNDING,
        "ground": _ground(ground),
        "maps": _maps(timeline.days),
        "facilities": facilities,
        "places": places,
        "events": events,
        "sources": cited.table(),
        "changes": _changes(_days(timeline), facilities, places, ground.spans, events),
        "basemap": _basemap(situation),
        "view": _view(situation, timeline.composite),
        "not_shown": [_problem(problem) for problem in timeline.problems if problem.hidden],
    }


def _about(timeline: Timeline) -> Payload:
    situation = timeline.situation
    return {
        "title": situation.title,
        "organisation": situation.organisation,
        "disclaimer": situation.disclaimer,
        "licence": situation.licence,
        "credits": list(situation.credits),
        "tlp": situation.tlp,
        "withheld": withheld_words(situation.withheld),
        "digest": situation.digest,
        "not_shown": not_shown(timeline.problems),
    }


def _actor(actor: Any) -> Payload:
    return {name: getattr(actor, name) for name in ("id", "name", "name_ar", "short", "colour", "hatch", "kind")}


def _problem(problem: Any) -> Payload:
    return {name: getattr(problem, name) for name in ("file", "record", "field", "reason")}


def _days(timeline: Timeline) -> Payload:
    """The days the player runs over, and the last one that any record speaks of."""
    situation = timeline.situation
    first, last = day_number(situation.first_day), day_number(situation.last_day)
    dated = [situation.events["event_date"], situation.events["end_date"], situation.figures["as_of_date"]]
    recorded = pd.concat(dated).dropna()
    recorded = recorded[recorded <= pd.Timestamp(situation.last_day)]
    return {"first": first, "last": last, "last_record": day_number(recorded.max()) if len(recorded) else None}


def _ground(ground: grounds.Ground) -> Payload:
    return {
        "scale": grounds.SCALE,
        "first_day": ground.first_day,
        "holders": ground.holders,
        "rests_on": [list(ids) for ids in ground.rests_on],
        "numbers": grounds.written(ground),
    }


def _maps(days: pd.DataFrame) -> list[list[Any]]:
    rows = zip(days["day"].map(day_number), days["file"], days["state"], days["glitch"], strict=True)
    return [
        _without_end([int(day), file, None if state == "map" else state, glitch]) for day, file, state, glitch in rows
    ]


def _without_end(row: list[Any]) -> list[Any]:
    """The row without the nothings at its end."""
    while row and row[-1] is None:
        row.pop()
    return row


def _changes(
    days: Payload,
    facilities: list[Payload],
    places: list[Payload],
    units: list[list[Any]],
    events: list[Payload],
) -> list[list[int]]:
    """For each day on which something happens: the day, how many states change, how many events begin."""
    spans = [facility[name] for facility in facilities for name in ("status", "operator", "guard", "ground")]
    spans += [place["holders"] for place in places] + units
    states = Counter(day for group in spans for day in {end for span in group for end in span[:2]} if day is not None)
    happened = Counter(event["day"] for event in events)
    dated = sorted(day for day in states.keys() | happened.keys() if days["first"] <= day <= days["last"])
    return [[day, states[day] if day > days["first"] else 0, happened[day]] for day in dated]


def _basemap(situation: Any) -> Payload:
    """The lines and surfaces that show with no network, and the names of the countries around."""
    layers = situation.basemap
    coded = {name: lines(layers[name].geometry, BASEMAP_SCALE) for name in layers if name != "countries"}
    countries = layers.get("countries")
    if countries is None:
        return {"scale": BASEMAP_SCALE, "area": [], "names": [], **coded}
    area = countries[countries["name"] == situation.zone_settings.area]
    return {
        "scale": BASEMAP_SCALE,
        "area": lines(area.geometry, BASEMAP_SCALE),
        "names": _names(countries[countries["name"].notna()]),
        **coded,
    }


def _names(countries: Any) -> list[list[Any]]:
    """Name, longitude and latitude of a point inside, for each country."""
    points = countries.geometry.representative_point()
    return [list(name) for name in zip(countries["name"], points.x.round(4), points.y.round(4), strict=True)]


def _view(situation: Situation, composite: Composite) -> list[float] | None:
    """What the map opens on: the facilities inside the area, or all of them, or the places, or the ground."""
    layers = (_inside(situation), situation.facilities.geometry, situation.places.geometry, composite.units.geometry)
    for shapes in layers:
        placed = shapes[shapes.notna() & ~shapes.is_empty]
        if len(placed):
            return [round(float(edge), 5) for edge in placed.total_bounds]
    return None


def _inside(situation: Situation) -> Any:
    points = situation.facilities.geometry
    countries = situation.basemap.get("countries")
    if countries is None:
        return points
    area = countries.loc[countries["name"] == situation.zone_settings.area, "geometry"].union_all()
    return points[points.notna() & points.within(area)]
