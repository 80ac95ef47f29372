"""The app in a real browser: one clock and one selection for map and list, every word traceable, nobody else asked."""

from __future__ import annotations

import re
from datetime import date

import pytest
import situations as made
from defects import TOML
from playwright.sync_api import expect
from replaying import hostile
from watches import DESK, PHONE
from windows import day_of_list, panel, row, rows, slide_to, the_map, watched

from mapapp.timeline.status import board
from mapapp.timeline.wording import rounded

pytestmark = pytest.mark.browser
BOARD_WITHIN_MS = 300
JANUARY_19, JANUARY_20, JANUARY_21 = 20472, 20473, 20474


@pytest.fixture
def window(chromium):
    with watched(chromium) as open_app:
        yield open_app


def site_on_map(page, name):
    return the_map(page).get_by_role("button", name=re.compile(f"^{name}"))


def query(page, expected):
    """Wait until the address says this and nothing else."""
    pairs = "&".join(f"{key}={text.replace(',', '%2C')}" for key, text in expected.items())
    page.wait_for_url(re.compile(rf"/(facilities)?\?{re.escape(pairs)}$"))


# One clock


def test_the_list_follows_the_slider_and_the_map_is_never_put_up_again(window, address):
    page = window(f"{address}/?date=2026-01-19")
    frame = page.locator(".st-key-frame iframe")
    frame.evaluate("frame => { frame.marker = 'the first one'; }")
    inside = the_map(page).locator("html")
    inside.evaluate("html => { html.dataset.marker = 'loaded once'; }")
    expect(row(page, "al-hol")).to_contain_text("open")
    slide_to(page, JANUARY_20)
    expect(row(page, "al-hol")).to_contain_text("unguarded")
    expect(day_of_list(page)).to_have_text("20 Jan 2026")
    expect(page.locator(".bar .long")).to_have_text("Tuesday, 20 January 2026")
    query(page, {"date": "2026-01-20"})
    row(page, "roj").click()
    expect(panel(page).locator("h2")).to_contain_text("Al-Roj camp")
    page.get_by_role("button", name="Back to the list").click()
    row(page, "al-hol").click()
    expect(panel(page).locator("h2")).to_contain_text("Al-Hol camp")
    page.get_by_role("button", name="Back to the list").click()
    page.get_by_role("button", name="Filter by kind").click()
    page.get_by_role("checkbox", name="prison").check()
    expect(row(page, "al-hol")).to_have_count(0)
    query(page, {"date": "2026-01-20", "kind": "prison"})
    assert frame.evaluate("frame => frame.marker") == "the first one"
    expect(inside).to_have_attribute("data-marker", "loaded once")
    assert frame.get_attribute("sandbox") == "allow-scripts allow-forms"


def test_the_list_is_drawn_within_300_ms_of_the_map_coming_to_rest(window, address):
    page = window(f"{address}/?date=2026-01-18")
    page.evaluate(
        """() => {
          window.waits = {};
          window.addEventListener("message", ({ data }) => {
            if (data?.type === "state") window.settled = performance.now();
          });
          const list = document.querySelector(".st-key-board [data-testid=stBidiComponentIsolated]").shadowRoot;
          const drawn = () => {
            window.waits[list.querySelector(".summary time").textContent] = performance.now() - window.settled;
          };
          new MutationObserver(drawn).observe(list.querySelector(".scroll tbody"), { childList: true });
        }"""
    )
    waits = []
    for day, text in ((JANUARY_19, "19 Jan 2026"), (JANUARY_20, "20 Jan 2026"), (JANUARY_21, "21 Jan 2026")) * 3:
        slide_to(page, day)
        expect(day_of_list(page)).to_have_text(text)
        waits.append(page.evaluate("day => window.waits[day]", text))
    assert sorted(waits)[1] < BOARD_WITHIN_MS, waits  # the slow ones measure what else the machine is doing


