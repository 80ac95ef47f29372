"""The commands that make pictures and verify them: files are written, a line is said, an exit code is given."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from mapapp.briefing import arguments, verify
from mapapp.briefing.lint import Finding, as_text, worst
from mapapp.briefing.sharing import edition
from mapapp.briefing.snapshot import Snapshot, file_name, snapshot, write
from mapapp.situation.situation import load
from mapapp.timeline.status import require_on_record

OK, HAS_PROBLEMS = 0, 1


def now() -> datetime:
    """The moment of making: the one place in this room that reads the clock."""
    return datetime.now(UTC).replace(microsecond=0)


def run_snapshot(args: argparse.Namespace) -> int:
    """Make a picture and write it with its receipt and its lint report."""
    view = arguments.snapshot_view(args, now())
    situation = load(args.folder)
    seen = edition(situation, view.audience, view.known)
    require_on_record(seen.timeline, view.day)
    out = Path(args.out)
    out = out / file_name(seen, view, "pdf" if view.atlas else "png") if out.is_dir() else out
    made = snapshot(seen, view, out.suffix.removeprefix(".").lower(), args.dpi)
    return finish(made, out)


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
    verdict = verify.verify(Path(args.file), load(args.folder))
    sys.stdout.write(verdict.as_text() + "\n")
    return OK if verdict.same else HAS_PROBLEMS
