"""Retold: how a record reads in a list, made once and given again for the very same record of another look back."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from mapapp.timeline.records import Record

T = TypeVar("T")


class Retold(Generic[T]):
    """What is made of records.

    Parameters
    ----------
    make : callable
        What is made of one; it is shared with all who ask for it, and not to be changed.
    """

    def __init__(self, make: Callable[[Record], T]) -> None:
        self._make = make
        self._made: dict[Hashable, tuple[Record, T]] = {}

    def of(self, one: Hashable, record: Record) -> T:
        """Give what is made of a record with some id, which in another look back may read otherwise."""
        last = self._made.get(one)
        if last is None or last[0] is not record:
            last = self._made[one] = record, self._make(record)
        return last[1]