def test_a_day_typed_in_the_player_moves_the_list_and_a_day_in_the_panel_moves_the_map(window, address):
    page = window(f"{address}/?date=2026-02-10&facility=al-hol")
    the_map(page).locator("#typed").fill("2026-01-21")
    the_map(page).locator("#typed").press("Enter")
    query(page, {"date": "2026-01-21", "facility": "al-hol"})
    expect(panel(page).locator(".values")).to_contain_text("today")
    panel(page).locator("[data-record=H030]").get_by_role("button", name="22 Feb 2026").click()
    expect(the_map(page).locator("#date")).to_contain_text("22 February 2026")
    expect(panel(page).locator(".values")).to_contain_text("closed")
    query(page, {"date": "2026-02-22", "facility": "al-hol"})


def test_what_the_list_sets_stands_also_where_the_map_was_just_moving(window, address):
    page = window(f"{address}/?date=2026-02-10&facility=al-hol")
    slide_to(page, JANUARY_21)
    panel(page).locator("[data-record=H030]").get_by_role("button", name="22 Feb 2026").dispatch_event("click")
    query(page, {"date": "2026-02-22", "facility": "al-hol"})
    expect(panel(page).locator(".values")).to_contain_text("closed")
    expect(the_map(page).locator("#date")).to_contain_text("22 February 2026")


def test_the_list_follows_while_the_map_plays_and_the_history_does_not_fill(window, address):
    page = window(f"{address}/?date=2026-01-01", own=True)
    before = page.evaluate("history.length")
    the_map(page).locator("#speed").select_option("2")
    the_map(page).locator("#play").click()
    expect(day_of_list(page)).not_to_have_text(re.compile("^[1-4] Jan"), timeout=20_000)
    the_map(page).locator("#play").click()
    expect(the_map(page).locator("#play")).to_have_attribute("aria-label", "Play")
    day = the_map(page).locator("#date").inner_text().split()[0]
    expect(day_of_list(page)).to_have_text(re.compile(f"^{day} "))
    page.wait_for_url(re.compile(rf"date=2026-\d\d-{day:0>2}"))
    assert page.evaluate("history.length") - before == 1


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Baghdad"])
def test_the_days_are_the_same_in_every_time_zone(window, address, zone):
    page = window(f"{address}/?date=2026-01-20&facility=al-hol", timezone_id=zone)
    expect(page.locator(".bar .long")).to_have_text("Tuesday, 20 January 2026")
    expect(the_map(page).locator("#date")).to_contain_text("20 January 2026")
    expect(panel(page).locator(".values")).to_contain_text("since 20 Jan")
    slide_to(page, JANUARY_21)
    query(page, {"date": "2026-01-21", "facility": "al-hol"})
    expect(panel(page).locator(".values")).to_contain_text("since 21 Jan")


# One selection


def test_a_row_chosen_is_chosen_on_the_map_and_escape_goes_back_to_it(window, address):
    page = window(f"{address}/?date=2026-01-20")
    row(page, "roj").focus()
    page.keyboard.press("Enter")
    expect(panel(page).locator("h2")).to_be_focused()
    expect(the_map(page).locator(".site.selected")).to_have_attribute("aria-label", re.compile("Al-Roj camp"))
    query(page, {"date": "2026-01-20", "facility": "roj"})
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(row(page, "roj")).to_be_focused()
    expect(the_map(page).locator(".site.selected")).to_have_count(0)
    query(page, {"date": "2026-01-20"})


def test_a_symbol_chosen_on_the_map_opens_its_panel_with_every_record(window, address):
    page = window(f"{address}/?date=2026-01-20")
    site_on_map(page, "Al-Shaddadi prison").press("Enter")
    expect(panel(page).locator("h2")).to_contain_text("Al-Shaddadi prison")
    expect(panel(page).locator("h2 .arabic")).to_have_text("سجن الشدادي")
    claims = panel(page).locator(".claims", has_text="Shaddadi escape").locator("li")
    assert [re.sub(r"\D", "", text) for text in claims.locator(".figure").all_inner_texts()] == ["1500", "120", "200"]
    for record in ("E044", "E045", "E046"):
        expect(panel(page).locator(f".events [data-record={record}]")).to_be_visible()
    claims.first.get_by_role("button", name="E044").click()
    expect(panel(page).locator(".events [data-record=E044]")).to_be_focused()
    panel(page).locator(".events [data-record=E044]").get_by_role("button", name="S018").click()
    link = panel(page).locator(".sources [data-record=S018] a")
    assert link.get_attribute("href").startswith("https://")
    assert link.get_attribute("rel") == "noopener noreferrer"
    expect(row(page, "shaddadi-prison")).to_have_attribute("aria-selected", "true")


