"""Sheets: what they must carry is on them, nothing overlaps, the legend is complete, and they look as they did."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise

import numpy as np
import pytest
from briefings import CREATED, TWENTIETH, view
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from mapapp.briefing import raster
from mapapp.briefing.atlas import atlas
from mapapp.briefing.changelist import ground_changes, place_changes, site_changes, together
from mapapp.briefing.drafting import caption
from mapapp.briefing.frame import Box
from mapapp.briefing.labels import Room, Wanted
from mapapp.briefing.projection import choose, window
from mapapp.briefing.scene import Spot
from mapapp.briefing.sharing import Edition
from mapapp.briefing.sharing import edition as edition_for
from mapapp.briefing.sheet import draw
from mapapp.briefing.snapshot import file_name, snapshot
from mapapp.briefing.spread import seats
from mapapp.briefing.text import clean, shorten, width_mm, wrap
from mapapp.briefing.view import PAPERS, View
from mapapp.errors import AskedWrongly, NotFound
from mapapp.timeline.status import board

GOLD = ROOT / "tests" / "gold" / "briefing"
GOLD_DPI = 55
VIEWS = {
    "19-january": view(TWENTIETH - timedelta(1)),
    "20-january": view(),
    "23-february": view(date(2026, 2, 23), caption="The last known states stand; see the age of each."),
    "al-hol": view(facility_id="al-hol"),
    "pair": view(before=date(2026, 1, 4)),
    "six-days": view(date(2026, 2, 23), days=tuple(date(2026, 1, day) for day in (4, 17, 18, 19, 20, 30))),
    "a3-table": view(paper="A3", table=True),
    "portrait": view(portrait=True, table=True),
    "16x9": view(paper="16:9"),
    "clear-copy": view(audience="CLEAR"),
    "arabic": view(
        extent=(40.1, 36.2, 41.5, 37.2),
        title="شمال شرق سوريا: المخيمات والسجون في محافظة الحسكة",
        caption="مخيم الهول وسجن الصناعة وسجن الشدادي كما وردت في التقارير المنشورة حتى 20 كانون الثاني 2026",
    ),
    "atlas": view(atlas=True),
}
ATLAS_OF = ("youth_centre",)
"""An atlas of all sites is looked at by hand; of these few its index stands as a picture."""


@pytest.fixture(scope="module")
def edition(timeline):
    return Edition(timeline, "CLEAR")


@pytest.fixture(scope="module")
def clear_copy(situation):
    return edition_for(situation, "CLEAR")


@pytest.fixture(scope="module")
def words(edition):
    made = snapshot(edition, view(table=True, caption="For the morning meeting"), "pdf")
    return " ".join(PdfReader(io.BytesIO(made.content)).pages[0].extract_text().split())


def drawn(edition: Edition, asked: View) -> raster.Pixels:
    """The sheet at the size of the gold pictures; of an atlas its index."""
    sheet = atlas(edition, replace(asked, facility_types=ATLAS_OF))[0][1] if asked.atlas else draw(edition, asked)
    return raster.pixels(sheet.canvas, GOLD_DPI)


@pytest.mark.parametrize("name", VIEWS)
def test_a_sheet_looks_as_it_did(edition, clear_copy, name):
    picture = drawn(clear_copy if VIEWS[name].audience else edition, VIEWS[name])
    path = GOLD / f"{name}.png"
    gold = np.asarray(Image.open(path).convert("RGB")).astype(int)
    assert picture.shape == gold.shape, "the paper has another size"
    far = (np.abs(picture.astype(int) - gold).max(axis=2) > 60).mean()
    assert far < 0.004, f"{far:.2%} of {name} looks different; if that is meant: python tests/gold/briefing/remake.py"


def test_a_sheet_carries_what_it_must(words, situation):
    must = ["Situation on Tuesday 20 January 2026", situation.title, "Data: 20 Jan 2026 (UTC)",
            "Made: 22 Nov 2026 12:00 UTC", "UTM zone 37N, WGS 84", "1:", "TLP:CLEAR", "Sources", "Method and limits",
            "For the morning meeting", "Ground held by", "holder not established", "km", "N", "nes-2026-20260120-",
            "Made by mapapp demonstration data", "Kurdistan24", "Not shown: 2 outside this map"]  # fmt: skip
    for text in must:
        assert text in words, text
    assert words.count("TLP:CLEAR") == 2, "in the header and in the footer"
    assert "United Nations" not in words


def test_head_counts_stand_rounded_with_their_day(words):
    assert "20,000–30,000 (20 Jan 2026)" in words
    assert "8,600 (Sep 2019)" in words, "8,585 as counted"


def test_names_stand_in_both_languages(edition):
    made = snapshot(edition, view(), "pdf")
    text = PdfReader(io.BytesIO(made.content)).pages[0].extract_text()
    assert "Al-Shaddadi prison" in text
    letters = set("سجن الشدادي") - {" "}
    assert letters <= set(text)


def test_the_pdf_has_its_fonts_and_bookmarks(edition):
    made = snapshot(edition, view(atlas=True, facility_types=("youth_centre",)), "pdf")
    reader = PdfReader(io.BytesIO(made.content))
    assert [mark["/Title"] for mark in reader.outline] == ["Index", "Houri rehabilitation centre",
                                                           "Orkesh rehabilitation centre"]  # fmt: skip
    fonts = reader.pages[1]["/Resources"]["/Font"]
    for font in fonts.values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in descendant["/FontDescriptor"].get_object(), "every font is embedded"
    assert reader.pages[0].mediabox.width == pytest.approx(297 / 25.4 * 72, abs=0.1)


def test_a_png_has_its_size_and_its_resolution(edition):
    picture = Image.open(io.BytesIO(snapshot(edition, view(), "png").content))
    assert picture.size == (3507, 2480)
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert {"Title", "mapapp receipt"} <= picture.text.keys()


def test_an_svg_is_well_formed_and_asks_for_nothing(edition):
    from xml.etree import ElementTree as ET

    content = snapshot(edition, view(), "svg").content
    root = ET.fromstring(content)
    assert root.tag.endswith("svg")
    outside = [value for node in root.iter() for key, value in node.attrib.items()
               if key.endswith("href") and not value.startswith("#")]  # fmt: skip
    assert outside == []


EXAMPLES = int(os.environ.get("MAPAPP_SHEETS", "0"))
"""So many random sheets are drawn, others each time; where it is not set, the same few."""


@settings(max_examples=EXAMPLES or 12, derandomize=not EXAMPLES, database=None)
@given(
    day=st.dates(date(2025, 12, 1), date(2026, 4, 30)),
    middle=st.tuples(st.floats(36.5, 43.0), st.floats(33.5, 38.0)),
    size=st.tuples(st.floats(0.2, 4.0), st.floats(0.2, 3.0)),
    paper=st.sampled_from(sorted(PAPERS)),
    portrait=st.booleans(),
    table=st.booleans(),
)
def test_any_sheet_has_its_day_and_a_complete_legend(timeline, day, middle, size, paper, portrait, table):
    extent = (middle[0] - size[0], middle[1] - size[1], middle[0] + size[0], middle[1] + size[1])
    sheet = draw(Edition(timeline, "CLEAR"), view(day, extent=extent, paper=paper, portrait=portrait, table=table))
    assert sheet.canvas.keys("map") == sheet.canvas.keys("legend"), "every sign drawn is in the legend, and no other"
    assert not set(sheet.body.cut) & sheet.canvas.keys("map")
    assert str(day.day) in sheet.body.when and str(day.year) in sheet.body.when
    assert sheet.body.scenes[0].view.day == day
    assert f"-{day:%Y%m%d}-" in sheet.receipt.id


@pytest.mark.parametrize("name", ["20-january", "16x9", "portrait"])
def test_no_name_lies_on_another_or_on_a_symbol(edition, monkeypatch, name):
    rooms = []
    original = Room.__init__
    monkeypatch.setattr(Room, "__init__", lambda self, *given: (original(self, *given), rooms.append(self))[0])
    sheet = draw(edition, VIEWS[name])
    boxes = rooms[0]._boxes
    assert len(boxes) > 60
    symbols = 2 + len(sheet.body.scenes[0].sites)
    first = symbols + 1  # the inset may be on the map
    for one, other in combinations(range(len(boxes)), 2):
        if other >= first:
            apart = (boxes[one][2] <= boxes[other][0] + 1e-6 or boxes[other][2] <= boxes[one][0] + 1e-6
                     or boxes[one][3] <= boxes[other][1] + 1e-6 or boxes[other][3] <= boxes[one][1] + 1e-6)  # fmt: skip
            assert apart, "two labels share room"


def test_the_room_says_when_there_is_none():
    room = Room(Box(0, 0, 20, 10))
    assert room.place(Wanted("wide", 10, 5, 1, 30, 3)) is None
    placed = room.place(Wanted("fits", 10, 5, 1, 6, 3))
    assert placed is not None and placed.leader is None
    assert not room.place(Wanted("also", 10, 5, 1, 6, 3)).box.meets(placed.box)
    assert room.is_free(Box(0, 0, 2, 2)) and not room.is_free(placed.box)


def test_symbols_on_one_point_are_spread_and_stay_on_the_map():
    spots = [Spot(f"s{n:02d}", {}, 5.0, 5.0, 0.0) for n in range(9)] + [Spot("near", {}, 9.0, 5.0, 0.0)]
    placed = seats(spots, 4.0, Box(0, 0, 60, 60))
    for one, other in combinations(placed, 2):
        assert np.hypot(one.x - other.x, one.y - other.y) > 3.9
    assert [seat.moved for seat in seats([Spot("alone", {}, 30, 30, 0)], 4.0, Box(0, 0, 60, 60))] == [False]


@pytest.mark.parametrize(
    ("extent", "name"),
    [
        ((37.0, 35.0, 42.5, 37.5), "UTM zone 37N"),
        ((-70.5, -36.0, -69.0, -34.0), "UTM zone 19S"),
        ((5.0, 40.0, 35.0, 60.0), "Lambert conformal conic"),
        ((90.0, -10.0, 140.0, 12.0), "Mercator"),
        ((-60.0, 60.0, 60.0, 84.0), "Lambert azimuthal equal-area"),
    ],
)
def test_the_projection_fits_the_extent_and_is_named(extent, name):
    assert choose(extent).name.startswith(name)
    seen = window(extent, Box(0, 0, 200, 120))
    west, south, east, north = seen.extent
    assert west <= extent[0] + 0.5 and south <= extent[1] + 0.5 and east >= extent[2] - 0.5 and north >= extent[3] - 0.5
    mm = np.array([[30.0, 40.0], [120.0, 90.0]])
    assert np.allclose(seen.to_mm(seen.to_degrees(mm)), mm, atol=1e-6)


def test_the_scale_bar_is_true(edition):
    seen = window((37.0, 35.0, 42.5, 37.5), Box(0, 0, 200, 120))
    from pyproj import Geod

    x, y = seen.box.middle
    ends = seen.to_degrees(np.array([[x - 10, y], [x + 10, y]]))
    km = Geod(ellps="WGS84").inv(*ends[0], *ends[1])[2] / 1000
    assert seen.mm_per_km() * km == pytest.approx(20)


def test_texts_are_measured_cut_and_cleaned():
    assert wrap("one two three", width_mm("one two", 7) + 0.1, 7) == ["one two", "three"]
    assert shorten("a long line", 8, 7).endswith("…") and width_mm(shorten("a long line", 8, 7), 7) <= 8
    assert clean("a\u202eb\nc\u0000") == "a b c"


def test_changes_between_two_days_are_those_on_record(timeline):
    sites = site_changes(timeline, date(2026, 1, 19), TWENTIETH)
    assert sites["al-hol"] == "Al-Hol camp: state open → unguarded, guard SDF → Nobody, ground SDF → Nobody"
    assert place_changes(timeline, date(2026, 1, 19), TWENTIETH)["SDF → Nobody"] == ["Al-Hol"]
    assert site_changes(timeline, TWENTIETH, TWENTIETH) == {} == place_changes(timeline, TWENTIETH, TWENTIETH)
    assert ground_changes(timeline, TWENTIETH, TWENTIETH) == []


@pytest.mark.parametrize("paper", ["A4", "16:9"])
@pytest.mark.parametrize("since", [date(2026, 1, 4), date(2026, 1, 19)])
def test_a_drafted_caption_says_what_is_on_record_and_fits_its_line(timeline, edition, since, paper):
    asked = view(paper=paper, extent=(40.1, 36.2, 41.5, 37.2))
    text = caption(timeline, asked, since)
    changed = site_changes(timeline, since, TWENTIETH)
    assert text.startswith(f"Since {since.day} January 2026: {len(changed)} of {len(board(timeline, TWENTIETH))} sites")
    said = {*changed.values(), f"ground {', '.join(ground_changes(timeline, since, TWENTIETH))}"}
    for way, names in place_changes(timeline, since, TWENTIETH).items():
        said.add(f"{names[0] if len(names) == 1 else f'{len(names)} places'} {way}")
    assert set(text.split("; ")[1:]) <= said
    assert "caption" not in draw(edition, replace(asked, caption=text)).body.cut


def test_a_caption_of_quiet_days_says_that_nothing_changed(timeline):
    assert caption(timeline, view(), TWENTIETH) == "No change is on record since 20 January 2026."


def test_a_sheet_of_what_is_confirmed_says_so(situation):
    sheet = draw(edition_for(situation, confirmed_only=True), view(confirmed_only=True))
    assert sheet.method[0] == "Only what is confirmed is shown."
    assert len(sheet.receipt.records["events"]) < len(draw(edition_for(situation), view()).receipt.records["events"])


def test_sites_to_which_the_same_happened_are_named_together():
    assert together(["A: x → y", "B: z", "C: x → y"]) == ["A, C: x → y", "B: z"]


def test_hostile_names_are_letters_and_nothing_else(edition):
    from dataclasses import replace

    situation = edition.timeline.situation
    facilities = situation.facilities.copy()
    facilities.loc["al-hol", "name"] = "<img src=x onerror=alert(1)> $\\frac{1}{2}$ \u202e ]]> & 'x'"
    import mapapp

    hostile = Edition(mapapp.build(replace(situation, facilities=facilities)), "CLEAR")
    for kind in ("svg", "pdf"):
        content = snapshot(hostile, view(facility_id="al-hol"), kind).content
        assert b"<img" not in content


def test_what_cannot_be_drawn_is_refused_in_words(edition):
    with pytest.raises(NotFound, match="no facility"):
        draw(edition, view(facility_id="nowhere"))
    with pytest.raises(NotFound, match="not established"):
        draw(edition, view(facility_id="twahina"))
    with pytest.raises(AskedWrongly, match="room for 12 days"):
        draw(edition, view(days=tuple(date(2026, 1, day) for day in range(1, 15))))
    with pytest.raises(AskedWrongly, match="kind"):
        snapshot(edition, view(), "bmp")
    with pytest.raises(AskedWrongly, match="PDF"):
        snapshot(edition, view(atlas=True), "png")


def test_files_are_named_after_the_custom_of_the_field(edition):
    assert file_name(edition, view(), "png") == "NES-2026_map_A4_20260120.png"
    assert file_name(edition, view(paper="16:9", facility_id="al-hol"), "pptx") == "NES-2026_al-hol_16x9_20260120.pptx"


def test_columns_of_a_box_do_not_touch():
    for one, other in pairwise(Box(0, 0, 100, 50).split(4)):
        assert one.right < other.x


def test_the_same_view_of_another_day_is_only_of_another_day():
    asked = View(day=TWENTIETH, created=CREATED, paper="A3")
    assert asked.on(date(2026, 2, 1)) == View(day=date(2026, 2, 1), created=CREATED, paper="A3")
