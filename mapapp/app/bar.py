"""The head of every page: the situation, the day, and the way to the other pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from mapapp.app import assets, keys
from mapapp.app.keys import View
from mapapp.situation.situation import Situation

PAGES = {"situation": ("Map", ""), "facilities": ("Facilities", "facilities"), "data": ("Data", "data")}
"""Page -> title in the head, and path in the address. The script of each is `NAME_page.py`."""

_mount = assets.component("bar", ("dom", "words", "mount", "view", "bar"), ("tokens", "bar"))


def bar(situation: Situation, view: View, here: str, clock: bool = False) -> None:
    """Show the head of the page `here`; with a clock where no map gives the reader one.

    The day it shows follows map and list in the browser. Where the reader chooses another page, the script ends here
    and that page runs.
    """
    data = {
        "title": situation.title,
        "day": _number(view.day),
        "first_day": _number(situation.first_day),
        "last_day": _number(situation.last_day),
        "clock": clock,
        "pages": [_page(name, situation, name == here) for name in PAGES],
    }
    chosen = _mount(key="bar", data=data, on_go_change=_nothing).go
    if chosen in PAGES:
        st.switch_page(script(chosen), query_params=keys.write(view))


def script(name: str) -> str:
    """Give the file of a page, beside main.py."""
    return f"{name}_page.py"


def _page(name: str, situation: Situation, here: bool) -> dict[str, Any]:
    title, path = PAGES[name]
    note = f"{situation.not_shown} records not shown" if name == "data" and situation.not_shown else None
    return {"page": name, "title": title, "note": note, "path": path or ".", "here": here}


def _number(day: date) -> int:
    return (day - keys.EPOCH).days


def _nothing() -> None:
    """The component's answer is read where it is mounted."""
