"""The list alone, at full width, with every column."""

import streamlit as st

from mapapp.app import bar, board, session

bar.bar("facilities", clock=True)
with st.container(key="stage-wide"):
    board.board(session.timeline(), "wide")
