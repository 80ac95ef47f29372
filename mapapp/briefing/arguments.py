"""How pictures are asked for on the command line; nothing heavy is imported, so that `--help` is instant."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from typing import Any

from mapapp.briefing.view import PAPERS, View
from mapapp.errors import AskedWrongly
from mapapp.situation.codes import AUDIENCES
from mapapp.situation.dates import asked_day

DAYS = 12
MOVING = (".gif", ".webp", ".mp4")


def _shared(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("folder", nargs="?", metavar="FOLDER", help="the situation folder (default: the bundled one)")
    sub.add_argument("--known", metavar="K", help="leave out what was reported after this day")
    sub.add_argument("--confirmed-only", action="store_true", help="leave out what is not confirmed")
    sub.add_argument("--audience", choices=AUDIENCES, help="make the copy for them: what they may not see is not in it")
    sub.add_argument("--extent", metavar="W,S,E,N", help="west,south,east,north in degrees (default: all sites)")
    sub.add_argument("--paper", choices=list(PAPERS), help="default: A4, 16:9 for a slide")
    sub.add_argument("--portrait", action="store_true", help="upright")
    sub.add_argument("--title", help="in place of the situation's own")
    sub.add_argument("--caption", help="one line under the title")
    sub.add_argument("--kind", default="", metavar="KINDS", help="only these kinds of site, with commas between them")
    sub.add_argument("--status", default="", metavar="STATES", help="only sites in these states")
    sub.add_argument("--holder", default="", metavar="ACTORS", help="only sites on the ground of these holders")
    sub.add_argument("--created", metavar="MOMENT", help="the moment of making to print, UTC (default: now)")


def snapshot(sub: argparse.ArgumentParser) -> None:
    """The arguments of `snapshot`."""
    _shared(sub)
    sub.add_argument("--date", required=True, metavar="D", help="the day to show, as YYYY-MM-DD")
    sub.add_argument("--out", required=True, metavar="FILE", help="a .png, .svg, .pdf or .pptx, or a folder for a PNG")
    which = sub.add_mutually_exclusive_group()
    which.add_argument("--facility", metavar="ID", help="a sheet about this facility")
    which.add_argument("--before", metavar="D", help="a pair: this day beside the other, and what changed")
    which.add_argument("--days", metavar="D,D,...", help=f"small maps of up to {DAYS} days")
    which.add_argument("--atlas", action="store_true", help="one sheet for each facility, as PDF")
    sub.add_argument("--table", action="store_true", help="with a table of the sites in view")
    sub.add_argument("--dpi", type=int, default=300, help="of PNG (default: %(default)s)")


def animate(sub: argparse.ArgumentParser) -> None:
    """The arguments of `animate`."""
    _shared(sub)
    sub.add_argument("--from", dest="first", required=True, metavar="A", help="the first day, as YYYY-MM-DD")
    sub.add_argument("--to", dest="last", required=True, metavar="B", help="the last day")
    sub.add_argument("--out", required=True, metavar="FILE", help="a .gif, .webp or .mp4")
    sub.add_argument("--changes", action="store_true", help="a frame for each day on which something changes, not each")


def pack(sub: argparse.ArgumentParser) -> None:
    """The arguments of `pack`."""
    _shared(sub)
    sub.add_argument("--date", required=True, metavar="D", help="the day to show, as YYYY-MM-DD")
    sub.add_argument("--since", required=True, metavar="A", help="the day from which on changes are told")
    sub.add_argument("--facility", metavar="ID", help="a sheet about this facility")
    sub.add_argument("--table", action="store_true", help="with a table of the sites in view")
    sub.add_argument("--out", required=True, metavar="FILE.zip", help="the file to write or replace")


def verify(sub: argparse.ArgumentParser) -> None:
    """The arguments of `verify`."""
    sub.add_argument("file", metavar="FILE", help="a picture, still or moving, a PNG pulled out of a slide, or a pack")
    sub.add_argument("--in", dest="folder", metavar="FOLDER", help="the situation folder (default: the bundled one)")


def view(args: argparse.Namespace, shown: date, now: datetime, **more: Any) -> View:
    """The view that was asked for."""
    return View(
        day=shown,
        created=_moment(args.created) if args.created else now,
        known=asked_day(args.known) if args.known else None,
        confirmed_only=args.confirmed_only,
        extent=_extent(args.extent) if args.extent else None,
        audience=args.audience,
        paper=args.paper or ("16:9" if args.out.lower().endswith((".pptx", *MOVING)) else "A4"),
        portrait=args.portrait,
        title=args.title,
        caption=args.caption,
        facility_types=_several(args.kind),
        statuses=_several(args.status),
        holders=_several(args.holder),
        **more,
    )


def snapshot_view(args: argparse.Namespace, now: datetime) -> View:
    """The view of `snapshot`."""
    days = tuple(sorted({asked_day(one) for one in _several(args.days or "")}))
    return view(
        args,
        asked_day(args.date),
        now,
        facility_id=args.facility,
        before=asked_day(args.before) if args.before else None,
        days=days,
        atlas=args.atlas,
        table=args.table,
    )


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _extent(text: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise AskedWrongly("The extent is four numbers, west,south,east,north, such as 38,34.5,42.5,37.5.") from error
    return west, south, east, north


def _moment(text: str) -> datetime:
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise AskedWrongly("--created is a moment such as 2026-01-20T12:00Z.") from error
    aware = read if read.tzinfo else read.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(microsecond=0)
