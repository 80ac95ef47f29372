"""The replay page as a file: what it carries, what it allows, and that it is the same every time."""

from __future__ import annotations

import base64
import hashlib
import html as markup
import json
import re
from html.parser import HTMLParser

import folium
import pytest
import situations
from conftest import ROOT

import mapapp
from mapapp import cli, replay
from mapapp.replay.pack import unpacked
from mapapp.situation import symbols
from mapapp.situation.schema import CODES

GOLD = ROOT / "tests" / "gold" / "replay.html"
MOST_BYTES = 300_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return situations.make(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def made(folder):
    return mapapp.build(mapapp.load(folder))


@pytest.fixture(scope="module")
def text(made):
    return replay.html(made)


class Parts(HTMLParser):
    """What stands in scripts and styles, the policy, and every address in the page."""

    def __init__(self, text):
        super().__init__()
        self.inline, self.packed, self.policy, self.addresses = [], {}, "", []
        self._tag = None
        self.feed(text)
        self.code = json.loads(unpacked(self.packed["code"]))
        self.runs = [("script", code) for code in self.code["scripts"]]
        self.styles = [("style", code) for code in self.code["styles"]]

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.addresses += [attrs[name] for name in ("src", "href", "srcset", "action") if name in attrs]
        if attrs.get("http-equiv") == "Content-Security-Policy":
            self.policy = attrs["content"]
        if tag in ("script", "style"):
            self._tag = attrs["id"] if attrs.get("type") == "application/octet-stream" else tag

    def handle_data(self, data):
        if self._tag in ("script", "style"):
            self.inline.append((self._tag, data))
        elif self._tag:
            self.packed[self._tag] = data

    def handle_endtag(self, tag):
        self._tag = None

    @property
    def everything(self):
        """All scripts and styles, those in the page and those packed in it."""
        return [*self.inline, *self.runs, *self.styles]

    @property
    def records(self):
        return json.loads(unpacked(self.packed["records"]))


def scrubbed(text):
    """The skeleton of the page: without data, styles, and the code of the library and of the player."""
    text = re.sub(r"<(script|style)>(.{400,}?)</\1>", r"<\1>...</\1>", text, flags=re.DOTALL)
    text = re.sub(r'(<script type="application/octet-stream"[^>]*>)[^<]*', r"\1...", text)
    return re.sub(r"'sha256-[^']+'", "'sha256-...'", text)


def test_the_skeleton_of_the_page_is_as_stored(text):
    """After a change that is meant: look at the difference, then store it with `python tests/gold/store.py`."""
    assert scrubbed(text) == GOLD.read_text("utf-8")


def test_the_page_is_the_same_every_time(made, text):
    assert replay.html(made) == text


def test_the_policy_allows_what_is_in_the_page_and_nothing_else(text):
    parts = Parts(text)
    rules = dict(rule.strip().split(" ", 1) for rule in parts.policy.split(";"))
    assert rules["default-src"] == "'none'"
    for tag in ("script", "style"):
        found = [hashlib.sha256(code.encode()).digest() for kind, code in parts.everything if kind == tag]
        assert rules[f"{tag}-src"].split() == [f"'sha256-{base64.b64encode(each).decode()}'" for each in found]
    assert not re.search(r"unsafe|https?:|\*", parts.policy)


def test_the_page_asks_nobody_for_anything(text):
    parts = Parts(text)
    assert parts.addresses == []
    assert not any("sourceMappingURL" in code for _, code in parts.everything)
    styles = "".join(code for tag, code in parts.everything if tag == "style")
    assert "@import" not in styles
    assert "http" not in re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)


def test_the_data_comes_through_as_it_is(made, text):
    parts, data = Parts(text), replay.payload(made)
    assert unpacked(parts.packed["ground"]) == data["ground"].pop("numbers")
    assert parts.records == json.loads(json.dumps(data))


BRACES = "{{ 7 * 7 }} {% raise %} {# gone #} </script> <!-- --> &amp; \u2028 `${1}`"


def test_a_name_is_never_a_template(tmp_path):
    folder = situations.make(tmp_path)
    layer = situations.load_layer(folder, "camps.geojson")
    layer["features"][0]["properties"]["name"] = BRACES
    situations.save_layer(folder, "camps.geojson", layer)
    toml = folder / "situation.toml"
    toml.write_text(toml.read_text("utf-8").replace("A made-up valley", "{{ 7 * 7 }}<b>valley</b>"), "utf-8")
    page = replay.html(mapapp.build(mapapp.load(folder)))
    assert Parts(page).records["facilities"][0]["name"] == BRACES
    assert "<title>{{ 7 * 7 }}&lt;b&gt;valley&lt;/b&gt;</title>" in page


def test_the_page_is_a_folium_map_that_shows_itself_in_a_notebook(made, text):
    page = mapapp.page(made)
    assert isinstance(page, folium.Map)
    shown = re.search(r'<iframe srcdoc="(.*?)"', page._repr_html_(), re.DOTALL)
    assert markup.unescape(shown[1]) == text


def test_what_folium_adds_is_allowed_to_run(made):
    page = mapapp.page(made)
    folium.Circle([36.5, 40.5], radius=100).add_to(page)
    parts = Parts(page.get_root().render())
    added = next(code for tag, code in parts.runs if "L.circle(" in code and len(code) < 5000)
    digest = base64.b64encode(hashlib.sha256(added.encode()).digest()).decode()
    assert digest in parts.policy


def test_the_bundled_page_is_small_enough_to_send(timeline):
    assert len(replay.html(timeline).encode()) < MOST_BYTES


def test_the_embedded_page_says_so(made):
    page = replay.html(made, embedded=True)
    assert '<html lang="en" data-embedded>' in page
    assert "{ embedded: true }" in Parts(page).code["scripts"][-1]


def test_write_replaces_the_file_and_leaves_nothing_beside_it(made, text, tmp_path):
    out = tmp_path / "replay.html"
    out.write_text("old", "utf-8")
    replay.write(made, out)
    assert out.read_text("utf-8") == text
    assert [path.name for path in tmp_path.iterdir()] == ["replay.html"]


def test_the_command_writes_the_page(folder, text, tmp_path, capsys):
    out = tmp_path / "replay.html"
    code = cli.main(["replay", str(folder), "--out", str(out)])
    assert out.read_text("utf-8") == text
    assert code == cli.OK
    assert capsys.readouterr().out == f"A made-up valley written to {out}\n"


def test_the_command_says_where_it_cannot_write(folder, tmp_path, capsys):
    assert cli.main(["replay", str(folder), "--out", str(tmp_path / "none" / "a.html")]) == cli.ASKED_WRONGLY
    assert "There is no folder" in capsys.readouterr().err


@pytest.mark.parametrize("code", [*CODES["facility_type"], symbols.UNKNOWN])
def test_every_kind_of_facility_has_a_shape_of_its_own(code):
    outlines = [shape.outline for shape in symbols.SHAPES.values()]
    assert outlines.count(symbols.SHAPES[code].outline) == 1


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("code", [*CODES["status"], symbols.UNKNOWN])
def test_every_status_is_told_by_a_mark_and_by_a_colour_one_can_see(code):
    look = symbols.STATUSES[code]
    assert contrast(look.light, "#ffffff") >= 4.5
    assert contrast(look.dark, "#0d1218") >= 4.5
    others = [(other.mark, other.hollow) for name, other in symbols.STATUSES.items() if name != code]
    assert (look.mark, look.hollow) not in others
