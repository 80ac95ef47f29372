"""The maps of an archive, one a day, in the order of their days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mapapp.exchange.archive import MapFile
from mapapp.exchange.days import NO_DAY, iso, number_of, numbered
from mapapp.exchange.ground import Ground, Reader
from mapapp.exchange.naming import day_of
from mapapp.exchange.reading import UnreadableError, read_columns

Array = npt.NDArray[Any]
Progress = Callable[[list[MapFile]], Iterable[MapFile]]


@dataclass(frozen=True, eq=False)
class DayMap:
    """The map of one day, in days since 1970-01-01, and the file that it was read from."""

    day: int
    file: str
    ground: Ground


def day_maps(reader: Reader, progress: Progress) -> Iterator[DayMap]:
    """Read the maps of an archive one after another.

    Parameters
    ----------
    reader : Reader
        With one date column, or none where the names of the files tell the days.
    progress : callable
        Passes the files on, and shows how far it is.

    Yields
    ------
    DayMap
        One for each day that has a map, sorted by day. Of several files for one day the last by name counts.
    """
    first_days = {file.name: day for file in reader.archive.files if (day := _first_day(reader, file)) is not None}
    files = [file for file in reader.archive.files if file.name in first_days]
    files.sort(key=lambda file: (first_days[file.name], file.name))
    waiting: dict[int, DayMap] = {}
    for file in progress(files):
        ready = sorted(day for day in waiting if day < first_days[file.name])
        yield from (waiting.pop(day) for day in ready)
        for found in _maps_in(reader, file, first_days[file.name]):
            if found.day in waiting:
                before = waiting[found.day].file
                reason = f"There are several maps of {iso(found.day)}: {found.file} is used, {before} is left out."
                reader.tally.say(before, reason, "warning", record=iso(found.day))
            waiting[found.day] = found
    yield from (waiting[day] for day in sorted(waiting))


def _first_day(reader: Reader, file: MapFile) -> int | None:
    """The first day that a file has a map of; None, and a Problem, where it has none."""
    if not reader.date_columns:
        day, reason = day_of(file.dated_by)
        if day is None:
            reader.tally.say(file.name, f"{reason} The file is left out.")
        return None if day is None else number_of(day)
    try:
        layers = read_columns(reader.archive, file, reader.date_columns)
    except UnreadableError as error:
        reader.tally.say(file.name, f"The file cannot be read: {error}. It is left out. Fetch it again.")
        return None
    read = [numbered(values)[0] for layer in layers for values in layer.values()]
    days = np.concatenate([*read, np.empty(0, dtype=np.int64)])
    days = days[days != NO_DAY]
    if not len(days):
        reason = f"None of its features has a day in a column {reader.date_columns[0]}. The file is left out."
        reader.tally.say(file.name, reason, of=reader.date_columns[0])
        return None
    return int(days.min())


def _maps_in(reader: Reader, file: MapFile, named_day: int) -> Iterator[DayMap]:
    ground = reader.ground(file)
    if ground is None:
        return
    if not reader.date_columns:
        yield DayMap(named_day, file.name, ground)
        return
    for day in np.unique(ground.days[:, 0]):
        yield DayMap(int(day), file.name, ground.part(ground.days[:, 0] == day))
