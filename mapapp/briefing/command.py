"""The commands that make pictures and verify them: files are written, a line is said, an exit code is given."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from mapapp.briefing import arguments, verify
from mapapp.briefing.animation import animate
from mapapp.briefing.lint import Finding, as_text, worst
from mapapp.briefing.sharing import edition
from mapapp.briefing.snapshot import Snapshot, file_name, snapshot, write
from mapapp.situation.dates import asked_day
from mapapp.situation.situation import load
from mapapp.timeline.lookback import require_on_record

OK, HAS_PROBLEMS = 0, 1
BAR = 30


def now() -> datetime:
    """The moment of making: the one place in this room that reads the clock."""
    return datetime.now(UTC).replace(microsecond=0)


def run_snapshot(args: argparse.Namespace) -> int:
    """Make a picture and write it with its receipt and its lint report."""
    view = arguments.snapshot_view(args, now())
    situation = load(args.folder)
    seen = edition(situation, view.audience, view.known, confirmed_only=view.confirmed_only)
    require_on_record(seen.timeline, view.day)
    out = Path(args.out)
    out = out / file_name(seen, view, "pdf" if view.atlas else "png") if out.is_dir() else out
    made = snapshot(seen, view, out.suffix.removeprefix(".").lower(), args.dpi)
    return finish(made, out)


def run_animate(args: argparse.Namespace) -> int:
    """Make a moving picture and write it with its receipt and its lint report."""
    first, last = asked_day(args.first), asked_day(args.last)
    view = arguments.view(args, last, now(), since=first, changes_only=args.changes)
    seen = edition(load(args.folder), view.audience, view.known, confirmed_only=view.confirmed_only)
    require_on_record(seen.timeline, first)
    out = Path(args.out)
    kind = out.suffix.removeprefix(".").lower()
    made = animate(seen, view, kind, _progress)
    return finish(made, out)


def _progress(done: int, count: int) -> None:
    show_bar(done, count, f"{done} of {count} frames")


def show_bar(done: int, count: int, told: str) -> None:
    """Show how far some work is, over what was shown before."""
    width = BAR * done // max(count, 1)
    end = "\n" if done == count else ""
    sys.stderr.write(f"\rmapapp: [{'#' * width}{'.' * (BAR - width)}] {told}{end}")
    sys.stderr.flush()


def finish(made: Snapshot, out: Path) -> int:
    """Write a picture if nothing that it must carry is missing, and say what lint found."""
    if worst(made.findings) == "error":
        sys.stderr.write(f"mapapp: nothing was written, because:\n{as_text(_only(made.findings, 'error'))}")
        return HAS_PROBLEMS
    written = write(made, out)
    sys.stdout.write(f"{made.receipt.id}\n" + "".join(f"{path}\n" for path in written))
    warnings = _only(made.findings, "warning")
    if warnings:
        sys.stderr.write(f"mapapp: lint has {len(warnings)} warnings, listed in {written[2].name}\n")
    return HAS_PROBLEMS if warnings else OK


def _only(findings: Sequence[Finding], severity: str) -> list[Finding]:
    return [one for one in findings if one.severity == severity]


def run_verify(args: argparse.Namespace) -> int:
    """Say whether a file is the picture of its receipt, or what differs."""
    verdict = verify.verify(Path(args.file), load(args.folder), _progress)
    sys.stdout.write(verdict.as_text() + "\n")
    return OK if verdict.same else HAS_PROBLEMS
