"""The files of moving pictures: the receipt that is put into one and read from it, and a digest of what is shown.

Only what carries pictures and their times is digested: what else a file says about itself may be taken out or added.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

KINDS = ("gif", "webp", "mp4")

_COMMENT, _MOST = b"\x21\xfe", 255
"""What a comment in a GIF begins with, and how long a block of it may be (GIF 89a, 24)."""

_BOXES = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta", b"ilst", b"\xa9cmt"}
"""Boxes of an MP4 that hold others (ISO/IEC 14496-12); `meta` does too, after four bytes of its own."""

_SHOWN = {b"mdat", b"stts", b"stss", b"ctts", b"stsz"}
"""Boxes of an MP4 that say which pictures are shown, and when."""


def kind_of(content: bytes) -> str | None:
    """The kind of a moving picture by what it begins with; None where it is none."""
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    return "mp4" if content[4:8] == b"ftyp" else None


def digest(content: bytes) -> str:
    """SHA-256 of the pictures and their times, as they are packed."""
    parts = {"gif": _gif_shown, "webp": _webp_shown, "mp4": _mp4_shown}[str(kind_of(content))](content)
    seen = hashlib.sha256()
    for part in parts:
        seen.update(len(part).to_bytes(8, "big"))
        seen.update(part)
    return seen.hexdigest()


def receipt_in(content: bytes) -> str | None:
    """The receipt in a file, if it has one.

    Raises
    ------
    ValueError
        Where the file breaks off.
    """
    kind = kind_of(content)
    if kind == "gif":
        found = [part for part in _gif_parts(content) if part.startswith(_COMMENT)]
        text = _unblocked(found[0][2:]) if found else b""
    elif kind == "webp":
        text = b"".join(data for name, data in _chunks(content) if name == b"XMP ")
    else:
        told = [data for path, data in _boxes(content) if path[-2:] == (b"\xa9cmt", b"data")]
        text = told[0][8:] if told else b""
    return text.decode("utf-8") or None


def gif_with(content: bytes, receipt: str) -> bytes:
    """A GIF with the receipt as its comment."""
    text = receipt.encode()
    blocks = [text[at : at + _MOST] for at in range(0, len(text), _MOST)]
    comment = _COMMENT + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0"
    head = _gif_head(content)
    return content[:head] + comment + content[head:]


def webp_with(content: bytes, receipt: str) -> bytes:
    """An animated WebP with the receipt as its XMP."""
    chunks = list(_chunks(content))
    about = b"".join(data for name, data in chunks if name == b"VP8X")
    flagged = bytes([about[0] | 0x04]) + about[1:]  # the flag that says that there is XMP
    chunks = [(name, flagged if name == b"VP8X" else data) for name, data in chunks]
    packed = b"".join(
        name + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)
        for name, data in [*chunks, (b"XMP ", receipt.encode())]
    )
    return b"RIFF" + (len(packed) + 4).to_bytes(4, "little") + b"WEBP" + packed


def _gif_head(content: bytes) -> int:
    """How long header and colours are."""
    if len(content) < 13:
        raise ValueError("The file breaks off.")
    return 13 + (3 << (content[10] & 7) + 1 if content[10] & 0x80 else 0)


def _gif_parts(content: bytes) -> Iterator[bytes]:
    """Header and colours, then extensions and pictures one by one."""
    at = _gif_head(content)
    yield content[:at]
    while at < len(content) and content[at] != 0x3B:
        start, picture = at, content[at] == 0x2C
        if not picture and content[at] != 0x21:
            raise ValueError("The file breaks off.")
        if picture:
            colours = content[at + 9] if at + 9 < len(content) else 0
            at += 11 + (3 << (colours & 7) + 1 if colours & 0x80 else 0)
        else:
            at += 2
        while at < len(content) and content[at]:
            at += content[at] + 1
        at += 1
        yield content[start:at]


def _unblocked(blocks: bytes) -> bytes:
    text, at = b"", 0
    while at < len(blocks) and blocks[at]:
        text += blocks[at + 1 : at + 1 + blocks[at]]
        at += blocks[at] + 1
    return text


def _gif_shown(content: bytes) -> Iterator[bytes]:
    return (part for part in _gif_parts(content) if not part.startswith(_COMMENT))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and data of each chunk of a RIFF file."""
    at = 12
    while at + 8 <= len(content):
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        yield content[at : at + 4], content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _webp_shown(content: bytes) -> Iterator[bytes]:
    return (name + data for name, data in _chunks(content) if name in {b"ANIM", b"ANMF", b"VP8 ", b"VP8L"})


def _boxes(content: bytes, within: tuple[bytes, ...] = ()) -> Iterator[tuple[tuple[bytes, ...], bytes]]:
    """The way to each innermost box of an MP4, by names, and its data."""
    at = 0
    while at + 8 <= len(content):
        size, name, head = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        size = size or len(content) - at
        if size < head:
            raise ValueError("The file breaks off.")
        data, path = content[at + head : at + size], (*within, name)
        if name in _BOXES or name == b"meta":
            yield from _boxes(data[4:] if name == b"meta" else data, path)
        else:
            yield path, data
        at += size


def _mp4_shown(content: bytes) -> Iterator[bytes]:
    """In one order: the index may stand before the pictures or after them."""
    return iter(sorted(path[-1] + data for path, data in _boxes(content) if path[-1] in _SHOWN))
