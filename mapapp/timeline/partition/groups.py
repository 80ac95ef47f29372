"""Groups of equal rows in sorted arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def begins(*columns: Array) -> Array:
    """Where groups of equal rows begin; the rows are sorted."""
    fresh = np.zeros(len(columns[0]), dtype=bool)
    fresh[:1] = True
    for column in columns:
        fresh[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(fresh)


def summed(keys: tuple[Array, ...], weights: Array) -> tuple[tuple[Array, ...], Array]:
    """Each row of keys once, sorted by the first, then the next, with the sum of its weights; none with a sum of 0."""
    order = np.lexsort(keys[::-1]) if len(keys) > 1 else np.argsort(keys[0], kind="stable")
    keys = tuple(key[order] for key in keys)
    first = begins(*keys)
    total = np.add.reduceat(weights[order], first) if len(first) else weights
    first, total = first[total != 0], total[total != 0]
    return tuple(key[first] for key in keys), total


def ranges(starts: Array, stops: Array) -> Array:
    """The numbers from each start until before its stop, one after another."""
    lengths = stops - starts
    return np.repeat(starts - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
