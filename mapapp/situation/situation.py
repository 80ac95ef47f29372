"""A situation: everything on record in one folder, read, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd

from mapapp.errors import AskedWrongly, SituationError
from mapapp.situation import frames
from mapapp.situation.basemap import read_layers
from mapapp.situation.checks import check
from mapapp.situation.draft import Draft
from mapapp.situation.lazily import Lazily
from mapapp.situation.manifest import Actor, Aggregate, AlertSettings, Manifest, ZoneSettings, read_manifest
from mapapp.situation.problem import Problem, not_shown
from mapapp.situation.readers import MANIFEST, Content, digest, read_folder

__all__ = ["BUNDLED", "Actor", "Aggregate", "AlertSettings", "Situation", "ZoneSettings", "load"]

BUNDLED = Path(__file__).resolve().parents[2] / "geodata"
"""The folder that is opened where none is named."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Situation:
    """What is on record.

    Attributes
    ----------
    folder : Path
        Where it was read.
    id, title : str
        What it is called.
    first_day, last_day : date
        The days it is about. Records outside of them are kept: they say what held before.
    organisation, disclaimer, licence, credits, tlp : str or tuple of str
        Whose it is and how it may be shared.
    actors, aggregates : dict
        By id.
    zone_settings : ZoneSettings
        How the ground is computed.
    alerts : AlertSettings
        From when on distances are pointed out.
    facilities : GeoDataFrame
        Camps and prisons, index `facility_id`, EPSG:4326, geometry None where the place is not established.
    places : GeoDataFrame
        Index `place_id`.
    zones : GeoDataFrame
        Control zones as the file has them, index `zone_id`. Polygons and MultiPolygons, valid. Those of a look back are
        worked out when they are first asked for.
    events, figures, sources, conflicts : DataFrame
        Index `event_id`, `figure_id`, `source_id`, `conflict_group`.
    basemap : dict of GeoDataFrame
        The layers that are there.
    problems : tuple of Problem
        Everything that is wrong or missing, file by file.
    digest : str
        SHA-256 over the files: the same digest, the same situation.
    known_on : date or None
        The day on which it was known so (see `mapapp.timeline.known`); None: all that is on record.
    at_least : str
        The least rung of the claim ladder that its records stand on (see `mapapp.timeline.evidence`); empty: any.
    withheld : dict
        Kind of record -> how many its readers may not see (see `mapapp.timeline.sharing`); empty where none are.

    Notes
    -----
    The tables have every column of `mapapp.situation.schema`, typed as `mapapp.situation.frames` says. Every id in a
    column of ids is one that is there.
    """

    folder: Path
    id: str
    title: str
    first_day: date
    last_day: date
    organisation: str
    disclaimer: str
    licence: str
    credits: tuple[str, ...]
    tlp: str
    actors: dict[str, Actor]
    aggregates: dict[str, Aggregate]
    zone_settings: ZoneSettings
    alerts: AlertSettings
    facilities: gpd.GeoDataFrame
    places: gpd.GeoDataFrame
    zones: Lazily[gpd.GeoDataFrame] = Lazily()  # noqa: RUF009 - a descriptor, not a value that all share
    events: Lazily[pd.DataFrame] = Lazily()  # noqa: RUF009
    figures: Lazily[pd.DataFrame] = Lazily()  # noqa: RUF009
    sources: pd.DataFrame
    conflicts: pd.DataFrame
    basemap: dict[str, gpd.GeoDataFrame]
    problems: tuple[Problem, ...]
    digest: str
    known_on: date | None = None
    at_least: str = ""
    withheld: dict[str, int] = field(default_factory=dict)

    @property
    def not_shown(self) -> int:
        """How many records cannot be shown on the time line or the map."""
        return not_shown(self.problems)

    def between(self, first: date | None, last: date | None) -> Situation:
        """Give the same records over other days to look at; None leaves a day as it is.

        Raises
        ------
        AskedWrongly
            Where the first day is after the last.
        """
        first, last = first or self.first_day, last or self.last_day
        if first > last:
            raise AskedWrongly(f"The first day, {first}, is after the last, {last}.")
        return replace(self, first_day=first, last_day=last)


def load(folder: str | Path | None = None) -> Situation:
    """Read and check a situation folder.

    Parameters
    ----------
    folder : str or Path, optional
        The folder; the bundled one where none is named.

    Returns
    -------
    Situation
        All that could be read; what could not is in its `problems`.

    Raises
    ------
    SituationError
        Where there is no such folder, or its `situation.toml` is missing or unreadable.
    """
    path = BUNDLED if folder is None else Path(folder)
    if not path.is_dir():
        raise SituationError(f"There is no folder {path}. Name a folder that holds {MANIFEST}.")
    return assemble(path, read_folder(path))


def assemble(folder: Path, contents: dict[str, Content]) -> Situation:
    """Check the files of a folder and put the situation together: all of `load` but the reading itself."""
    manifest, problems = read_manifest(contents[MANIFEST], folder.resolve().name)
    basemap, basemap_problems = read_layers(contents)
    drafts = check(contents, manifest, basemap.get("countries"))
    problems += [problem for draft in drafts.values() for problem in draft.problems] + basemap_problems
    first_day, last_day = _days(manifest, drafts)
    return Situation(
        folder=folder,
        id=manifest.id,
        title=manifest.title,
        first_day=first_day,
        last_day=last_day,
        organisation=manifest.organisation,
        disclaimer=manifest.disclaimer,
        licence=manifest.licence,
        credits=manifest.credits,
        tlp=manifest.tlp,
        actors=manifest.actors,
        aggregates=manifest.aggregates,
        zone_settings=manifest.zone_settings,
        alerts=manifest.alerts,
        facilities=frames.facilities(drafts["camps"], drafts["prisons"]),
        places=frames.geo_frame(drafts["cities"]),
        zones=frames.geo_frame(drafts["control_zones"]),
        events=frames.frame(drafts["events"]),
        figures=frames.frame(drafts["figures"]),
        sources=frames.frame(drafts["sources"]),
        conflicts=frames.frame(drafts["conflicts"]),
        basemap=basemap,
        problems=tuple(problems),
        digest=digest(contents),
    )


def _days(manifest: Manifest, drafts: dict[str, Draft]) -> tuple[date, date]:
    """The first and the last day; those of the dated events and zones where situation.toml does not say."""
    columns = [("events", "event_date"), ("control_zones", "valid_from")]
    dated = [drafts[table].cells[name][row] for table, name in columns for row in drafts[table].rows()]
    days = [day for day in dated if day] or [manifest.first_day or manifest.last_day or date(1970, 1, 1)]
    first, last = manifest.first_day or min(days), manifest.last_day or max(days)
    return min(first, last), last
