"""A composite on disk: open files beside the other files of a situation, so that opening it again takes no computing.

The folder `composite` in a situation folder holds

    units.parquet   GeoParquet 1.0, EPSG:4326 (longitude, latitude), one row a unit: unit_id (int), area_km2 (geodesic,
                    WGS84), geometry (MultiPolygon, WKB). Units do not overlap and share their edges exactly.
    spans.parquet   one row a span: unit_id, holder, contested_by, valid_from, valid_to (dates, empty: open; half-open),
                    zone_ids, event_ids (lists of text). No unit has two rows on one day.
    days.parquet    one row a day: day, file (the map that it shows), state (map; carried: no map of that day, the one
                    before stands; bridged: the map of that day was left out as a glitch), glitch (what looks wrong).
                    Without rows where the maps say themselves from when until when they hold.
    about.json      format (1), grid (degrees that vertices were rounded to), digest (SHA-256 of the maps).

The same composite gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mapapp.errors import SituationError
from mapapp.situation.problem import Problem
from mapapp.situation.readers import COMPOSITE
from mapapp.situation.schema import CONTROL_ZONES
from mapapp.situation.situation import Situation
from mapapp.situation.wording import listed
from mapapp.situation.writers import write_whole
from mapapp.timeline.composite import Composite, from_zones
from mapapp.timeline.spans import DAY

FOLDER, ABOUT = COMPOSITE.split("/")
UNITS, SPANS_FILE, DAYS_FILE = "units.parquet", "spans.parquet", "days.parquet"
FORMAT = 1
IDS = ["zone_ids", "event_ids"]
SPANS_SCHEMA = pa.schema(
    [
        ("unit_id", pa.int64()),
        ("holder", pa.string()),
        ("contested_by", pa.string()),
        ("valid_from", pa.date32()),
        ("valid_to", pa.date32()),
        ("zone_ids", pa.list_(pa.string())),
        ("event_ids", pa.list_(pa.string())),
    ]
)
DAYS_SCHEMA = pa.schema([("day", pa.date32()), ("file", pa.string()), ("state", pa.string()), ("glitch", pa.string())])
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
    beside = folder / ".part"
    units.to_parquet(beside, index=False, compression="zstd")
    beside.replace(folder / UNITS)
    for name, table, schema in ((SPANS_FILE, spans, SPANS_SCHEMA), (DAYS_FILE, stored.days, DAYS_SCHEMA)):
        columns = [pa.array(table[field.name], field.type, from_pandas=True) for field in schema]
        pq.write_table(pa.Table.from_arrays(columns, schema=schema), beside, compression="zstd")
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
        spans = _read(folder / SPANS_FILE, SPANS_SCHEMA)
        days = _read(folder / DAYS_FILE, DAYS_SCHEMA)
        return Stored(Composite(units, spans), days, float(about["grid"]), str(about["digest"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SituationError(f"The folder {folder} cannot be read ({error}). Import the maps again.") from error


def ground_of(situation: Situation, apart: Collection[str] = ()) -> tuple[Composite, pd.DataFrame, list[Problem]]:
    """Give the ground of a situation: the composite in its folder, or else the one that its zones make.

    Parameters
    ----------
    situation : Situation
        Its folder, actors and zones.
    apart : collection of str
        See `composite.from_zones`.

    Returns
    -------
    tuple of Composite, DataFrame and list of Problem
        The ground; the days of the maps it was made of (see `Stored`), none where it was made of zones; and what is
        wrong with the one in the folder.
    """
    if is_stored(situation.folder):
        try:
            stored = load(situation.folder)
        except SituationError as error:
            problem = Problem(COMPOSITE, "", "", f"{error} The zones in control_zones.geojson are used.")
            return from_zones(situation.zones, apart=apart)[0], _no_days(), [problem]
        return _of_actors(stored.composite, situation), stored.days, _remarks(stored.composite, situation)
    return from_zones(situation.zones, apart=apart)[0], _no_days(), []


def _of_actors(composite: Composite, situation: Situation) -> Composite:
    """The composite without the spans of holders that are no actors."""
    known = composite.spans["holder"].isin(list(situation.actors))
    return composite if known.all() else Composite(composite.units, composite.spans[known].reset_index(drop=True))


def _remarks(composite: Composite, situation: Situation) -> list[Problem]:
    problems = []
    unknown = sorted(set(composite.spans["holder"]) - set(situation.actors))
    if unknown:
        reason = f"{listed(unknown)} hold ground and are no actors in situation.toml: their ground is not shown."
        problems.append(Problem(COMPOSITE, "", "holder", reason))
    if len(situation.zones):
        reason = "The folder has imported ground, and that is shown: the zones in this file are not."
        problems.append(Problem(CONTROL_ZONES.file, "", "", reason, "warning"))
    return problems


def _no_days() -> pd.DataFrame:
    return pd.DataFrame(columns=DAY_COLUMNS).astype({"day": DAY})


def _require_format(found: object) -> None:
    if found != FORMAT:
        raise ValueError(f"it is of format {found}, and only {FORMAT} is known here")


def _read(path: Path, schema: pa.Schema) -> pd.DataFrame:
    """A table with its columns as plain objects (None: empty), tuples and days."""
    table = pq.read_table(path, columns=schema.names, read_dictionary=["holder", "file", "state"]).combine_chunks()
    return pd.DataFrame({field.name: _column(table[field.name], field.type) for field in schema})


def _column(column: pa.ChunkedArray, kind: pa.DataType) -> pd.Series[Any]:
    if pa.types.is_list(kind):
        empty = not pc.sum(pc.list_value_length(column)).as_py()
        return pd.Series([()] * len(column) if empty else [tuple(one) for one in column.to_pylist()], dtype=object)
    if pa.types.is_date(kind):
        return pd.Series(column.to_numpy().astype(DAY))
    if pa.types.is_string(kind):
        return pd.Series(column.to_pandas().astype(object), dtype=object).where(column.is_valid().to_numpy(), None)
    return pd.Series(column.to_numpy())
