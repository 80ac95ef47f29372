"""What is worked out once and kept: the time line of a folder by its stamp, all else by which records it rests on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from mapapp import replay
from mapapp.app import fronts as all_fronts
from mapapp.app import garbage
from mapapp.situation import situation as situations
from mapapp.timeline import changes as all_changes
from mapapp.timeline import contradictions as clashes
from mapapp.timeline import late, lookback, status
from mapapp.timeline import timeline as timelines
from mapapp.timeline.records import Record
from mapapp.timeline.timeline import Timeline

Stamp = tuple[tuple[str, int, int], ...]
Key = tuple[str, date | None, str]


def timeline(folder: Path) -> Timeline:
    """Give the time line of a situation folder, made anew when a file in it has changed."""
    return _timeline(str(folder), _stamp(folder))


def _stamp(folder: Path) -> Stamp:
    """Name, size and time of change of every file: cheap to take on every run."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files)


@st.cache_resource(max_entries=4, show_spinner="Reading the situation")
def _timeline(folder: str, stamp: Stamp) -> Timeline:  # the stamp is part of the key
    built = lookback.prepare(timelines.build(situations.load(folder)))
    garbage.keep_all()
    return built


def key(timeline: Timeline) -> Key:
    """Say which records a time line rests on: of which situation, as known when, how well established."""
    situation = timeline.situation
    return situation.digest, situation.known_on, situation.at_least


def look_back(timeline: Timeline, known: date | None, confirmed: bool) -> Timeline:
    """Give the time line of all records as it was known on a day, or of what is confirmed alone."""
    if known is None and not confirmed:
        return timeline
    return _look_back(timeline.situation.digest, known, confirmed, timeline)


@st.cache_resource(max_entries=8, show_spinner="Looking back")
def _look_back(digest: str, known: date | None, confirmed: bool, _timeline: Timeline) -> Timeline:
    return lookback.looked_back(_timeline, known, confirmed)


def html(timeline: Timeline) -> str:
    """Give the replay page of a time line, as the app embeds it."""
    return _html(key(timeline), timeline)


@st.cache_resource(max_entries=4, show_spinner="Drawing the map")
def _html(key: Key, _timeline: Timeline) -> str:
    return replay.html(_timeline, embedded=True)


def overview(timeline: Timeline, day: date) -> list[Record]:
    """Give the overview of a day; the reader who filters, sorts or selects does not wait for it again."""
    return _kept("overview", key(timeline), (day,), lambda: status.overview(timeline, day))


def fronts(timeline: Timeline) -> dict[str, Any]:
    """Give the distances to the front over time (see `fronts.fronts`)."""
    return _fronts(key(timeline), timeline)


@st.cache_resource(max_entries=8, show_spinner=False)
def _fronts(key: Key, _timeline: Timeline) -> dict[str, Any]:
    return all_fronts.fronts(_timeline)


def contradictions(timeline: Timeline, day: date) -> list[Record]:
    """Give the contradictions of a day."""
    return _kept("contradictions", key(timeline), (day,), lambda: clashes.contradictions(timeline, day))


def first_contradictions(timeline: Timeline, day: date, each: int) -> tuple[list[Record], dict[str, int]]:
    """Give the first contradictions of a day by each rule, and how many there are by rule."""
    first: tuple[list[Record], dict[str, int]] = _kept(
        "first contradictions", key(timeline), (day, each), lambda: clashes.first_contradictions(timeline, day, each)
    )
    return first


def came_later(timeline: Timeline, known: date) -> list[Record]:
    """Give what became known after a day, of all records."""
    then, last_day = look_back(timeline, known, confirmed=False), timeline.situation.last_day
    return _kept("late", key(timeline), (known,), lambda: late.late_between(then, timeline, last_day))


def late_count(timeline: Timeline, known: date) -> int:
    """Count what became known after a day, of all records."""
    then, last_day = look_back(timeline, known, confirmed=False), timeline.situation.last_day
    count: int = _kept("late count", key(timeline), (known,), lambda: late.late_count(then, timeline, last_day))
    return count


def changes(before: Timeline, first: date, after: Timeline, last: date) -> dict[str, Any]:
    """Give what changed between two days."""
    days = (key(before), first, last)
    return _kept("changes", key(after), days, lambda: all_changes.changes(before, first, after, last))


@st.cache_resource(max_entries=64, show_spinner=False)  # not copied on the way: nobody changes them
def _kept(what: str, key: Key, days: tuple[Any, ...], _work_out: Callable[[], Any]) -> Any:
    return _work_out()
