"""The replay page at work: what it draws, how its days move, what it tells a host, and what can never run in it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from replaying import framed, heard, host, hostile, watched
from watches import DESK, PHONE

import mapapp
from mapapp import cli, replay
from mapapp.replay.encode import day_number
from mapapp.situation.symbols import SHAPES, STATUSES, UNKNOWN
from mapapp.timeline.status import board
from mapapp.timeline.wording import rounded

pytestmark = pytest.mark.browser

STEP_MS = 16
ONE_FRAME = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def file(timeline, tmp_path_factory):
    path = tmp_path_factory.mktemp("replay") / "replay.html"
    replay.write(timeline, path)
    return path


@pytest.fixture(scope="module")
def hosted(timeline, tmp_path_factory):
    return host(tmp_path_factory.mktemp("host") / "host.html", replay.html(timeline, embedded=True))


def words(day):
    return f"{day.day} {day:%B %Y} ({day:%a})"


def shows(page, day):
    expect(page.locator("#date")).to_have_text(words(day))


def go(page, day):
    page.fill("#typed", day.isoformat())
    page.press("#typed", "Enter")
    shows(page, day)
    page.evaluate("document.activeElement.blur()")


def site(page, name):
    return page.locator(f'.site[aria-label^="{name},"]')


def painted(page, pane):
    """How many pixels of a canvas of the map are not empty."""
    return page.evaluate(
        """(pane) => {
          const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          let count = 0;
          for (let i = 3; i < data.length; i += 4) if (data[i]) count++;
          return count;
        }""",
        pane,
    )


@pytest.mark.parametrize("view", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_is_drawn_from_the_one_file(window, file, timeline, view, theme):
    page = window(file, viewport=view, color_scheme=theme)
    shows(page, timeline.situation.last_day)
    assert painted(page, "under") > 50_000
    assert painted(page, "over") > 3_000
    assert painted(page, "ground") > 3_000
    placed = int(timeline.situation.facilities.geometry.notna().sum())
    expect(page.locator(".site:not([hidden]) .symbol")).to_have_count(placed)
    assert page.locator(".place:not([hidden])").count() >= 10
    assert page.locator(".place .label:not([hidden])").count() >= 5
    expect(page.locator(".leaflet-control-scale-line")).to_have_text(re.compile("km"))
    expect(page.locator("#note")).to_have_text("no record after 20 Mar 2026")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


OVERLAPS = """() => {
  const read = (selector, name) => [...document.querySelectorAll(selector)].map((one) => {
    const { left, top, right, bottom, width } = one.getBoundingClientRect();
    return { name: name(one), left, top, right, bottom, width, x: (left + right) / 2, y: (top + bottom) / 2 };
  }).filter(({ width }) => width > 0);
  const labels = read(".label", (one) => one.textContent);
  const symbols = read(".site .hit", (one) => one.closest(".site").ariaLabel);
  const deep = 2;
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > deep
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > deep;
  const close = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) < 0.9 * a.width;
  const pairs = (list, others, bad) => list.flatMap((one, i) =>
    others(i).filter((other) => bad(one, other)).map((other) => [one.name, other.name]));
  return {
    labels: labels.length,
    bad: [
      ...pairs(labels, (i) => [...labels.slice(i + 1), ...symbols], meet),
      ...pairs(symbols, (i) => symbols.slice(i + 1), close),
    ],
  };
}"""


@pytest.mark.parametrize("view", [DESK, PHONE], ids=["desk", "phone"])
def test_no_name_covers_a_name_or_a_symbol_at_any_zoom(window, file, view):
    page = window(file, viewport=view)
    for zoom in (6, 7.25, 9, 12):
        page.evaluate(f"map_replay.setZoom({zoom}, {{ animate: false }})")
        found = page.evaluate(OVERLAPS)
        assert found["bad"] == []
        assert found["labels"] > 5


def test_every_site_is_clickable_at_every_zoom_also_where_several_share_a_point(window, file, timeline):
    page = window(file)
    go(page, date(2026, 1, 20))
    spots = timeline.situation.facilities.geometry.dropna()
    shared = spots[spots.duplicated(keep=False)]
    assert len(shared) >= 4
    reachable = """(zoom) => {
      const own = (mark) => {
        const { left, top, width, height } = mark.querySelector(".hit").getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        const { right, bottom } = document.querySelector(".map").getBoundingClientRect();
        if (x < 0 || y < 0 || x > right || y > bottom) return "outside";
        const there = document.elementFromPoint(x, y);
        return !there.closest(".leaflet-map-pane") ? "outside" : there.closest(".site") === mark ? "own" : "covered";
      };
      return [...document.querySelectorAll(".site")].map((mark) => [mark.ariaLabel, own(mark)]);
    }"""
    for zoom in (6, 7, 9, 13):
        page.evaluate(f"map_replay.setView([36.5, 40.75], {zoom}, {{ animate: false }})")
        found = page.evaluate(reachable)
        assert [name for name, state in found if state == "covered"] == []
        assert any(state == "own" for _, state in found)


def test_the_map_says_of_each_facility_and_day_what_the_board_says(window, file, timeline):
    page = window(file)
    labels = {None: STATUSES[UNKNOWN].label} | {code: look.label for code, look in STATUSES.items()}
    for day in (date(2026, 1, 1), date(2026, 1, 19), date(2026, 1, 20), date(2026, 1, 21), date(2026, 2, 23)):
        go(page, day)
        names = page.locator(".site").evaluate_all("(marks) => marks.map((mark) => mark.ariaLabel)")
        rows = [row for row in board(timeline, day) if row["latitude"] is not None]
        expected = [f"{r['name']}, {SHAPES[r['facility_type']].label}, {labels[r['status']]}" for r in rows]
        assert sorted(names) == sorted(expected)


def test_arrows_move_by_a_day_and_home_and_end_to_the_ends(window, file, timeline):
    page = window(file)
    first, last = timeline.situation.first_day, timeline.situation.last_day
    page.keyboard.press("ArrowLeft")
    shows(page, last - timedelta(days=1))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    shows(page, last)
    expect(page.locator("#forward")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Home")
    shows(page, first)
    page.focus("#slider")
    page.keyboard.press("ArrowRight")
    shows(page, first + timedelta(days=1))
    page.focus("#typed")
    page.keyboard.press("Home")
    shows(page, first + timedelta(days=1))


def test_next_change_stops_exactly_on_the_days_on_which_a_state_changes(window, made):
    file, timeline = made
    changes = [day for day, states, _ in replay.payload(timeline)["changes"] if states]
    assert day_number(date(2026, 1, 20)) in changes
    assert day_number(date(2026, 2, 10)) not in changes  # people were moved; no state changed
    page = window(file)
    page.keyboard.press("Home")
    for day in changes:
        page.keyboard.press("Shift+ArrowRight")
        shows(page, date(1970, 1, 1) + timedelta(days=day))
    page.keyboard.press("Shift+ArrowRight")
    shows(page, date(1970, 1, 1) + timedelta(days=changes[-1]))
    for day in changes[-2::-1]:
        page.click("#previous-change")
        shows(page, date(1970, 1, 1) + timedelta(days=day))


def test_space_plays_and_pauses_and_the_last_day_ends_it(window, file, timeline):
    page = window(file)
    page.select_option("#speed", "32")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(" ")
    expect(page.locator("#play")).to_have_attribute("aria-label", "Pause")
    shows(page, timeline.situation.last_day)
    expect(page.locator("#play")).to_have_attribute("aria-label", "Play")
    page.select_option("#speed", "1")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(" ")
    shows(page, timeline.situation.first_day + timedelta(days=1))
    page.keyboard.press(" ")
    expect(page.locator("#play")).to_have_attribute("aria-label", "Play")


def test_a_part_of_the_days_is_replayed_alone(window, tmp_path, capsys):
    out = tmp_path / "part.html"
    assert cli.main(["replay", "--from", "2026-01-17", "--to", "2026-01-21", "--out", str(out)]) == 0
    page = window(out)
    shows(page, date(2026, 1, 21))
    page.focus("#slider")
    for key, day in (("Home", 17), ("ArrowLeft", 17), ("ArrowRight", 18), ("End", 21), ("ArrowRight", 21)):
        page.keyboard.press(key)
        shows(page, date(2026, 1, day))
    for key, day in (("Shift+ArrowRight", 21), ("Shift+ArrowLeft", 20)):
        page.keyboard.press(key)
        shows(page, date(2026, 1, day))
    page.click("#open-chart")
    page.fill("#typed", "2026-02-01")
    page.press("#typed", "Enter")
    expect(page.locator("#typed-error")).to_contain_text("2026-01-17 to 2026-01-21")
    assert cli.main(["replay", "--from", "2026-01-21", "--to", "2026-01-17", "--out", str(out)]) == 2
    assert "after the last" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("20.1.2026", "Not a day"),
        ("2026-02-30", "Not a day"),
        ("", "Not a day"),
        ("2019-01-01", "2026-01-01 to 2026-03-31"),
    ],
)
def test_a_date_that_cannot_be_shown_is_explained(window, file, timeline, typed, reason):
    page = window(file)
    page.fill("#typed", typed)
    page.press("#typed", "Enter")
    expect(page.locator("#typed-error")).to_contain_text(reason)
    expect(page.locator("#typed")).to_have_attribute("aria-invalid", "true")
    shows(page, timeline.situation.last_day)
    page.fill("#typed", "2026-01-20")
    expect(page.locator("#typed-error")).to_have_text("")
    page.press("#typed", "Enter")
    shows(page, date(2026, 1, 20))


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Baghdad", "UTC"])
def test_every_time_zone_shows_the_same_days(window, file, timeline, zone):
    page = window(file, timezone_id=zone)
    page.keyboard.press("Home")
    day = timeline.situation.first_day
    for _ in range(3):
        shows(page, day)
        expect(page.locator("#typed")).to_have_value(day.isoformat())
        page.keyboard.press("ArrowRight")
        day += timedelta(days=1)
    site(page, "Al-Hol camp").dispatch_event("click")
    go(page, date(2026, 2, 28))
    expect(page.locator("#card")).to_contain_text("since 22 Feb 2026")


def test_the_slider_is_live_and_a_step_is_quick(window, file):
    page = window(file)
    steps = page.evaluate(
        """async () => {
          const slider = document.getElementById("slider");
          const times = [];
          for (let day = Number(slider.min); day <= Number(slider.max); day++) {
            slider.value = day;
            const start = performance.now();
            slider.dispatchEvent(new Event("input"));
            times.push(performance.now() - start);
            await new Promise(requestAnimationFrame);
          }
          return times;
        }"""
    )
    assert sorted(steps)[len(steps) // 2] < STEP_MS


HOLDERS = """() => {
  const canvas = document.querySelector(".leaflet-ground-pane canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const counts = {};
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] < 255) continue;
    const colour = [data[i], data[i + 1], data[i + 2]].join();
    counts[colour] = (counts[colour] ?? 0) + 1;
  }
  return Object.entries(counts).sort((a, b) => b[1] - a[1])[0][0];
}"""


def test_on_the_day_of_a_hand_over_the_new_holder_holds(window, made):
    page = window(made[0])
    go(page, date(2026, 1, 19))
    assert page.evaluate(HOLDERS) == "232,168,0"
    page.keyboard.press("ArrowRight")
    shows(page, date(2026, 1, 20))
    assert page.evaluate(HOLDERS) == "0,128,95"


def test_legend_entries_are_filters(window, file, timeline):
    page = window(file)
    everything = page.locator(".site:not([hidden])").count()
    prison = page.locator("#legend button", has_text=re.compile("^prison"))
    prison.click()
    expect(prison).to_have_attribute("aria-pressed", "true")
    facilities = timeline.situation.facilities
    prisons = int(((facilities["facility_type"] == "prison") & facilities.geometry.notna()).sum())
    expect(page.locator(".site:not([hidden])")).to_have_count(prisons)
    expect(prison.locator(".count")).to_have_text(str(prisons))
    page.locator("#legend button", has_text=re.compile("^closed")).click()
    assert page.locator(".site:not([hidden])").count() < prisons
    before = painted(page, "ground")
    page.locator("#legend button", has_text="Transitional government").click()
    assert 0 < painted(page, "ground") < before
    page.click("text=Show all")
    expect(page.locator(".site:not([hidden])")).to_have_count(everything)
    expect(page.locator("#legend [aria-pressed=true]")).to_have_count(0)


def test_the_legend_is_open_where_there_is_room_until_the_reader_decides(window, made):
    page = window(made[0])
    legend = page.locator("#legend")
    expect(legend).to_be_visible()
    page.set_viewport_size(PHONE)
    expect(legend).to_be_hidden()
    page.get_by_role("button", name="Legend").click()
    for view in (DESK, PHONE):
        page.set_viewport_size(view)
        assert page.evaluate(f"{ONE_FRAME}.then(() => innerWidth)") == view["width"]
        expect(legend).to_be_visible()


def test_the_legend_has_the_symbols_of_the_map(window, file):
    page = window(file)
    drawn = "(all) => [...new Set(all.map((one) => one.getAttribute('d')))].filter(Boolean)"
    for part in ("shape", "mark"):
        on_map = page.locator(f".site .{part}").evaluate_all(drawn)
        in_legend = page.locator(f"#legend .{part}").evaluate_all(drawn)
        assert on_map
        assert set(on_map) <= set(in_legend)


def test_a_site_on_contested_ground_has_an_edge_in_the_claimants_stripes(window, file, timeline):
    page = window(file)
    for day in (date(2026, 1, 19), date(2026, 1, 20), date(2026, 2, 10)):
        go(page, day)
        claims = [(row["name"], row["ground_contested_by"]) for row in board(timeline, day) if row["latitude"]]
        claimed = {name: timeline.situation.actors[claimant].colour for name, claimant in claims if claimant}
        edges = page.locator(".site:not([hidden]):has(.rival)")
        expect(edges).to_have_count(len(claimed))
        for name, colour in claimed.items():
            expect(site(page, name).locator(".symbol")).to_have_attribute("style", re.compile(f"--rival: {colour}"))
            expect(site(page, name)).to_have_accessible_name(re.compile("on ground contested by"))
    expect(page.locator("#legend li:has(.rival)")).to_contain_text("contested")


def test_the_card_rounds_a_count_and_has_the_exact_one_as_its_title(window, file, timeline):
    day = date(2026, 1, 21)
    page = window(file)
    go(page, day)
    counted = {one["facility_id"]: one["persons"]["low"] for one in board(timeline, day) if one["persons"]}
    facility, count = next((key, low) for key, low in counted.items() if low and rounded(low) != low)
    page.evaluate("(hash) => { location.hash = hash; }", f"#day={day}&facility={facility}")
    number = page.locator("#card dt", has_text="Persons").locator("+ dd")
    expect(number).to_contain_text(f"{rounded(count):,}")
    expect(number).to_have_attribute("title", re.compile(f"exactly .*{count:,}"))


def test_layers_can_be_left_out(window, file):
    page = window(file)
    go(page, date(2026, 1, 20))
    page.click("[aria-label=Layers]")
    parts = {
        "ground": ".leaflet-ground-pane canvas",
        "lines": ".leaflet-over-pane canvas",
        "facilities": ".site .symbol",
        "circles": "path.radius",
        "events": ".news .badge",
        "places": ".place .dot",
        "labels": ".place .label bdi",
    }
    for name, part in parts.items():
        assert page.locator(part).locator("visible=true").count() > 0
        page.uncheck(f"#layer-{name}")
        expect(page.locator(part).locator("visible=true")).to_have_count(0)
        page.check(f"#layer-{name}")


def test_a_click_on_a_site_opens_its_card_and_the_card_follows_the_day(window, file):
    page = window(file)
    go(page, date(2026, 1, 19))
    camp = site(page, "Al-Hol camp")
    camp.locator(".hit").click()
    card = page.locator("#card")
    expect(card.locator("h2")).to_contain_text("Al-Hol camp")
    expect(card.locator("h2 [lang=ar]")).to_have_text("مخيم الهول")
    expect(card.locator("dt:text-is('Guard') + dd")).to_contain_text("Syrian Democratic Forces")
    expect(camp).to_have_class(re.compile("selected"))
    page.keyboard.press("ArrowRight")
    expect(card.locator("dt:text-is('Guard') + dd")).to_contain_text("Nobody")
    expect(card.locator("dt:text-is('Persons') + dd")).to_contain_text(re.compile(r"\d.* to \d.*as of"))
    card.locator("summary").click()
    assert card.locator("ol li").count() > 3
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_the_keyboard_reaches_a_site_and_comes_back_to_it(window, file):
    page = window(file)
    page.keyboard.press("Tab")
    expect(page.locator("#skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#slider")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    camp = site(page, "Al-Roj camp")
    camp.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(camp).to_be_focused()


def test_events_of_the_day_are_on_the_map_and_in_the_list(window, file):
    page = window(file)
    go(page, date(2026, 1, 20))
    assert page.locator(".news:not([hidden]) .badge.today").count() > 3
    page.click("#news")
    rows = page.locator("#day-list li")
    assert rows.count() > page.locator("#day-list li.today").count() > 5
    title = rows.nth(0).locator("bdi").first.inner_text()
    rows.nth(0).locator("button").click()
    expect(page.locator("#card h2")).to_have_text(title)
    go(page, date(2026, 3, 31))
    expect(page.locator(".news:not([hidden])")).to_have_count(0)
    expect(page.locator("#news")).to_contain_text("No event on this day")


def test_a_badge_for_several_events_lets_one_be_picked(window, file):
    page = window(file)
    go(page, date(2026, 1, 20))
    badge = page.locator(".news:not([hidden])", has=page.locator(".badge:not(:empty)")).first
    badge.dispatch_event("click")
    choice = page.locator(".picker button")
    assert choice.count() > 1
    expect(choice.first).to_be_focused()
    title = choice.nth(1).locator("bdi").inner_text()
    choice.nth(1).click()
    expect(page.locator("#card h2")).to_have_text(title)


def test_ground_says_who_holds_it(window, made):
    page = window(made[0])
    box = page.locator(".map").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.8)
    expect(page.locator(".leaflet-popup")).to_contain_text("Southern force holds this ground, since 20 Jan 2026")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".leaflet-popup")).to_have_count(0)


def test_records_not_shown_are_counted_and_listed(window, file, timeline):
    page = window(file)
    count = timeline.situation.not_shown
    page.click(f"text={count} records not shown")
    assert page.locator("#not-shown tbody tr").count() >= count
    expect(page.locator("#not-shown")).to_contain_text("events.csv")
    page.keyboard.press("Escape")
    expect(page.locator("#not-shown")).to_be_hidden()


def test_on_a_phone_every_control_is_large_enough_for_a_finger(window, file):
    page = window(file, viewport=PHONE, has_touch=True, is_mobile=True)
    page.click(".fold")
    page.click("[aria-label=Layers]")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
          ".player button, .player select, .player input, .leaflet-control button, .layers-body label")]
          .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44)
          .map((one) => one.id || one.textContent)"""
    )
    assert small == []


