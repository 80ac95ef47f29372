"""The pages to read (changes, contradictions, what came later): one component each, built alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from mapapp.app import assets, bar, keys, session
from mapapp.app.words import cited, words
from mapapp.timeline.timeline import Timeline

SCRIPTS = ("dom", "words", "mount", "view", "links", "rules", "cells", "visits", "reading")
_mounts = {
    name: assets.component(name, (*SCRIPTS, name), ("tokens", "list", "tables", "reading"))
    for name in ("changes", "contradictions", "later")
}
ALL = "all"
"""In the session: that of which a page wants all."""


def reading(name: str, timeline: Timeline, found: Mapping[str, Any]) -> None:
    """Show a page to read; what it names leads to the map, where the script of this page ends.

    Parameters
    ----------
    name : str
        Which page.
    timeline : Timeline
        What it was made from: for names and sources.
    found : mapping
        What the page says; `rows` names events and sources. Where these are the first of more, `which` says of what:
        the page asks for all of it once it shows these (see `wants_all`).
    """
    view = session.view()
    data = {
        **found,
        "day": keys.number(view.day),
        "known": keys.number(view.known),
        "notices": st.session_state.notices,
        "words": words(timeline),
        "names": {one: about["name"] for one, about in timeline.register.facilities.items()},
        **cited(timeline, found),
    }

    def asked() -> None:
        session.ask_keys(st.session_state[name]["ask"])

    def want_all() -> None:
        st.session_state[ALL] = st.session_state[name]["all"]

    chosen = _mounts[name](
        key=name,
        data=assets.packed(data),
        on_go_change=assets.read_at_once,
        on_ask_change=asked,
        on_all_change=want_all,
    ).go
    session.publish()
    if chosen:
        session.ask_keys(chosen)
        bar.turn_to("situation")


def wants_all(which: str) -> bool:
    """Say whether the page that shows the first of something asks for all of it."""
    return bool(st.session_state.get(ALL) == which)
