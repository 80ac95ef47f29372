"""The page people live in: map and list side by side, one day for both."""

import streamlit as st

from mapapp.app import bar, board, cache, frame, session

timeline = cache.timeline(session.folder())


def moved() -> None:
    """The reader moved, on the map or in the list."""
    session.ask(board.asked(), timeline)


@st.fragment
def live() -> None:
    """Everything that follows the day. Only this runs again when the reader moves."""
    view = session.view()
    bar.bar(timeline.situation, view, "situation")
    with st.container(key="stage", height="stretch"):
        frame.frame(timeline)
        board.board(timeline, view, "side", moved)
    session.publish()


live()
