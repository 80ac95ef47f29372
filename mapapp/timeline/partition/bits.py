"""Tables of yes and no with one bit a day: rows x words of 64, the first day in the lowest bit of the first word."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

WORD = 64
_ONE = np.uint64(1)
_TOP = np.uint64(WORD - 1)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)


def words(bits: int) -> int:
    """How many words hold so many bits."""
    return -(-bits // WORD)


def toggled(rows: int, length: int, row: Array, time: Array) -> Array:
    """A table in which every bit that is named an odd number of times is set."""
    table = np.zeros((rows, words(length)), dtype=np.uint64)
    np.bitwise_xor.at(table, (row, time // WORD), _ONE << (time % WORD).astype(np.uint64))
    return table


def accumulate(table: Array, before: Array) -> None:
    """Replace each bit by whether an odd number of bits is set up to it, in place.

    Parameters
    ----------
    table : array of uint64, shape (rows, words)
        Where something switches.
    before : array of bool
        For each row whether it was on before the first bit.
    """
    for shift in (1, 2, 4, 8, 16, 32):
        table ^= table << np.uint64(shift)
    ends = (table >> _TOP).astype(bool)
    on = np.logical_xor.accumulate(np.column_stack([before, ends[:, :-1]]), axis=1)
    table ^= np.where(on, _ALL, np.uint64(0))


def switches(table: Array, before: Array) -> Array:
    """Where bits differ from the one before them; `before` is the bit before the first of each row."""
    carried = np.column_stack([before.astype(np.uint64), table[:, :-1] >> _TOP])
    return np.asarray(table ^ ((table << _ONE) | carried))


def positions(table: Array) -> tuple[Array, Array]:
    """Row and time of every bit that is set, sorted."""
    row, word = np.nonzero(table)
    bits = np.unpackbits(table[row, word].astype("<u8").view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
    at, bit = np.nonzero(bits)
    return row[at], word[at] * WORD + bit


def packed(table: Array) -> Array:
    """A table of bool with one column a day, with one bit a day."""
    rows, length = table.shape
    padded = np.zeros((rows, words(length) * 8), dtype=np.uint8)
    octets = np.packbits(table, axis=1, bitorder="little")
    padded[:, : octets.shape[1]] = octets
    return padded.view("<u8").astype(np.uint64)


def span_mask(length: int, start: int, stop: int) -> Array:
    """One row in which the bits from `start` until before `stop` are set."""
    row = np.zeros((1, length), dtype=bool)
    row[0, max(0, start) : max(0, stop)] = True
    return np.asarray(packed(row)[0])
