"""The replay page in a browser: its windows, and a host that holds it in a frame."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import situations
import watches
from playwright.sync_api import Browser, FrameLocator, Page

from mapapp.situation.schema import TABLES

READY = "html[data-ready]"

Opener = Callable[..., Page]


@contextmanager
def watched(browser: Browser) -> Iterator[Opener]:
    """Open files in windows that are watched (see `watches.watched`)."""
    with watches.watched(browser) as opened:
        yield lambda path, **settings: opened(path.as_uri(), path.as_uri(), **settings)


HOST = """<!DOCTYPE html><meta charset="utf-8"><style>body {{ margin: 0 }}</style>
<iframe width="760" height="700" style="border: 0" sandbox="allow-scripts" srcdoc="{page}"></iframe>
<script>
window.heard = [];
addEventListener("message", (event) => heard.push(event.data));
window.say = (message) => document.querySelector("iframe").contentWindow.postMessage(message, "*");
</script>
"""


def host(path: Path, page: str) -> Path:
    """Write a page that holds the replay page in a sandboxed frame and keeps what it hears from it."""
    path.write_text(HOST.format(page=html.escape(page)), "utf-8")
    return path


def framed(page: Page) -> FrameLocator:
    frame = page.frame_locator("iframe")
    frame.locator(READY).wait_for(state="attached")
    return frame


def heard(page: Page, kind: str) -> list[dict]:
    return [message for message in page.evaluate("heard") if message["type"] == kind]


def hostile(folder: Path, text: str) -> Path:
    """The made-up situation with a text in every text field of every record, and as title, actor and credit."""
    situations.make(folder)
    for name, table in TABLES.items():
        texts = {column.name: text for column in table.columns if column.kind == "text"}
        if table.geometry:
            layer = situations.load_layer(folder, table.file)
            for feature in layer["features"]:
                feature["properties"] |= texts
            situations.save_layer(folder, table.file, layer)
        elif name in situations.ROWS:
            columns, rows = situations.load_rows(folder, table.file)
            texts = {column: value for column, value in texts.items() if column in columns}
            situations.save_rows(folder, table.file, columns, [row | texts for row in rows])
    toml = folder / "situation.toml"
    said = re.compile(r'^(title|organisation|disclaimer|licence|name|name_ar|short) = ".*"$', re.MULTILINE)
    quoted = json.dumps(text)
    filled = said.sub(lambda match: f"{match[1]} = {quoted}", toml.read_text("utf-8"))
    toml.write_text(filled.replace('credits = ["Nobody"]', f"credits = [{quoted}]"), "utf-8")
    return folder
