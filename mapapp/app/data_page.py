"""What the app was given: the records it could not show and why, the sources, and whose work it is."""

from collections.abc import Iterable
from dataclasses import asdict

import pandas as pd
import streamlit as st

from mapapp.app import bar, session
from mapapp.exchange import export
from mapapp.exchange.tables import tables
from mapapp.situation.problem import Problem
from mapapp.situation.situation import Situation
from mapapp.timeline.timeline import Timeline


def problems(found: Iterable[Problem]) -> None:
    """Every Problem as a row, worst first."""
    table = pd.DataFrame([asdict(problem) for problem in found])
    order = table["severity"].map({"error": 0, "warning": 1, "note": 2}).argsort(kind="stable")
    columns = {"reason": st.column_config.TextColumn(width="large")}
    st.dataframe(table.iloc[order].drop(columns="hidden"), hide_index=True, column_config=columns)


def sources(situation: Situation) -> None:
    """Every source once. Only web addresses become links."""
    table = situation.sources.reset_index()
    table["url"] = table["url"].where(table["url"].fillna("").str.match(r"https?://", case=False))
    table[["publisher", "published"]] = table[["publisher", "published"]].fillna("unknown")
    names = {"source_id": "id", "source_reliability": "reliability"}
    columns = ["source_id", "title", "publisher", "published", "language", "source_reliability", "used", "url"]
    links = {"url": st.column_config.LinkColumn(display_text=r"https?://(?:www\.)?([^/]+)")}
    st.dataframe(table[columns].rename(columns=names), hide_index=True, column_config=links)


def offer(timeline: Timeline, label: str, to: str, kind: str) -> None:
    """Offer every table of the records looked at, as of the day, in one file that is made when it is asked for."""
    day = session.view().day
    file = f"{timeline.situation.id}_{day:%Y%m%d}.{to}"
    st.download_button(label, lambda: export.ONE_FILE[to](tables(timeline, day)), file, kind, on_click="ignore")


def given(timeline: Timeline) -> None:
    """All of it."""
    situation = timeline.situation
    hidden = [problem for problem in timeline.problems if problem.hidden]
    others = [problem for problem in timeline.problems if not problem.hidden]
    st.subheader(f"{situation.not_shown} records not shown")
    if hidden:
        problems(hidden)
    else:
        st.text("Every record of the folder was read and is shown.")
    if others:
        st.subheader(f"{len(others)} things to look at in records that are shown")
        problems(others)
    st.subheader("Tables to take away")
    st.text(f"Every table of the records that are looked at, on {session.view().day}.")
    with st.container(horizontal=True):
        offer(timeline, "Excel workbook", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        offer(timeline, "JSON", "json", "application/json")
    st.subheader("Sources")
    sources(situation)
    st.subheader("About")
    for line in (situation.title, situation.organisation, situation.disclaimer, situation.licence, *situation.credits):
        st.text(line)
    st.text(f"Folder: {situation.folder}")
    st.text(f"Data digest: {situation.digest}")


bar.bar("data")
with st.container(key="reading"):
    given(session.timeline())