def test_a_place_shows_its_holders_and_leads_to_the_facilities_near_it(window, address):
    page = window(f"{address}/?date=2026-01-20&place=al-hol")
    expect(panel(page).locator("h2")).to_contain_text("Al-Hol")
    panel(page).get_by_text("Every span with its records").click()
    expect(panel(page).locator("tr.current")).to_contain_text("Nobody")
    panel(page).get_by_role("button", name="Al-Hol camp").click()
    query(page, {"date": "2026-01-20", "facility": "al-hol"})
    expect(panel(page).locator("h2")).to_contain_text("Al-Hol camp")


def test_a_site_left_and_opened_again_at_once_is_open(window, address):
    page = window(f"{address}/?date=2026-01-20&facility=roj")
    expect(panel(page).locator("h2")).to_contain_text("Al-Roj camp")
    page.locator(".board").evaluate(
        """board => {
          board.querySelector(".panel .back").click();
          board.querySelector("tbody tr[data-id=roj]").click();
        }"""
    )
    expect(panel(page).locator("h2")).to_contain_text("Al-Roj camp")
    query(page, {"date": "2026-01-20", "facility": "roj"})


def test_an_event_is_marked_among_those_of_its_facility(window, address):
    page = window(f"{address}/?date=2026-01-20&event=E044")
    expect(panel(page).locator("h2")).to_contain_text("Al-Shaddadi prison")
    expect(panel(page).locator(".highlight")).to_be_in_viewport()
    expect(panel(page).locator(".highlight")).to_contain_text("about 1,500")
    expect(page.get_by_role("button", name="Back to the list")).to_be_in_viewport()


def test_an_event_of_no_facility_and_no_place_stands_alone(window, address):
    page = window(f"{address}/?date=2026-01-20&event=E002")
    expect(panel(page).locator("h2")).to_have_text("Turkish operation in north-east Syria begins")
    expect(panel(page).locator(".events [data-record=E002]")).to_be_visible()
    expect(panel(page).locator(".sources li")).not_to_have_count(0)


def test_each_claim_of_a_head_count_is_a_mark_that_says_whose_it_is(window, address):
    page = window(f"{address}/?date=2026-01-21&facility=al-hol")
    near = panel(page).locator(".chart .mark").count()
    panel(page).get_by_role("button", name="All years").click()
    assert panel(page).locator(".chart .mark").count() > near > 3
    panel(page).get_by_role("button", name="1 Jan 2026 to 31 Mar 2026").click()
    panel(page).get_by_role("img", name=re.compile("P024")).focus()
    expect(panel(page).locator(".caption")).to_contain_text("Cairo News")
    values = panel(page).locator(".values")
    expect(values).to_contain_text("20,000–30,000")
    expect(values).to_contain_text("44,000, localnews.digital (improbable, left out of the range)")
    panel(page).get_by_text("figures with their records").click()
    expect(panel(page).locator("tr[data-record=P024]")).to_be_visible()


# The list


def test_sites_are_found_by_english_arabic_and_other_names(window, address):
    page = window(f"{address}/?date=2026-01-20")
    search = page.get_by_role("searchbox")
    for text in ("AL-HÔL camp", "مُخيّم الهول", "Al Hawl refugee"):
        search.fill(text)
        expect(row(page, "al-hol")).to_be_visible()
        assert rows(page).count() < 3
    search.fill("zzz")
    expect(page.locator(".empty")).to_contain_text("No site fits")
    page.get_by_role("button", name="Clear search and filters").click()
    expect(rows(page)).to_have_count(38)


def test_letters_typed_in_the_search_do_not_reach_streamlits_shortcuts(window, address):
    page = window(f"{address}/?date=2026-01-20")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("crc")
    expect(page.get_by_role("searchbox")).to_have_value("crc")
    expect(page.get_by_role("dialog")).to_have_count(0)


HOLD_IDLE = """
  const atOnce = window.requestIdleCallback.bind(window);
  window.waiting = [];
  window.requestIdleCallback = (work) => (window.held ? window.waiting.push(work) : atOnce(work));
"""


