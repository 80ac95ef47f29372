"""A caption drafted from the records: what changed since a day, counted and named, and nothing besides."""

from __future__ import annotations

from datetime import date

from mapapp.briefing.changelist import ground_changes, place_changes, site_changes
from mapapp.briefing.frame import frame
from mapapp.briefing.margins import CAPTION_PT
from mapapp.briefing.text import width_mm
from mapapp.briefing.view import View
from mapapp.briefing.words import day_words
from mapapp.timeline.timeline import Timeline


def caption(timeline: Timeline, view: View, since: date) -> str:
    """Draft the caption of a sheet: as many changes as fit on its line, the widest first.

    Parameters
    ----------
    timeline : Timeline
        As the readers may see it.
    view : View
        Of the sheet: its day and its paper.
    since : date
        The day from which on changes are told.
    """
    head = f"Since {day_words(since)}: "
    facts = _facts(timeline, since, view.day)
    if not facts:
        return f"No change is on record since {day_words(since)}."
    page = frame(view.paper, portrait=view.portrait, caption=True)
    told: list[str] = []
    for fact in facts:
        text = head + "; ".join([*told, fact])
        if width_mm(text, CAPTION_PT * page.scale) <= page.header.w:
            told.append(fact)
    return head + "; ".join(told or facts[:1])


def _facts(timeline: Timeline, since: date, day: date) -> list[str]:
    sites, places = site_changes(timeline, since, day), place_changes(timeline, since, day)
    ground = ground_changes(timeline, since, day)
    counted = [f"{len(sites)} of {len(timeline.register.facilities)} sites changed"] if sites else []
    passed = sorted(places.items(), key=lambda one: -len(one[1]))
    counted += [f"{_counted(names)} {said}" for said, names in passed]
    told = sorted(sites.values(), key=lambda text: ": state " not in text)
    return [*counted[:3], *told[:2], *counted[3:], *([f"ground {', '.join(ground)}"] if ground else []), *told[2:]]


def _counted(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} places"
