"""The commands that bring maps in and join points: files are written, a line is said, an exit code is given."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from mapapp.exchange import progress, zones
from mapapp.exchange.intake import import_zones
from mapapp.exchange.join import join_points
from mapapp.situation import starter
from mapapp.situation.problem import Problem, serious
from mapapp.situation.report import as_text
from mapapp.situation.situation import load
from mapapp.timeline.lookup import lookup
from mapapp.timeline.store import ground_of

OK, HAS_PROBLEMS = 0, 1


def run_import(args: argparse.Namespace) -> int:
    """Read other people's maps and write them into a situation folder."""
    imported = import_zones(
        args.paths,
        args.into,
        holder=args.holder,
        holder_from=args.holder_from,
        mapping=args.mapping,
        date_from=args.date_from,
        grid=args.grid,
        bridge_glitches=args.bridge_glitches,
        progress=lambda files: progress.counted(files, "reading"),
    )
    return _told(f"{zones.summary(imported)}\nWritten to {args.into}.", imported.problems)


def run_join(args: argparse.Namespace) -> int:
    """Join dated points with the holder of their ground that day."""
    situation = load(args.folder)
    nobody = [actor.id for actor in situation.actors.values() if actor.kind == "none"]
    bar = progress.Bar("joining", args.points.stat().st_size if args.points.is_file() else 0)
    joined, problems = join_points(
        args.points,
        args.out,
        lookup(ground_of(situation)[0], nobody),
        (args.date_column, args.lon_column, args.lat_column),
        lambda done, points: bar.at(done, f"{points:,} points"),
    )
    held = f"{joined.points:,} points, {joined.held:,} of them on ground with a known holder."
    return _told(f"{held} Written to {args.out}.", problems)


def run_new(args: argparse.Namespace) -> int:
    """Write an example situation into a new folder."""
    written = starter.start(args.folder)
    sys.stdout.write("\n".join(map(str, written)) + "\n")
    sys.stderr.write(f"mapapp: the records are made up; replace them, then: python -m mapapp check {args.folder}\n")
    return OK


def _told(result: str, problems: Sequence[Problem]) -> int:
    sys.stdout.write("\n".join([result, *(["", as_text(problems)] if problems else [])]) + "\n")
    return HAS_PROBLEMS if serious(problems) else OK
