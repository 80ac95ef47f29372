"""What came later than the known day: late arrivals, corrections, refutations, better sources."""

import streamlit as st

from mapapp.app import bar, cache, reading, session
from mapapp.timeline.late import KINDS

MANY = 2_000  # so many at most are listed: no more can be read


@st.fragment
def live() -> None:
    """The list: all that Python has to do when the reader chooses another day."""
    view, whole = session.view(), session.whole()
    rows = cache.came_later(whole, view.known) if view.known else []
    reading.reading("later", whole, {"rows": rows[:MANY], "total": len(rows), "kinds": KINDS})


bar.bar("later", clock=True)
with st.container(key="reading-wide"):
    live()
