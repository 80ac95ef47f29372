"""The app looked back on: as known on a day, confirmed alone, between two days; the same on every page."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
import situations as made
from defects import TOML
from playwright.sync_api import expect
from replaying import hostile
from watches import DESK, PHONE
from windows import panel, row, rows, the_map, watched

from mapapp.exchange import listings, report
from mapapp.timeline.changes import changes
from mapapp.timeline.contradictions import contradictions
from mapapp.timeline.late import late
from mapapp.timeline.lookback import left_out, look_back

pytestmark = pytest.mark.browser
THEN = date(2026, 1, 19)
ARABIC = "مخيم النازحين في الضفة الشرقية للوادي الكبير"


@pytest.fixture
def window(chromium):
    with watched(chromium) as open_app:
        yield open_app


def strip(page):
    return page.locator(".bar .strip")


def title(page):
    return page.locator(".reading h1")


def part(page, name):
    return page.locator(".reading section").filter(has=page.get_by_role("heading", name=name, exact=True))


def look_by_keyboard(page, day):
    page.locator(".bar .known").press("Enter")
    expect(page.get_by_label("As known on")).to_be_focused()
    page.keyboard.type(day)
    page.keyboard.press("Enter")


def shares_on_map(page):
    """What the map says is held, as the reader of its marks hears it."""
    return the_map(page).locator(".site").evaluate_all("nodes => nodes.map((n) => n.ariaLabel).sort()")


# As known on a day


def test_a_known_day_changes_map_list_and_changes_alike_and_survives_a_reload(window, address, situation):
    page = window(f"{address}/?date=2026-01-20")
    expect(row(page, "al-hol")).to_contain_text("unguarded")
    of_today = shares_on_map(page)
    page.frames[1].evaluate("map_replay.setView([36.4, 40.5], 9, { animate: false })")
    look_by_keyboard(page, "2026-01-19")
    came = len(late(situation, situation.last_day, THEN))
    expect(strip(page)).to_have_text(f"As known on 19 January 2026: {came} records came later")
    expect(page.locator(".bar .known")).to_be_focused()
    expect(row(page, "al-hol")).to_contain_text("open")
    expect(the_map(page).locator("#date")).to_contain_text("20 January 2026")
    seen = page.frames[1].evaluate("(({ lat, lng }) => [lat, lng, map_replay.getZoom()])(map_replay.getCenter())")
    assert seen == pytest.approx([36.4, 40.5, 9], abs=0.01), "the map stays where the reader has put it"
    of_then = shares_on_map(page)
    assert of_then != of_today
    faded = the_map(page).locator(".site.old").evaluate_all("nodes => nodes.map((n) => n.ariaLabel.split(',')[0])")
    assert "Ain Issa camp" in faded, "nobody has verified it for years"
    assert "Al-Hol camp" not in faded
    page.wait_for_url(re.compile(r"\?date=2026-01-20&known=2026-01-19$"))
    page.reload()
    expect(row(page, "al-hol")).to_contain_text("open")
    expect(strip(page)).to_be_visible()
    the_map(page).locator("html[data-ready]").wait_for()
    assert shares_on_map(page) == of_then
    page.get_by_role("link", name="Changes").click()
    expect(title(page)).to_have_text("What changed from 13 Jan 2026 to 20 Jan 2026")
    expect(page.locator(".reading")).not_to_contain_text("C066")
    page.locator(".bar .known").click()
    page.locator(".reading h1").click(position={"x": 4, "y": 4})
    expect(page.locator("#known")).to_be_hidden()
    page.locator(".bar .known").click()
    page.get_by_role("button", name="Today: all on record").click()
    expect(page.locator(".reading")).to_contain_text("C066")
    expect(strip(page)).to_be_hidden()


def test_confirmed_only_leaves_out_the_same_on_every_page(window, address, situation, timeline):
    page = window(f"{address}/?date=2026-01-20")
    everything = shares_on_map(page)
    page.locator(".bar .known").click()
    page.get_by_role("checkbox", name="Confirmed only").check()
    without = left_out(situation, look_back(situation, confirmed_only=True))
    expect(strip(page)).to_have_text(f"Confirmed only: {without} records left out")
    expect(row(page, "aqtan")).to_contain_text("unknown")
    expect(row(page, "aqtan")).not_to_contain_text("attacked")
    assert shares_on_map(page) != everything
    page.keyboard.press("Escape")
    expect(page.locator(".bar .known")).to_be_focused()
    page.locator(".summary").get_by_role("link").click()
    page.wait_for_url(re.compile(r"/contradictions\?date=2026-01-20&confirmed=yes$"))
    expect(title(page)).not_to_contain_text(f"{len(contradictions(timeline, date(2026, 1, 20)))} ")


def test_a_day_that_cannot_be_known_is_kept_to_be_mended(window, address):
    page = window(f"{address}/data")
    for wrong in ("19 January", "2025-12-31", "2031-01-01"):
        page.locator(".bar .known").press("Enter")
        page.get_by_label("As known on").fill(wrong)
        page.keyboard.press("Enter")
        expect(page.get_by_label("As known on")).to_have_attribute("aria-invalid", "true")
        expect(page.get_by_label("As known on")).to_have_value(wrong)
        page.keyboard.press("Escape")
    expect(strip(page)).to_be_hidden()


def test_the_tables_to_take_away_are_of_the_records_looked_at(window, address, situation):
    page = window(f"{address}/data?date=2026-01-20&known=2026-01-19&confirmed=yes")
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON").click()
    taken = json.loads(Path(download.value.path()).read_text("utf-8"))
    told = {row["what"]: row["value"] for row in taken["about"]}
    assert (told["day"], told["known on"], told["at least"]) == ("2026-01-20", "2026-01-19", "confirmed")
    assert len(taken["events"]) == len(look_back(situation, THEN, confirmed_only=True).events)


def test_two_windows_look_back_on_their_own(window, address):
    one, two = (
        window(f"{address}/facilities?date=2026-01-20"),
        window(f"{address}/facilities?date=2026-01-20&known=2026-01-19"),
    )
    expect(row(one, "al-hol")).to_contain_text("unguarded")
    expect(row(two, "al-hol")).to_contain_text("open")
    row(one, "roj").click()
    one.wait_for_url(re.compile(r"\?date=2026-01-20&facility=roj$"))
    two.get_by_role("button", name="Day after").click()
    expect(two.locator(".bar .short")).to_have_text("21 Jan 2026")
    expect(row(two, "al-hol")).to_contain_text("open")
    expect(strip(one)).to_be_hidden()
    one.reload()
    expect(panel(one).locator("h2")).to_contain_text("Al-Roj camp")
    expect(strip(one)).to_be_hidden()


def test_the_list_of_what_came_later_names_each_record_and_leads_to_it(window, address, situation):
    page = window(f"{address}/?date=2026-01-20&known=2026-01-19")
    strip(page).get_by_role("link").click()
    came = late(situation, situation.last_day, THEN)
    expect(title(page)).to_have_text(f"{len(came)} records came after 19 Jan 2026")
    expect(page.locator(".reading tbody tr")).to_have_count(len(came))
    page.locator(".reading tbody").get_by_role("link", name="C066", exact=True).click()
    expect(panel(page).locator(".highlight")).to_contain_text("C066")
    expect(strip(page)).to_be_hidden()


# What changed


def test_every_change_names_its_records_and_sources_and_leads_to_them(window, address, timeline):
    page = window(f"{address}/changes?date=2026-02-28&from=2026-01-04")
    found = changes(timeline, date(2026, 1, 4), timeline, date(2026, 2, 28))
    expect(title(page)).to_have_text("What changed from 4 Jan 2026 to 28 Feb 2026")
    for name, key in (("Facilities", "facilities"), ("Places", "places")):
        lines = part(page, name).locator("tbody tr")
        expect(lines).to_have_count(len(found[key]))
        sites = lines.locator("th a").all_text_contents()
        assert sites == [one["name"] for one in found[key]]
        bare = lines.evaluate_all("nodes => nodes.filter((n) => !n.querySelector('.events a')).length")
        assert bare == sum(not one["event_ids"] for one in found[key])
    held = part(page, "Ground").locator("tbody tr").filter(has_text="SDF")
    expect(held.locator("td").last).to_have_text("30,880.8")
    urls = page.locator(".reading .sources a").evaluate_all("nodes => nodes.map((n) => [n.href, n.rel])")
    assert urls
    assert all(url.startswith("http") and rel == "noopener noreferrer" for url, rel in urls)
    with page.expect_download() as download:
        page.get_by_role("button", name="Table (CSV)").click()
    assert Path(download.value.path()).read_text("utf-8-sig") == listings.changes_csv(found)
    for name, make in (("Report (Markdown)", report.markdown), ("Report (HTML)", report.html)):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        assert Path(download.value.path()).read_text("utf-8") == make(found, timeline)
    part(page, "Facilities").get_by_role("link", name="Al-Aqtan prison").first.click()
    expect(panel(page).locator("h2")).to_contain_text("Al-Aqtan prison")
    the_map(page).locator("html[data-ready]").wait_for()


def test_two_days_and_a_known_day_are_typed_and_survive_a_copied_link(window, address):
    page = window(f"{address}/changes?date=2026-01-25")
    page.get_by_label("From", exact=True).fill("2026-01-20")
    page.get_by_label("First day as known on").fill("2026-01-21")
    page.keyboard.press("Enter")
    said = "What changed from 20 Jan 2026 (as known on 21 Jan 2026) to 25 Jan 2026 (as known today)"
    expect(title(page)).to_have_text(said)
    expect(part(page, "Became known in between")).to_be_visible()
    page.wait_for_url(re.compile(r"date=2026-01-25&from=2026-01-20&from-known=2026-01-21$"))
    expect(title(window(page.url))).to_have_text(said)
    page.get_by_role("button", name="Day before").click()
    expect(title(page)).to_contain_text("to 24 Jan 2026")
    page.get_by_label("From", exact=True).fill("2026-01-30")
    page.keyboard.press("Enter")
    expect(page.locator(".reading")).to_contain_text("The first day is after the last")


def test_the_last_visit_is_offered_and_compared_with_what_was_known_then(window, address, situation):
    page = window(f"{address}/?date=2026-01-19")
    page.get_by_role("link", name="Changes").click()
    expect(title(page)).to_be_visible()
    expect(page.get_by_role("button", name="Since my last visit")).to_have_count(0)
    shelf = f"mapapp:visits:{situation.id}"
    kept = page.evaluate("shelf => JSON.parse(localStorage.getItem(shelf))", shelf)
    kept["last"] |= {"at": 0, "digest": "another", "known": kept["last"]["known"] - 30}
    page.evaluate("([shelf, kept]) => localStorage.setItem(shelf, JSON.stringify(kept))", [shelf, kept])
    page.goto(f"{address}/changes?date=2026-02-28")
    page.get_by_role("button", name="Since my last visit (19 Jan)").click()
    expect(title(page)).to_have_text(
        "What changed from 19 Jan 2026 (as known on 18 Feb 2026) to 28 Feb 2026 (as known today)"
    )


def test_where_the_browser_keeps_nothing_no_last_visit_is_offered(window, address):
    page = window(f"{address}/?date=2026-02-28", own=True)
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('none') } })")
    page.goto(f"{address}/changes?date=2026-02-28")
    expect(title(page)).to_be_visible()
    expect(page.get_by_role("button", name="Since my last visit")).to_have_count(0)


# Contradictions


def test_the_head_of_the_list_counts_the_contradictions_and_leads_to_both_sides(window, address, timeline):
    found = contradictions(timeline, date(2026, 1, 20))
    page = window(f"{address}/?date=2026-01-20")
    expect(row(page, "al-hol").locator(".contradiction")).to_have_count(1)
    expect(row(page, "roj").locator(".contradiction")).to_have_count(0)
    page.locator(".summary").get_by_role("link", name=f"{len(found)} contradictions").press("Enter")
    expect(title(page)).to_have_text(f"{len(found)} contradictions on 20 Jan 2026")
    expect(page.locator(".clashes > li")).to_have_count(len(found))
    one = page.locator(".clashes > li", has_text="Al-Aqtan prison is guarded by SDF, but Government holds its ground.")
    expect(one).to_contain_text("since 18 Jan 2026, 2 days")
    expect(one.locator(".side")).to_contain_text([re.compile("guard: SDF.*H009"), re.compile("holder.*C020")])
    expect(page.locator(".reading")).to_contain_text(
        "One side guards a facility, another holds the ground it stands on."
    )
    page.get_by_role("button", name="Day after").click()
    expect(title(page)).to_contain_text("on 21 Jan 2026")
    one.get_by_role("link", name="Al-Aqtan prison").click()
    expect(panel(page)).to_contain_text("guard and ground differ")


def test_of_many_contradictions_by_one_rule_the_first_come_first_and_all_come(window, address, timeline):
    found = contradictions(timeline, date(2026, 3, 31))
    page = window(f"{address}/contradictions?date=2026-03-31")
    expect(page.locator(".clashes > li > h3")).to_have_text([one["text"] for one in found])
    expect(page.get_by_role("button", name="more of")).to_have_count(0)
    page.get_by_role("button", name="Day before").click()
    expect(title(page)).to_contain_text("on 30 Mar 2026")
    expect(page.locator(".clashes > li")).to_have_count(len(contradictions(timeline, date(2026, 3, 30))))


# The list and the panel


def test_what_is_carried_forward_fades_and_says_since_when(window, address):
    page = window(f"{address}/facilities?date=2026-03-31")
    seen = row(page, "aqtan").locator("[data-column=guard]")
    expect(seen.locator(".holder")).to_have_class(re.compile("ageing"))
    expect(seen).to_contain_text(re.compile("seen \\d+ d ago"))
    fresh = rows(page).locator("td:has(.fresh.holder)").all_text_contents()
    assert [text for text in fresh if (ago := re.search(r"seen (\d+) d ago", text)) and int(ago[1]) > 30] == []


def test_the_panel_shows_rival_claims_the_front_and_when_each_record_became_known(window, address):
    page = window(f"{address}/facilities?date=2026-01-20&facility=ahdath")
    expect(panel(page).locator(".track.rival")).to_contain_text(["Tribal fighters"])
    expect(panel(page).locator(".front .steps")).to_have_count(1)
    expect(panel(page)).to_contain_text("up to 5 km (dashed) counts as close to the front")
    expect(panel(page).locator(".values")).to_contain_text("ground is claimed")
    page.goto(f"{address}/facilities?date=2026-01-20&facility=aqtan")
    panel(page).get_by_text("by the day on which they became known").click()
    expect(panel(page).locator(".log li").first).to_contain_text(re.compile("known on \\d+ \\w+ 2026"))
    panel(page).get_by_text("Every span with its records").click()
    expect(panel(page).locator("tr", has_text="H046")).to_contain_text(
        re.compile("reliability [A-F]|credibility [1-6]")
    )
    expect(row(page, "al-hol").locator("[data-column=front] .spark")).to_have_count(1)


def test_a_long_list_is_whole_and_walked_to_its_end(window, staged):
    folder, url = staged
    made.make(folder)
    layer = made.load_layer(folder, "camps.geojson")
    for number in range(90):
        about = {
            "facility_id": f"z{number:02}",
            "name": f"Zone {number:02}",
            "facility_type": "camp",
            "source_ids": "S1",
        } | made.POINT
        layer["features"].append(made.feature(about, [40.5, 36.5]))
    made.save_layer(folder, "camps.geojson", layer)
    page = window(f"{url}/facilities?date=2026-02-12")
    expect(rows(page)).to_have_count(93)
    row(page, "east-camp").press("End")
    expect(row(page, "z89")).to_be_focused()
    page.get_by_role("button", name="Day before").click()
    expect(page.locator(".board .summary time")).to_have_text("11 Feb 2026")
    expect(row(page, "z89")).to_be_in_viewport()


# What a folder says


PAGES_TO_READ = ("changes?from=2026-01-05&from-known=2026-01-12", "contradictions?", "later?known=2026-01-12", "data?")


FITS = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  return main.scrollWidth <= main.clientWidth;
}"""
PARTS = ".bar :is(h1, .known, nav), .reading :is(h1, h3, li, p)"
BEYOND = "nodes => nodes.filter((n) => n.getBoundingClientRect().right > innerWidth + 1).map((n) => n.textContent)"
HOSTILE = "<img src=x onerror=alert(1)> `${alert(1)}` </script> =1+1 \u202egnitirw"


