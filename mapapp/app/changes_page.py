"""What changed between two days, and the report of it to take away."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import streamlit as st

from mapapp.app import bar, cache, keys, reading, session
from mapapp.exchange import export, listings, report
from mapapp.timeline.lookback import last_known_day

A_WEEK = timedelta(days=7)


@st.fragment
def live() -> None:
    """The page and the report: all that Python has to do when the reader chooses other days."""
    view = session.view()
    before, after = session.seen_before(view), session.timeline()
    situation = after.situation
    last = view.day
    first = view.since or max(situation.first_day, last - A_WEEK)
    in_order = first <= last
    found = cache.changes(before, first, after, last) if in_order else None
    if found:
        with st.container(key="reports", horizontal=True):
            file = f"{situation.id}_changes_{first:%Y%m%d}-{last:%Y%m%d}"
            offer("Report (HTML)", lambda: report.html(found, after), f"{file}.html", "text/html")
            offer("Report (Markdown)", lambda: report.markdown(found, after), f"{file}.md", "text/markdown")
            offer("Table (CSV)", lambda: table(found), f"{file}.csv", "text/csv")
    reading.reading(
        "changes",
        after,
        {
            "changes": found and {**found, **report.rounded(found, after)},
            "first": keys.number(first),
            "since_known": keys.number(view.since_known),
            "last_known": keys.number(last_known_day(session.whole())),
            "visit": {"situation": situation.id, "digest": session.whole().situation.digest},
        },
    )


def table(found: dict[str, Any]) -> str:
    """Give the changes as CSV that Excel reads too."""
    return export.BYTE_ORDER_MARK + listings.changes_csv(found)


def offer(label: str, make: Callable[[], str], file: str, kind: str) -> None:
    """Offer a file, which is made when it is asked for."""
    st.download_button(label, make, file, kind, on_click="ignore", key=f"offer-{label}")


bar.bar("changes", clock=True)
with st.container(key="reading-wide"):
    live()
