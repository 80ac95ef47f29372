"""The list alone, at full width, with every column."""

import streamlit as st

from mapapp.app import bar, board, session

timeline = session.timeline()


def moved() -> None:
    """The reader moved."""
    session.ask(board.asked(), timeline)


@st.fragment
def live() -> None:
    """The list and the panel: all that Python has to do when the reader moves."""
    board.board(timeline, session.view(), "wide", moved)
    session.publish()


bar.bar("facilities", clock=True)
with st.container(key="stage-wide"):
    live()
