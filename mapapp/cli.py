"""The commands: each reads its arguments, calls the core, prints the result and gives an exit code.

0: done. 1: the data has Problems. 2: asked wrongly. Progress goes to stderr, the result alone to stdout.
Imports stand inside the commands so that `--help` and the small commands start at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mapapp.errors import MapappError

OK, HAS_PROBLEMS, ASKED_WRONGLY = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Command:
    """One command: how it is asked and what answers."""

    name: str
    help: str
    example: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


COMMANDS: tuple[Command, ...] = ()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; with no command, open the app on the bundled situation."""
    arguments = list(sys.argv[1:] if argv is None else argv) or ["serve"]
    parsed = parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except MapappError as error:
        print(f"mapapp: {error}", file=sys.stderr)
        return ASKED_WRONGLY


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


def _folder(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("folder", nargs="?", metavar="FOLDER", help="the situation folder (default: the bundled one)")
