"""Windows of a browser that are watched: whom they ask, and what they complain about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

# On a page below the first, Streamlit's own script asks for its server beside that page before it asks at the root.
OWN_MISSES = re.compile(r"/(facilities|changes|contradictions|later|briefing|data)/_stcore/")
INSIDE = ("data:", "blob:", "about:")
EMPTY = "() => { try { localStorage.clear(); sessionStorage.clear() } catch { /* nothing is kept here */ } }"


class Open(Protocol):
    def __call__(self, url: str, home: str, *, own: bool = False, **settings: object) -> Page: ...


class Watch:
    """A window, what it asked for and what it complained about."""

    def __init__(self, browser: Browser, settings: dict[str, object], lent: bool):
        self.lent = lent
        self.context = browser.new_context(**({"viewport": DESK} | settings))
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on("console", self._console)
        self._begin()

    def _begin(self) -> None:
        self.homes: list[str] = []
        self.asked: list[str] = []
        self.errors: list[str] = []

    def go(self, url: str, home: str) -> Page:
        self.homes.append(home)
        self.page.goto(url)
        return self.page

    def check(self) -> None:
        """It has asked nobody but its home, and has not complained."""
        assert [url for url in self.asked if not url.startswith((*self.homes, *INSIDE))] == []
        assert self.errors == []

    def empty(self) -> None:
        """Make it as good as new for the next test."""
        self.page.evaluate(EMPTY)
        self.page.goto("about:blank")
        self.page.set_viewport_size(DESK)
        self.page.emulate_media(color_scheme="light")
        self.context.clear_cookies()
        self._begin()

    def _dialog(self, dialog: Dialog) -> None:
        self.errors.append(f"a dialog opened: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not OWN_MISSES.search(message.location["url"]):
            self.errors.append(message.text)


_kept: WeakKeyDictionary[Browser, Watch] = WeakKeyDictionary()
"""The window that is handed on from test to test: it opens a page in half the time that a new one takes."""


@contextmanager
def watched(browser: Browser) -> Iterator[Open]:
    """Open addresses in windows of a browser; at the end none has asked anybody but its home, or complained.

    The first window is the one handed on, unless a test wants its own, or has settings that a window is born with.
    """
    watches: list[Watch] = []

    def opened(url: str, home: str, *, own: bool = False, **settings: object) -> Page:
        born_with = settings.keys() - {"viewport", "color_scheme"}
        watch = None if own or born_with else _kept.pop(browser, None)
        if watch is None:
            watch = Watch(browser, settings, lent=not (own or born_with))
        else:
            watch.page.set_viewport_size(settings.get("viewport", DESK))
            watch.page.emulate_media(color_scheme=settings.get("color_scheme", "light"))
        watches.append(watch)
        return watch.go(url, home)

    try:
        yield opened
        for watch in watches:
            watch.check()
        for watch in watches:
            if watch.lent and browser not in _kept:
                watch.empty()
                _kept[browser] = watch
    finally:
        for watch in watches:
            if watch is not _kept.get(browser):
                watch.context.close()