def test_in_a_frame_it_says_when_it_is_ready_and_what_is_chosen(window_of_host, timeline):
    page, frame = window_of_host
    last = day_number(timeline.situation.last_day)
    page.wait_for_function("heard.some((one) => one.type === 'ready')")
    assert heard(page, "ready")[0] | {"height": 0} == {"mapapp": 1, "type": "ready", "day": last, "height": 0}
    frame.locator("#back").click()
    page.wait_for_function(f"heard.some((one) => one.type === 'state' && one.day === {last - 1})")
    frame.locator('.site[aria-label^="Al-Hol camp,"] .hit').click()
    page.wait_for_function("heard.at(-1).selected?.id === 'al-hol'")
    assert heard(page, "state")[-1] == {
        "mapapp": 1,
        "type": "state",
        "day": last - 1,
        "selected": {"kind": "facility", "id": "al-hol"},
        "filters": {"facility_types": [], "statuses": [], "holders": []},
        "playing": False,
        "turn": 0,
    }
    expect(frame.locator("#card")).to_be_hidden()


@pytest.fixture
def window_of_host(chromium, hosted):
    with watched(chromium) as open_file:
        page = open_file(hosted, viewport={"width": 760, "height": 700})
        yield page, framed(page)


def test_a_host_sets_day_record_filters_and_theme(window_of_host):
    page, frame = window_of_host
    page.evaluate(
        "(message) => say(message)",
        {
            "mapapp": 1,
            "type": "set",
            "day": day_number(date(2026, 1, 20)),
            "selected": {"kind": "facility", "id": "roj"},
            "filters": {"facility_types": ["camp"], "statuses": [], "holders": []},
            "theme": "dark",
        },
    )
    expect(frame.locator("#date")).to_have_text("20 January 2026 (Tue)")
    expect(frame.locator('.site[aria-label^="Al-Roj camp,"]')).to_have_class(re.compile("selected"))
    expect(frame.locator('.site:not([hidden])[aria-label*=", prison,"]')).to_have_count(0)
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    page.evaluate("say({ mapapp: 1, type: 'set', selected: null, theme: 'light' })")
    expect(frame.locator(".site.selected")).to_have_count(0)
    expect(frame.locator("html")).to_have_attribute("data-theme", "light")
    assert heard(page, "state") == [], "what the host set is not told back to it"


