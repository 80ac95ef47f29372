"""What is in a file: its kind, its receipt, and a digest of what is seen in it."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from html import escape, unescape

import numpy as np
from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from mapapp.briefing import moving, slides, vector
from mapapp.briefing.receipt import KEY
from mapapp.errors import AskedWrongly

PLACE = "mapapp-receipt-stands-here"
"""Stands in an SVG for the receipt while what is seen is digested: the receipt holds the digest."""

_DESCRIPTION = re.compile(rb"(<dc:description>)(.*?)(</dc:description>)", re.DOTALL)


def kind_of(content: bytes) -> str:
    """The kind of a file by what it begins with.

    Raises
    ------
    AskedWrongly
        Where it is none that this program writes.
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return "pptx"
    if b"<svg" in content[:2000]:
        return "svg"
    if kind := moving.kind_of(content):
        return kind
    raise AskedWrongly("It is no PNG, SVG, PDF, PPTX, GIF, WebP or MP4: there is no receipt to be read from it.")


def receipt_text(content: bytes) -> str | None:
    """The receipt in a file, if it has one."""
    still = {"png": _png_text, "svg": _svg_text, "pdf": _pdf_text, "pptx": _pptx_text}
    read = still.get(kind_of(content), moving.receipt_in)
    try:
        return read(content) or None
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, PyPdfError, UnidentifiedImageError) as error:
        raise AskedWrongly("The file is damaged: it cannot be read to its end.") from error


def _png_text(content: bytes) -> str | None:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    found = picture.text.get(KEY)  # type: ignore[attr-defined]
    return str(found) if found else None


def _svg_text(content: bytes) -> str | None:
    found = _DESCRIPTION.search(content)
    return unescape(found[2].decode("utf-8")) if found else None


def _pdf_text(content: bytes) -> str | None:
    about = PdfReader(io.BytesIO(content)).metadata
    said = about.get(vector.PDF_KEY) if about else None
    return str(said) if said is not None else None


def _pptx_text(content: bytes) -> str | None:
    return slides.receipt_in(content) or None


def with_receipt(svg: bytes, receipt: str) -> bytes:
    """An SVG made with `PLACE` for its description, with the receipt in its stead."""
    return svg.replace(PLACE.encode(), escape(receipt, quote=False).encode("utf-8"), 1)


def picture_digest(content: bytes) -> str:
    """SHA-256 of what is seen: pixels, drawing commands, the picture on a slide, frames. Metadata do not count."""
    kind = kind_of(content)
    if kind in moving.KINDS:
        return moving.digest(content)
    if kind == "png":
        picture = np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))
        return pixels_digest(picture)
    if kind == "svg":
        drawing = _DESCRIPTION.sub(lambda found: found[1] + PLACE.encode() + found[3], content, count=1)
        return hashlib.sha256(drawing).hexdigest()
    if kind == "pdf":
        return _pdf_digest(content)
    picture_bytes = slides.picture_in(content)
    return picture_digest(picture_bytes) if picture_bytes else ""


def pixels_digest(picture: np.ndarray) -> str:
    """SHA-256 of a picture's size and pixels."""
    seen = hashlib.sha256(repr(picture.shape).encode())
    seen.update(np.ascontiguousarray(picture))
    return seen.hexdigest()


def _pdf_digest(content: bytes) -> str:
    seen = hashlib.sha256()
    for page in PdfReader(io.BytesIO(content)).pages:
        commands = page.get_contents()
        seen.update(repr([float(edge) for edge in page.mediabox]).encode())
        seen.update(commands.get_data() if commands is not None else b"")
    return seen.hexdigest()
