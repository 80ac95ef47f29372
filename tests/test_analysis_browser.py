"""What the page says of ground, in a browser: gains by day, shares, comparison, age, search, and the kept view."""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
import shapely
from archives import box, day, feature, write_geojson
from PIL import Image
from playwright.sync_api import expect
from replaying import READY, framed, host, watched
from watches import DESK, PHONE

import mapapp
from mapapp import cli, replay
from mapapp.replay.ground import ground
from mapapp.timeline.partition.area import geodesic_km2

pytestmark = pytest.mark.browser

WIDTHS = [4, 4, 5, 5, 7, None, 7, 0, 7, 8]
"""How far east RED holds on each day, in cells; BLUE holds the rest. None: no map; 0: a map without RED."""
WHOLE = 10
MISSING, GLITCH = 5, 7


def sides(red):
    shapes = {"RED": box(0, 0, red, 6) if red else None, "BLUE": box(red, 0, WHOLE - red, 6)}
    return [feature(shape, side=side) for side, shape in shapes.items() if shape is not None]


def km2(cells):
    """The ground between two meridians so many cells apart."""
    return float(geodesic_km2([shapely.segmentize(box(0, 0, cells, 6), 0.01)])[0])


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A situation made of ten daily maps, with one day missing and one on which a side disappears."""
    folder = tmp_path_factory.mktemp("archive")
    for number, red in enumerate(WIDTHS):
        if red is not None:
            write_geojson(folder / "maps" / f"map_{day(number):%Y%m%d}.geojson", *sides(red))
    cli.main(
        ["import", "zones", str(folder / "maps"), "--into", str(folder / "made"), "--holder-from", "property:side"]
    )
    return mapapp.build(mapapp.load(folder / "made"))


@pytest.fixture(scope="module")
def archive_file(archive, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "archive.html"
    replay.write(archive, path)
    return path


def go(page, when):
    page.fill("#typed", when.isoformat())
    page.press("#typed", "Enter")
    expect(page.locator("#slider")).to_have_value(str((when - date(1970, 1, 1)).days))
    page.evaluate("document.activeElement.blur()")


def spot(page, shape):
    """Where a point inside a shape stands on the screen."""
    point = shape.representative_point()
    x, y = page.evaluate(
        f"""(() => {{
          const {{ x, y }} = map_replay.latLngToContainerPoint([{point.y}, {point.x}]);
          const {{ left, top }} = map_replay.getContainer().getBoundingClientRect();
          return [left + x, top + y];
        }})()"""
    )
    return x, y


def number(text):
    return float(re.search(r"[\d,.]+(?= km²)", text)[0].replace(",", ""))


def coloured(page, selector, colour):
    """How many pixels of a canvas have about a colour."""
    return page.evaluate(
        """([selector, colour]) => {
          const canvas = document.querySelector(selector);
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const asked = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
          let count = 0;
          for (let i = 0; i < data.length; i += 4) {
            if (data[i + 3] > 250 && asked.every((one, j) => Math.abs(one - data[i + j]) < 3)) count++;
          }
          return count;
        }""",
        [selector, colour],
    )


def test_the_strip_says_how_much_changed_hands_each_day_and_to_whom(window, archive_file, archive):
    page = window(archive_file)
    told = page.locator("#hands-now")
    for at, (before, after) in enumerate(pairwise(WIDTHS), start=1):
        if None in (before, after):
            continue
        go(page, day(at))
        if before == after:
            expect(told).to_have_text(re.compile("no ground changed hands"))
            continue
        gainer = "RED" if after > before else "BLUE"
        expect(told).to_contain_text(f"{gainer} +")
        assert number(told.inner_text()) == pytest.approx(km2(abs(after - before)), rel=0.01)
    actors = archive.situation.actors
    assert coloured(page, "#hands", actors["RED"].colour) > 0
    assert coloured(page, "#hands", actors["BLUE"].colour) > 0


def test_the_strip_marks_days_without_a_map_and_glitches(window, archive_file):
    page = window(archive_file)
    expect(page.locator("#hands")).to_have_attribute("aria-label", re.compile("1 day without a map of their own"))
    expect(page.locator("#hands")).to_have_attribute("aria-label", re.compile("may be a glitch"))
    go(page, day(MISSING))
    expect(page.locator("#hands-now")).to_contain_text("no map of this day: the one before stands")
    go(page, day(GLITCH))
    expect(page.locator("#hands-now")).to_contain_text("looks like a glitch")
    error = page.evaluate("mapapp.theme.colour('error')")
    assert coloured(page, "#hands", error) > 5


def test_a_click_on_the_strip_goes_to_the_day(window, archive_file):
    page = window(archive_file)
    box_ = page.locator("#hands").bounding_box()
    share = 4 / (len(WIDTHS) - 1)
    page.mouse.click(box_["x"] + 9 + (box_["width"] - 18) * share, box_["y"] + 6)
    expect(page.locator("#typed")).to_have_value(day(4).isoformat())


def test_a_situation_of_ground_alone_has_no_strip_of_events(window, archive_file, made):
    expect(window(archive_file).locator("#ticks")).to_be_hidden()
    expect(window(made[0]).locator("#ticks")).to_be_visible()


def test_the_chart_shows_what_each_holder_had_and_marks_the_day(window, archive_file):
    page = window(archive_file)
    expect(page.locator("#shares")).to_be_hidden()
    page.click("#open-chart")
    expect(page.locator("#open-chart")).to_have_attribute("aria-pressed", "true")
    places = []
    for at, red in ((0, 4), (4, 7), (9, 8)):
        go(page, day(at))
        shares = page.locator("#shares-now .share")
        told = {text.split()[0]: number(text) for text in shares.all_inner_texts()}
        assert told["RED"] == pytest.approx(km2(red), rel=0.001)
        assert told["BLUE"] == pytest.approx(km2(WHOLE) - km2(red), rel=0.001)
        places.append(page.locator("#shares-day").bounding_box()["x"])
    slider = page.locator("#slider").bounding_box()
    assert places == sorted(places)
    assert places[0] == pytest.approx(slider["x"] + 9, abs=2)
    assert places[-1] == pytest.approx(slider["x"] + slider["width"] - 9, abs=2)
    box_ = page.locator("#shares-canvas").bounding_box()
    page.mouse.click(box_["x"] + box_["width"] / 2, box_["y"] + 20)
    assert page.locator("#typed").input_value() in (day(4).isoformat(), day(5).isoformat())
    page.click("#open-chart")
    expect(page.locator("#shares")).to_be_hidden()


def test_ground_under_the_pointer_says_holder_since_when_what_before_and_on_which_file(window, archive_file):
    page = window(archive_file)
    go(page, day(4))
    taken, old = box(5, 0, 2, 6), box(0, 0, 4, 6)
    page.mouse.move(*spot(page, taken))
    tip = page.locator(".ground-tip")
    expect(tip).to_contain_text(f"RED holds this ground, since {day(4).day} Mar 2024")
    expect(tip).to_contain_text("before: BLUE")
    expect(tip).to_contain_text(f"map_{day(4):%Y%m%d}.geojson")
    page.mouse.move(*spot(page, old))
    expect(tip).to_contain_text("since 1 Mar 2024 or before")
    page.mouse.click(*spot(page, taken))
    expect(page.locator(".leaflet-popup")).to_contain_text("before: BLUE")
    expect(tip).to_have_count(0)


def test_ground_computed_from_claims_leads_to_the_claims(window, made):
    page = window(made[0])
    point = shapely.box(40.7, 36.5, 40.75, 36.55)
    page.mouse.click(*spot(page, point))
    claims = page.locator(".leaflet-popup .claims button")
    expect(claims.first).to_have_text("The south takes Alpha")
    claims.first.click()
    expect(page.locator("#card h2")).to_have_text("The south takes Alpha")


def test_hovering_is_quick_also_over_thousands_of_borders(window, archive_file):
    page = window(archive_file)
    took = page.evaluate(
        """() => {
          const times = [];
          for (let i = 0; i < 50; i++) {
            const start = performance.now();
            map_replay.fire("click", { latlng: L.latLng(36.01 + i * 0.01, 38.01 + i * 0.015) });
            times.push(performance.now() - start);
          }
          return times.sort((a, b) => a - b)[25];
        }"""
    )
    assert took < 16


def ground_drawn(page):
    """The pixels of the ground: red, green, blue and how much of it covers, each weighed by that."""
    url = page.evaluate("document.querySelector('.leaflet-ground-pane canvas').toDataURL()")
    pixels = np.asarray(Image.open(BytesIO(b64decode(url.partition(",")[2]))).convert("RGBA")).astype(int)
    return np.concatenate([pixels[..., :3] * pixels[..., 3:] // 255, pixels[..., 3:]], axis=2)


@pytest.mark.parametrize("shown", ["archive_file", "bundled"])
def test_drawing_only_what_changed_leaves_the_same_picture_as_drawing_all(window, request, shown):
    page = window(request.getfixturevalue(shown))
    first, last = (int(page.get_attribute("#slider", end)) for end in ("min", "max"))
    page.evaluate(
        """(days) => {
          map_replay.stop().fire("moveend"); // the canvas stands where it will stand
          const slider = document.getElementById("slider");
          for (const day of days) {
            slider.value = day;
            slider.dispatchEvent(new Event("input"));
          }
        }""",
        [*range(first, last + 1), last - 3, first + 2, last - 1],
    )
    stepped = ground_drawn(page)
    page.evaluate("map_replay.fire('moveend')")  # which draws all of it
    assert np.abs(ground_drawn(page) - stepped).max() < 40  # the edge of a clip rounds a little


def test_the_ground_reaches_the_edge_of_the_view_while_the_map_is_dragged(window, archive_file):
    page = window(archive_file)
    page.evaluate("map_replay.setZoom(10, { animate: false })")
    page.mouse.move(640, 360)
    page.mouse.down()
    page.mouse.move(340, 160, steps=4)
    seen = page.evaluate(
        """(() => {
          const pen = document.querySelector(".leaflet-ground-pane canvas");
          const { right, bottom } = pen.getBoundingClientRect();
          const map = map_replay.getContainer().getBoundingClientRect();
          return right >= map.right && bottom >= map.bottom;
        })()"""
    )
    page.mouse.up()
    assert seen


def test_two_days_are_compared_on_the_map_in_figures_and_in_a_list(window, archive_file, archive):
    page = window(archive_file)
    go(page, day(4))
    page.click("#open-compare")
    panel = page.locator("#compare")
    expect(panel.locator("#other")).to_have_value(day(0).isoformat())
    rows = panel.locator("tbody tr")
    gained = km2(7) - km2(4)
    cells = [row.split("\t") for row in rows.all_inner_texts()]
    assert {row[0].strip(): [float(re.sub("[^0-9.]", "", cell)) for cell in row[1:]] for row in cells} == {
        "RED": pytest.approx([gained, 0, gained], rel=0.001),
        "BLUE": pytest.approx([0, gained, gained], rel=0.001),
    }
    expect(panel.locator(".patch-rows li")).to_have_count(1)
    expect(panel.locator(".patch-rows li")).to_contain_text("RED from BLUE")
    assert coloured(page, ".leaflet-gains-pane canvas", archive.situation.actors["RED"].colour) > 500
    panel.locator("#other").fill(day(3).isoformat())
    panel.locator("#other").press("Enter")
    assert number(panel.locator(".patch-rows li").inner_text()) == pytest.approx(km2(7) - km2(5), rel=0.001)
    go(page, day(3))
    expect(panel).to_contain_text("No ground changed hands")
    panel.locator("#other").fill("soon")
    panel.locator("#other").press("Enter")
    expect(panel.locator("[role=alert]")).to_contain_text("Write a day from 2024-03-01 to 2024-03-10")
    panel.locator("[aria-label='Close comparison']").click()
    expect(panel).to_be_hidden()
    assert coloured(page, ".leaflet-gains-pane canvas", archive.situation.actors["RED"].colour) == 0


def test_the_map_goes_to_a_patch_of_the_list(window, archive_file):
    page = window(archive_file)
    go(page, day(4))
    page.click("#open-compare")
    page.evaluate("map_replay.setView([36.1, 38.1], 8, { animate: false })")
    page.locator(".patch-rows button").click()
    centre = page.evaluate("(() => { const { lat, lng } = map_replay.getCenter(); return [lng, lat]; })()")
    assert centre == pytest.approx([38.55, 36.3], abs=0.06)
    assert page.evaluate("map_replay.getZoom()") > 8


def test_ground_can_be_shaded_by_how_long_it_is_held(window, archive_file):
    page = window(archive_file)
    go(page, day(9))
    page.click("[aria-label=Layers]")
    page.check("#shade-age")
    expect(page.locator("#legend")).to_contain_text("Held for")

    def strength(shape):
        x, y = spot(page, shape)
        return page.evaluate(
            """([x, y]) => {
              const canvas = document.querySelector(".leaflet-ground-pane canvas");
              const { left, top } = canvas.getBoundingClientRect();
              return canvas.getContext("2d").getImageData(x - left, y - top, 1, 1).data[3];
            }""",
            [x, y],
        )

    new, old = strength(box(7, 0, 1, 6)), strength(box(8, 0, 2, 6))
    assert new == 255
    assert 0 < old < new
    page.uncheck("#shade-age")
    expect(page.locator("#legend h3", has_text="Held for")).to_be_hidden()
    assert strength(box(8, 0, 2, 6)) == 255


@pytest.mark.parametrize(
    ("typed", "name"),
    [("hol", "Al-Hol camp"), ("AL HOL", "Al-Hol camp"), ("الهول", "Al-Hol camp"), ("هول", "Al-Hol camp"),
     ("roj", "Al-Roj camp"), ("الحسكه", "Hasakah"), ("kobani", "Kobani")],
)  # fmt: skip
def test_a_site_or_place_is_found_by_either_name_however_it_is_spelled(window, bundled, typed, name):
    page = window(bundled)
    page.click("#open-find")
    expect(page.locator("#find-text")).to_be_focused()
    page.keyboard.type(typed)
    rows = page.locator("#find-list [role=option]")
    expect(rows.filter(has_text=name).first).to_be_visible()
    while name not in page.locator("#find-list [aria-selected=true]").inner_text():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_contain_text(name)


@pytest.fixture(scope="module")
def bundled(timeline, tmp_path_factory):
    path = tmp_path_factory.mktemp("bundled") / "replay.html"
    replay.write(timeline, path)
    return path


def test_a_name_that_is_not_on_record_is_said_to_be_so(window, bundled):
    page = window(bundled)
    page.click("#open-find")
    page.keyboard.type("Atlantis")
    expect(page.locator("#find")).to_contain_text("No site or place of that name is on record.")


def test_the_view_is_kept_in_the_address_and_a_reopened_file_restores_it(window, bundled):
    page = window(bundled)
    go(page, date(2026, 1, 19))
    page.locator('.site[aria-label^="Al-Roj camp,"]').dispatch_event("click")
    page.click("#legend button:has-text('camp')")
    page.click("#open-compare")
    page.click("#open-chart")
    page.evaluate("map_replay.setView([36.7, 41.2], 8.5, { animate: false })")
    page.wait_for_function("location.hash.includes('8.5') && location.hash.includes('chart')")
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    page.locator(READY).wait_for(state="attached")
    expect(page.locator("#typed")).to_have_value("2026-01-19")
    expect(page.locator("#card h2")).to_contain_text("Al-Roj camp")
    expect(page.locator("#other")).to_have_value("2026-01-01")
    expect(page.locator("#shares")).to_be_visible()
    expect(page.locator("#legend [aria-pressed=true]")).to_have_count(1)
    at = page.evaluate(
        "(() => { const { lat, lng } = map_replay.getCenter(); return [lat, lng, map_replay.getZoom()]; })()"
    )
    assert at == pytest.approx([36.7, 41.2, 8.5], abs=0.01)


@pytest.mark.parametrize(
    "asked",
    ["#day=never", "#at=a,b,c&facility=__proto__", "#compare=0&shade=<b>&chart=2", "#day=1999-01-01", "#%E0%A4%A"],
)
def test_an_address_that_makes_no_sense_opens_the_page_as_it_is(chromium, archive_file, asked):
    page = chromium.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(archive_file.as_uri() + asked)
    page.locator(READY).wait_for(state="attached")
    assert errors == []
    assert page.locator("#typed").input_value() in (day(0).isoformat(), day(9).isoformat())
    page.close()


def test_in_a_frame_the_address_is_left_to_the_host(chromium, archive, tmp_path):
    file = host(tmp_path / "host.html", replay.html(archive, embedded=True))
    with watched(chromium) as open_file:
        page = open_file(file)
        framed(page).locator("#back").click()
        page.wait_for_function("heard.some((one) => one.type === 'state')")
        assert page.url == file.as_uri()


def test_on_a_phone_the_tools_are_large_enough_for_a_finger_and_nothing_runs_over(window, bundled):
    page = window(bundled, viewport=PHONE, has_touch=True, is_mobile=True)
    for opener in ("#open-find", "#open-chart", "#open-compare"):
        page.click(opener)
    small = page.evaluate(
        """() => [...document.querySelectorAll(".compare button, .compare input, .find-body input, .columns button")]
          .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", [DESK, PHONE], ids=["desk", "phone"])
def test_the_panels_do_not_cover_what_opens_and_closes_them(window, bundled, theme, view):
    page = window(bundled, viewport=view, color_scheme=theme)
    page.click("#open-chart")
    page.click("#open-compare")
    page.locator("[aria-label='Close comparison']").click()
    page.click("#open-chart")
    expect(page.locator("#shares")).to_be_hidden()


def test_every_unit_has_its_ground_in_the_ledger(archive, timeline):
    """The areas that the page computes from arcs are those of the units."""
    for each in (archive, timeline):
        units = ground(each.composite).units
        assert each.composite.units.loc[units, "area_km2"].sum() == pytest.approx(
            geodesic_km2(each.composite.units.geometry.to_numpy()).sum(), rel=1e-5
        )


def test_ten_days_are_ten_days(archive):
    assert archive.situation.last_day - archive.situation.first_day == timedelta(days=9)