@pytest.mark.parametrize(
    "message",
    [
        {"type": "set", "day": 20000},
        {"mapapp": 1, "type": "set", "day": "20000"},
        {"mapapp": 1, "type": "set", "selected": {"kind": "facility", "id": "nowhere"}},
        {"mapapp": 1, "type": "set", "selected": {"kind": "__proto__", "id": "al-hol"}},
        {"mapapp": 1, "type": "set", "filters": "all", "theme": "pink"},
        {"mapapp": 1, "type": "other"},
        None,
        "text",
    ],
)
def test_a_message_that_makes_no_sense_changes_nothing(window_of_host, timeline, message):
    page, frame = window_of_host
    page.evaluate("(message) => say(message)", message)
    page.evaluate("say({ mapapp: 1, type: 'set', theme: 'dark' })")
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    expect(frame.locator("#date")).to_have_text(words(timeline.situation.last_day))
    expect(frame.locator(".selected")).to_have_count(0)


def test_it_shows_in_a_notebook(chromium, made, tmp_path):
    cell = tmp_path / "cell.html"
    cell.write_text(f"<!DOCTYPE html><meta charset=utf-8>{mapapp.page(made[1])._repr_html_()}", "utf-8")
    with watched(chromium) as open_file:
        frame = framed(open_file(cell))
        expect(frame.locator("#date")).to_have_text("31 March 2026 (Tue)")
        expect(frame.locator(".site:not([hidden])")).to_have_count(3)


