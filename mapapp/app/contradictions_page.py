"""Where the records of a day contradict one another, with both sides of each."""

import streamlit as st

from mapapp.app import bar, cache, reading, session

EACH = 20  # so many of each rule come first; the others follow when these are there to be read


@st.fragment
def live() -> None:
    """The list: all that Python has to do when the reader chooses another day."""
    timeline, day = session.timeline(), session.view().day
    rows, counts = cache.first_contradictions(timeline, day, EACH)
    which = str([*cache.key(timeline), day])
    if reading.wants_all(which):
        rows = cache.contradictions(timeline, day)
    reading.reading("contradictions", timeline, {"rows": rows, "counts": counts, "which": which})


bar.bar("contradictions", clock=True)
with st.container(key="reading-wide"):
    live()
