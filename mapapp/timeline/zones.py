"""Control zones from claims: the ground of each place with the holders of that place, joined where they agree."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapapp.errors import NotFound
from mapapp.situation.geometry import area_km2
from mapapp.situation.schema import CONTROL_ZONES, HOLDS_GROUND
from mapapp.situation.situation import Situation
from mapapp.situation.writers import DECIMALS, write_features
from mapapp.timeline.cells import cells
from mapapp.timeline.claims import place_spans
from mapapp.timeline.records import plain_column
from mapapp.timeline.spans import DAY, united

COMPUTED = "Computed from dated control claims at places"
"""How the method of every zone begins that this module has made."""

SAME = ["valid_from", "valid_to", "holder", "contested_by"]


def zones_from_claims(situation: Situation, shares: gpd.GeoDataFrame | None = None) -> gpd.GeoDataFrame:
    """Compute the control zones of a situation from its dated records of control at places.

    Every city, town, village and quarter of the area has the ground nearest to it (see `cells.cells`), held by whoever
    held the place (see `claims.place_spans`). Ground with the same holder, the same claimant and the same span is one
    zone. Where the holder of a place is not established there is none: its neighbours' claims do not reach in.

    Parameters
    ----------
    situation : Situation
        Its places, events, base map and `zone_settings` count; zones it already has do not.
    shares : GeoDataFrame, optional
        The ground of its places (see `ground`), where it is at hand.

    Returns
    -------
    GeoDataFrame
        The columns of `schema.CONTROL_ZONES`, index `zone_id`, EPSG:4326 rounded to 5 decimals, sorted by span (open
        start first), holder and claimant. The zones of one day do not overlap and share their edges exactly.

    Raises
    ------
    NotFound
        Where `situation.toml` names no area, or one or a barrier that the base map lacks.
    """
    shares = ground(situation) if shares is None else shares
    spans = place_spans(situation.events, situation.places)
    return _dissolved(spans[spans["holder"].notna() & spans["place_id"].isin(shares.index)], shares, method(situation))


@lru_cache(maxsize=2)  # all look backs of a situation share its places; the table is not to be changed
def ground(situation: Situation) -> gpd.GeoDataFrame:
    """Share out the area of a situation among its cities, towns, villages and quarters (see `cells.cells`).

    Raises
    ------
    NotFound
        As for `zones_from_claims`.
    """
    settings = situation.zone_settings
    if not settings.area:
        raise NotFound("situation.toml does not name the area to share out. Write it under [zones]: area = a country.")
    area = _named(situation, "countries", settings.area)
    places = _ground_holders(situation.places, settings.area, area)
    barriers = [_named(situation, "rivers", name) for name in settings.barriers]
    return cells(places, area, barriers, settings.reach_km, settings.neighbourhood_reach_km)


def method(situation: Situation) -> str:
    """Say in a sentence how the zones of a situation are computed."""
    settings = situation.zone_settings
    cut = f", cut along the {' and the '.join(settings.barriers)}" if settings.barriers else ""
    return (
        f"{COMPUTED}, not surveyed: ground goes with the nearest place{cut}, "
        f"up to {settings.reach_km:g} km from it, or {settings.neighbourhood_reach_km:g} km from a quarter of a city. "
        "Ground without colour: not established."
    )


def are_computed(zones: gpd.GeoDataFrame) -> bool:
    """Whether this module has made these zones, all of them."""
    return bool(len(zones)) and all(str(how or "").startswith(COMPUTED) for how in zones["method"])


def zone_of(spans: pd.DataFrame) -> list[str]:
    """Give the id of the zone that each of some spans of places (see `claims.place_spans`) belongs to."""
    return [_zone_id(*said) for said in zip(*(plain_column(spans[name]) for name in SAME), strict=True)]


def write_zones(situation: Situation) -> tuple[Path, int]:
    """Compute the zones of a situation and write them into its folder.

    Returns
    -------
    tuple of Path and int
        The file, and the number of zones in it.
    """
    zones = zones_from_claims(situation)
    path = situation.folder / CONTROL_ZONES.file
    write_features(zones, CONTROL_ZONES, path, method=method(situation))
    return path, len(zones)


def _named(situation: Situation, layer: str, name: str) -> Any:
    """All shapes of that name in a layer of the base map, as one."""
    table = situation.basemap.get(layer)
    if table is None or name not in set(table["name"]):
        raise NotFound(
            f"The base map has no “{name}” in basemap/{layer}.geojson, which [zones] in situation.toml names."
        )
    shape = shapely.union_all(table.geometry[table["name"] == name].to_numpy())
    return shapely.line_merge(shape, directed=True) if layer == "rivers" else shape


def _ground_holders(places: gpd.GeoDataFrame, area_name: str, area: Any) -> gpd.GeoDataFrame:
    """The places that take part in sharing out the area, whether or not anybody is known to hold them."""
    settled = places[places["place_type"].isin(HOLDS_GROUND) & places.geometry.notna() & ~places.geometry.is_empty]
    inside = settled["country"].fillna("").isin(["", area_name]) & (
        settled["country"].notna() | settled.intersects(area)
    )
    return settled[inside]


def _dissolved(spans: pd.DataFrame, shares: gpd.GeoDataFrame, how: str) -> gpd.GeoDataFrame:
    """One zone for all cells with the same holder, claimant and span."""
    rows = []
    for _, alike in spans.sort_values("place_id").groupby(SAME, dropna=False):
        shape = shapely.coverage_union_all(shares.geometry[alike["place_id"]].to_numpy())
        shape = shapely.transform(shapely.normalize(shape), lambda xy: np.round(xy, DECIMALS))
        zone = {**dict.fromkeys(CONTROL_ZONES.names), **alike[SAME].iloc[0]}
        ids = {name: tuple(sorted(united(alike[name]))) for name in ("event_ids", "source_ids")}
        found = {
            "zone_id": zone_of(alike)[0],
            "method": how,
            "area_km2": round(area_km2(shape), 1),
            "geometry": shape,
        }
        rows.append({**zone, **ids, **found})
    table = pd.DataFrame(rows, columns=[*CONTROL_ZONES.names, "geometry"], dtype=object)
    table = table.astype({"valid_from": DAY, "valid_to": DAY, "area_km2": "float64"}).set_index("zone_id")
    return gpd.GeoDataFrame(table.sort_values(SAME, na_position="first"), geometry="geometry", crs=4326)


def _zone_id(begin: str | None, end: str | None, holder: str, contested_by: str | None) -> str:
    """A readable id, the same as long as the zone says the same: `Z-SDF-open-2026-01-18`, `Z-SDF-by-GOV-...`."""
    claimed = f"-by-{contested_by}" if contested_by else ""
    return f"Z-{holder}{claimed}-{begin or 'open'}-{end or 'open'}"