def test_rows_drawn_in_idle_time_take_no_focus_from_the_map(window, address, timeline):
    page = window(f"{address}/?date=2026-01-20")
    page.add_init_script(HOLD_IDLE)
    page.reload()
    expect(rows(page)).to_have_count(len(timeline.register.facilities))
    page.evaluate("window.held = true")
    row(page, "roj").focus()
    page.keyboard.press("Enter")
    expect(panel(page).locator("h2")).to_be_focused()
    typed = the_map(page).locator("#typed")
    typed.focus()
    page.evaluate("for (const work of window.waiting) work({ timeRemaining: () => 50 })")
    expect(typed).to_be_focused()


def test_arrow_keys_walk_the_list(window, address, timeline):
    page = window(f"{address}/?date=2026-01-20")
    expect(rows(page)).to_have_count(len(timeline.register.facilities))
    ids = rows(page).evaluate_all("rows => rows.map((row) => row.dataset.id)")
    page.locator(".board tbody tr[tabindex='0']").focus()
    for key, at in (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("End", -1), ("Home", 0)):
        page.keyboard.press(key)
        expect(row(page, ids[at])).to_be_focused()


def test_the_panel_keeps_its_place_and_what_was_unfolded_from_day_to_day(window, address):
    page = window(f"{address}/facilities?date=2026-02-27&facility=al-hol")
    log = panel(page).locator("details", has_text="by the day on which they became known")
    log.locator("summary").click()
    expect(log.locator("li").first).to_be_visible()
    read = panel(page).locator(".events [data-record=H030]")
    read.scroll_into_view_if_needed()
    expect(read).to_be_in_viewport()
    page.locator(".bar .after").click()
    expect(panel(page).locator(".values")).to_contain_text("since 22 Feb")
    expect(panel(page).locator(".values")).to_contain_text("6 d ago")
    expect(read).to_be_in_viewport()
    expect(log).to_have_attribute("open", "")
    expect(log.locator("li").first).to_be_visible()


def test_a_row_stays_the_same_row_while_the_list_says_the_same(window, address):
    page = window(f"{address}/?date=2026-01-20")
    pressed = row(page, "roj").element_handle()
    row(page, "al-hol").click()
    expect(panel(page).locator("h2")).to_contain_text("Al-Hol camp")
    page.keyboard.press("Escape")
    expect(page.locator(".board")).to_have_attribute("aria-busy", "false")
    pressed.evaluate("(row) => row.click()")
    expect(panel(page).locator("h2")).to_contain_text("Al-Roj camp")


def test_the_list_is_sent_for_another_day_and_not_again_for_a_panel(window, address, timeline):
    page = window(f"{address}/facilities?date=2026-01-20")
    lists = []
    page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda frame: lists.append(frame.count(b'"values":[[')))
    )
    page.reload()
    sites = len(timeline.register.facilities)
    expect(rows(page)).to_have_count(sites)
    assert sum(lists) >= 1
    del lists[:]
    row(page, "roj").click()
    expect(panel(page).locator("h2")).to_contain_text("Al-Roj camp")
    assert sum(lists) == 0
    page.locator(".bar").get_by_role("button", name="Day after").click()
    expect(day_of_list(page)).to_have_text("21 Jan 2026")
    assert sum(lists) == 1
    expect(rows(page)).to_have_count(sites)


def test_the_symbol_says_that_the_ground_is_contested(window, address):
    page = window(f"{address}/facilities?date=2026-01-20&facility=ahdath")
    for symbol in (row(page, "ahdath").locator(".symbol"), panel(page).locator("h2 .symbol")):
        expect(symbol.locator(".rival")).to_have_count(1)
        expect(symbol).to_have_accessible_name(re.compile("on ground contested by"))
    expect(row(page, "al-hol").locator(".symbol .rival")).to_have_count(0)


