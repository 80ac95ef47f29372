"""Points that are on the globe but not where they are meant: latitude and longitude swapped, or a sign lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mapapp.situation.draft import Draft
from mapapp.situation.geometry import WGS84

_FAR_KM = 1_500
_LEAST_REACH_DEGREES = 3.0
_LEAST_POINTS = 4


class _At(NamedTuple):
    """Where a record says it is, in degrees."""

    draft: Draft
    row: int
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Home:
    """Where most points of the situation are.

    Attributes
    ----------
    longitude, latitude : float
        The medians of all points, in degrees.
    reach_longitude, reach_latitude : float
        How far points commonly lie from there, in degrees: four times the median deviation, at least 3.
    country, name : BaseGeometry or None, str
        The country that holds most points, where the base map has countries.
    """

    longitude: float
    latitude: float
    reach_longitude: float
    reach_latitude: float
    country: BaseGeometry | None
    name: str

    def near(self, longitude: float, latitude: float) -> bool:
        """Whether a point lies where points of the situation commonly lie."""
        east, north = abs(longitude - self.longitude), abs(latitude - self.latitude)
        return east <= self.reach_longitude and north <= self.reach_latitude

    def in_country(self, longitude: float, latitude: float) -> bool:
        """Whether a point lies in the country of most points; True where no country is known."""
        return self.country is None or bool(shapely.intersects_xy(self.country, longitude, latitude))


def check_whereabouts(drafts: dict[str, Draft], countries: gpd.GeoDataFrame | None) -> None:
    """Find records whose two coordinates look swapped, or that lie far from all others.

    Parameters
    ----------
    drafts : dict of Draft
        All tables. Changed in place: a point that is only where points are when swapped is left out.
    countries : GeoDataFrame or None
        The countries of the base map with their `name`, in EPSG:4326.
    """
    points = [at for name in ("camps", "prisons", "cities") for at in _points(drafts[name])]
    home = _home(points, countries)
    if home is None:
        return
    zones = [at for at in _points(drafts["control_zones"]) if not home.near(at.longitude, at.latitude)]
    for at in [*points, *zones, *_event_points(drafts["events"])]:
        _check_point(home, at)


def _points(draft: Draft) -> list[_At]:
    found = []
    for row in draft.rows():
        shape = draft.geometry[row]
        if shape is not None:
            inner = shape if shape.geom_type == "Point" else shape.representative_point()
            found.append(_At(draft, row, inner.x, inner.y))
    return found


def _event_points(draft: Draft) -> list[_At]:
    longitudes, latitudes = draft.cells["longitude"], draft.cells["latitude"]
    return [_At(draft, row, longitudes[row], latitudes[row]) for row in draft.rows() if longitudes[row] is not None]


def _home(points: list[_At], countries: gpd.GeoDataFrame | None) -> Home | None:
    if len(points) < _LEAST_POINTS:
        return None
    places = np.array([(at.longitude, at.latitude) for at in points])
    middle = np.median(places, axis=0)
    reach = np.maximum(4 * np.median(np.abs(places - middle), axis=0), _LEAST_REACH_DEGREES)
    country, name = _country(places, countries)
    return Home(float(middle[0]), float(middle[1]), float(reach[0]), float(reach[1]), country, name)


def _country(places: np.ndarray, countries: gpd.GeoDataFrame | None) -> tuple[BaseGeometry | None, str]:
    if countries is None or "name" not in countries:
        return None, ""
    counts = [int(shapely.intersects_xy(shape, places[:, 0], places[:, 1]).sum()) for shape in countries.geometry]
    most = int(np.argmax(counts))
    if counts[most] * 2 < len(places):
        return None, ""
    return countries.geometry.iloc[most], str(countries["name"].iloc[most])


def _check_point(home: Home, at: _At) -> None:
    swapped = (at.latitude, at.longitude)
    said = f"longitude {at.longitude:.5g}, latitude {at.latitude:.5g}"
    if home.near(at.longitude, at.latitude):
        if not _says_abroad(home, at) and not home.in_country(at.longitude, at.latitude) and home.in_country(*swapped):
            _remark(at, f"The point ({said}) is outside {home.name}, but inside it with the two numbers swapped.")
    elif home.near(*swapped):
        say = _remark if _says_abroad(home, at) else _leave_out
        say(at, f"The point ({said}) is far from all others, but among them with the two numbers swapped.")
    elif (away := _away_km(home, at)) > _FAR_KM:
        _remark(at, f"The point ({said}) is {away:,.0f} km from the others. Is it right?")


def _says_abroad(home: Home, at: _At) -> bool:
    """Whether the record itself names another country than that of most points."""
    countries = at.draft.cells.get("country")
    return bool(home.name and countries and countries[at.row] not in (None, home.name))


def _away_km(home: Home, at: _At) -> float:
    return float(WGS84.inv(home.longitude, home.latitude, at.longitude, at.latitude)[2]) / 1000


def _remark(at: _At, reason: str) -> None:
    at.draft.say(at.row, "geometry" if at.draft.table.geometry else "longitude", reason)


def _leave_out(at: _At, reason: str) -> None:
    reason = f"{reason} Longitude comes first. The point is left out."
    if at.draft.table.geometry == "Polygon":
        at.draft.leave_out(at.row, "geometry", reason)
    elif at.draft.table.geometry:
        at.draft.lose(at.row, "geometry", reason, hidden=True)
    else:
        at.draft.cells["latitude"][at.row] = None
        at.draft.lose(at.row, "longitude", reason)
