"""The map: the replay page in a frame that is put up once and then only spoken to, while the same records are shown."""

from __future__ import annotations

from mapapp.app import assets, cache
from mapapp.timeline.timeline import Timeline

_mount = assets.component("frame", ("dom", "mount", "view", "frame"), ("frame",))


def frame(timeline: Timeline) -> None:
    """Show the map. What it is given changes only with the records looked at, so no other move puts it up anew."""
    _mount(key="frame", data={"html": cache.html(timeline), "title": "Map and player"}, height="stretch")
