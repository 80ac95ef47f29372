"""The commands: each reads its arguments, calls the core, prints the result and gives an exit code.

0: done. 1: the data has Problems. 2: asked wrongly. Progress goes to stderr, the result alone to stdout.
Imports stand inside the commands so that `--help` and the small commands start at once.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mapapp.briefing import arguments
from mapapp.errors import AskedWrongly, MapappError
from mapapp.exchange import asking
from mapapp.situation.dates import asked_day

if TYPE_CHECKING:
    from mapapp.situation.problem import Problem
    from mapapp.situation.situation import Situation

OK, HAS_PROBLEMS, ASKED_WRONGLY = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Command:
    """One command: how it is asked and what answers."""

    name: str
    help: str
    example: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; with no command, open the app on the bundled situation."""
    arguments = list(sys.argv[1:] if argv is None else argv) or ["serve"]
    parsed = parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # names are Arabic, whatever the terminal's own habit
    try:
        code = int(parsed.run(parsed))
        sys.stdout.flush()
    except MapappError as error:
        print(f"mapapp: {error}", file=sys.stderr)
        return ASKED_WRONGLY
    except BrokenPipeError:  # whoever reads the result has seen enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return code


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    top = argparse.ArgumentParser(prog="mapapp", description="Camps and prisons, and who held the ground.")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        example = f"Example: {command.example}"
        sub = commands.add_parser(command.name, help=command.help, description=command.help, epilog=example)
        command.arguments(sub)
        sub.set_defaults(run=command.run)
    return top


def _day_if_asked(text: str | None) -> date | None:
    return asked_day(text) if text else None


def _situation(args: argparse.Namespace) -> Situation:
    """The situation of a folder as `asking.look_back` asks for it."""
    from mapapp.situation.situation import load
    from mapapp.timeline.lookback import look_back

    return look_back(load(args.folder), _day_if_asked(args.known), args.confirmed_only, args.audience)


def _outcome(problems: Sequence[Problem]) -> int:
    """The exit code that a table of Problems calls for, with a line on stderr where there are any."""
    from mapapp.situation.problem import serious

    count = len(serious(problems))
    if count:
        print(f"mapapp: the data has {count} problems; `python -m mapapp check` lists them.", file=sys.stderr)
    return HAS_PROBLEMS if count else OK


def cmd_zones(args: argparse.Namespace) -> int:
    """Compute the control zones from the dated claims at places and write them into the folder."""
    from mapapp.situation.situation import load
    from mapapp.timeline.zones import write_zones

    situation = load(args.folder)
    print(f"mapapp: computing the zones of {situation.title}", file=sys.stderr)
    path, count = write_zones(situation)
    print(f"{count} zones written to {path}")
    return _outcome([problem for problem in situation.problems if problem.file != path.name])


def cmd_check(args: argparse.Namespace) -> int:
    """Print everything that is wrong or missing in a situation folder."""
    from mapapp.situation import report
    from mapapp.situation.problem import serious
    from mapapp.situation.situation import load

    problems = load(args.folder).problems
    print(report.as_json(problems) if args.json else report.as_text(problems))
    return HAS_PROBLEMS if serious(problems) else OK


def cmd_status(args: argparse.Namespace) -> int:
    """Print the status board of one day."""
    import json

    from mapapp.timeline import listing, lookback, status
    from mapapp.timeline.timeline import build

    day, timeline = asked_day(args.date), build(_situation(args))
    lookback.require_on_record(timeline, day)
    rows = status.board(timeline, day)
    if args.format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    elif args.format == "csv":
        print(listing.board_csv(rows), end="")
    else:
        print(listing.board_table(rows, timeline.situation.actors))
    return _outcome(timeline.problems)


def _answered(answer: str) -> Callable[[argparse.Namespace], int]:
    """A command that prints what a function of `mapapp.exchange.answers` says."""

    def run(args: argparse.Namespace) -> int:
        from mapapp.exchange import answers

        said, problems = getattr(answers, answer)(args)
        print(said)
        return _outcome(problems)

    return run


def cmd_replay(args: argparse.Namespace) -> int:
    """Write the replay page to a file."""
    from mapapp import replay
    from mapapp.situation.writers import require_folder_of
    from mapapp.timeline.timeline import build

    out = Path(args.out)
    require_folder_of(out)
    timeline = build(_situation(args).between(_day_if_asked(args.first), _day_if_asked(args.last)))
    replay.write(timeline, out)
    print(f"{timeline.situation.title} written to {out}")
    return _outcome(timeline.problems)


