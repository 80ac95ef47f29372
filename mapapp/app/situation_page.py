"""The page people live in: map and list side by side, one day for both."""

import streamlit as st

from mapapp.app import bar, board, frame, session

timeline = session.timeline()


def moved() -> None:
    """The reader moved, on the map or in the list."""
    session.ask(board.asked(), timeline)


@st.fragment
def live() -> None:
    """The list and the panel: all that Python has to do when the reader moves."""
    board.board(timeline, session.view(), "side", moved)
    session.publish()


bar.bar("situation")
with st.container(key="stage"):
    frame.frame(timeline)
    live()
