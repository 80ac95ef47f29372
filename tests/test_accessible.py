"""Every page under axe-core: nothing in the parts that are ours keeps a reader with a screen reader or keyboard out."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect
from watches import DESK, PHONE
from windows import panel, row, watched

pytestmark = pytest.mark.browser
BAR, BOARD = ".st-key-bar", ".st-key-board"
COLOURS = ["color-contrast", "link-in-text-block"]
LOOKS = ((DESK, "light", None), (PHONE, "dark", None), (PHONE, "light", COLOURS), (DESK, "dark", COLOURS))
"""Sizes and themes, each pair with the rules it is looked at by (None: all): each size and each theme once by all."""

WALKS = {
    "map": ["", "panel"],
    "lists": ["facilities", "Changes"],
    "reading": ["contradictions", "Came later", "Data"],
}
"""Where a window opens, and where it goes from there: a new one for each page would take twice as long."""

OURS = {
    "": [BAR, BOARD],
    "panel": [BOARD],
    "facilities": [BOARD],
    "Changes": [".st-key-changes"],
    "contradictions": [".st-key-contradictions"],
    "Came later": [".st-key-later"],
    "Data": [BAR, ".st-key-reading"],
}
"""The boxes that are ours in each page. What is round them is Streamlit's own, and so are its tables."""

ADDRESS = "?date=2026-01-21&from=2026-01-20&from-known=2026-01-21&known=2026-02-10&confirmed=yes"
CHECK = """([ours, colours]) => {
  const grave = ({ enabled, impact, tags }) =>
    enabled && ["serious", "critical"].includes(impact) && !tags.includes("experimental");
  const inside = (selector) => ({ fromShadowDom: ["[data-testid=stBidiComponentIsolated]", selector] });
  const alike = ["tbody tr:nth-child(n + 6)", "li:nth-child(n + 6)"].map(inside); // they are made as those before them
  return axe.run(ours ? { include: ours, exclude: ["[data-testid=stDataFrame]", ...alike] } : document, {
    iframes: false,
    resultTypes: ["violations"],
    runOnly: { type: "rule", values: colours ?? axe._audit.rules.filter(grave).map((rule) => rule.id) },
  });
}"""


def violations(frame, rules, ours=None):
    """What is wrong. That axe has looked at our parts, inside their shadow roots, is made sure of."""
    if not frame.evaluate("typeof axe !== 'undefined'"):
        frame.evaluate(AXE_SCRIPT)
    found = frame.evaluate(CHECK, [ours, rules])
    looked_at = [node["target"] for one in found["passes"] for node in one["nodes"]]
    assert looked_at or rules
    assert not ours or any(isinstance(target[0], list) for target in looked_at), "axe saw no shadow root"
    return [(one["id"], node["target"], node["failureSummary"]) for one in found["violations"] for node in one["nodes"]]


def look(page, size, scheme):
    """Give the window another size and theme; every part has taken them when this is over."""
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    other = {"light": "dark", "dark": "light"}[scheme]
    for frame in page.frames:
        expect(frame.locator(f"[data-theme={other}]")).to_have_count(0)


def turn_to(page, name):
    if name == "panel":
        row(page, "al-hol").click()
        panel(page).locator("h2").wait_for()
    else:
        page.locator(".bar nav").get_by_role("link", name=name).click()
        page.locator(OURS[name][-1]).locator("h1, h3").first.wait_for()


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_no_part_of_ours_keeps_a_reader_out(chromium, address, walk):
    with watched(chromium) as open_app:
        page = open_app(f"{address}/{walk[0]}{ADDRESS}")
        for place in walk:
            if place != walk[0]:
                turn_to(page, place)
            for size, scheme, rules in LOOKS:
                look(page, size, scheme)
                assert violations(page, rules, OURS[place]) == [], (place, size, scheme)
                for frame in page.frames[1:] if place == "" and rules is None else []:
                    assert violations(frame, rules) == [], (size, scheme)


def test_no_panel_of_the_offline_page_keeps_a_reader_out(window, made):
    page = window(made[0])
    for opener in ("#open-compare", "#open-chart", "#news", "#open-find", "[aria-label=Layers]"):
        page.click(opener)
    page.locator(".site").first.press("Enter")
    expect(page.locator("#card h2")).to_be_visible()
    for size, scheme, rules in LOOKS:
        look(page, size, scheme)
        assert violations(page, rules) == [], (size, scheme)
    page.get_by_role("button", name="About").click()
    for size, scheme, rules in LOOKS:
        look(page, size, scheme)
        assert violations(page, rules) == [], (size, scheme)
