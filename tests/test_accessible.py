"""Every page under axe-core: nothing in the parts that are ours keeps a reader with a screen reader or keyboard out."""

from __future__ import annotations

import pytest
import serving
from axe_playwright_python.base import AXE_SCRIPT
from watches import DESK, PHONE
from windows import watched

pytestmark = pytest.mark.browser
OURS = [".st-key-bar", ".st-key-frame", ".st-key-board", ".st-key-changes", ".st-key-contradictions", ".st-key-later"]
"""The boxes of our components. What is round them is Streamlit's own."""

CHECK = """(ours) => axe.run(ours ? { include: ours.filter((one) => document.querySelector(one)) } : document, {
  iframes: false,
  resultTypes: ["violations"],
})"""
PAGES = {
    "map": "?date=2026-01-20&known=2026-02-10&confirmed=yes",
    "panel": "?date=2026-01-20&facility=al-hol",
    "facilities": "facilities?date=2026-01-20",
    "changes": "changes?date=2026-01-21&from=2026-01-20&from-known=2026-01-21",
    "contradictions": "contradictions?date=2026-01-20",
    "later": "later?date=2026-01-20&known=2026-02-20",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with serving.app(tmp_path_factory.mktemp("app") / "server.log") as url:
        yield url


def violations(frame, ours=None):
    """The serious ones. That axe has looked at our parts, inside their shadow roots, is made sure of."""
    if not frame.evaluate("typeof axe !== 'undefined'"):
        frame.evaluate(AXE_SCRIPT)
    found = frame.evaluate(CHECK, ours)
    looked_at = [node["target"] for one in found["passes"] for node in one["nodes"]]
    assert not ours or any(isinstance(target[0], list) for target in looked_at), "axe saw no shadow root"
    return [
        (one["id"], node["target"], node["failureSummary"])
        for one in found["violations"]
        for node in one["nodes"]
        if one["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("view", PAGES.values(), ids=PAGES)
def test_no_part_of_ours_keeps_a_reader_out(chromium, address, view):
    with watched(chromium) as open_app:
        page = open_app(f"{address}/{view}", color_scheme="light")
        for size, scheme in ((DESK, "light"), (PHONE, "dark")):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            page.locator(f".bar[data-theme={scheme}]").wait_for()
            assert violations(page, OURS) == []
        for frame in page.frames[1:]:
            assert violations(frame) == []
