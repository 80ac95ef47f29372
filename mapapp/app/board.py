"""The list of sites on a day and the panel of the one selected: the component, and what it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

from mapapp.app import assets, bar, cache, keys
from mapapp.app.keys import View
from mapapp.app.words import words
from mapapp.timeline import dossier
from mapapp.timeline.spans import as_of
from mapapp.timeline.timeline import Timeline

Layout = Literal["side", "wide"]
KEY = "board"
SCRIPTS = (
    *("dom", "words", "mount", "view", "links", "rules", "symbol", "front", "cells", "columns", "filters", "list"),
    *("chart", "records", "lanes", "values", "panel", "board"),
)
PANEL_ONLY = {"counts", "source_ids"}
_mount = assets.component("board", SCRIPTS, ("tokens", "board", "list", "side", "wide", "panel", "records", "phone"))


def board(timeline: Timeline, view: View, layout: Layout, on_view: Callable[[], None]) -> None:
    """Show the list; `on_view` is called when the reader moves, in the list or on the map.

    Where the reader follows its link to another page, the script ends here and that page runs.
    """
    panel = _selected(timeline, view)
    data = {
        "layout": layout,
        "view": keys.as_message(view),
        "order": st.session_state.order,
        "notices": st.session_state.notices,
        "rows": _rows(timeline, view, layout, panel["dossier"]),
        "contradictions": len(as_of(timeline.clashes, view.day)),
        "words": words(timeline),
        **panel,
    }
    chosen = _mount(
        key=KEY, data=data, on_view_change=on_view, on_page_change=assets.read_at_once, height="stretch"
    ).page
    if chosen in bar.PAGES:
        bar.turn_to(chosen)


def asked() -> dict[str, Any]:
    """Give the view that the component asks for, inside `on_view`."""
    return st.session_state[KEY]["view"]


def _rows(timeline: Timeline, view: View, layout: Layout, dossier: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The board of the day, with what the list shows besides; what the panel alone shows for the site in it alone."""
    about = timeline.register.facilities
    fronts = cache.fronts(timeline) if layout == "wide" else {}
    rows = []
    for row in cache.board(timeline, view.day):
        facility_id = row["facility_id"]
        more = {"alt_names": about[facility_id]["alt_names"], "front": fronts.get(facility_id)}
        left_out = set() if dossier and dossier["id"] == facility_id else PANEL_ONLY
        rows.append({**{name: value for name, value in row.items() if name not in left_out}, **more})
    return rows


def _selected(timeline: Timeline, view: View) -> dict[str, Any]:
    """What the panel shows. An event is shown, marked, among those of its facility or place."""
    if view.selected is None:
        return {"dossier": None, "highlight": None}
    kind, subject = view.selected
    tell = {"facility": dossier.facility, "place": dossier.place, "event": dossier.event}[kind]
    return {"dossier": tell(timeline, subject, view.day), "highlight": subject if kind == "event" else None}
