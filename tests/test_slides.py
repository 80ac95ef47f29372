"""Slides: one page with the picture at full quality, words that can be edited, and the receipt in three places."""

from __future__ import annotations

import io
import zipfile

import pytest
from briefings import DPI, view
from PIL import Image
from pptx import Presentation

from mapapp.briefing.content import receipt_text
from mapapp.briefing.sharing import Edition
from mapapp.briefing.snapshot import snapshot


@pytest.fixture(scope="module")
def made(timeline):
    return snapshot(Edition(timeline, "CLEAR"), view(paper="16:9", caption="For the meeting"), "pptx", DPI)


def test_a_presentation_has_one_slide_with_picture_and_words(made, situation):
    show = Presentation(io.BytesIO(made.content))
    (slide,) = show.slides
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert texts[0] == situation.title
    assert texts[1] == "For the meeting"
    assert texts[2].startswith("Ground: ") and "Kurdistan24" in texts[2]
    (picture,) = [shape for shape in slide.shapes if shape.name == "Map"]
    assert Image.open(io.BytesIO(picture.image.blob)).size == (800, 450)
    assert picture.width / picture.height == pytest.approx(16 / 9, abs=0.01)
    assert picture.left >= 0 and picture.top >= 0 and picture.left + picture.width <= show.slide_width


def test_the_receipt_is_in_the_notes_the_properties_and_the_picture(made):
    show = Presentation(io.BytesIO(made.content))
    assert made.receipt.id in show.slides[0].notes_slide.notes_text_frame.text
    assert receipt_text(made.content) == made.receipt.as_json()
    with zipfile.ZipFile(io.BytesIO(made.content)) as package:
        media = next(name for name in package.namelist() if name.startswith("ppt/media/"))
        assert made.receipt.id in (receipt_text(package.read(media)) or "")
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert show.core_properties.created.isoformat().startswith("2026-11-22T12:00:00")
