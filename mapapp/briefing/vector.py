"""A sheet as a document: SVG, and PDF with its fonts, its words and its bookmarks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import matplotlib as mpl
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from mapapp.briefing.canvas import Canvas

PRODUCER = "mapapp"
PDF_KEY = "/MapappReceipt"
PLAIN = {"svg.fonttype": "path", "svg.hashsalt": "mapapp", "pdf.fonttype": 42, "pdf.compression": 6}
"""Letters in SVG are shapes, because a reader may lack the fonts; in PDF they are text with the fonts embedded."""


def svg(canvas: Canvas, title: str, receipt: str) -> bytes:
    """The sheet as SVG; the receipt is its description (Dublin Core). The same input gives the same bytes."""
    file = io.BytesIO()
    about = {"Title": title, "Description": receipt, "Creator": PRODUCER, "Date": None}
    with mpl.rc_context(PLAIN):
        FigureCanvasSVG(canvas.figure).print_svg(file, metadata=about)
    return file.getvalue()


def pdf(pages: Sequence[tuple[Canvas, str]], title: str, created: datetime, receipt: str) -> bytes:
    """Sheets as one PDF.

    Parameters
    ----------
    pages : sequence of (Canvas, str)
        Each page and its bookmark.
    title : str
        Of the document.
    created : datetime
        UTC: written as the day of creation.
    receipt : str
        Written into the document's properties, under `PDF_KEY`.

    Returns
    -------
    bytes
        The same input gives the same bytes.
    """
    writer = PdfWriter()
    for number, (canvas, bookmark) in enumerate(pages):
        writer.append(io.BytesIO(_page(canvas, created)), import_outline=False)
        writer.add_outline_item(bookmark, number)
    moment = created.strftime("D:%Y%m%d%H%M%SZ")
    writer.metadata = None
    writer.add_metadata({"/Title": title, "/Producer": PRODUCER, "/Creator": PRODUCER, "/CreationDate": moment,
                         "/ModDate": moment, PDF_KEY: receipt})  # fmt: skip
    file = io.BytesIO()
    writer.root_object[NameObject("/Lang")] = TextStringObject("en")
    writer.write(file)
    return file.getvalue()


def _page(canvas: Canvas, created: datetime) -> bytes:
    file = io.BytesIO()
    with mpl.rc_context(PLAIN):
        FigureCanvasPdf(canvas.figure).print_pdf(file, metadata={"CreationDate": created, "Producer": PRODUCER})
    return file.getvalue()


def with_receipt(document: bytes, receipt: str) -> bytes:
    """A PDF with another receipt in its properties."""
    writer = PdfWriter(clone_from=io.BytesIO(document))
    writer.add_metadata({PDF_KEY: receipt})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