HOSTILE = [
    "<img src=x onerror=\"window.ran = 'image'\">",
    "</script><script>window.ran = 'script'</script>",
    "\"'`><svg onload=window.ran='svg'> ${window.ran='template'} {{ 7*7 }} {% raise %}",
    "\u202egnol yrev\u202d \u200fمخيم\u200f \u2028 \u0000\u0007",
    "javascript:window.ran='address'",
    "W" * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=["image", "script", "quotes", "directions", "address", "long"])
def test_no_text_of_the_data_ever_runs(window, tmp_path, text):
    folder = hostile(tmp_path / "situation", text)
    timeline = mapapp.build(mapapp.load(folder))
    assert len(timeline.situation.facilities) == 3
    file = tmp_path / "replay.html"
    replay.write(timeline, file)
    page = window(file, viewport=PHONE)
    page.click(".fold")
    page.click("text=About")
    page.keyboard.press("Escape")
    page.keyboard.press("Home")
    page.keyboard.press("Shift+ArrowRight")
    page.click("#news")
    for mark in page.locator(".site, .place, .news:not([hidden])").all():
        mark.dispatch_event("mouseover")
        mark.dispatch_event("click")
        expect(page.locator("#card, .picker").locator("visible=true").first).to_be_visible()
    assert page.evaluate("window.ran") is None
    assert page.locator("img, .map script, .card script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("[...document.querySelectorAll('a')].every((a) => /^https?:/.test(a.href))")