def test_counts_are_read_rounded_and_told_exactly_beside_that(window, address, timeline):
    page = window(f"{address}/facilities?date=2026-01-21")
    told = {one["facility_id"]: one["persons"] for one in board(timeline, date(2026, 1, 21)) if one["persons"]}
    ends = {key: (held["low"], held["high"]) for key, held in told.items() if None not in (held["low"], held["high"])}
    odd = {key: several for key, several in ends.items() if any(rounded(one) != one for one in several)}
    assert odd
    for key, several in ends.items():
        cell = row(page, key).locator("[data-column=persons] .figure")
        numbers = [int(one.replace(",", "")) for one in re.findall(r"[\d,]+", cell.text_content())]
        assert set(numbers) == {rounded(one) for one in several}
        exact = re.findall(r"[\d,]+", cell.get_attribute("title") or "")
        assert {int(one.replace(",", "")) for one in exact} == (set(several) if key in odd else set())


def test_the_list_takes_the_layout_that_a_turned_phone_has_room_for(window, address):
    page = window(f"{address}/facilities?date=2026-01-20")
    for size, columns in ((PHONE, 6), (DESK, 10)):
        page.set_viewport_size(size)
        expect(page.locator(".board th[role=columnheader]")).to_have_count(columns)
        expect(row(page, "al-hol").locator("td")).to_have_count(columns)


def test_the_head_of_a_narrow_window_has_nothing_over_anything(window, address):
    page = window(f"{address}/?date=2026-01-20", viewport={"width": 820, "height": 900})
    known, pages = (page.locator(f".bar {part}").bounding_box() for part in (".known", "nav"))
    assert known["y"] + known["height"] <= pages["y"]
    page.locator(".bar").get_by_role("link", name="Facilities").click()
    page.locator(".bar .clock:visible").wait_for()
    known, clock, pages = (page.locator(f".bar {part}").bounding_box() for part in (".known", ".clock", "nav"))
    assert known["x"] + known["width"] <= clock["x"]
    assert clock["y"] + clock["height"] <= pages["y"]
    assert pages["x"] + pages["width"] <= 820


def test_every_column_sorts_both_ways_with_the_unknown_last(window, address, timeline):
    page = window(f"{address}/facilities?date=2026-01-21")
    heads = page.locator(".board th[role=columnheader]")
    titles = heads.all_inner_texts()
    assert [title.split()[0] for title in titles] == [
        "Site", "Kind", "Status", "Operator", "Guard", "Ground", "Front", "Persons", "Verified", "Last",
    ]  # fmt: skip
    for column in ("status", "guard", "persons", "age"):
        head = page.locator(f".board th[data-column={column}]")
        seen = []
        for direction in ("ascending", "descending"):
            head.get_by_role("button").click()
            expect(head).to_have_attribute("aria-sort", direction)
            expect(rows(page)).to_have_count(len(timeline.register.facilities))
            cells = page.locator(f".board td[data-column={column}]").all_text_contents()
            known = [not cell.startswith("unknown") for cell in cells]
            assert known == sorted(known, reverse=True)
            seen.append([cell for cell in cells if not cell.startswith("unknown")])
        assert seen[0][0] != seen[1][0]
        assert sorted(seen[0]) == sorted(seen[1])


