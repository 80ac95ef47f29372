"""The app. Start it with `python -m mapapp serve FOLDER`, or `python -m streamlit run mapapp/app/main.py -- FOLDER`."""

import streamlit as st

from mapapp.app import assets, bar, garbage, session
from mapapp.errors import SituationError

st.set_page_config(page_title="Situation", page_icon=assets.WEB / "icon.svg", layout="wide")
st.html(assets.WEB / "page.css")
page = st.navigation(
    [
        st.Page(bar.script(name), title=title, url_path=path or None, default=not path)
        for name, (title, path) in bar.PAGES.items()
    ],
    position="hidden",
)
try:
    situation = session.whole().situation
except SituationError as error:
    with st.container(key="refusal"):
        st.subheader("This folder cannot be opened")
        st.text(error)
        st.text("A situation folder holds a file situation.toml. Start the app with the path of such a folder:")
        st.code("python -m mapapp serve FOLDER", language=None)
else:
    st.set_page_config(page_title=situation.title)
    with garbage.put_off():
        session.arrive()
        page.run()
