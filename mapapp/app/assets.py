"""The files of the components, put together: Streamlit wants one script and one style sheet for each component."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import streamlit as st

WEB = Path(__file__).parent / "web"


def component(name: str, scripts: Iterable[str], sheets: Iterable[str]) -> Any:
    """Give the mounting command of the component `name`, whose markup is `web/NAME.html`.

    The scripts of `web/` share one module, in the order given: what one declares, those after it may use; the last one
    has the default export. The style sheets follow one another alike.
    """
    return st.components.v2.component(
        f"mapapp_{name}",
        html=_read(f"{name}.html"),
        css="\n".join(_read(f"{sheet}.css") for sheet in sheets),
        js="\n".join(_read(f"{script}.js") for script in scripts),
    )


def packed(data: dict[str, Any]) -> bytes:
    """Give what a component is told as bytes: Streamlit would write and read them twice as a dictionary."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def in_columns(rows: Iterable[Mapping[str, Any]], names: Sequence[str]) -> dict[str, Any]:
    """Give some columns of records with their names told once, as a component reads many of a kind."""
    one_of = itemgetter(*names)
    return {"names": names, "values": list(map(one_of, rows))}


def read_at_once() -> None:
    """Stands where Streamlit wants a callback: the component's answer is read where it is mounted."""


def _read(file: str) -> str:
    return (WEB / file).read_text("utf-8")
