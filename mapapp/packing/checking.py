"""Verifying a pack: whether its files are those of its receipt, and the records still say what they show."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import Any

from mapapp.briefing.sharing import edition
from mapapp.briefing.verify import Verdict, verify_content
from mapapp.briefing.view import View, from_record
from mapapp.errors import AskedWrongly, MapappError
from mapapp.packing.members import members
from mapapp.packing.pack import FORMAT, RECEIPT, PackReceipt, Told, quiet
from mapapp.situation.situation import Situation

MOST_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class PackVerdict:
    """What became of a pack: file by file, each difference a line."""

    receipt: PackReceipt
    same: bool
    lines: list[str]

    def as_text(self) -> str:
        """The verdict for a person."""
        head = f"same: {self.receipt.id}" if self.same else f"differs: {self.receipt.id}"
        return "\n".join([head, *(f"  {line}" for line in self.lines)])


def is_pack(content: bytes) -> bool:
    """Whether these are the bytes of a pack."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return RECEIPT in archive.namelist()


def verify_pack(content: bytes, situation: Situation, progress: Told = quiet) -> PackVerdict:
    """Make every file of a pack again and compare.

    Parameters
    ----------
    content : bytes
        Of the zip.
    situation : Situation
        The records as they are now.
    progress : callable
        Told how much is done, of how much, and of what.

    Raises
    ------
    AskedWrongly
        Where it has no receipt, or is damaged.
    """
    files = _files(content)
    made = _receipt(files)
    lines = [f"{name}: it is not in the pack any more." for name in made.files if name not in files]
    verdicts = _compared(files, made, situation, progress)
    for name, found in verdicts.items():
        lines += [f"{name}: {line}" for line in found]
    return PackVerdict(made, not lines, lines or [f"{name}: same" for name in verdicts])


def _compared(files: dict[str, bytes], made: PackReceipt, situation: Situation, progress: Told) -> dict[str, list[str]]:
    """Name -> what differs, for each file that is there."""
    view, since = _asked(made)
    try:
        seen = edition(situation, view.audience, view.known, confirmed_only=view.confirmed_only)
        asked = [one for one in members(seen, view, since) if one.name in files]
    except MapappError as error:
        return {name: [f"It cannot be made again: {error}"] for name in made.files}
    found = {}
    for number, member in enumerate(asked):
        progress(number, len(asked), member.what)
        there = files[member.name]
        edited = hashlib.sha256(there).hexdigest() != made.files.get(member.name)
        lines = ["It is not the one of the receipt: it was edited after it was made."] if edited else []
        if member.picture:
            lines += _differences(verify_content(there, None, situation))
        elif not edited and member.make(lambda done, count: None)[0] != there:
            lines.append("Made again from the records as they are now it reads otherwise.")
        found[member.name] = lines
    progress(len(asked), len(asked), "done")
    return found


def _differences(verdict: Verdict) -> list[str]:
    return verdict.differences if not verdict.same else []


def _files(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise AskedWrongly("The pack is larger than any that this program makes.")
            return {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise AskedWrongly("The pack is damaged: it cannot be read to its end.") from error


def _receipt(files: dict[str, bytes]) -> PackReceipt:
    try:
        said: dict[str, Any] = json.loads(files[RECEIPT])
        if said.pop("pack") != FORMAT:
            raise AskedWrongly("The receipt was written by another version of the program, which this one cannot read.")
        return PackReceipt(**said)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise AskedWrongly("What stands where the receipt of the pack should be is not a receipt.") from error


def _asked(made: PackReceipt) -> tuple[View, date]:
    try:
        return from_record(made.view), date.fromisoformat(made.since)
    except (TypeError, ValueError) as error:
        raise AskedWrongly("The receipt does not say what the pack shows: it was changed by hand.") from error
