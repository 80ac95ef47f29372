"""Verifying: whether a file is still the picture of its receipt, and the records still say what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import mapapp
from mapapp.briefing import moving
from mapapp.briefing.animation import Progress, animate
from mapapp.briefing.content import picture_digest, receipt_text
from mapapp.briefing.receipt import Receipt, digests, read
from mapapp.briefing.sharing import Edition, edition
from mapapp.briefing.snapshot import Snapshot, beside, snapshot
from mapapp.briefing.view import from_record
from mapapp.errors import MapappError, NotFound
from mapapp.situation.situation import Situation

FILES = {"facilities": "facilities", "places": "cities.geojson", "events": "events.csv", "figures": "figures.csv",
         "sources": "sources.csv", "zones": "control_zones.geojson"}  # fmt: skip
"""Table -> where its records stand, for a person who looks for one."""

SAME = "same"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a picture.

    Attributes
    ----------
    receipt : Receipt
        The one that was read.
    same : bool
        Whether the picture, made again now, is the one in the file.
    differences : list of str
        What differs, a line each.
    notes : list of str
        What is worth knowing and makes no difference to the picture.
    """

    receipt: Receipt
    same: bool
    differences: list[str]
    notes: list[str]

    def as_text(self) -> str:
        """The verdict for a person."""
        head = f"{SAME}: {self.receipt.id}" if self.same else f"differs: {self.receipt.id}"
        return "\n".join(
            [head, *(f"  {line}" for line in self.differences), *(f"  note: {line}" for line in self.notes)]
        )


def quiet(done: int, count: int) -> None:
    """Nobody waits to be told how far it is."""


def verify(path: Path, situation: Situation, progress: Progress = quiet) -> Verdict:
    """Make the picture of a receipt again and compare.

    Parameters
    ----------
    path : Path
        A PNG, SVG, PDF or PPTX, a PNG pulled out of a PPTX, or a GIF, WebP or MP4. The receipt is read from it, or else
        from the JSON beside it.
    situation : Situation
        The records as they are now.
    progress : callable
        Told how many frames of a moving picture are drawn again, and how many there are.

    Returns
    -------
    Verdict
        With the records that differ by id, and whether the picture was edited.

    Raises
    ------
    NotFound, AskedWrongly
        Where there is no file, no receipt, or none that can be read.
    """
    outside = beside(path, "receipt")
    said = outside.read_text("utf-8") if outside.is_file() else None
    return verify_content(_content(path), said, situation, progress)


def verify_content(content: bytes, beside_it: str | None, situation: Situation, progress: Progress = quiet) -> Verdict:
    """The same of the bytes of a picture, and of the receipt that stands beside it, if any."""
    inside = receipt_text(content)
    if not inside and not beside_it:
        raise NotFound("The picture has no receipt in it, and there is none beside it (FILE.receipt.json).")
    made = read(inside or beside_it or "")
    seen = picture_digest(content)
    edited = bool(made.picture) and seen != made.picture
    differences = ["The picture is not the one of the receipt: it was edited after it was made."] if edited else []
    view = from_record(made.view)
    try:
        now = edition(situation, view.audience, view.known, confirmed_only=view.confirmed_only)
    except MapappError as error:
        return Verdict(made, False, [*differences, f"It cannot be made again: {error}"], [])
    changed, notes = _records(made, now), _notes(made, now)
    differences += changed
    if made.situation != situation.id:
        differences.append(f"It was made from the situation {made.situation!r}, not from {situation.id!r}.")
    again = _again(made, now, progress)
    same = again is not None and again.receipt.picture == seen
    if again is None:
        differences.append("What it shows is no longer on record: it cannot be made again.")
    elif not same and _packed_elsewhere(made, again):
        same = not differences
        notes.append(f"It was packed by {made.encoder}, here is {again.receipt.encoder}: the bytes cannot be compared. "
                     "Every frame drawn again is the one that was packed, and the file is as its receipt has it."
                     )  # fmt: skip
    elif not same and not differences:
        differences.append(_other_reason(made))
    return Verdict(made, same and not differences, differences, notes)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotFound(f"There is no file {path} that can be read ({error.strerror}).") from error


def _records(made: Receipt, now: Edition) -> list[str]:
    """What became of the records the picture rests on, record by record."""
    current = digests(now.timeline, made.records)
    found = []
    for table, records in made.records.items():
        for record_id, digest in records.items():
            there = current.get(table, {}).get(record_id)
            if there is None:
                found.append(f"{FILES[table]}: {record_id} is not there any more.")
            elif there != digest:
                found.append(f"{FILES[table]}: {record_id} has changed.")
    return found


def _notes(made: Receipt, now: Edition) -> list[str]:
    notes = []
    if made.digest != now.timeline.situation.digest:
        notes.append("The files of the situation have changed since.")
    if made.version != mapapp.__version__:
        notes.append(f"It was made by version {made.version}, this is {mapapp.__version__}.")
    return notes


def _again(made: Receipt, now: Edition, progress: Progress) -> Snapshot | None:
    """The picture made again; None where it cannot be made."""
    view = from_record(made.view)
    try:
        if made.file in moving.KINDS:
            return animate(now, view, made.file, progress)
        return snapshot(now, view, "png" if made.file == "pptx" else made.file, made.dpi or 300)
    except MapappError:
        return None


def _packed_elsewhere(made: Receipt, again: Snapshot) -> bool:
    """Whether the frames are the same and only the program that packed them is another."""
    return bool(made.frames) and made.frames == again.receipt.frames and made.encoder != again.receipt.encoder


def _other_reason(made: Receipt) -> str:
    if made.version != mapapp.__version__:
        return "Every record is as it was, but this version of the program draws it differently."
    return "Every record it names is as it was, but records have been added that change what is shown."
