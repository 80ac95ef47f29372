"""How data is brought in, joined and given out on the command line; nothing heavy is read, so that help is instant."""

from __future__ import annotations

import argparse
from pathlib import Path

from mapapp.situation.codes import AUDIENCES


def folder(sub: argparse.ArgumentParser) -> None:
    """Which situation."""
    sub.add_argument("folder", nargs="?", metavar="FOLDER", help="the situation folder (default: the bundled one)")


def check(sub: argparse.ArgumentParser) -> None:
    """The arguments of `check`."""
    folder(sub)
    sub.add_argument("--json", action="store_true", help="a list of objects instead of text")


def look_back(sub: argparse.ArgumentParser) -> None:
    """What every command understands that answers about a situation."""
    sub.add_argument("--known", metavar="K", help="leave out what became known after this day")
    sub.add_argument("--confirmed-only", action="store_true", help="leave out what is not confirmed")
    audience(sub)


def audience(sub: argparse.ArgumentParser) -> None:
    """For whom it is."""
    sub.add_argument("--audience", choices=AUDIENCES, help="make the copy for them: what they may not see is not in it")


def about_a_day(sub: argparse.ArgumentParser) -> None:
    """The arguments of `status` and of `contradictions`."""
    folder(sub)
    sub.add_argument("--date", required=True, metavar="D", help="the day asked about, as YYYY-MM-DD")
    look_back(sub)
    _format(sub, "table", "csv", "json")


def replay(sub: argparse.ArgumentParser) -> None:
    """The arguments of `replay`."""
    folder(sub)
    sub.add_argument("--from", dest="first", metavar="A", help="the first day to replay (default: the situation's)")
    sub.add_argument("--to", dest="last", metavar="B", help="the last day to replay (default: the situation's)")
    look_back(sub)
    sub.add_argument("--out", required=True, metavar="FILE.html", help="the file to write or replace")


def changes(sub: argparse.ArgumentParser) -> None:
    """The arguments of `changes`."""
    folder(sub)
    sub.add_argument("--from", dest="first", required=True, metavar="A", help="the first day, as YYYY-MM-DD")
    sub.add_argument("--to", dest="last", required=True, metavar="B", help="the last day")
    look_back(sub)
    sub.add_argument("--known-from", metavar="K", help="the first day as known on this one (default: --known)")
    sub.add_argument("--known-to", metavar="K", help="the last day as known on this one (default: --known)")
    _format(sub, "table", "csv", "json", "markdown", "html")


def export(sub: argparse.ArgumentParser) -> None:
    """The arguments of `export`."""
    folder(sub)
    sub.add_argument("--to", required=True, choices=["csv", "hxl", "xlsx", "json"], help="hxl: CSV with a row of tags")
    sub.add_argument("--out", required=True, metavar="PATH", help="the file; for several tables of CSV or HXL a folder")
    sub.add_argument("--table", metavar="NAME", help="only this table (default: all)")
    sub.add_argument("--date", metavar="D", help="the day of the board and the contradictions (default: the last day)")
    look_back(sub)


def import_maps(sub: argparse.ArgumentParser) -> None:
    """The arguments of `import`."""
    sub.add_argument("kind", choices=["zones"], metavar="KIND", help="zones: dated maps of control")
    sub.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="folders, zips or files that GDAL reads")
    sub.add_argument("--into", required=True, type=Path, metavar="FOLDER", help="the situation folder, made if absent")
    sub.add_argument(
        "--date-from",
        default="name",
        metavar="WHERE",
        help="name (the file name has YYYYMMDD, YYYY-MM-DD or unix seconds), property:COL, or properties:FROM,TO "
        "(TO: the first day after); default: %(default)s",
    )
    sub.add_argument("--holder", metavar="ID", help="the holder of all ground")
    sub.add_argument("--holder-from", metavar="WHERE", help="property:COL or layer")
    sub.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE.csv",
        help="columns pattern,holder: the first regular expression found in a label wins, an empty holder leaves out; "
        "where ground overlaps, the holder named first has it",
    )
    sub.add_argument("--grid", type=float, default=1e-5, metavar="DEGREES", help="default: %(default)s, about a metre")
    sub.add_argument("--bridge-glitches", action="store_true", help="leave out maps that look like a glitch")


def join(sub: argparse.ArgumentParser) -> None:
    """The arguments of `join`."""
    sub.add_argument("points", type=Path, metavar="POINTS", help="dated points: .csv, .csv.gz, .geojson or .parquet")
    sub.add_argument("--in", dest="folder", metavar="FOLDER", help="the situation folder (default: the bundled one)")
    sub.add_argument("--date-column", required=True, metavar="C", help="the column of the day")
    sub.add_argument(
        "--lon-column", default="longitude", metavar="C", help="where there is no geometry; default: %(default)s"
    )
    sub.add_argument(
        "--lat-column", default="latitude", metavar="C", help="where there is no geometry; default: %(default)s"
    )
    sub.add_argument(
        "--out", required=True, type=Path, metavar="FILE", help="what to write: .csv, .geojson or .parquet"
    )


def new(sub: argparse.ArgumentParser) -> None:
    """The arguments of `new`."""
    sub.add_argument("folder", type=Path, metavar="FOLDER", help="the folder to make; nothing may be in it")


def _format(sub: argparse.ArgumentParser, *choices: str) -> None:
    sub.add_argument("--format", choices=choices, default=choices[0], help="default: %(default)s")
