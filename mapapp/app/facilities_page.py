"""The list alone, at full width, with every column."""

from dataclasses import replace

import streamlit as st

from mapapp.app import bar, board, cache, session

timeline = cache.timeline(session.folder())


def moved() -> None:
    """The reader moved in the list."""
    session.ask(board.asked(), timeline)


def dated() -> None:
    """The reader chose a day in the head."""
    session.move(replace(session.view(), day=bar.chosen_day()))
    session.overrule()


@st.fragment
def live() -> None:
    """Everything that follows the day."""
    view = session.view()
    bar.bar(timeline.situation, view, "facilities", dated)
    with st.container(key="stage-wide", height="stretch"):
        board.board(timeline, view, "wide", moved)
    session.publish()


live()
