"""A map of camps and prisons, and who held the ground around them, day by day.

The rooms, in the order in which they may import one another:

    errors      what can go wrong
    situation   what is on record: a folder, read and checked
    timeline    what held when: spans, the space-time composite, custody, the status board
    replay      a page that replays it
    exchange    other people's formats, in and out
    app, cli    the edges: what a person opens

In a notebook:

    >>> import mapapp
    >>> situation = mapapp.load()                    # the bundled situation, or mapapp.load("a/folder")
    >>> timeline = mapapp.build(situation)           # every join, once
    >>> rows = mapapp.board(timeline, date(2026, 1, 20))
    >>> mapapp.page(timeline)                        # the replay, as a folium map
    >>> mapapp.import_zones(["maps.zip"], "folder", holder_from="property:side")    # other people's daily maps
    >>> mapapp.areas(timeline)                       # km2 of each holder, day by day
    >>> mapapp.join(timeline, points, "date")        # dated points with the ground of their day
"""

from importlib import import_module

__version__ = "0.1.0"

_HOMES = {
    "areas": "mapapp.timeline.areas",
    "board": "mapapp.timeline.status",
    "build": "mapapp.timeline.timeline",
    "facility": "mapapp.timeline.dossier",
    "import_zones": "mapapp.exchange.intake",
    "join": "mapapp.timeline.dated",
    "load": "mapapp.situation.situation",
    "page": "mapapp.replay.page",
    "place": "mapapp.timeline.dossier",
}
"""Where each public name lives. It is imported when first asked for, so that a small command does not load them all."""

__all__ = ["areas", "board", "build", "facility", "import_zones", "join", "load", "page", "place"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
