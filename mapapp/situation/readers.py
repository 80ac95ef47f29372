"""The only code that opens the files of a situation folder: every byte is read here, once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from mapapp.situation.csv_rows import read_csv
from mapapp.situation.features import read_features
from mapapp.situation.raw import RawTable
from mapapp.situation.schema import CONTROL_ZONES, TABLES, Table

MANIFEST = "situation.toml"
"""The file that says what the situation is; without it a folder is not one."""
COMPOSITE = "composite/about.json"
"""Stands beside ground that was imported (see `mapapp.timeline.store`); its digest tells one ground from another."""
BASEMAP = ("land", "countries", "borders", "governorate_lines", "rivers", "lakes")
"""The layers of the base map, each a file in the folder `basemap`; any may be absent."""


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of one file, or why there are none."""

    data: bytes
    fault: str = ""
    missing: bool = False


_ABSENT = Content(b"", missing=True)


def read_folder(folder: Path) -> dict[str, Content]:
    """Read every file of a situation.

    Parameters
    ----------
    folder : Path
        The situation folder. Files with other names are not looked at.

    Returns
    -------
    dict of Content
        By file name in the folder, `basemap/...` for the layers of the base map.
    """
    files = [MANIFEST, COMPOSITE, *(table.file for table in TABLES.values()), *map(basemap_file, BASEMAP)]
    return {name: _read(folder / name) for name in files}


def basemap_file(layer: str) -> str:
    """The file name of a layer of the base map."""
    return f"basemap/{layer}.geojson"


def digest(contents: dict[str, Content]) -> str:
    """SHA-256 over names and bytes of all files that are there, in the order of their names, as hexadecimal text."""
    total = hashlib.sha256()
    for name in sorted(name for name, content in contents.items() if not content.missing):
        total.update(f"{name} {len(contents[name].data)}\n".encode())
        total.update(contents[name].data)
    return total.hexdigest()


def decoded(content: Content) -> tuple[str, str]:
    """The text of a file, and why there is none. Bytes that are not UTF-8 stay visible as lone surrogates."""
    if content.fault:
        return "", content.fault
    if content.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", "The file is UTF-16 text. Save it as UTF-8 (CSV UTF-8 in a spreadsheet)."
    if content.data[:4] == b"PK\x03\x04":
        return "", "The file is a workbook or an archive under another name. Export it as the kind its name says."
    text = content.data.decode("utf-8", errors="surrogateescape").removeprefix("\ufeff")
    return text, "" if text.strip("\0 \t\r\n") else "The file is empty."


def read_table(contents: dict[str, Content], table: Table) -> RawTable:
    """Read the file of a table as it stands.

    Returns
    -------
    RawTable
        Without records, and with the Problem that says why, where the file cannot be read.
    """
    raw = RawTable(table.file)
    text, fault = decoded(contents[table.file])
    if contents[table.file].missing and not contents.get(COMPOSITE, _ABSENT).missing:
        return raw.unreadable("The file is missing: the folder is about the ground alone.", "note")
    if table is CONTROL_ZONES and contents[table.file].missing:
        return raw.unreadable("The file is missing: who holds the ground is then unknown.", "warning")
    if table.optional and contents[table.file].missing:
        return raw
    if fault:
        return raw.unreadable(fault)
    return read_features(raw, text) if table.geometry else read_csv(raw, text, table)


def read_basemap(contents: dict[str, Content], layer: str) -> RawTable:
    """Read a layer of the base map as it stands."""
    raw = RawTable(basemap_file(layer))
    text, fault = decoded(contents[raw.file])
    return raw.unreadable(fault) if fault else read_features(raw, text)


def _read(path: Path) -> Content:
    try:
        if not path.exists():
            return Content(b"", "The file is missing. Nothing of it is shown.", missing=True)
        if not path.is_file():
            return Content(b"", "There is a folder, or something else that is not a file, under this name.")
        return Content(path.read_bytes())
    except OSError as error:
        return Content(b"", f"The file cannot be read ({error.strerror}).")
