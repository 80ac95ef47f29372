"""GeoJSON (RFC 7946) as drawing programs write it: features one by one, a broken one told from the rest."""

from __future__ import annotations

import json
from typing import Any

from mapapp.situation.raw import RawRecord, RawTable
from mapapp.situation.wording import quoted


def read_features(raw: RawTable, text: str) -> RawTable:
    """Fill a table from the text of its GeoJSON file; geometries are taken over as they are.

    Parameters
    ----------
    raw : RawTable
        The empty table.
    text : str
        The whole file, decoded, without a byte order mark.

    Returns
    -------
    RawTable
        The same one, with the name of the `crs` member of GeoJSON 2008 where the file has one.
    """
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        return raw.unreadable(f"The file is not GeoJSON: it is broken off or mistyped near line {error.lineno}.")
    except (ValueError, RecursionError):
        return raw.unreadable("The file is not GeoJSON: it holds a number or a nesting that no layer has.")
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection" or not isinstance(features, list):
        return raw.unreadable(f"The file holds {_kind(found)}, not a FeatureCollection. Export the layer as GeoJSON.")
    raw.crs = _declared(found.get("crs"))
    for number, feature in enumerate(features, 1):
        _add(raw, f"feature {number}", feature)
    raw.columns = tuple(dict.fromkeys(name for record in raw.records for name in record.cells))
    return raw


def _add(raw: RawTable, where: str, feature: Any) -> None:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return raw.left_out(where, f"This is {_kind(feature)}, not a Feature.")
    properties = feature.get("properties")
    if properties is not None and not isinstance(properties, dict):
        return raw.left_out(where, "The properties of the feature are not a list of names and values.")
    raw.records.append(RawRecord(where, properties or {}, feature.get("geometry")))
    return None


def _declared(crs: Any) -> str:
    if crs is None:
        return ""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else "a system without a name"


def _kind(found: Any) -> str:
    if isinstance(found, dict):
        kind = found.get("type")
        return f"an object of the type {quoted(kind)}" if isinstance(kind, str) else "an object without a type"
    return "nothing" if found is None else "a list" if isinstance(found, list) else "a bare value"
