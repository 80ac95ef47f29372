"""What a map rests on: its records by layer, and in a line for each layer whose they are and of which days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mapapp.briefing.scene import Scene
from mapapp.briefing.words import day_words
from mapapp.timeline.records import Record

PUBLISHERS = (12, 9, 7, 5, 4, 3, 2, 1, 0)
"""How many publishers a line names, where there is less and less room."""

UNNAMED = "publisher not named"


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of a map: what it is called, the events, figures and other records in it, and their sources."""

    name: str
    event_ids: list[str]
    figure_ids: list[str]
    source_ids: list[str]


def layers(scenes: Sequence[Scene], shown: Iterable[Record] = ()) -> list[Layer]:
    """Sort the records of maps by layer: ground, sites, head counts, what happened.

    Parameters
    ----------
    scenes : sequence of Scene
        What the maps show.
    shown : iterable of Record
        The events that the sheet names.
    """
    register = scenes[0].timeline.register
    known = register.events
    event_ids = _once(one for scene in scenes for one in scene.event_ids)
    ground = [one for one in event_ids if known[one]["event_type"] == "control"]
    custody = [one for one in event_ids if known[one]["event_type"] != "control"]
    rows = [site.record for scene in scenes for site in scene.sites]
    figures = _once(claim["figure_id"] for row in rows if row["persons"] for claim in row["persons"]["claims"])
    counted = [source for row in rows if row["persons"] for source in row["persons"]["source_ids"]]
    standing = [source for row in rows for source in register.facilities[row["facility_id"]]["source_ids"]]
    told = list(shown)
    return [
        Layer("Ground", ground, [], _sources(known[one] for one in ground)),
        Layer("Sites", custody, [], _once(standing + _sources(known[one] for one in custody))),
        Layer("Head counts", [], figures, _once(counted)),
        Layer("Events", [one["event_id"] for one in told], [], _sources(told)),
    ]


def _sources(records: Iterable[Record]) -> list[str]:
    return _once(source for record in records for source in record["source_ids"])


def _once(ids: Iterable[str]) -> list[str]:
    return sorted(set(ids))


def source_lines(scene: Scene, parts: list[Layer]) -> list[list[str]]:
    """Say of each layer how many records it has, whose they are, and of which days.

    Returns
    -------
    list of list of str
        The same said at several lengths, the longest first.
    """
    named = [layer for layer in parts if layer.source_ids]
    return [[_line(scene, layer, most) for layer in named] for most in PUBLISHERS]


def _line(scene: Scene, layer: Layer, most: int) -> str:
    register = scene.timeline.register
    sources = [register.sources[one] for one in layer.source_ids if one in register.sources]
    counted = Counter(source["publisher"] or UNNAMED for source in sources)
    first = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:most]
    named = ", ".join(f"{name} ({n})" if n > 1 else name for name, n in first)
    others = len(counted) - most
    more = f"{' and' if named else ''} {others} {'others' if named else 'publishers'}" if others > 0 else ""
    days = sorted(source["published_on"] for source in sources if source["published_on"])
    span = f" ({_span(days[0], days[-1])})" if days else ""
    records = len(layer.event_ids) + len(layer.figure_ids)
    count = f"{records} records, " if records else ""
    return f"{layer.name}: {count}{len(sources)} sources{span}: {named}{more}."


def _span(first: str, last: str) -> str:
    one, other = (day_words(date.fromisoformat(day), short=True) for day in (first, last))
    return one if one == other else f"{one} to {other}"
