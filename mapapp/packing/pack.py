"""The pack: sheet, slide, film, offline page and change report in one file, with a receipt for all of them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import mapapp
from mapapp.briefing.animation import frame_days
from mapapp.briefing.lint import Finding, as_records
from mapapp.briefing.receipt import ID_SIGNS, canonical
from mapapp.briefing.sharing import Edition
from mapapp.briefing.view import View
from mapapp.errors import AskedWrongly
from mapapp.packing.members import Member, film, members
from mapapp.timeline.lookback import require_on_record

FORMAT = 1
RECEIPT, LINT, READ_ME = "receipt.json", "lint.json", "READ-ME.txt"
ZIP_DAY = (1980, 1, 1, 0, 0, 0)
PACKED_ALREADY = (".png", ".mp4", ".pptx", ".pdf")
STEPS = 100
"""How much of the progress a film takes; every other file takes one step in ten of it."""

Told = Callable[[int, int, str], None]
"""Told how much is done, of how much, and what is being made."""

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    undefined=StrictUndefined,
    autoescape=False,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True, slots=True)
class PackReceipt:
    """What a pack was made from.

    Attributes
    ----------
    id : str
        Of the situation, the day, and of all the rest a digest.
    situation, digest, version : str
        The id of the situation, of its files as they were, and of this program.
    view : dict
        What was asked for (see `view.View.as_record`).
    since : str
        The day from which on changes are told.
    marking : str
        The sharing level.
    withheld : dict
        Kind of record -> how many were withheld.
    files : dict
        Name -> SHA-256 of each file of the pack.
    """

    id: str
    situation: str
    digest: str
    version: str
    view: dict[str, Any]
    since: str
    marking: str
    withheld: dict[str, int]
    files: dict[str, str]

    def as_json(self) -> str:
        """The receipt as a line of JSON, always the same for the same receipt."""
        return canonical({"pack": FORMAT, **asdict(self)})


@dataclass(frozen=True, eq=False)
class Pack:
    """A zip to hand over: its bytes, its receipt, and what lint found on its pictures."""

    content: bytes
    receipt: PackReceipt
    findings: list[Finding]


def quiet(done: int, count: int, what: str) -> None:
    """Nobody waits to be told how far it is."""


def pack(edition: Edition, view: View, since: date, progress: Told = quiet) -> Pack:
    """Make a briefing pack.

    Parameters
    ----------
    edition : Edition
        The situation for the audience and the known day that the view names (see `mapapp.edition`).
    view : View
        Of the sheet; slide and film show the same on the shape of a screen.
    since : date
        The day from which on changes are told: where film and change report begin.
    progress : callable
        Told how much is done, of how much, and what is being made.

    Returns
    -------
    Pack
        The same input gives the same bytes.

    Raises
    ------
    AskedWrongly, NotFound
        Where the days make no sense or the view cannot be drawn.
    """
    if since > view.day:
        raise AskedWrongly(f"Changes are told from {since} on, which is after the day shown, {view.day}.")
    for day in (since, view.day):
        require_on_record(edition.timeline, day)
    frame_days(edition, film(view, since))  # a film of too many days is refused before anything is made
    files, findings = _made(members(edition, view, since), progress)
    receipt = _receipt(edition, view, since, files)
    findings = list(dict.fromkeys(findings))
    said = json.dumps(as_records(findings), ensure_ascii=False, indent=1) + "\n"
    texts = {READ_ME: _read_me(edition, view, since, receipt), RECEIPT: receipt.as_json() + "\n", LINT: said}
    return Pack(zipped({**files, **{name: text.encode() for name, text in texts.items()}}), receipt, findings)


def _made(asked: list[Member], progress: Told) -> tuple[dict[str, bytes], list[Finding]]:
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    count, done = 10 * (len(asked) - 1) + STEPS, 0
    for member in asked:
        progress(done, count, member.what)
        share = 10 if not member.name.endswith(".mp4") else STEPS

        def within(frame: int, frames: int, start: int = done, what: str = member.what, share: int = share) -> None:
            progress(start + share * frame // max(frames, 1), count, what)

        files[member.name], found = member.make(within)
        findings += found
        done += share
    progress(count, count, "done")
    return files, findings


def _receipt(edition: Edition, view: View, since: date, files: Mapping[str, bytes]) -> PackReceipt:
    situation = edition.timeline.situation
    said = {
        "situation": situation.id,
        "digest": situation.digest,
        "version": mapapp.__version__,
        "view": view.as_record(),
        "since": since.isoformat(),
        "marking": edition.marking,
        "withheld": dict(edition.withheld),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    whole = hashlib.sha256(canonical(said).encode()).hexdigest()[:ID_SIGNS]
    return PackReceipt(id=f"{situation.id[:24]}-{view.day:%Y%m%d}-pack-{whole}", **said)


def _read_me(edition: Edition, view: View, since: date, receipt: PackReceipt) -> str:
    told = {member.name: member.what for member in members(edition, view, since)}
    return _TEMPLATES.get_template("read-me.txt.j2").render(
        situation=edition.timeline.situation, edition=edition, view=view, since=since, receipt=receipt, told=told
    )


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as a zip, with one fixed day in its directory: the same files give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            how = zipfile.ZIP_STORED if name.endswith(PACKED_ALREADY) else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, ZIP_DAY), data, how)
    return content.getvalue()
