"""The tutorial way to the same map, as a peer to measure against: a slider, a folium map made anew, st_folium.

Run with: python -m streamlit run tests/bench/tutorial.py
"""

from __future__ import annotations

import datetime

import folium
import streamlit as st
from streamlit_folium import st_folium

from mapapp.situation import situation as situations

st.set_page_config(layout="wide")


@st.cache_resource
def load() -> situations.Situation:
    return situations.load()


situation = load()
day = st.slider("Date", situation.first_day, situation.last_day, situation.last_day, datetime.timedelta(days=1))
zones = situation.zones
held = zones[
    ~(zones["valid_from"] > datetime.datetime.combine(day, datetime.time())).fillna(False)
    & ~(zones["valid_to"] <= datetime.datetime.combine(day, datetime.time())).fillna(False)
]
left, right = st.columns([3, 2])
with left:
    tiles = folium.Map(location=[36, 40], zoom_start=7, tiles=None)
    for name in ("land", "borders", "rivers", "lakes", "governorate_lines"):
        if name in situation.basemap:
            folium.GeoJson(situation.basemap[name][["geometry"]].to_json()).add_to(tiles)
    for zone in held.itertuples():
        colour = situation.actors[zone.holder].colour
        style = {"fillColor": colour, "color": colour, "fillOpacity": 0.4, "weight": 1}
        folium.GeoJson(zone.geometry.__geo_interface__, style_function=lambda _, style=style: style).add_to(tiles)
    for facility in situation.facilities.itertuples():
        if facility.geometry is not None:
            folium.Marker([facility.geometry.y, facility.geometry.x], tooltip=facility.name).add_to(tiles)
    folium.Marker([37.5, 36], icon=folium.DivIcon(html=f"<b>{day.isoformat()}</b>")).add_to(tiles)
    st_folium(tiles, use_container_width=True, height=600, returned_objects=[])
with right:
    st.dataframe(situation.facilities[["name", "facility_type"]])
    st.text(f"day {day.isoformat()}")
