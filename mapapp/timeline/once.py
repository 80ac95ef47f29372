"""What is made of a record is made once: a record that is the same in several look backs is the very same object."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from mapapp.situation.situation import Situation
from mapapp.timeline.records import Record

FOLDERS = 4
"""Of so many situations what was made is kept."""

Made: TypeAlias = dict[str, tuple[Record, Record]]
"""Id of a record -> the record, and what was made of it."""


def once(make: Callable[[Record], Record]) -> Callable[[Situation], Callable[[str, Record], Record]]:
    """Keep what a function makes of records.

    Parameters
    ----------
    make : callable
        Gives what follows from a record alone.

    Returns
    -------
    callable
        Of a situation; gives a function of the id of a record and the record that gives what `make` gives. It is
        shared by all who ask, and not to be changed.
    """

    @lru_cache(maxsize=FOLDERS)  # a situation and its look backs are of one folder
    def kept(folder: Path) -> Made:
        return {}

    def of(situation: Situation) -> Callable[[str, Record], Record]:
        known = kept(situation.folder)

        def made(one: str, record: Record) -> Record:
            found = known.get(one)
            if found is None or found[0] is not record:
                found = known[one] = (record, make(record))
            return found[1]

        return made

    return of
