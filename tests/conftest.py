"""What the tests share: the bundled situation, loaded once, and one Chromium."""

from __future__ import annotations

import shutil
from contextlib import contextmanager

import pytest
import serving
import situations
from hypothesis import settings
from playwright.sync_api import sync_playwright
from replaying import READY, watched

import mapapp
from mapapp import replay

ROOT = serving.ROOT
GEODATA = ROOT / "geodata"
settings.register_profile("mapapp", deadline=None, derandomize=True, max_examples=60)  # the first case pays for imports
settings.load_profile("mapapp")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # the network is unplugged
]


@pytest.fixture(scope="session")
def situation():
    """The bundled situation; no test may change it."""
    return mapapp.load()


@pytest.fixture(scope="session")
def timeline(situation):
    """The bundled situation, joined in space and time."""
    return mapapp.build(situation)


@contextmanager
def open_chromium():
    """Run a headless Chromium. It must be there: a skipped browser test is no test."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "These tests need Chromium. Install it (on Debian: apt-get install chromium) and run them again."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests of a session."""
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Where the app is served on the bundled situation."""
    with serving.app(tmp_path_factory.mktemp("app") / "server.log") as url:
        yield url


@pytest.fixture(scope="session")
def stage(tmp_path_factory):
    """A folder and where the app is served on it: it reads the folder again when that changes."""
    scratch = tmp_path_factory.mktemp("stage")
    folder = situations.make(scratch / "situation")
    with serving.app(scratch / "server.log", folder) as url:
        yield folder, url


@pytest.fixture
def staged(stage):
    """The folder, not there yet, and where the app is served on it."""
    folder, url = stage
    shutil.rmtree(folder, ignore_errors=True)  # a test that failed may have left none
    return folder, url


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The page of the made-up situation, which has no base map, and its time line."""
    folder = tmp_path_factory.mktemp("made")
    timeline = mapapp.build(mapapp.load(situations.make(folder / "situation")))
    replay.write(timeline, folder / "replay.html")
    return folder / "replay.html", timeline


@pytest.fixture
def window(chromium):
    """Open a file in a fresh window and wait until it can be used."""
    with watched(chromium) as open_file:

        def open_ready(path, **settings):
            page = open_file(path, **settings)
            page.locator(READY).wait_for(state="attached")
            return page

        yield open_ready
