"""The replay page: one HTML file that holds its map, its data and its player, and asks nobody for anything.

It is a `folium.Map` in a figure of its own. The figure writes the data and the scripts itself, because folium compiles
what it is given once more as a template: a name with braces in it would run as code.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

import folium
from branca.element import Figure, MacroElement
from folium.template import Environment
from jinja2 import FileSystemLoader
from xstatic.pkg import leaflet

from mapapp.replay.encode import json_text
from mapapp.replay.pack import packed
from mapapp.replay.payload import Payload, payload
from mapapp.situation.writers import write_whole
from mapapp.timeline.timeline import Timeline

WEB = Path(__file__).with_name("web")
TEMPLATES = Environment(loader=FileSystemLoader(WEB))
SCRIPTS = tuple((WEB / "scripts.txt").read_text("utf-8").split())
"""The player's scripts, in the order in which they need one another."""
STYLES = ("tokens.css", "page.css", "map.css", "marks.css", "player.css", "panels.css", "cards.css", "analysis.css")

# What the browser may do in the page: run exactly the scripts and use exactly the styles that are in it; nothing else.
POLICY = "default-src 'none'; img-src data: blob:; base-uri 'none'; form-action 'none'; script-src {}; style-src {}"
_POLICY_COMES_HERE = "policy-comes-here"
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
_NOTEBOOK_HEIGHT = "640px"


class ReplayFigure(Figure):
    """The document around the map: head, data, scripts, and the policy that allows these and no others.

    Data, scripts and styles are in it compressed. One small script unpacks them; the browser then runs what it unpacked
    because the policy names the very text.

    Parameters
    ----------
    data : dict
        The payload.
    embedded : bool
        Whether another page shows it in a frame and brings its own title and panels.
    """

    _template = TEMPLATES.get_template("page.html.j2")

    def __init__(self, data: Payload, embedded: bool):
        super().__init__(title=data["about"]["title"], height=_NOTEBOOK_HEIGHT)
        self.embedded = embedded
        numbers = data["ground"].pop("numbers")
        self.packed = {"records": packed(json_text(data).encode()), "ground": packed(numbers)}
        self.styles = [_leaflet("leaflet.css"), "\n".join(_text(name) for name in STYLES)]
        self.scripts = [_leaflet("leaflet.js"), "\n".join(_text(name) for name in SCRIPTS)]
        self.opener = _text("open.js")

    def render(self, **kwargs: Any) -> str:
        """Write the document."""
        for child in self._children.values():
            child.render(**kwargs)
        scripts = [*self.scripts, self.script.render(**kwargs)]
        code = {**self.packed, "code": packed(json_text({"styles": self.styles, "scripts": scripts}).encode())}
        document = self._template.render(this=self, kwargs=kwargs, policy=_POLICY_COMES_HERE, packed=code)
        inline = _INLINE.findall(document)
        allowed = {
            "script": [*(text for kind, text in inline if kind == "script"), *scripts],
            "style": [*(text for kind, text in inline if kind == "style"), *self.styles],
        }
        return document.replace(_POLICY_COMES_HERE, _policy(allowed), 1)


class ReplayMap(folium.Map):
    """A folium map that draws on nothing but Leaflet, which the figure carries, and is named alike every time."""

    default_js = ()
    default_css = ()
    _template = TEMPLATES.get_template("map.html.j2")


class Player(MacroElement):
    """The player: it draws the situation on the map it is added to, and moves it through its days."""

    _template = TEMPLATES.get_template("player.html.j2")

    def __init__(self, embedded: bool):
        super().__init__()
        self._name = "Player"
        self._id = "replay"
        self.embedded = embedded


def page(timeline: Timeline, embedded: bool = False) -> folium.Map:
    """Make the replay page. In a notebook, the value of a cell, it shows itself.

    Parameters
    ----------
    timeline : Timeline
        The joined situation.
    embedded : bool
        Whether another page shows it in a frame: then it has no title and no card, and tells that page what is chosen.

    Returns
    -------
    folium.Map
        ``page(...).get_root().render()`` is the HTML; anything of folium's can be added to it.
    """
    data = payload(timeline)
    # The player sets the view: it knows how large the frame is.
    shown = ReplayMap(tiles=None, zoom_control=False, attribution_control=False, keyboard=False)
    shown._id = "replay"
    ReplayFigure(data, embedded).add_child(shown)
    return shown.add_child(Player(embedded))


def html(timeline: Timeline, embedded: bool = False) -> str:
    """The replay page as text; see `page`."""
    return page(timeline, embedded).get_root().render()


def write(timeline: Timeline, path: str | Path) -> None:
    """Write the replay page to a file, whole or not at all.

    Raises
    ------
    OSError
        Where the file cannot be written.
    """
    write_whole(Path(path), html(timeline))


def _policy(allowed: dict[str, list[str]]) -> str:
    return POLICY.format(*(" ".join(map(_digest, allowed[kind])) for kind in ("script", "style")))


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _text(name: str) -> str:
    return (WEB / name).read_text("utf-8")


@cache
def _leaflet(name: str) -> str:
    """A file of Leaflet, without the line that sends debuggers to look for another."""
    text = (Path(leaflet.BASE_DIR) / name).read_text("utf-8").replace("\r\n", "\n")
    return re.sub(r"\n//# sourceMappingURL=.*", "", text)
