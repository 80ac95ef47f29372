"""What is worked out once and kept: the time line by the stamp of a folder; its page and its boards by its digest."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from mapapp import replay
from mapapp.situation import situation as situations
from mapapp.timeline import status
from mapapp.timeline import timeline as timelines
from mapapp.timeline.timeline import Timeline

Stamp = tuple[tuple[str, int, int], ...]


def timeline(folder: Path) -> Timeline:
    """Give the time line of a situation folder, made anew when a file in it has changed."""
    return _timeline(str(folder), _stamp(folder))


def _stamp(folder: Path) -> Stamp:
    """Name, size and time of change of every file: cheap to take on every run."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files)


@st.cache_resource(max_entries=4, show_spinner="Reading the situation")
def _timeline(folder: str, stamp: Stamp) -> Timeline:  # the stamp is part of the key
    return timelines.build(situations.load(folder))


def html(timeline: Timeline) -> str:
    """Give the replay page of a time line, as the app embeds it."""
    return _html(timeline.situation.digest, timeline)


@st.cache_resource(max_entries=4, show_spinner="Drawing the map")
def _html(digest: str, _timeline: Timeline) -> str:
    return replay.html(_timeline, embedded=True)


def board(timeline: Timeline, day: date) -> list[dict[str, Any]]:
    """Give the board of a day; the reader who filters, sorts or selects does not wait for it again."""
    return _board(timeline.situation.digest, day, timeline)


@st.cache_data(max_entries=512, show_spinner=False)
def _board(digest: str, day: date, _timeline: Timeline) -> list[dict[str, Any]]:
    return status.board(_timeline, day)