def test_filters_go_to_the_map_and_the_address_and_come_back_from_the_legend(window, address):
    page = window(f"{address}/?date=2026-01-20")
    page.get_by_role("button", name="Filter by ground").click()
    page.get_by_role("checkbox", name="SDF").check()
    page.get_by_role("checkbox", name="unknown").check()
    query(page, {"date": "2026-01-20", "holder": "SDF,unknown"})
    expect(page.locator(".summary")).to_contain_text(re.compile(r"\d+ of 38 sites"))
    expect(site_on_map(page, "Al-Roj camp")).to_have_count(1)
    expect(site_on_map(page, "Al-Aqtan prison")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Filter by ground")).to_be_focused()
    the_map(page).get_by_role("button", name=re.compile("Legend")).click()
    the_map(page).get_by_role("button", name=re.compile("^Syrian Democratic Forces")).click()
    query(page, {"date": "2026-01-20", "holder": "unknown"})
    expect(row(page, "roj")).to_have_count(0)


# The address


def test_a_link_restores_day_facility_and_filters(window, address):
    page = window(f"{address}/?date=2026-01-20&facility=aqtan&kind=prison&status=attacked")
    expect(panel(page).locator("h2")).to_contain_text("Al-Aqtan prison")
    expect(panel(page)).to_contain_text("guard and ground differ")
    expect(the_map(page).locator("#date")).to_contain_text("20 January 2026")
    expect(site_on_map(page, "Al-Roj camp")).to_have_count(0)
    page.get_by_role("button", name="Back to the list").click()
    expect(row(page, "aqtan")).to_be_visible()
    assert row(page, "aqtan").get_by_role("img").get_attribute("aria-label") == "prison, attacked"


def test_what_the_link_cannot_mean_is_said_quietly_and_gone_with_the_next_move(window, address):
    page = window(f"{address}/?date=yesterday&facility=atlantis")
    expect(page.locator(".notices p")).to_have_count(2)
    expect(day_of_list(page)).to_have_text("31 Mar 2026")
    slide_to(page, JANUARY_20)
    expect(day_of_list(page)).to_have_text("20 Jan 2026")
    expect(page.locator(".notices p")).to_have_count(0)


def test_back_in_the_browser_goes_back_to_what_was_seen_before(window, address):
    page = window(f"{address}/?date=2026-01-19")
    slide_to(page, JANUARY_20)
    query(page, {"date": "2026-01-20"})
    row(page, "roj").click()
    query(page, {"date": "2026-01-20", "facility": "roj"})
    page.go_back()
    expect(panel(page)).to_be_hidden()
    page.go_back()
    expect(day_of_list(page)).to_have_text("19 Jan 2026")
    expect(the_map(page).locator("#date")).to_contain_text("19 January 2026")


def test_two_windows_look_at_different_days(window, address):
    one, two = window(f"{address}/?date=2026-01-19"), window(f"{address}/?date=2026-02-23")
    slide_to(one, JANUARY_20)
    row(two, "al-hol").click()
    expect(row(one, "al-hol")).to_contain_text("unguarded")
    expect(panel(one)).to_be_hidden()
    expect(panel(two).locator(".values")).to_contain_text("closed")
    expect(day_of_list(one)).to_have_text("20 Jan 2026")


# The pages


def test_the_pages_share_the_view(window, address):
    page = window(f"{address}/?date=2026-01-20&facility=roj")
    page.get_by_role("link", name="Facilities").click()
    expect(page.get_by_role("link", name="Facilities")).to_have_attribute("aria-current", "page")
    query(page, {"date": "2026-01-20", "facility": "roj"})
    expect(panel(page).locator("h2")).to_contain_text("Al-Roj camp")
    page.get_by_role("button", name="Day after").click()
    expect(page.locator(".bar .long")).to_have_text("Wednesday, 21 January 2026")
    query(page, {"date": "2026-01-21", "facility": "roj"})
    page.get_by_role("link", name="Map").click()
    expect(the_map(page).locator("#date")).to_contain_text("21 January 2026")
    expect(panel(page).locator("h2")).to_contain_text("Al-Roj camp")


def test_the_records_not_shown_are_one_click_away(window, address, situation):
    page = window(f"{address}/?date=2026-01-20")
    link = page.get_by_role("link", name=f"{situation.not_shown} records not shown")
    link.click()
    expect(page.get_by_role("heading", name=f"{situation.not_shown} records not shown")).to_be_visible()
    expect(page.get_by_role("heading", name="Sources")).to_be_visible()


def test_a_broken_record_is_counted_and_listed_and_the_rest_is_there(window, staged):
    folder, url = staged
    made.make(folder)
    made.cell("events.csv", "E4", "event_date", "some day")(folder)
    page = window(url)
    expect(rows(page)).to_have_count(3)
    expect(page.get_by_role("link", name=re.compile("1 records? not shown"))).to_be_visible()
    (folder / TOML).unlink()
    refused = window(url)
    expect(refused.get_by_role("heading", name="This folder cannot be opened")).to_be_visible()
    expect(refused.get_by_text("situation.toml").first).to_be_visible()


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "`${alert(1)}` \" ' & {{7*7}} :red[x] [x](javascript:alert(1)) $x$",
    "\u202egnitirw \u2066x",
    "ل" + "A" * 9999,
]