def test_nothing_runs_on_the_pages_to_read(window, staged):
    folder, url = staged
    hostile(folder, HOSTILE)
    page = window(f"{url}/?date=2026-02-25&known=2026-02-25")
    for view in PAGES_TO_READ:
        page.goto(f"{url}/{view}&date=2026-02-25")
        page.locator(".reading h1, .st-key-reading").wait_for()
        assert page.locator("img[src=x], .reading script, .bar script").count() == 0


def test_long_arabic_names_stay_in_their_place(window, staged):
    folder, url = staged
    made.make(folder)
    for file, record in (
        ("camps.geojson", "east-camp"),
        ("prisons.geojson", "old-prison"),
        ("cities.geojson", "alpha"),
    ):
        for column in ("name", "name_ar"):
            made.cell(file, record, column, ARABIC)(folder)
    toml = folder / TOML
    toml.write_text(
        re.sub(r"^(title|short|name) = .*", rf'\1 = "{ARABIC}"', toml.read_text("utf-8"), flags=re.M), "utf-8"
    )
    page = window(f"{url}/?date=2026-02-12&facility=east-camp&known=2026-02-25&confirmed=yes")
    for view in ("", "facilities?", *PAGES_TO_READ):
        page.goto(f"{url}/{view or '?'}&date=2026-02-25")
        page.locator(".board tbody tr, .reading h1, .st-key-reading").first.wait_for()
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            page.wait_for_function(FITS)  # Streamlit's own tables take their new width a moment later
            assert page.locator(PARTS).evaluate_all(BEYOND) == [], view
