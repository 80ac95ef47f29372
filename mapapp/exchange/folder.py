"""The situation folder around imported maps: made where it is absent, added to where it is there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from mapapp.exchange.zones import Imported
from mapapp.situation.csv_text import csv_text
from mapapp.situation.manifest import HATCHES, read_manifest
from mapapp.situation.problem import Problem
from mapapp.situation.readers import MANIFEST, Content
from mapapp.situation.schema import SOURCES_TABLE
from mapapp.situation.wording import listed, visible
from mapapp.situation.writers import write_whole
from mapapp.timeline import store

PALETTE = ("#d55e00", "#0072b2", "#009e73", "#e69f00", "#cc79a7", "#56b4e9", "#f0e442", "#7f7f7f")
"""Colours that stay apart for colour-blind eyes (Okabe & Ito 2008), and a grey for their black."""

SOURCE_ID = "imported-maps"
_LAST_DAY = re.compile(r"^(last_day\s*=\s*)(\d{4}-\d\d-\d\d)\s*$", re.MULTILINE)


def write_folder(into: Path, imported: Imported, archive: str) -> list[Problem]:
    """Write what was imported into a situation folder.

    Parameters
    ----------
    into : Path
        The folder; it is made where it is absent.
    imported : Imported
        What to write.
    archive : str
        What the archive is called.

    Returns
    -------
    list of Problem
        What was changed in files that were there before. The same import into the same folder changes nothing.
    """
    into.mkdir(parents=True, exist_ok=True)
    store.save(into, imported.stored)
    manifest, sources = into / MANIFEST, into / SOURCES_TABLE.file
    if not sources.exists():
        write_whole(sources, _sources(archive, imported.maps))
    if not manifest.exists():
        write_whole(manifest, _manifest(into, imported, archive))
        return []
    return _amend(manifest, imported)


def _manifest(into: Path, imported: Imported, archive: str) -> str:
    """A new situation.toml."""
    first, last = _days(imported)
    name = into.resolve().name
    lines = [
        "[situation]",
        f"id = {_quoted(name)}",
        f"title = {_quoted(f'Control maps: {archive}')}",
        f"first_day = {first}",
        f"last_day = {last}",
        'organisation = ""',
        'disclaimer = "The maps were imported as they are. Their boundaries, names and colours imply no endorsement."',
        'licence = ""',
        "credits = []",
        'tlp = "RED"  # the closest held until somebody who may decide says otherwise',
    ]
    return "\n".join([*lines, "", *_actors(imported.holders, 0)])


def _amend(path: Path, imported: Imported) -> list[Problem]:
    """Add to situation.toml the holders that it lacks, and move its last day on where the maps go further."""
    data = path.read_bytes()
    manifest, _ = read_manifest(Content(data), path.parent.resolve().name)
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    problems = []
    lacking = {holder: name for holder, name in imported.holders.items() if holder not in manifest.actors}
    if lacking:
        text = "\n".join([text.rstrip("\n"), "", *_actors(lacking, len(manifest.actors))])
        reason = f"{listed(lacking)} hold ground on the maps and were added as actors. Give them their names."
        problems.append(Problem(path.name, "", "actor", reason, "note", hidden=False))
    last = _days(imported)[1]
    if manifest.last_day and manifest.last_day.isoformat() < last:
        text, moved = _LAST_DAY.subn(rf"\g<1>{last}", text, count=1)
        reason = f"The maps go to {last}: last_day was {'moved on' if moved else 'left at ' + str(manifest.last_day)}."
        problems.append(Problem(path.name, "situation", "last_day", reason, "note", hidden=False))
    if problems:
        write_whole(path, text)
    return problems


def _actors(holders: Mapping[str, str], known: int) -> list[str]:
    """An entry for each holder; colours first, then patterns tell them apart."""
    lines = []
    for number, (holder, name) in enumerate(holders.items(), known):
        lines += [
            "[[actor]]",
            f"id = {_quoted(holder)}",
            f"name = {_quoted(name)}",
            f"colour = {_quoted(PALETTE[number % len(PALETTE)])}",
            f"hatch = {_quoted(HATCHES[number // len(PALETTE) % len(HATCHES)])}",
            f"kind = {_quoted('none' if holder == 'NONE' else 'party')}",
            "",
        ]
    return lines


def _sources(archive: str, maps: int) -> str:
    """A new sources.csv with one record: the archive."""
    columns = SOURCES_TABLE.names
    record = {
        "source_id": SOURCE_ID,
        "title": visible(archive),
        "title_basis": "label",
        "source_type": "archive of control maps",
        "used": "yes",
        "notes": f"{maps:,} maps; composite/about.json has their digest, composite/days.parquet the file of each day",
    }
    return csv_text(columns, [{**dict.fromkeys(columns), **record}])


def _days(imported: Imported) -> tuple[str, str]:
    """The first and the last day that the maps tell of."""
    spans, days = imported.stored.composite.spans, imported.stored.days["day"]
    starts, ends = spans["valid_from"], spans["valid_to"] - pd.Timedelta(days=1)
    known = pd.concat([days, starts, ends]).dropna()
    known = known if len(known) else pd.Series([pd.Timestamp("1970-01-01")])
    return str(known.min().date()), str(known.max().date())


def _quoted(text: str) -> str:
    """A TOML string: TOML's basic strings escape as JSON does."""
    return json.dumps(visible(text), ensure_ascii=False)
