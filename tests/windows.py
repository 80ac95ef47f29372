"""The app in a browser: its windows, and how a reader finds things in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin

import watches
from playwright.sync_api import Browser, Page
from replaying import READY

Opener = Callable[..., Page]
DRAWN = (
    ".board:not([aria-busy='true']) :is(tbody tr, .empty, .panel h2):visible, .reading h1, .st-key-reading, "
    ".st-key-refusal"
)


@contextmanager
def watched(browser: Browser) -> Iterator[Opener]:
    """Open addresses of the app in windows that are watched (see `watches.watched`)."""
    with watches.watched(browser) as opened:

        def open_app(url: str, drawn: str = DRAWN, **settings: Any) -> Page:
            page = opened(url, urljoin(url, "/"), **settings)
            page.locator(drawn).first.wait_for()
            if page.locator(".st-key-frame").count():
                the_map(page).locator(READY).wait_for()
            return page

        yield open_app


def the_map(page: Page):
    return page.frame_locator(".st-key-frame iframe")


def row(page: Page, facility: str):
    return page.locator(f".board tbody tr[data-id='{facility}']")


def rows(page: Page):
    return page.locator(".board .scroll tbody tr")


def panel(page: Page):
    return page.locator(".board .panel")


def day_of_list(page: Page):
    return page.locator(".board .summary time")


def slide_to(page: Page, day: int) -> None:
    """Let go of the map's slider on a day, as a reader does."""
    slide = """(slider, day) => {
      slider.value = day;
      for (const type of ["input", "change"]) slider.dispatchEvent(new Event(type, { bubbles: true }));
    }"""
    the_map(page).locator("#slider").evaluate(slide, day)
