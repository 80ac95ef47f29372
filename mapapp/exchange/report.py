"""The change report: what changed between two days, on one page, as Markdown or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mapapp.situation.codes import CODES
from mapapp.timeline.changes import KINDS
from mapapp.timeline.late import KINDS as CAME_LATER
from mapapp.timeline.records import Record
from mapapp.timeline.sharing import withheld_words
from mapapp.timeline.timeline import Timeline
from mapapp.timeline.wording import read_range

TEMPLATES = Path(__file__).with_name("templates")
UNKNOWN = "unknown"
ATTRIBUTES = {
    "status": "status",
    "operator": "operator",
    "guard": "guard",
    "ground_holder": "ground",
    "ground_contested_by": "ground claimed by",
    "holder": "holder",
    "contested_by": "claimed by",
}
CLAIMS = ("ground_contested_by", "contested_by")
OWN_LINE = {"status", "operator", "guard"}
"""Changes of a facility that are told one by one; those of the ground under it are told together."""

_MARKUP = re.compile(r"([\\`*_\[\]#!|<>~&])")


def markdown(changes: dict[str, Any], timeline: Timeline) -> str:
    """Give a change report as Markdown.

    Parameters
    ----------
    changes : dict
        See `mapapp.timeline.changes.changes`.
    timeline : Timeline
        The later of the two it was made from: for names and sources.

    Returns
    -------
    str
        Counts rounded for reading. Nothing in the data acts as markup.
    """
    return _environment(autoescape=False).get_template("changes.md.j2").render(view(changes, timeline))


def html(changes: dict[str, Any], timeline: Timeline) -> str:
    """Give the same report as one HTML file that asks nobody for anything."""
    return _environment(autoescape=True).get_template("changes.html.j2").render(view(changes, timeline))


def _environment(autoescape: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = _plain_markdown
    return environment


def _plain_markdown(text: object) -> str:
    """A text on one line, every sign that could be markup turned into itself."""
    return _MARKUP.sub(r"\\\1", " ".join(str(text).split()))


def view(changes: dict[str, Any], timeline: Timeline) -> dict[str, Any]:
    """Give all that the report says, in words, in the order of the page."""
    say = _Words(timeline)
    contradictions = changes["contradictions"]
    shown = [*changes["facilities"], *changes["places"], *changes["figures"], *changes["counts"]]
    clashes = [*contradictions["new"], *contradictions["settled"]]
    cited = [one for row in shown for one in row["source_ids"]]
    cited += [
        one for row in clashes for side in row["sides"] for record in side["records"] for one in record["source_ids"]
    ]
    situation = timeline.situation
    return {
        "title": situation.title,
        **{name: changes[name] for name in ("from", "to", "known_from", "known_to")},
        "situation": situation,
        "withheld": withheld_words(situation.withheld),
        "holders": [{**row, "holder": say.actor(row["holder"])} for row in changes["ground"]["holders"]],
        "passed": [
            {"from": say.actor(row["from"]), "to": say.actor(row["to"]), "km2": row["km2"]}
            for row in changes["ground"]["passed"]
        ],
        "facilities": _together(say.change(row) for row in changes["facilities"]),
        "places": _together(say.change(row) for row in changes["places"]),
        "new": contradictions["new"],
        "settled": contradictions["settled"],
        **rounded(changes, timeline),
        "sources": [timeline.register.sources[one] for one in sorted(set(cited)) if one in timeline.register.sources],
    }


def rounded(changes: dict[str, Any], timeline: Timeline) -> dict[str, list[Record]]:
    """Give `figures`, `counts` and `late` of some changes for reading: numbers rounded, kinds in words."""
    say = _Words(timeline)
    return {
        "figures": [say.figure(row) for row in changes["figures"]],
        "counts": [say.count(row) for row in changes["counts"]],
        "late": [say.late(row) for row in changes["late"]],
    }


class _Words:
    """Codes and ids in words.

    Parameters
    ----------
    timeline : Timeline
        For the names of its actors.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._actors = timeline.situation.actors

    def actor(self, actor_id: str | None) -> str:
        """The short name of an actor; not established where there is none."""
        if actor_id is None:
            return "not established"
        return self._actors[actor_id].short if actor_id in self._actors else actor_id

    def change(self, row: Record) -> Record:
        """A change of a facility or place."""
        say = {"status": self._status, **dict.fromkeys(CLAIMS, self._claim)}.get(row["attribute"], self._held)
        steps = [f"{say(step['value'])} ({step['on']})" for step in row["steps"]]
        way = " → ".join([say(row["before"]), *(steps or [say(row["after"])])])
        alone = row["name"] if row["attribute"] in OWN_LINE else ""
        said = {"attribute": ATTRIBUTES[row["attribute"]], "way": way, "kind": KINDS[row["kind"]]}
        return {**row, **said, "alone": alone}

    def _held(self, actor_id: str | None) -> str:
        return UNKNOWN if actor_id is None else self.actor(actor_id)

    def _claim(self, actor_id: str | None) -> str:
        return "nobody" if actor_id is None else self.actor(actor_id)

    def _status(self, status: str | None) -> str:
        return UNKNOWN if status is None else CODES["status"][status].partition(":")[0]

    def figure(self, row: Record) -> Record:
        """A head count, rounded for reading."""
        before = row["revises"]
        return {
            **row,
            "said": _read(row),
            "unit": "persons" if _says_persons(row) else "families",
            "revises": before and {**before, "said": _read(before)},
        }

    def count(self, row: Record) -> Record:
        """A count of people moved, escaped or freed."""
        return {**row, "said": _read(row)}

    def late(self, row: Record) -> Record:
        """A record that came later; a head count has no title but its number."""
        title = f"head count: {_read(row)}" if row["table"] == "figures" else row["title"]
        return {**row, "title": title, "kind": CAME_LATER[row["kind"]]}


def _says_persons(row: Record) -> bool:
    return any(row[name] is not None for name in ("low", "best", "high"))


def _read(row: Record) -> str:
    low, high = ("low", "high") if _says_persons(row) else ("families_low", "families_high")
    best = row["best"] if _says_persons(row) else None
    return read_range(best if row[low] is None else row[low], best if row[high] is None else row[high])


def _together(rows: Iterable[Record]) -> list[Record]:
    """What changed in the same way as one row, in the order of the days; some rows stay alone."""
    groups: dict[tuple[str, ...], list[Record]] = {}
    for row in rows:
        groups.setdefault((row["alone"], row["attribute"], row["way"]), []).append(row)
    together = [
        {
            **several[0],
            "names": [row["name"] for row in several],
            "name_ar": several[0]["name_ar"] if len(several) == 1 else None,
            "event_ids": list(dict.fromkeys(one for row in several for one in row["event_ids"])),
            "source_ids": list(dict.fromkeys(one for row in several for one in row["source_ids"])),
        }
        for several in groups.values()
    ]
    return sorted(together, key=lambda row: (not row["alone"], row["alone"], row["on"] or "", row["way"]))
