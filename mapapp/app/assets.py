"""The files of the components, put together: Streamlit wants one script and one style sheet for each component."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

WEB = Path(__file__).parent / "web"


def component(name: str, *scripts: str) -> Any:
    """Give the mounting command of the component `name`.

    Its markup is `web/NAME.html`, its looks `web/tokens.css` and `web/NAME.css`, its behaviour the named scripts in
    that order with `web/NAME.js` last. The scripts share one module: what one declares, those after it may use.
    """
    return st.components.v2.component(
        f"mapapp_{name}",
        html=read(f"{name}.html"),
        css="\n".join(read(f"{sheet}.css") for sheet in ("tokens", name)),
        js="\n".join(read(f"{script}.js") for script in (*scripts, name)),
    )


def read(file: str) -> str:
    """Give the text of a file in `web/`."""
    return (WEB / file).read_text("utf-8")
