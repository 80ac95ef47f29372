"""Each claim of the seed article leads to a record in two clicks or fewer, on the map or in the list."""

from __future__ import annotations

import re

import pytest
from conftest import GEODATA
from playwright.sync_api import expect
from windows import the_map, watched

pytestmark = pytest.mark.browser
PLACED = "01 02 03 05 06 07 09 10 11 12 13 14 15 19 20 23 26 27 29 32 34 41"
"""The claims of the article that are about a place; the others are about people, opinions or nowhere in particular."""

ROW = re.compile(r"^\| (SC\d\d) \|.*\| (.*?) \|$", re.MULTILINE)
TABLE = dict(ROW.findall((GEODATA / "README.md").read_text("utf-8")))
CLAIMS = {f"SC{number}": re.findall(r"`([^`]+)`", TABLE[f"SC{number}"]) for number in PLACED.split()}
"""Claim -> the ids of the records that show it."""


@pytest.fixture(scope="module")
def page(chromium, address):
    with watched(chromium) as window:
        yield window(f"{address}/?date=2026-01-20")


def way(ids, timeline):
    """Where to click: the facility of one of the records, else one of the events in the list of its day."""
    register = timeline.register
    events = [register.events[one] for one in ids if one in register.events]
    for event in events:
        if event["facility_id"] in register.facilities:
            return "row", event["facility_id"], event["event_id"]
    if events:
        return "day", events[0]["event_date"], events[0]["event_id"]
    return "row", next(one for one in ids if one in register.facilities), None


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_is_two_clicks_away(page, claim, timeline):
    kind, where, record = way(CLAIMS[claim], timeline)
    panel = page.locator(".board .panel")
    if panel.is_visible():
        page.get_by_role("button", name="Back to the list").click()
        expect(panel).to_be_hidden()
    if kind == "row":
        page.locator(f".board tbody tr[data-id='{where}']").click()
    else:
        player = the_map(page)
        player.locator("#typed").fill(where)
        player.locator("#typed").press("Enter")
        if player.locator("#day-list").is_hidden():
            player.locator("#news").click()
        player.locator("#day-list").get_by_role("button", name=timeline.register.events[record]["title"]).first.click()
    expect(panel.locator("h2")).to_be_visible()
    if record:
        expect(panel.locator(f".events [data-record={record}]")).to_be_attached()
