"""How tables are asked for on the command line; nothing heavy is imported, so that `--help` is instant."""

from __future__ import annotations

import argparse


def look_back(sub: argparse.ArgumentParser) -> None:
    """What every command understands that answers about a situation."""
    sub.add_argument("--known", metavar="K", help="leave out what became known after this day")
    sub.add_argument("--confirmed-only", action="store_true", help="leave out what is not confirmed")


def changes(sub: argparse.ArgumentParser) -> None:
    """The arguments of `changes`."""
    _folder(sub)
    sub.add_argument("--from", dest="first", required=True, metavar="A", help="the first day, as YYYY-MM-DD")
    sub.add_argument("--to", dest="last", required=True, metavar="B", help="the last day")
    look_back(sub)
    sub.add_argument("--known-from", metavar="K", help="the first day as known on this one (default: --known)")
    sub.add_argument("--known-to", metavar="K", help="the last day as known on this one (default: --known)")
    _format(sub, "table", "csv", "json", "markdown", "html")


def contradictions(sub: argparse.ArgumentParser) -> None:
    """The arguments of `contradictions`."""
    _folder(sub)
    sub.add_argument("--date", required=True, metavar="D", help="the day asked about, as YYYY-MM-DD")
    look_back(sub)
    _format(sub, "table", "csv", "json")


def export(sub: argparse.ArgumentParser) -> None:
    """The arguments of `export`."""
    _folder(sub)
    sub.add_argument("--to", required=True, choices=["csv", "hxl", "xlsx", "json"], help="hxl: CSV with a row of tags")
    sub.add_argument("--out", required=True, metavar="PATH", help="the file; for several tables of CSV or HXL a folder")
    sub.add_argument("--table", metavar="NAME", help="only this table (default: all)")
    sub.add_argument("--date", metavar="D", help="the day of the board and the contradictions (default: the last day)")
    look_back(sub)


def _folder(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("folder", nargs="?", metavar="FOLDER", help="the situation folder (default: the bundled one)")


def _format(sub: argparse.ArgumentParser, *choices: str) -> None:
    sub.add_argument("--format", choices=choices, default=choices[0], help="default: %(default)s")
