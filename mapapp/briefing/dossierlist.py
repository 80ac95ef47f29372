"""The column of a sheet about one facility: its state, who says how many people are inside, and what happened."""

from __future__ import annotations

from mapapp.briefing import ink
from mapapp.briefing.canvas import Canvas
from mapapp.briefing.frame import Box
from mapapp.briefing.text import clean, line_mm, wrap
from mapapp.briefing.view import View
from mapapp.briefing.words import UNKNOWN, day_words, persons_words, short_day
from mapapp.situation.symbols import SHAPES, STATUSES
from mapapp.timeline import dossier
from mapapp.timeline.records import NEVER, Record
from mapapp.timeline.status import board
from mapapp.timeline.timeline import Timeline

NAME_PT, HEAD_PT, ENTRY_PT = 10.5, 7.2, 6.7


def draw_dossier(canvas: Canvas, timeline: Timeline, view: View, box: Box, scale: float) -> list[Record]:
    """Write the column; gives the events that it names."""
    row = next(row for row in board(timeline, view.day) if row["facility_id"] == view.facility_id)
    found = dossier.facility(timeline, row["facility_id"], view.day)
    y = canvas.text(box.x, box.y + 1, clean(row["name"]), NAME_PT * scale, weight="bold")
    if row["name_ar"]:
        y = canvas.text(box.x, y, clean(row["name_ar"]), NAME_PT * scale, colour=ink.SOFT)
    size = ENTRY_PT * scale
    y = canvas.text(box.x, y, f"{SHAPES[row['facility_type']].label}; {found['precision']}", size, colour=ink.SOFT) + 1
    y = _facts(canvas, timeline, row, box, y, scale)
    y = _claims(canvas, row, box, y, scale)
    return _events(canvas, found, view, box, y, scale)


def _facts(canvas: Canvas, timeline: Timeline, row: Record, box: Box, y: float, scale: float) -> float:
    size, aside = ENTRY_PT * scale, 17 * scale
    actors = timeline.situation.actors
    status = STATUSES[row["status"]].label if row["status"] else UNKNOWN
    facts = [("State", status, row["status_since"])]
    for name, column in (("Operator", "operator"), ("Guard", "guard"), ("Ground", "ground_holder")):
        actor = actors.get(row[column])
        since = row["ground_since"] if column == "ground_holder" else row[f"{column}_since"]
        facts.append((name, actor.name if actor else row[column] or UNKNOWN, since))
    facts.append(("Verified", short_day(row["last_verified_on"]), None))
    for name, value, since in facts:
        canvas.text(box.x, y, name, size, colour=ink.SOFT)
        said = f"{value}, since {short_day(since)}" if since else value
        y = canvas.lines(box.x + aside, y, wrap(said, box.w - aside, size, most=2), size) + 0.3 * scale
    return y + 1


def _claims(canvas: Canvas, row: Record, box: Box, y: float, scale: float) -> float:
    """Every claim by itself: no average, no single number where they differ."""
    size = ENTRY_PT * scale
    y = canvas.text(box.x, y, "People inside, as claimed", HEAD_PT * scale, weight="bold") + 0.3 * scale
    claims = (row["persons"] or {"claims": []})["claims"]
    if not claims:
        return canvas.text(box.x, y, "no head count on record", size, colour=ink.SOFT) + 1
    for claim in claims[:5]:
        number, day = persons_words({**_range(claim), "as_of_precision": claim["time_precision"]})
        claimant = clean(claim["claimed_by"] or "claimant not named")
        text = f"{number or 'no number'} ({day or short_day(claim['as_of'])}): {claimant}"
        lines = wrap(text, box.w, size, most=2)
        if y + len(lines) * line_mm(size) > box.bottom:
            break
        y = canvas.lines(box.x, y, lines, size)
    return y + 1


def _range(claim: Record) -> Record:
    low = claim["best"] if claim["low"] is None else claim["low"]
    high = claim["best"] if claim["high"] is None else claim["high"]
    return {**claim, "low": low, "high": high}


def _events(canvas: Canvas, found: Record, view: View, box: Box, y: float, scale: float) -> list[Record]:
    size = ENTRY_PT * scale
    past = [
        one for one in found["events"] if (one["date"] or NEVER) <= view.day.isoformat() and not one["superseded_by"]
    ]
    if not past or y + 3 * line_mm(size) > box.bottom:
        return []
    y = canvas.text(box.x, y, f"On record, up to {day_words(view.day, short=True)}", HEAD_PT * scale, weight="bold")
    told = []
    for event in past:
        lines = wrap(f"{short_day(event['date'], event['time_precision'])}: {event['title']}", box.w, size, most=3)
        if y + len(lines) * line_mm(size) > box.bottom:
            break
        y = canvas.lines(box.x, y, lines, size) + 0.4 * scale
        told.append(event)
    return told
