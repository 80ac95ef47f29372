"""What the app was given: the records it could not show and why, the sources, and whose work it is."""

from collections.abc import Iterable
from dataclasses import asdict

import pandas as pd
import streamlit as st

from mapapp.app import bar, cache, session
from mapapp.situation.problem import Problem

timeline = cache.timeline(session.folder())
situation = timeline.situation


def problems(found: Iterable[Problem]) -> None:
    """Every Problem as a row, worst first."""
    table = pd.DataFrame([asdict(problem) for problem in found])
    order = table["severity"].map({"error": 0, "warning": 1, "note": 2})
    table = table.iloc[order.argsort(kind="stable")]
    table["shown"] = ~table["hidden"]
    columns = ["severity", "file", "record", "field", "reason", "shown"]
    st.dataframe(table[columns], hide_index=True, column_config={"reason": st.column_config.TextColumn(width="large")})


def sources() -> None:
    """Every source once. Only web addresses become links."""
    table = situation.sources.reset_index()
    table["url"] = table["url"].where(table["url"].fillna("").str.match(r"https?://", case=False))
    columns = ["source_id", "title", "publisher", "published", "language", "source_reliability", "used", "url"]
    st.dataframe(table[columns], hide_index=True, column_config={"url": st.column_config.LinkColumn()})


bar.bar(situation, session.view(), "data")
with st.container(key="reading"):
    st.subheader(f"{situation.not_shown} records not shown")
    if timeline.problems:
        problems(timeline.problems)
    else:
        st.text("Every record of the folder was read and is shown.")
    st.subheader("Sources")
    sources()
    st.subheader("About")
    for line in (situation.title, situation.organisation, situation.disclaimer, situation.licence, *situation.credits):
        st.text(line)
    st.text(f"Folder: {situation.folder}")
    st.text(f"Data digest: {situation.digest}")
