"""Taking in an archive of maps: from files to a situation folder in one call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mapapp.exchange import folder, zones
from mapapp.exchange.holders import read_holders
from mapapp.exchange.maps import Progress
from mapapp.exchange.zones import Imported
from mapapp.timeline.partition import GRID


def import_zones(
    paths: Sequence[str | Path],
    into: str | Path,
    *,
    holder: str | None = None,
    holder_from: str | None = None,
    mapping: str | Path | None = None,
    date_from: str = "name",
    grid: float = GRID,
    bridge_glitches: bool = False,
    progress: Progress = iter,
) -> Imported:
    """Read other people's maps of control and write them into a situation folder.

    Parameters
    ----------
    paths : sequence of str or Path
        Folders, zips or files, in any vector format that GDAL reads, in any coordinate system.
    into : str or Path
        The situation folder; it is made where it is absent, and added to where it is there.
    holder : str, optional
        The holder of all ground; else `holder_from` is needed.
    holder_from : str, optional
        `property:COL` or `layer`.
    mapping : str or Path, optional
        See `holders.read_holders`.
    date_from, grid, bridge_glitches, progress
        See `zones.read_zones`. The grid is in degrees (EPSG:4326).

    Returns
    -------
    Imported
        What came of it, with everything that was left out, mended, carried, assumed or changed in the folder.

    Raises
    ------
    AskedWrongly
        Where an argument makes no sense.
    NotFound
        Where a path is not there, or no map in it can be used.
    """
    sources, home = [Path(path) for path in paths], Path(into)
    imported = zones.read_zones(
        sources,
        read_holders(holder, holder_from, Path(mapping) if mapping else None),
        date_from,
        grid=grid,
        bridge_glitches=bridge_glitches,
        progress=progress,
    )
    changed = folder.write_folder(home, imported, zones.shown(sources))
    return replace(imported, problems=(*imported.problems, *changed))
