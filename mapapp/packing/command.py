"""The commands `pack` and `verify`: a file is written or read, a line is said, an exit code is given."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mapapp.briefing import arguments
from mapapp.briefing import command as pictures
from mapapp.briefing.lint import as_text
from mapapp.briefing.sharing import edition
from mapapp.packing.checking import is_pack, verify_pack
from mapapp.packing.pack import pack
from mapapp.situation.dates import asked_day
from mapapp.situation.situation import load
from mapapp.situation.writers import require_folder_of, write_whole

OK, HAS_PROBLEMS = 0, 1


def run_pack(args: argparse.Namespace) -> int:
    """Make a briefing pack and write it."""
    view = arguments.view(args, asked_day(args.date), pictures.now(), facility_id=args.facility, table=args.table)
    out = Path(args.out)
    require_folder_of(out)
    seen = edition(load(args.folder), view.audience, view.known, confirmed_only=view.confirmed_only)
    made = pack(seen, view, asked_day(args.since), _progress)
    errors = [one for one in made.findings if one.severity == "error"]
    if errors:
        sys.stderr.write(f"mapapp: nothing was written, because:\n{as_text(errors)}")
        return HAS_PROBLEMS
    write_whole(out, made.content)
    sys.stdout.write(f"{made.receipt.id}\n{out}\n")
    warnings = sum(one.severity == "warning" for one in made.findings)
    if warnings:
        sys.stderr.write(f"mapapp: lint has {warnings} warnings, listed in the pack\n")
    return HAS_PROBLEMS if warnings else OK


def run_verify(args: argparse.Namespace) -> int:
    """Say whether a picture or a pack is what the records say, or what differs."""
    path = Path(args.file)
    if not path.is_file() or not is_pack(path.read_bytes()):
        return pictures.run_verify(args)
    verdict = verify_pack(path.read_bytes(), load(args.folder), _progress)
    sys.stdout.write(verdict.as_text() + "\n")
    return OK if verdict.same else HAS_PROBLEMS


def _progress(done: int, count: int, what: str) -> None:
    pictures.show_bar(done, count, f"{what[:60]:60}")
