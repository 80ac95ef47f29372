"""Where the records of a day contradict one another, with both sides of each."""

import streamlit as st

from mapapp.app import bar, cache, reading, session


@st.fragment
def live() -> None:
    """The list: all that Python has to do when the reader chooses another day."""
    timeline = session.timeline()
    rows = cache.contradictions(timeline, session.view().day)
    reading.reading("contradictions", timeline, {"rows": rows})


bar.bar("contradictions", clock=True)
with st.container(key="reading-wide"):
    live()
