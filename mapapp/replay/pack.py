"""Numbers and text packed small, to stand inside an HTML script element until the page unpacks them.

Whole numbers stand in sections. A section is its count, the low bytes of all its numbers, then their high bytes, then
in full those that two bytes cannot hold: bytes of one kind side by side are what compresses best. Counts and numbers in
full are base-128 varints; signed numbers are zigzag-coded first (as in Protocol Buffers).
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

ESCAPE = 0xFFFF
"""Both bytes of a number that follows in full."""


def section(numbers: Iterable[int] | Array, signed: bool = False) -> bytes:
    """Pack whole numbers as one section.

    Parameters
    ----------
    numbers : iterable of int
        Of less than 53 bits, and from 0 on where not signed.
    signed : bool
        Whether any may be below 0.
    """
    values = np.array(numbers if isinstance(numbers, np.ndarray) else list(numbers), dtype=np.int64).ravel()
    if signed:
        values = (values << 1) ^ (values >> 63)
    short = np.where(values < ESCAPE, values, ESCAPE).astype("<u2").tobytes()
    return _varint(len(values)) + short[0::2] + short[1::2] + b"".join(map(_varint, values[values >= ESCAPE].tolist()))


def packed(data: bytes) -> str:
    """Compress bytes (zlib) and write them in base64: text that cannot end the element it stands in."""
    return base64.b64encode(zlib.compress(data, 9)).decode()


def unpacked(text: str) -> bytes:
    """The bytes that `packed` was given."""
    return zlib.decompress(base64.b64decode(text))


class Sections:
    """Reads sections one after another.

    Parameters
    ----------
    data : bytes
        Sections, each right after the one before.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def next(self, signed: bool = False) -> Array:
        """The numbers of the next section."""
        count = self._varint()
        low, high = (np.frombuffer(self._data, np.uint8, count, self._at + i * count) for i in (0, 1))
        self._at += 2 * count
        values = low.astype(np.int64) | (high.astype(np.int64) << 8)
        for i in np.flatnonzero(values == ESCAPE):
            values[i] = self._varint()
        return (values >> 1) ^ -(values & 1) if signed else values

    def _varint(self) -> int:
        value = shift = 0
        while True:
            byte = self._data[self._at]
            self._at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
