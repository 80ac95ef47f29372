"""The page people live in: map and list side by side, one day for both."""

import streamlit as st

from mapapp.app import bar, board, frame, session

bar.bar("situation")
with st.container(key="stage"):
    frame.frame(session.timeline())
    board.board(session.timeline(), "side")
