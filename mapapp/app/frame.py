"""The map: the replay page in a frame that is put up once and then only spoken to."""

from __future__ import annotations

from mapapp.app import assets, cache
from mapapp.timeline.timeline import Timeline

_mount = assets.component("frame", ("dom", "mount", "view", "frame"), ("frame",))


def frame(timeline: Timeline) -> None:
    """Show the map. What it is given never changes, so Streamlit never sends it again nor puts it up anew."""
    _mount(key="frame", data={"html": cache.html(timeline), "title": "Map and player"}, height="stretch")