@pytest.mark.parametrize("text", HOSTILE, ids=["img", "script", "marks", "bidi", "long"])
def test_nothing_runs_that_a_folder_says(window, staged, text):
    folder, url = staged
    hostile(folder, text)
    page = window(f"{url}/?date=2026-02-12&facility=east-camp")
    expect(panel(page).locator("h2")).to_contain_text(text.strip("\u202e")[:7])
    assert page.evaluate("document.title").startswith(text.strip("\u202e")[:3])
    assert page.locator("img[src=x], .board script, .bar script").count() == 0
    panel(page).get_by_role("button", name="Back to the list").click()
    expect(rows(page)).to_have_count(3)
    widths = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]
    page.get_by_role("link", name="Data").click()
    page.locator(".st-key-reading").wait_for()
    assert page.locator("img[src=x]").count() == 0


# How it looks

OVERFLOW = """() => [...document.querySelectorAll("[data-testid=stMain], [data-testid=stMainBlockContainer]")]
  .map((node) => [node.scrollWidth - node.clientWidth, node.scrollHeight - node.clientHeight])"""


def test_on_a_desk_map_and_list_stand_side_by_side_and_the_page_does_not_scroll(window, address):
    page = window(f"{address}/?date=2026-01-20")
    frame, board = (page.locator(f".st-key-{name}").bounding_box() for name in ("frame", "board"))
    assert frame["width"] >= 0.6 * DESK["width"]
    assert frame["height"] == board["height"] == DESK["height"] - 48
    assert board["x"] == frame["x"] + frame["width"]
    assert page.evaluate(OVERFLOW) == [[0, 0], [0, 0]]
    row(page, "al-hol").click()
    expect(panel(page).locator("h2")).to_be_visible()
    assert page.evaluate(OVERFLOW) == [[0, 0], [0, 0]]


def test_on_a_phone_the_map_takes_three_fifths_and_the_list_slides_over_it(window, address):
    page = window(f"{address}/?date=2026-01-20", viewport=PHONE, has_touch=True)
    frame = page.locator(".st-key-frame").bounding_box()
    assert frame["width"] == PHONE["width"]
    assert frame["height"] == pytest.approx(0.6 * PHONE["height"], abs=1)
    assert row(page, "al-hol").bounding_box()["height"] >= 44
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") == PHONE["width"]
    small = "nodes => nodes.filter((n) => n.offsetParent && n.offsetHeight < 44).map((n) => n.textContent)"
    assert page.locator(".board .tools :is(button, input), .board th button, .bar a").evaluate_all(small) == []
    row(page, "al-hol").scroll_into_view_if_needed()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    row(page, "al-hol").tap()
    expect(panel(page).locator("h2")).to_be_in_viewport()
    assert panel(page).evaluate("panel => panel.scrollHeight - panel.clientHeight") == 0


CONTRAST = """nodes => {
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour, under = [255, 255, 255]) => {
    paint.fillStyle = `rgb(${under.join(" ")})`; paint.fillRect(0, 0, 1, 1);
    paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const ground = (node) => {
    if (!node) return [255, 255, 255];
    const above = ground(node.parentElement ?? node.getRootNode().host);
    return rgb(getComputedStyle(node).backgroundColor, above);
  };
  const light = (c) => c.map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const words = nodes.filter((node) => [...node.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()));
  return words.filter((node) => node.checkVisibility()).map((node) => {
    const back = ground(node);
    const [a, b] = [light(rgb(getComputedStyle(node).color, back)), light(back)].sort((x, y) => y - x);
    return [(a + 0.05) / (b + 0.05), parseFloat(getComputedStyle(node).fontSize), node.textContent.slice(0, 40)];
  }).filter(([ratio, size]) => ratio < 4.5 || size < 12);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_can_be_read(window, address, scheme):
    page = window(f"{address}/?date=2026-01-21", color_scheme=scheme)
    assert page.locator(".bar *, .board *:not(option)").evaluate_all(CONTRAST) == []
    row(page, "al-hol").click()
    expect(panel(page).locator("h2")).to_be_visible()
    expect(page.locator(".board[aria-busy='true']")).to_have_count(0)
    panel(page).get_by_text("Every span with its records").click()
    assert panel(page).locator("*").evaluate_all(CONTRAST) == []
