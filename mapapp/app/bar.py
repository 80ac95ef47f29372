"""The head of every page: the situation, the day, and the way to the other pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from mapapp.app import assets, keys
from mapapp.app.keys import View
from mapapp.situation.situation import Situation

KEY = "bar"
PAGES = {"situation": ("Map", ""), "facilities": ("Facilities", "facilities"), "data": ("Data", "data")}
"""Page -> title in the head, and path in the address. The script of each is `NAME_page.py`."""

_mount = assets.component("bar", "dom", "words")


def bar(situation: Situation, view: View, here: str, on_day: Callable[[], None] | None = None) -> None:
    """Show the head of the page `here`; with `on_day` it also lets the reader choose the day.

    Where the reader chooses another page, the script ends here and that page runs.
    """
    data = {
        "title": situation.title,
        "day": _number(view.day),
        "first_day": _number(situation.first_day),
        "last_day": _number(situation.last_day),
        "clock": on_day is not None,
        "pages": [_page(name, situation, view, name == here) for name in PAGES],
    }
    result = _mount(key=KEY, data=data, on_go_change=_nothing, on_day_change=on_day or _nothing)
    if result.go in PAGES:
        st.switch_page(script(result.go), query_params=keys.write(view))


def script(name: str) -> str:
    """Give the file of a page, beside main.py."""
    return f"{name}_page.py"


def chosen_day() -> date:
    """Give the day chosen in the head, inside `on_day`."""
    return keys.EPOCH + timedelta(days=int(st.session_state[KEY]["day"]))


def _page(name: str, situation: Situation, view: View, here: bool) -> dict[str, Any]:
    title, path = PAGES[name]
    missing = f", {situation.not_shown} records not shown" if name == "data" and situation.not_shown else ""
    return {
        "page": name,
        "title": title + missing,
        "href": f"{path or '.'}?{urlencode(keys.write(view))}",
        "here": here,
    }


def _number(day: date) -> int:
    return (day - keys.EPOCH).days


def _nothing() -> None:
    """The component's answer is read where it is mounted."""
