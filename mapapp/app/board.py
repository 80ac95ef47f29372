"""The list of sites on a day and the panel of the one selected: the component, and what it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

from mapapp.app import assets, bar, cache, garbage, keys, session
from mapapp.app.keys import View
from mapapp.app.words import words
from mapapp.timeline import dossier, headcount, status
from mapapp.timeline.records import Record
from mapapp.timeline.timeline import Timeline

Layout = Literal["side", "wide"]
KEY = "board"
SCRIPTS = (
    *("dom", "words", "mount", "view", "links", "rules", "symbol", "front", "cells", "columns", "filters", "list"),
    *("chart", "records", "lanes", "values", "panel", "board"),
)
SAID = ("status", "operator", "guard", "ground")
LISTED = (
    *("facility_id", "name", "name_ar", "alt_names", "facility_type", "status", "operator", "guard", "ground_holder"),
    *(f"{name}_since{more}" for name in SAID for more in ("", "_precision")),
    *("ground_contested_by", "front_km", "front_alert", "persons", "last_event", "contradictions"),
    *("last_verified_on", "staleness_days", "verified"),
)
"""The columns of the board that the list shows; the panel has all those of its site."""

HELD_THERE = (*headcount.NUMBERS, *headcount.FAMILIES, "qualifier", "as_of", "as_of_precision", "claimed_by")
"""What the list shows of the persons there."""

HELD = "held"
"""In the session: the keys of what the component still has when it asks, told with what it asks for."""

_mount = assets.component("board", SCRIPTS, ("tokens", "board", "list", "side", "wide", "panel", "records", "phone"))


def board(timeline: Timeline, layout: Layout) -> None:
    """Show the list, as the reader moves in it or on the map.

    A page does not keep its time line under a name of its own: the names of a script and its functions hold one
    another, and what they keep, until everything is looked through for such circles, which is seldom.
    """

    def moved() -> None:
        message = st.session_state[KEY]["view"]
        st.session_state[HELD] = message["held"]
        session.ask(message, timeline)

    @st.fragment
    def live() -> None:
        """All that Python has to do when the reader moves."""
        with garbage.put_off():
            _list(timeline, layout, moved)
            session.publish()

    live()


def _list(timeline: Timeline, layout: Layout, moved: Callable[[], None]) -> None:
    """The list; where the reader follows its link to another page, the script ends here and that page runs."""
    view = session.view()
    data = {
        "layout": layout,
        "view": keys.as_message(view),
        "order": st.session_state.order,
        "notices": st.session_state.notices,
        "large": _large(timeline, view, layout),
        "contradictions": len(timeline.told["clashes"].on(view.day)),
        "words": words(timeline),
        **_selected(timeline, view),
    }
    chosen = _mount(
        key=KEY, data=assets.packed(data), on_view_change=moved, on_page_change=assets.read_at_once, height="stretch"
    ).page
    if chosen in bar.PAGES:
        bar.turn_to(chosen)


def _large(timeline: Timeline, view: View, layout: Layout) -> dict[str, dict[str, Any]]:
    """The rows of the day and, for the wide list, the distances to the front: each once, under a key."""
    records = cache.key(timeline)
    make = {"rows": ([*records, view.day], lambda: _rows(timeline, view))}
    if layout == "wide":
        make["fronts"] = (list(records), lambda: cache.fronts(timeline))
    held = st.session_state.pop(HELD, {})
    return {
        name: {"key": str(key), "value": None if held.get(name) == str(key) else value()}
        for name, (key, value) in make.items()
    }


def _rows(timeline: Timeline, view: View) -> dict[str, Any]:
    """What the list shows of the overview of the day, with the other names of each site."""
    about = timeline.register.facilities
    rows = (_listed(row, about[row["facility_id"]]) for row in cache.overview(timeline, view.day))
    return assets.in_columns(rows, LISTED)


def _listed(row: Record, about: Record) -> Record:
    """A row with its persons and contradictions as short as the list tells them."""
    held = row["persons"]
    short = held and {name: held[name] for name in HELD_THERE} | {"in_range": len(held["claims"]) - held["left_out"]}
    against = [{"rule": one["rule"], "text": one["text"]} for one in row["contradictions"]]
    return {**row, "alt_names": about["alt_names"], "persons": short, "contradictions": against}


def _selected(timeline: Timeline, view: View) -> dict[str, Any]:
    """What the panel shows. An event is shown, marked, among those of its facility or place."""
    if view.selected is None:
        return {"dossier": None, "row": None, "highlight": None}
    kind, subject = view.selected
    tell = {"facility": dossier.facility, "place": dossier.place, "event": dossier.event}[kind]
    found = tell(timeline, subject, view.day)
    rows = cache.overview(timeline, view.day) if found["kind"] == "facility" else []
    own = next((status.in_full(timeline, row, view.day) for row in rows if row["facility_id"] == found["id"]), None)
    return {"dossier": found, "row": own, "highlight": subject if kind == "event" else None}
