"""Import of control zones: an archive of dated maps in, a space-time composite out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mapapp.errors import AskedWrongly, NotFound
from mapapp.exchange.archive import open_archive
from mapapp.exchange.glitches import watched
from mapapp.exchange.ground import Reader
from mapapp.exchange.holders import Holders
from mapapp.exchange.laying import Laying
from mapapp.exchange.maps import Progress, day_maps
from mapapp.exchange.tally import Tally
from mapapp.situation.problem import Problem
from mapapp.situation.wording import quoted
from mapapp.timeline.composing import composite_of
from mapapp.timeline.composite import SLIVER_KM2
from mapapp.timeline.partition import GRID, Partition
from mapapp.timeline.spans import ends
from mapapp.timeline.store import Stored


@dataclass(frozen=True, eq=False)
class Imported:
    """What came of an import.

    Attributes
    ----------
    stored : Stored
        The composite, its days and what it was made of.
    holders : dict of str
        Id -> name of every holder of ground, in the order in which they were met.
    problems : tuple of Problem
        Everything that was left out, mended, carried or assumed.
    maps : int
        How many files are part of it.
    """

    stored: Stored
    holders: dict[str, str]
    problems: tuple[Problem, ...]
    maps: int


def read_zones(
    paths: Sequence[Path],
    holders: Holders,
    date_from: str = "name",
    *,
    grid: float = GRID,
    bridge_glitches: bool = False,
    progress: Progress = iter,
) -> Imported:
    """Read an archive of dated maps and lay them over one another.

    Parameters
    ----------
    paths : sequence of Path
        Folders, zips or files, in any vector format that GDAL reads.
    holders : Holders
        Whose the polygons are (see `holders.read_holders`).
    date_from : str
        `name`: the file names tell the day; `property:COL`: each feature does; `properties:FROM,TO`: each feature tells
        the first day and the first day after, empty where it is open.
    grid : float
        Vertices are rounded to multiples of this many degrees.
    bridge_glitches : bool
        Whether a map that looks like a glitch of the source gives way to the one before it.
    progress : callable
        Passes the files on and shows how far it is.

    Returns
    -------
    Imported
        The same archive gives the same result.

    Raises
    ------
    AskedWrongly
        Where an argument makes no sense.
    NotFound
        Where a path is not there, or no map in it can be used.
    """
    columns = date_columns(date_from)
    with open_archive(paths) as archive:
        tally = Tally(list(archive.problems))
        reader = Reader(archive, holders, columns, len(columns) == 2, tally)
        laying = Laying(Partition(grid), tally, holders.ranked())
        if len(columns) == 2:
            read = ((file.name, reader.ground(file)) for file in progress(archive.files))
            laying.lay_spans((name, ground) for name, ground in read if ground is not None)
        else:
            laying.lay_days(watched(day_maps(reader, progress), bridge=bridge_glitches))
        digest = archive.digest()
    if not laying.maps:
        raise NotFound(f"No map can be used. {tally.problems[0].file}: {tally.problems[0].reason}")
    parts = laying.partition.parts(laying.holders)
    composite = composite_of(parts, laying.holders)
    problems = [*tally.all_problems(), *holders.problems(shown(paths)), *laying.overlaps(parts.overlaps, SLIVER_KM2)]
    held = set(composite.spans["holder"].unique())
    names = {holder: name for holder, name in holders.names().items() if holder in held}
    return Imported(Stored(composite, laying.days_table(), grid, digest), names, tuple(problems), laying.maps)


def date_columns(date_from: str) -> list[str]:
    """The columns that tell days; none where file names do. Raises AskedWrongly where it says neither."""
    kind, _, names = date_from.partition(":")
    columns = [name.strip() for name in names.split(",")] if names else []
    wanted = {"name": 0, "property": 1, "properties": 2}.get(kind)
    if len(columns) != wanted or not all(columns):
        raise AskedWrongly(
            f"--date-from is {quoted(date_from)}; it can be name, property:COLUMN, or properties:FROM,TO."
        )
    return columns


def shown(paths: Sequence[Path]) -> str:
    """What an archive is called."""
    return paths[0].name if len(paths) == 1 else f"{paths[0].name} and {len(paths) - 1} more"


def summary(imported: Imported) -> str:
    """Say in some lines what was imported."""
    composite, days = imported.stored.composite, imported.stored.days
    lines = [f"{imported.maps:,} maps used"]
    if len(days):
        lines[0] += f", {days['day'].min():%Y-%m-%d} to {days['day'].max():%Y-%m-%d}"
        states = days["state"].value_counts()
        lines.append(f"Days carried forward: {states.get('carried', 0):,}; bridged: {states.get('bridged', 0):,}")
    lines.append(f"{len(composite.units):,} units of ground with {len(composite.spans):,} spans")
    stop = ends(composite.spans)
    last = composite.spans[stop == stop.max()]
    km2 = composite.units["area_km2"].loc[last["unit_id"]].groupby(last["holder"].to_numpy()).sum()
    held = km2.sort_values(ascending=False).items()
    return "\n".join([*lines, *(f"{holder}: {size:,.0f} km2 at the end" for holder, size in held)])
