"""Lint: what must not be missing from a picture, and what a reader should be warned of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from mapapp.briefing.onemap import SCALE
from mapapp.briefing.sharing import Edition
from mapapp.briefing.sheet import Sheet
from mapapp.briefing.text import clean
from mapapp.briefing.view import View
from mapapp.situation.codes import AUDIENCES
from mapapp.timeline.records import Record
from mapapp.timeline.sharing import level
from mapapp.timeline.timeline import Timeline

UN = "united nations"
STALE_DAYS, OLD_FIGURE_DAYS = 90, 365
"""From here on a site counts as not verified lately, and a head count as old."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that lint found.

    Attributes
    ----------
    rule : str
        Its name.
    record : str
        The record it is about; empty for the sheet as a whole.
    reason : str
        What is wrong and what to do, for whoever makes the picture.
    severity : {'error', 'warning', 'note'}
        An error: the picture is not to be handed over.
    """

    rule: str
    record: str
    reason: str
    severity: Literal["error", "warning", "note"] = "warning"


def lint(sheet: Sheet, edition: Edition, view: View) -> list[Finding]:
    """Look a drawn sheet over.

    Parameters
    ----------
    sheet : Sheet
        As drawn.
    edition : Edition
        What it was drawn from.
    view : View
        What was asked for.

    Returns
    -------
    list of Finding
        Errors first; empty where all is well.
    """
    found = [
        *_missing(edition, view, sheet),
        *_marking(edition, sheet),
        *_stale(sheet, view),
        *_unsourced(edition, sheet),
        *_old_figures(sheet, view),
        *_no_room(sheet),
        *_legend(sheet),
    ]
    order = ("error", "warning", "note")
    return sorted(dict.fromkeys(found), key=lambda one: (order.index(one.severity), one.rule, one.record))


def _missing(edition: Edition, view: View, sheet: Sheet) -> Iterator[Finding]:
    situation = edition.timeline.situation
    if not clean(view.title or situation.title):
        yield Finding("title", "", "The sheet has no title. Give one, or write it into situation.toml.", "error")
    if not situation.disclaimer.strip():
        yield Finding("disclaimer", "", "situation.toml has no disclaimer. Write one that names your own organisation.",
                      "error")  # fmt: skip
    elif UN in situation.disclaimer.casefold() and UN not in situation.organisation.casefold():
        yield Finding("disclaimer", "", "The disclaimer speaks for the United Nations, which did not make this sheet. "
                      "Name your own organisation.", "error")  # fmt: skip
    if not situation.organisation.strip():
        yield Finding("organisation", "", "situation.toml does not say whose sheet this is (organisation).", "error")
    if not sheet.receipt.records["sources"]:
        yield Finding("sources", "", "Nothing on the sheet names a source.", "error")
    if not sheet.body.facts and SCALE not in sheet.canvas.keys(""):
        yield Finding("scale", "", "There is no scale bar: the map is too small for one.", "error")
    if not situation.tlp and edition.marking == AUDIENCES[0] and view.audience is None:
        yield Finding(
            "marking", "", "No sharing level is set. Choose an audience, or set tlp in situation.toml.", "error"
        )
    shown = [view.day, *view.days, *([view.before] if view.before else [])]
    for day in shown:
        if not situation.first_day <= day <= situation.last_day:
            yield Finding("day", "", f"{day} is outside of the days that the situation is about "
                          f"({situation.first_day} to {situation.last_day}).")  # fmt: skip


def _marking(edition: Edition, sheet: Sheet) -> Iterator[Finding]:
    """Records that are held more closely than the sheet is marked."""
    situation, allowed = edition.timeline.situation, AUDIENCES.index(edition.marking)
    register = edition.timeline.register
    tables: dict[str, Any] = {
        "facilities": register.facilities,
        "places": register.places,
        "events": register.events,
        "sources": register.sources,
        "figures": {one["figure_id"]: one for several in register.figures.values() for one in several},
    }
    for name, table in tables.items():
        for record_id in sheet.receipt.records[name]:
            tlp = table[record_id].get("tlp")
            if level(tlp, situation) > allowed:
                yield Finding("marking", record_id, f"It is TLP:{tlp}, the sheet is TLP:{edition.marking}. "
                              "Make a copy for an audience (--audience), or take it out of view.", "error")  # fmt: skip


def _rows(sheet: Sheet) -> list[Record]:
    """The sites of the last map: all maps of a sheet show the same ones."""
    return [site.record for site in sheet.body.scenes[-1].sites]


def _stale(sheet: Sheet, view: View) -> Iterator[Finding]:
    for row in _rows(sheet):
        days = row["staleness_days"]
        if days is None:
            yield Finding("stale", row["facility_id"], "Nobody is on record as having verified this site.")
        elif days > STALE_DAYS:
            yield Finding("stale", row["facility_id"], f"Last verified {days} days before the day shown.")


def _unsourced(edition: Edition, sheet: Sheet) -> Iterator[Finding]:
    register = edition.timeline.register
    hidden = edition.withheld.get("sources", 0)
    sites = [site.key for site in sheet.body.scenes[-1].sites]
    named = {"facilities": sites, "events": list(sheet.receipt.records["events"])}
    for name, ids in named.items():
        table = register.facilities if name == "facilities" else register.events
        for record_id in ids:
            if not any(one in register.sources for one in table[record_id]["source_ids"]):
                reason = "Its sources are withheld in this copy." if hidden else "It names no source that is on file."
                yield Finding("unsourced", record_id, reason, "note" if hidden else "warning")


def _old_figures(sheet: Sheet, view: View) -> Iterator[Finding]:
    for row in _rows(sheet):
        persons = row["persons"]
        if persons is None or row["facility_id"] not in {*sheet.body.counted, view.facility_id}:
            continue
        days = (view.day - date.fromisoformat(persons["as_of"])).days
        if days > OLD_FIGURE_DAYS:
            yield Finding("old figure", row["facility_id"], f"Its head count is {days} days older than the day shown.")


def _no_room(sheet: Sheet) -> Iterator[Finding]:
    for facility_id in dict.fromkeys(sheet.body.unplaced):
        yield Finding(
            "label", facility_id, "Its name found no room on the map. Choose a larger paper or a smaller extent."
        )
    for what in dict.fromkeys(sheet.body.cut):
        severity: Literal["error", "warning"] = "error" if what in {"title"} else "warning"
        yield Finding("cut", "", f"No room for all of it: {what}.", severity)


def _legend(sheet: Sheet) -> Iterator[Finding]:
    drawn, listed = sheet.canvas.keys("map"), sheet.canvas.keys("legend")
    for key in sorted(drawn - listed):
        yield Finding("legend", "", f"It is on the map and not in the legend: {key}.", "error")


def worst(findings: Iterable[Finding]) -> str:
    """The gravest severity among findings; empty where there are none."""
    severities = {one.severity for one in findings}
    return next((one for one in ("error", "warning", "note") if one in severities), "")


def as_text(findings: Sequence[Finding]) -> str:
    """The findings for a person."""
    lines = [f"{one.severity}: {one.rule}{f' ({one.record})' if one.record else ''}: {one.reason}" for one in findings]
    return "\n".join(lines) + "\n" if lines else "Nothing found.\n"


def about(finding: Finding, timeline: Timeline) -> str:
    """What a finding is about, by its name: a site, a place, another record by its id, or the sheet as a whole."""
    register = timeline.register
    found = register.facilities.get(finding.record) or register.places.get(finding.record)
    return clean(found["name"]) if found else finding.record or "the sheet"


def as_records(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """The findings as plain values."""
    return [asdict(one) for one in findings]
