"""What a browser window is looking at: kept in its session, restored from its address, written back to it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from mapapp.app import cache, keys
from mapapp.app.keys import View
from mapapp.situation import situation as situations
from mapapp.timeline.timeline import Timeline


def folder() -> Path:
    """Give the situation folder named on the command line, else the bundled one."""
    return Path(sys.argv[1]) if len(sys.argv) > 1 else situations.BUNDLED


def whole() -> Timeline:
    """Give the time line of all records."""
    return cache.timeline(folder())


def timeline() -> Timeline:
    """Give the time line as this window looks at it: as known on its known day, with confirmed records alone or all."""
    return seen(view())


def seen(view: View) -> Timeline:
    """Give the time line that a view looks at."""
    return cache.look_back(whole(), view.known, view.confirmed)


def seen_before(view: View) -> Timeline:
    """Give the time line of the day that a view compares with."""
    return cache.look_back(whole(), view.since_known or view.known, view.confirmed)


def arrive() -> None:
    """Take the view from the address where the reader came by a link, typed one or went back in the browser."""
    query = st.query_params.to_dict()
    if "view" in st.session_state and query == st.session_state.query:
        return
    st.session_state.view, st.session_state.notices = keys.read(query, whole(), seen)
    st.session_state.query = query
    _overrule()


def view() -> View:
    """Give what this window is looking at."""
    return st.session_state.view


def move(wanted: View) -> None:
    """Look at something else. Notices about the link have been read by then."""
    st.session_state.view = wanted
    st.session_state.notices = []
    st.session_state.query = keys.write(wanted)


def ask(message: dict[str, Any], timeline: Timeline) -> None:
    """Look at what map or list ask for; where that is nothing here, they are told what is shown instead."""
    wanted = keys.from_message(message, view(), timeline)
    move(wanted)
    st.session_state.playing = message["playing"] is True
    if keys.as_message(wanted) != {name: message[name] for name in ("day", "selected", "filters")}:
        _overrule()


def ask_keys(query: Mapping[str, Any]) -> None:
    """Look at what another component asks for, in the words of the address, which says so before the page runs."""
    texts = {str(name): str(text or "") for name, text in query.items()}
    wanted, notices = keys.read({**keys.write(view()), **texts}, whole(), seen)
    move(wanted)
    st.session_state.notices = notices
    st.session_state.playing = False
    publish()
    _overrule()


def publish() -> None:
    """Write the view into the address once the reader has moved. While the map plays, it would fill the history."""
    if not st.session_state.get("playing") and st.query_params.to_dict() != st.session_state.query:
        st.query_params.from_dict(st.session_state.query)


def _overrule() -> None:
    """Number the views that Python sets by itself, so that map and list know when to take one over."""
    st.session_state.order = st.session_state.get("order", 0) + 1
