"""A composite on disk: open files beside the other files of a situation, so that opening it again takes no computing.

The folder `composite` in a situation folder holds

    units.parquet   GeoParquet 1.0, EPSG:4326 (longitude, latitude), one row a unit: unit_id (int), area_km2 (geodesic,
                    WGS84), geometry (MultiPolygon, WKB). Units do not overlap and share their edges exactly.
    spans.parquet   one row a span: unit_id, holder, contested_by, valid_from, valid_to (days, empty: open; half-open),
                    zone_ids, event_ids (lists of text). No unit has two rows on one day.
    days.parquet    one row a day: day, file (the map that it shows), state (map; carried: no map of that day, the one
                    before stands; bridged: the map of that day was left out as a glitch), glitch (what looks wrong).
                    Without rows where the maps say themselves from when until when they hold.
    about.json      format (1), grid (degrees that vertices were rounded to), digest (SHA-256 of the maps).

The same composite gives the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from mapapp.errors import SituationError
from mapapp.situation.writers import write_whole
from mapapp.timeline.composite import SPANS, Composite
from mapapp.timeline.spans import DAY

FOLDER = "composite"
UNITS, SPANS_FILE, DAYS_FILE, ABOUT = "units.parquet", "spans.parquet", "days.parquet", "about.json"
FORMAT = 1
IDS = ["zone_ids", "event_ids"]
DAY_COLUMNS = ["day", "file", "state", "glitch"]


@dataclass(frozen=True, eq=False)
class Stored:
    """A composite with what is known of its making.

    Attributes
    ----------
    composite : Composite
        Who held which ground when.
    days : DataFrame
        `day` (datetime64), `file`, `state` (map, carried or bridged), `glitch` (None: nothing looks wrong).
    grid : float
        Degrees.
    digest : str
        SHA-256 of the maps it was made of.
    """

    composite: Composite
    days: pd.DataFrame
    grid: float
    digest: str


def is_stored(situation: Path) -> bool:
    """Whether a situation folder has a composite of its own."""
    return (situation / FOLDER / ABOUT).is_file()


def save(situation: Path, stored: Stored) -> Path:
    """Write a composite into a situation folder.

    Parameters
    ----------
    situation : Path
        The folder; it must be there.
    stored : Stored
        What to write.

    Returns
    -------
    Path
        The folder of the composite. Each file is written whole or not at all, `about.json` last.
    """
    folder = situation / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / ABOUT).unlink(missing_ok=True)  # until all is written there is no composite
    units, spans = stored.composite.units.reset_index(), stored.composite.spans
    plain = spans.assign(**{name: spans[name].map(list) for name in IDS})
    for name, table in ((UNITS, units), (SPANS_FILE, plain), (DAYS_FILE, stored.days)):
        beside = folder / f".{name}.part"
        table.to_parquet(beside, index=False, compression="zstd")
        beside.replace(folder / name)
    about = {"format": FORMAT, "grid": stored.grid, "digest": stored.digest}
    write_whole(folder / ABOUT, json.dumps(about, indent=1) + "\n")
    return folder


def load(situation: Path) -> Stored:
    """Read the composite of a situation folder.

    Raises
    ------
    SituationError
        Where it is not there, cannot be read, or is of another format.
    """
    folder = situation / FOLDER
    try:
        about = json.loads((folder / ABOUT).read_text("utf-8"))
        _require_format(about["format"])
        units = gpd.read_parquet(folder / UNITS).set_index("unit_id")
        spans = pd.read_parquet(folder / SPANS_FILE)[SPANS]
        days = pd.read_parquet(folder / DAYS_FILE)[DAY_COLUMNS]
        return Stored(Composite(units, _spans(spans)), _days(days), float(about["grid"]), str(about["digest"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SituationError(f"The folder {folder} cannot be read ({error}). Import the maps again.") from error


def _require_format(found: object) -> None:
    if found != FORMAT:
        raise ValueError(f"it is of format {found}, and only {FORMAT} is known here")


def _spans(read: pd.DataFrame) -> pd.DataFrame:
    """The spans typed as in `Composite`."""
    ids = {name: pd.Series([tuple(one) for one in read[name]], read.index, dtype=object) for name in IDS}
    days = {name: read[name].astype(DAY) for name in ("valid_from", "valid_to")}
    return _texts(read, ["holder", "contested_by"]).assign(**ids, **days)


def _days(read: pd.DataFrame) -> pd.DataFrame:
    return _texts(read, ["file", "state", "glitch"]).astype({"day": DAY})


def _texts(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The table with columns of text as plain objects, None where there is none."""
    plain = {name: table[name].astype(object) for name in columns}
    return table.assign(**{name: column.where(column.notna(), None) for name, column in plain.items()})
