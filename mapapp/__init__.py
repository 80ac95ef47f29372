"""A map of camps and prisons, and who held the ground around them, day by day.

The rooms, in the order in which they may import one another:

    errors      what can go wrong
    situation   what is on record: a folder, read and checked
    timeline    what held when: spans, the space-time composite, custody, the status board
    replay      a page that replays it
    briefing    a picture to hand over, still or moving, that can be traced to its records
    exchange    other people's formats, in and out
    packing     all of these about one day, in one file
    app, cli    the edges: what a person opens

In a notebook:

    >>> import mapapp
    >>> situation = mapapp.load()                    # the bundled situation, or mapapp.load("a/folder")
    >>> timeline = mapapp.build(situation)           # every join, once
    >>> rows = mapapp.board(timeline, date(2026, 1, 20))
    >>> mapapp.page(timeline)                        # the replay, as a folium map
    >>> seen = mapapp.edition(situation, "CLEAR")    # as an audience may see it
    >>> view = mapapp.View(day=date(2026, 1, 20), created=datetime.now(UTC))
    >>> mapapp.snapshot(seen, view, "png").content   # the picture of a day
    >>> mapapp.pack(seen, view, since=date(2026, 1, 18)).content
    >>> mapapp.import_zones(["maps.zip"], "folder", holder_from="property:side")    # other people's daily maps
    >>> mapapp.areas(timeline)                       # km2 of each holder, day by day
    >>> mapapp.join(timeline, points, "date")        # dated points with the ground of their day

    >>> then = mapapp.build(mapapp.look_back(situation, date(2026, 1, 19)))  # as it was known on that day
    >>> mapapp.late(situation, date(2026, 1, 19), date(2026, 1, 19))         # what became known later
    >>> mapapp.changes(timeline, date(2026, 1, 4), timeline, date(2026, 2, 28))
    >>> mapapp.contradictions(timeline, date(2026, 1, 20))
    >>> mapapp.export(timeline, date(2026, 1, 20), "xlsx", "tables.xlsx")
"""

from importlib import import_module

__version__ = "0.1.0"

_HOMES = {
    "View": "mapapp.briefing.view",
    "areas": "mapapp.timeline.areas",
    "board": "mapapp.timeline.status",
    "build": "mapapp.timeline.timeline",
    "changes": "mapapp.timeline.changes",
    "contradictions": "mapapp.timeline.contradictions",
    "edition": "mapapp.briefing.sharing",
    "export": "mapapp.exchange.export",
    "facility": "mapapp.timeline.dossier",
    "import_zones": "mapapp.exchange.intake",
    "join": "mapapp.timeline.dated",
    "late": "mapapp.timeline.late",
    "load": "mapapp.situation.situation",
    "look_back": "mapapp.timeline.lookback",
    "pack": "mapapp.packing.pack",
    "page": "mapapp.replay.page",
    "place": "mapapp.timeline.dossier",
    "snapshot": "mapapp.briefing.snapshot",
    "tables": "mapapp.exchange.tables",
}
"""Where each public name lives. It is imported when first asked for, so that a small command does not load them all."""

__all__ = [
    "View",
    "areas",
    "board",
    "build",
    "changes",
    "contradictions",
    "edition",
    "export",
    "facility",
    "import_zones",
    "join",
    "late",
    "load",
    "look_back",
    "pack",
    "page",
    "place",
    "snapshot",
    "tables",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
