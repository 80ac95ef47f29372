"""What is on the map now, to hand over: the picture on the left, what it should be on the right."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import streamlit as st

from mapapp.app import bar, drafts, session
from mapapp.app.keys import View
from mapapp.briefing import drafting, lint
from mapapp.briefing.sharing import Edition
from mapapp.briefing.view import View as Picture
from mapapp.errors import MapappError
from mapapp.packing import order as orders
from mapapp.packing.order import FORMATS, MOVING, SCREEN, SIZES, Made, Order
from mapapp.situation.codes import AUDIENCES, CODES
from mapapp.timeline.timeline import Timeline

A_WEEK = timedelta(days=7)
NEVER = datetime(1, 1, 1, tzinfo=UTC)  # the moment of an order that is not dated yet
DAY, PAIR, SITE = "Map of the day", "Before and after", "One site"


@st.fragment
def live() -> None:
    """All that Python has to do when the reader chooses."""
    view, timeline = session.view(), session.timeline()
    shown, choices = st.columns([8, 5], gap="medium")
    with choices:
        seen, order = chosen(view, timeline)
        place = st.container()
    with shown:
        found = preview(seen, order)
    with place:
        if found:
            offer(seen, order)


def chosen(view: View, timeline: Timeline) -> tuple[Edition, Order]:
    """Let the reader choose; gives the situation as the audience may see it, and the order."""
    kind = st.selectbox("File", FORMATS, format_func=lambda kind: FORMATS[kind][0])
    selected = view.selected[1] if view.selected and view.selected[0] == "facility" else None
    fixed = kind in MOVING
    pictures = [DAY, PAIR, *([SITE] if selected else [])]
    about = DAY if fixed else st.radio("Picture", pictures, horizontal=True)
    left, right = st.columns(2)
    size = left.selectbox("Size", [SCREEN] if fixed else list(SIZES), index=4 if kind == "pptx" else 0)
    first = timeline.situation.first_day
    usual = min(view.day, view.since or max(first, view.day - A_WEEK))
    since = right.date_input(
        "Changes since", usual, min(first, usual), view.day, key=f"since-{view.day}", format="YYYY-MM-DD"
    )
    audience = st.selectbox("Audience", [None, *AUDIENCES], format_func=lambda level: for_whom(level, timeline))
    seen = drafts.edition(timeline, audience)
    paper, portrait = SIZES[size]
    picture = Picture(
        day=view.day,
        created=NEVER,
        known=view.known,
        confirmed_only=view.confirmed,
        facility_id=selected if about == SITE else None,
        before=since if about == PAIR and since < view.day else None,
        audience=audience,
        paper=paper,
        portrait=portrait,
        facility_types=view.facility_types,
        statuses=view.statuses,
        holders=view.holders,
    )
    return seen, dated(Order(worded(picture, seen, since, fixed), since, kind))


def dated(order: Order) -> Order:
    """The order with the moment at which the reader came to choose it: preview and file then carry one id."""
    if st.session_state.get("order_of_pictures") != order:
        st.session_state.order_of_pictures = order
        st.session_state.chosen_at = datetime.now(UTC).replace(microsecond=0)
    return replace(order, view=order.view.on(order.view.day, created=st.session_state.chosen_at))


def for_whom(level: str | None, timeline: Timeline) -> str:
    """An audience in words."""
    return f"TLP:{level}: {CODES['tlp'][level]}" if level else f"All of it, as TLP:{timeline.situation.tlp or 'CLEAR'}"


def worded(picture: Picture, seen: Edition, since: date, fixed: bool) -> Picture:
    """The picture with the reader's words. A caption that the reader has not touched is drafted anew."""
    title = st.text_input("Title", placeholder=seen.timeline.situation.title)
    draft = drafting.caption(seen.timeline, picture, since)
    if st.session_state.get("caption") in (None, st.session_state.get("drafted")):
        st.session_state.caption = draft
    st.session_state.drafted = draft
    note = "Drafted from the records: what changed since the day above. One line; what is too long is cut."
    caption = st.text_area("Caption", key="caption", height=110, help=note)
    table = False if fixed else st.checkbox("With a table of the sites")
    return picture.on(picture.day, title=title or None, caption=" ".join(caption.split()) or None, table=table)


def preview(seen: Edition, order: Order) -> Made | None:
    """The small picture, and what lint says; None where there is no such picture."""
    try:
        made = drafts.preview(seen, order)
    except MapappError as error:
        st.text(error)
        return None
    withheld = seen.withheld_words()
    told = f"Preview, TLP:{seen.marking}{f', {withheld}' if withheld else ''}. The file is made at full size."
    st.image(made.content, caption=told, width="stretch", alt=f"The sheet of {order.view.day}")
    checked(made, seen)
    return made


def checked(made: Made, seen: Edition) -> None:
    """What lint found, in words."""
    count = len(made.findings)
    if not made.fit:
        st.error("This picture must not be handed over as it is: see the errors below.")
    if not count:
        st.text("Checked: nothing to warn a reader of.")
        return
    rows = [
        {"": one.severity, "about": lint.about(one, seen.timeline), "what": one.reason, "rule": one.rule}
        for one in made.findings
    ]
    with st.expander(f"Checked: {count} things to know before you hand it over", expanded=not made.fit):
        columns = {"what": st.column_config.TextColumn(width="large")}
        st.dataframe(pd.DataFrame(rows), hide_index=True, column_config=columns)


def offer(seen: Edition, order: Order) -> None:
    """Make the file with a progress bar, then give it."""
    name = FORMATS[order.kind][0].partition(":")[0]
    if st.button(f"Make the {name[0].lower()}{name[1:]}", type="primary", width="stretch"):
        bar_ = st.progress(0.0)
        made = orders.make(seen, order, lambda done, count, what: bar_.progress(done / max(count, 1), what))
        bar_.empty()
        st.session_state.made = order, made
    kept, made = st.session_state.get("made") or (None, None)
    if kept != order or made is None:
        return
    if not made.fit:
        st.error("It was not made: something is missing that it must carry.")
        return
    st.download_button(
        f"Download {made.name}", made.content, made.name, FORMATS[order.kind][1], on_click="ignore", width="stretch"
    )
    st.text(f"Receipt {made.receipt_id}. To find out later whether it still is what the records say: "
               f"python -m mapapp verify {made.name}")  # fmt: skip


bar.bar("briefing", clock=True)
with st.container(key="briefing"):
    live()
