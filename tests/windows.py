"""The app in a browser: windows that count what it must never do, and how a reader finds things in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route
from replaying import DESK, READY

Opener = Callable[..., Page]
DRAWN = (
    ".board:not([aria-busy='true']) :is(tbody tr, .empty, .panel h2):visible, .reading h1, .st-key-reading, "
    ".st-key-refusal"
)
# On a page below the first, Streamlit's own script asks for its server beside that page before it asks at the root.
OWN_MISSES = re.compile(r"/(facilities|changes|contradictions|later|briefing|data)/_stcore/")


class Watch:
    """A window, what it asked others for and what it complained about."""

    def __init__(self, browser: Browser, settings: dict[str, object]):
        self.context = browser.new_context(**({"viewport": DESK} | settings))
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.context.route("**/*", self._only_here)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on("console", self._console)

    def _only_here(self, route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def _dialog(self, dialog) -> None:
        self.errors.append(f"a dialog opened: {dialog.message}")
        dialog.dismiss()

    def _console(self, message) -> None:
        if message.type == "error" and not OWN_MISSES.search(message.location["url"]):
            self.errors.append(message.text)


@contextmanager
def watched(browser: Browser) -> Iterator[Opener]:
    """Open addresses in fresh windows; at the end none has asked anybody else for anything, or complained."""
    watches: list[Watch] = []

    def open_app(url: str, drawn: str = DRAWN, **settings: object) -> Page:
        watches.append(Watch(browser, settings))
        page = watches[-1].page
        page.goto(url)
        page.locator(drawn).first.wait_for()
        if page.locator(".st-key-frame").count():
            the_map(page).locator(READY).wait_for()
        return page

    try:
        yield open_app
        for watch in watches:
            assert not watch.outside, watch.outside
            assert not watch.errors, watch.errors
    finally:
        for watch in watches:
            watch.context.close()


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
