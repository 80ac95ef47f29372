"""From the bytes of a folder to clean tables: every check, in the order in which it is made."""

from __future__ import annotations

import geopandas as gpd

from mapapp.situation.coordinates import check_whereabouts
from mapapp.situation.draft import Draft
from mapapp.situation.geometry import read_shapes
from mapapp.situation.manifest import Manifest
from mapapp.situation.overlaps import check_overlaps
from mapapp.situation.problem import Problem
from mapapp.situation.readers import Content, read_table
from mapapp.situation.references import Links, check_groups, cut_circles, leave_out_twins
from mapapp.situation.rules import apply_rules
from mapapp.situation.schema import TABLES, Table
from mapapp.situation.tables import read_values


def check(contents: dict[str, Content], manifest: Manifest, countries: gpd.GeoDataFrame | None) -> dict[str, Draft]:
    """Read and check every table of a folder.

    Parameters
    ----------
    contents : dict of Content
        The files.
    manifest : Manifest
        Actors and aggregates that records may name.
    countries : GeoDataFrame or None
        The countries of the base map, to recognise swapped coordinates.

    Returns
    -------
    dict of Draft
        By name of the table. What is wrong stands in the `problems` of each, in the order of its records.
    """
    drafts = {table.name: _read(contents, table, manifest) for table in TABLES.values()}
    leave_out_twins(drafts, manifest.aggregates)
    for draft in drafts.values():
        apply_rules(draft)
    check_whereabouts(drafts, countries)
    Links(drafts, manifest.aggregates).resolve()
    check_groups(drafts)
    for name in ("events", "figures"):
        cut_circles(drafts[name], "supersedes_id", "replaces")
    cut_circles(drafts["events"], "part_of_id", "is part of")
    check_overlaps(drafts["control_zones"])
    for draft in drafts.values():
        draft.problems = _in_order(draft)
    return drafts


def _read(contents: dict[str, Content], table: Table, manifest: Manifest) -> Draft:
    raw = read_table(contents, table)
    draft = read_values(raw, table, manifest.actors)
    if table.geometry:
        read_shapes(draft, raw)
    return draft


def _in_order(draft: Draft) -> list[Problem]:
    """The Problems of a table as a reader meets them: the file, then record by record, column by column."""
    records = {name: at for at, name in enumerate(draft.names)} | {"": -1}
    fields = {name: at for at, name in enumerate(("", *draft.table.names))}
    return sorted(draft.problems, key=lambda p: (records.get(p.record, len(records)), fields.get(p.field, len(fields))))
