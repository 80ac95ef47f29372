"""What is drawn for the briefing page and kept: the situation as an audience may see it, and the small pictures."""

from __future__ import annotations

import streamlit as st

from mapapp.app import cache
from mapapp.briefing.sharing import Edition, edition_of
from mapapp.packing import order as orders
from mapapp.packing.order import Made, Order
from mapapp.timeline.sharing import copy_for
from mapapp.timeline.timeline import Timeline, build


def edition(timeline: Timeline, audience: str | None) -> Edition:
    """Give the situation as an audience may see it."""
    return _edition(cache.key(timeline), audience, timeline) if audience else edition_of(timeline)


@st.cache_resource(max_entries=8, show_spinner="Making the copy for the audience")
def _edition(key: cache.Key, audience: str, _timeline: Timeline) -> Edition:
    return edition_of(build(copy_for(_timeline.situation, audience)))


def preview(seen: Edition, order: Order) -> Made:
    """Give the small picture of an order, drawn once."""
    return _preview(cache.key(seen.timeline), order, seen)


@st.cache_resource(max_entries=64, show_spinner="Drawing the sheet")
def _preview(key: cache.Key, order: Order, _seen: Edition) -> Made:  # the order names the audience
    return orders.preview(_seen, order)
