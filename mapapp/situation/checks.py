"""From the bytes of a folder to clean tables: every check, in the order in which it is made."""

from __future__ import annotations

from mapapp.situation.draft import Draft
from mapapp.situation.geometry import read_shapes
from mapapp.situation.manifest import Manifest
from mapapp.situation.readers import Content, read_table
from mapapp.situation.schema import TABLES
from mapapp.situation.tables import read_values


def check(contents: dict[str, Content], manifest: Manifest) -> dict[str, Draft]:
    """Read and check every table of a folder.

    Returns
    -------
    dict of Draft
        By name of the table. What is wrong stands in the `problems` of each.
    """
    drafts = {}
    for table in TABLES.values():
        raw = read_table(contents, table)
        drafts[table.name] = read_values(raw, table, manifest.actors)
        if table.geometry:
            read_shapes(drafts[table.name], raw)
    return drafts