def _later(module: str, run: str) -> Callable[[argparse.Namespace], int]:
    """A command that stands in a room of its own and is read when it is asked for."""

    def answer(args: argparse.Namespace) -> int:
        return int(getattr(importlib.import_module(module), run)(args))

    return answer


def cmd_serve(args: argparse.Namespace) -> int:
    """Run the app in this process until it is stopped; `app/.streamlit/config.toml` says how."""
    import runpy

    folder = [str(Path(args.folder).resolve())] if args.folder else []
    if folder and not Path(folder[0]).is_dir():
        raise AskedWrongly(f"There is no folder {folder[0]}.")
    sys.argv = ["streamlit", "run", str(Path(__file__).parent / "app" / "main.py"), "--", *folder]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
    return OK


COMMANDS: tuple[Command, ...] = (
    Command(
        "animate",
        "Makes a moving picture: a frame for each day or each change, between two full sheets. GIF, WebP or MP4.",
        "python -m mapapp animate --from 2026-01-01 --to 2026-03-31 --out replay.mp4",
        arguments.animate,
        _later("mapapp.briefing.command", "run_animate"),
    ),
    Command(
        "check",
        "Lists every problem of a situation folder: file, record, field, what is wrong and what to do.",
        "python -m mapapp check my-situation --json",
        asking.check,
        cmd_check,
    ),
    Command(
        "changes",
        "What changed between two days: facilities, places, ground in km2, contradictions, figures, what came later.",
        "python -m mapapp changes --from 2026-01-18 --to 2026-01-21 --format markdown",
        asking.changes,
        _answered("answer_changes"),
    ),
    Command(
        "contradictions",
        "What the records of a day say against one another, since when, with the records on each side.",
        "python -m mapapp contradictions --date 2026-01-20",
        asking.about_a_day,
        _answered("answer_contradictions"),
    ),
    Command(
        "export",
        "Writes every table for other programs: CSV, CSV with HXL tags, an Excel workbook or JSON.",
        "python -m mapapp export --to xlsx --out tables.xlsx",
        asking.export,
        _answered("answer_export"),
    ),
    Command(
        "replay",
        "Writes the replay page: one HTML file that holds everything and opens in any browser, offline.",
        "python -m mapapp replay --out replay.html",
        asking.replay,
        cmd_replay,
    ),
    Command(
        "import",
        "Reads other people's dated maps into a situation folder: a folder, a zip or files, one map a day.",
        "python -m mapapp import zones maps.zip --into my-situation --holder-from property:side --mapping sides.csv",
        asking.import_maps,
        _later("mapapp.exchange.command", "run_import"),
    ),
    Command(
        "join",
        "Joins dated points with the ground of their day: its holder, how far the front is, days since it changed.",
        "python -m mapapp join events.csv --in my-situation --date-column event_date --out joined.csv",
        asking.join,
        _later("mapapp.exchange.command", "run_join"),
    ),
    Command(
        "new",
        "Makes a situation folder with a made-up example in every file, to be replaced by your own records.",
        "python -m mapapp new my-situation",
        asking.new,
        _later("mapapp.exchange.command", "run_new"),
    ),
    Command(
        "pack",
        "Makes a briefing pack, one zip: sheet, slide, film, offline page, change report, with their receipts.",
        "python -m mapapp pack --date 2026-01-20 --since 2026-01-18 --audience CLEAR --out pack.zip",
        arguments.pack,
        _later("mapapp.packing.command", "run_pack"),
    ),
    Command(
        "serve",
        "Opens the app in the browser, on http://127.0.0.1:8501 (also with no command at all).",
        "python -m mapapp serve my-situation",
        asking.folder,
        cmd_serve,
    ),
    Command(
        "snapshot",
        "Makes the picture of a day to hand over, with legend, sources, limits and a receipt: PNG, SVG, PDF or PPTX.",
        "python -m mapapp snapshot --date 2026-01-20 --audience CLEAR --out map.png",
        arguments.snapshot,
        _later("mapapp.briefing.command", "run_snapshot"),
    ),
    Command(
        "status",
        "The board of all facilities on one day: state, guard, ground, head count, age of the knowledge.",
        "python -m mapapp status --date 2026-01-20 --format json",
        asking.about_a_day,
        cmd_status,
    ),
    Command(
        "verify",
        "Reads a picture's receipt, makes the picture again and says: same, or what differs, record by record.",
        "python -m mapapp verify map.png --in my-situation",
        arguments.verify,
        _later("mapapp.packing.command", "run_verify"),
    ),
    Command(
        "zones",
        "Computes who held which ground from the dated claims at places; writes control_zones.geojson.",
        "python -m mapapp zones my-situation",
        asking.folder,
        cmd_zones,
    ),
)
