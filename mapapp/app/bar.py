"""The head of every page: the situation, the day, which records are looked at, and the way to the other pages."""

from __future__ import annotations

from typing import Any

import streamlit as st

from mapapp.app import assets, cache, keys, session
from mapapp.app.keys import View
from mapapp.timeline.lookback import last_known_day, left_out
from mapapp.timeline.timeline import Timeline

PAGES = {
    "situation": ("Map", ""),
    "facilities": ("Facilities", "facilities"),
    "changes": ("Changes", "changes"),
    "contradictions": ("Contradictions", "contradictions"),
    "later": ("Came later", "later"),
    "briefing": ("Briefing", "briefing"),
    "data": ("Data", "data"),
}
"""Page -> title in the head, and path in the address. The script of each is `NAME_page.py`."""

KEY = "bar"
_mount = assets.component(
    KEY, ("dom", "words", "mount", "view", "links", "visits", "lookback", "bar"), ("tokens", "bar", "lookback")
)


def bar(here: str, clock: bool = False) -> None:
    """Show the head of the page `here`; with a clock where no map gives the reader one.

    The day it shows follows map and list in the browser. Where the reader chooses another page, the script ends here
    and that page runs.
    """
    whole, seen, view = session.whole(), session.timeline(), session.view()
    situation, last_known = whole.situation, keys.number(last_known_day(whole))
    data = {
        "title": situation.title,
        "day": keys.number(view.day),
        "first_day": keys.number(situation.first_day),
        "last_day": keys.number(situation.last_day),
        "clock": clock,
        "pages": [_page(name, seen, name == here) for name in PAGES if _offered(name, view, here)],
        "visit": {
            "situation": situation.id,
            "digest": situation.digest,
            "known": last_known,
        },
        "look_back": {"last_known": last_known, **_look_back(whole, seen, view)},
    }
    session.publish()
    chosen = _mount(key=KEY, data=data, on_go_change=assets.read_at_once, on_look_change=_look).go
    if chosen in PAGES:
        turn_to(chosen)


def turn_to(name: str) -> None:
    """Show another page with the view of the moment."""
    st.switch_page(script(name), query_params=keys.write(session.view()))


def script(name: str) -> str:
    """Give the file of a page, beside main.py."""
    return f"{name}_page.py"


def _offered(name: str, view: View, here: str) -> bool:
    """What came later than the known day is a question only where there is one."""
    return name != "later" or view.known is not None or here == "later"


def _page(name: str, seen: Timeline, here: bool) -> dict[str, Any]:
    title, path = PAGES[name]
    not_shown = seen.situation.not_shown
    note = f"{not_shown} records not shown" if name == "data" and not_shown else None
    return {"page": name, "title": title, "note": note, "path": path or ".", "here": here}


def _look_back(whole: Timeline, seen: Timeline, view: View) -> dict[str, Any]:
    """Which records are looked at, and how many that leaves out."""
    known = cache.look_back(whole, view.known, confirmed=False)
    return {
        "known": keys.number(view.known),
        "confirmed": view.confirmed,
        "later": cache.late_count(whole, view.known) if view.known else 0,
        "unconfirmed": left_out(known.situation, seen.situation) if view.confirmed else 0,
    }


def _look() -> None:
    """The reader looks at other records."""
    session.ask_keys(st.session_state[KEY]["look"])
