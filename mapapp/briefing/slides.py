"""A slide: the picture at full quality, and title, caption and sources as text that can be edited."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as REL
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Mm, Pt

from mapapp.briefing.text import clean

SLIDE_MM = (338.67, 190.5)
EDGE_MM, TITLE_MM, CAPTION_MM, SOURCE_MM = 8.0, 10.0, 5.5, 7.5
TITLE_PT, CAPTION_PT, SOURCE_PT = 18, 11, 7
BLANK = 6
PATH, PROPERTY = "/docProps/custom.xml", "mapapp receipt"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format id of custom properties (ECMA-376, part 1, 22.3)."""

ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def pptx(
    picture: bytes, size_mm: tuple[float, float], words: Sequence[str], notes: str, receipt: str, created: datetime
) -> bytes:
    """Make a presentation of one slide.

    Parameters
    ----------
    picture : bytes
        A PNG.
    size_mm : tuple of float
        Width and height of the picture on paper: its shape is kept.
    words : sequence of str
        Title, caption and sources.
    notes, receipt : str
        The notes of the slide; the receipt, written into the properties too.
    created : datetime
        UTC.

    Returns
    -------
    bytes
        The same input gives the same bytes.
    """
    show = Presentation()
    show.slide_width, show.slide_height = Mm(SLIDE_MM[0]), Mm(SLIDE_MM[1])
    slide = show.slides.add_slide(show.slide_layouts[BLANK])
    title, caption, sources = map(clean, words)
    _write(slide, (EDGE_MM, 2.0), TITLE_MM, title, TITLE_PT, bold=True)
    foot = SLIDE_MM[1] - SOURCE_MM - CAPTION_MM - 1
    _write(slide, (EDGE_MM, foot), CAPTION_MM, caption, CAPTION_PT, bold=False)
    _place(slide, picture, size_mm)
    _write(slide, (EDGE_MM, foot + CAPTION_MM), SOURCE_MM, sources, SOURCE_PT, bold=False)
    slide.notes_slide.notes_text_frame.text = f"{notes}\n\n{receipt}"
    _about(show, title, receipt, created)
    file = io.BytesIO()
    show.save(file)
    return _same_days(file.getvalue())


def _write(slide: Any, at: tuple[float, float], height: float, text: str, size: int, *, bold: bool) -> None:
    frame = slide.shapes.add_textbox(Mm(at[0]), Mm(at[1]), Mm(SLIDE_MM[0] - 2 * EDGE_MM), Mm(height)).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = text
    for run in frame.paragraphs[0].runs:
        run.font.size, run.font.bold = Pt(size), bold


def _place(slide: Any, picture: bytes, size_mm: tuple[float, float]) -> None:
    """As large as there is room for between title and sources, in the middle."""
    top = TITLE_MM + 2
    room_w, room_h = SLIDE_MM[0] - 2 * EDGE_MM, SLIDE_MM[1] - top - SOURCE_MM - CAPTION_MM - 2
    scale = min(room_w / size_mm[0], room_h / size_mm[1])
    width, height = size_mm[0] * scale, size_mm[1] * scale
    shape = slide.shapes.add_picture(
        io.BytesIO(picture), Mm((SLIDE_MM[0] - width) / 2), Mm(top + (room_h - height) / 2), Mm(width), Mm(height)
    )
    shape.name = "Map"


def _about(show: Any, title: str, receipt: str, created: datetime) -> None:
    about = show.core_properties
    about.title, about.author, about.last_modified_by = title[:255], "mapapp", "mapapp"
    about.created = about.modified = created.astimezone(UTC).replace(tzinfo=None)
    about.revision = 1
    _add_property(show, receipt)


def _add_property(show: Any, text: str) -> None:
    """Write the receipt as a custom property: the built-in ones hold 255 signs at the most."""
    root = etree.Element(f"{{{CUSTOM}}}Properties", nsmap={None: CUSTOM, "vt": TYPES})
    one = etree.SubElement(root, f"{{{CUSTOM}}}property", fmtid=USER_DEFINED, pid="2", name=PROPERTY)
    etree.SubElement(one, f"{{{TYPES}}}lpwstr").text = text
    package = show.part.package
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package.relate_to(Part(PackURI(PATH), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, package, blob), REL.CUSTOM_PROPERTIES)


def _same_days(content: bytes) -> bytes:
    """The same package with one fixed day in its directory in place of the clock's."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, ZIP_DAY), old.read(entry), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def picture_in(content: bytes) -> bytes | None:
    """The picture of a slide made by `pptx`, as it is in the file now."""
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.name == "Map" and hasattr(shape, "image"):
                return bytes(shape.image.blob)
    return None


def receipt_in(content: bytes) -> str:
    """What stands in the property for the receipt of a presentation; empty where nothing does."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if PATH.removeprefix("/") not in package.namelist():
            return ""
        root = parse_xml(package.read(PATH.removeprefix("/")))
    found = root.xpath(f'//*[local-name()="property"][@name="{PROPERTY}"]/*/text()')
    return "".join(found)
