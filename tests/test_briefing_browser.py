"""The briefing page in a browser: what is on the map, for an audience, drafted from the records, made and verified."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest
import serving
from axe_playwright_python.base import AXE_SCRIPT
from briefings import view, with_secrets
from PIL import Image
from watches import DESK, PHONE

from mapapp.briefing.raster import pixels
from mapapp.briefing.sharing import Edition
from mapapp.briefing.sheet import draw
from mapapp.briefing.snapshot import snapshot
from mapapp.briefing.verify import verify
from mapapp.packing.checking import verify_pack
from mapapp.situation.situation import load

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return with_secrets(tmp_path_factory.mktemp("briefing") / "situation")


@pytest.fixture(scope="module")
def page(folder, chromium, tmp_path_factory):
    with serving.app(tmp_path_factory.mktemp("log") / "log", folder) as address:
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{address}/briefing?date=2026-01-20&facility=east-camp&status=open")
        page.locator(".st-key-briefing img").wait_for()
        yield page
        page.close()


def choose(page, what, value):
    page.get_by_role("combobox", name=re.compile(what)).click()
    page.get_by_role("option", name=value).click()


def make(page, name):
    page.get_by_role("button", name=f"Make the {name}").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download ").click()
    return waiting.value


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_keeps_no_reader_out(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.locator(f".bar[data-theme={scheme}]").wait_for()
    page.evaluate(AXE_SCRIPT)
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        found = page.evaluate("axe.run({ include: ['.st-key-briefing'] }, { resultTypes: ['violations'] })")
        grave = [one["id"] for one in found["violations"] if one["impact"] in {"serious", "critical"}]
        assert grave == [], size


def test_the_caption_is_drafted_for_the_audience_and_the_file_verifies(page, folder):
    caption = page.get_by_role("textbox", name="Caption")
    assert caption.input_value().startswith("Since 13 January 2026: ")
    page.get_by_text("must not be handed over").wait_for()  # it would show what is marked RED as CLEAR
    choose(page, "Audience", re.compile("TLP:CLEAR: may"))
    page.get_by_text("3 sites withheld").wait_for()
    page.get_by_role("textbox", name="Title").fill("For the meeting")
    page.get_by_role("textbox", name="Title").press("Enter")
    page.get_by_text("One site").click()
    download = make(page, "picture")
    assert download.suggested_filename == "MADE-UP_east-camp_A4_20260120.png"
    verdict = verify(Path(download.path()), load(folder))
    assert verdict.same
    asked = verdict.receipt.view
    assert asked["title"] == "For the meeting" and asked["statuses"] == ["open"] and asked["audience"] == "CLEAR"
    assert asked["caption"] == caption.input_value()


def test_a_pack_is_made_in_one_click_with_a_caption_of_ones_own(page, folder):
    page.get_by_role("textbox", name="Caption").fill("Our own words")
    page.get_by_role("textbox", name="Caption").blur()
    choose(page, "File", re.compile("Briefing pack"))
    assert page.get_by_role("textbox", name="Caption").input_value() == "Our own words"
    content = Path(make(page, "briefing pack").path()).read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert len(archive.namelist()) == 9
    verdict = verify_pack(content, load(folder))
    assert verdict.same and verdict.receipt.view["caption"] == "Our own words"


def test_an_svg_opens_in_a_browser_and_looks_like_the_picture(chromium, timeline, tmp_path):
    seen = Edition(timeline, "CLEAR")
    (tmp_path / "sheet.svg").write_bytes(snapshot(seen, view(), "svg").content)
    page = chromium.new_page(viewport={"width": 1123, "height": 794})
    page.goto((tmp_path / "sheet.svg").as_uri())
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    drawn = Image.fromarray(pixels(draw(seen, view()).canvas, 96)).resize(shown.size)
    apart = np.abs(np.asarray(shown).astype(int) - np.asarray(drawn)).max(axis=2)
    assert (apart > 100).mean() < 0.02, f"{(apart > 100).mean():.2%} looks different"
