"""Sharing: a copy of the situation for an audience, in which whatever that audience may not see is not there at all.

Records above the audience's level are left out, and with them whatever would give them away: records that are about
them, their names in the texts of others, and their ids wherever they are cited.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from mapapp.briefing.coarsen import coarsened
from mapapp.briefing.ground_again import ground_again
from mapapp.briefing.redaction import redacted
from mapapp.briefing.view import AUDIENCES
from mapapp.situation.situation import Situation
from mapapp.timeline.known import known as known_by
from mapapp.timeline.timeline import Timeline, build

UNMARKED = "CLEAR"
COARSENED_FOR = ("CLEAR", "GREEN")
"""Audiences outside of the organisation: points are given to them no more closely than their stated radius."""


@dataclass(frozen=True, eq=False)
class Edition:
    """A situation as some readers may see it, joined in space and time.

    Attributes
    ----------
    timeline : Timeline
        What may be seen.
    marking : str
        The sharing level of the copy (of `view.AUDIENCES`).
    withheld : dict
        Kind of record -> how many are withheld; empty where none are.
    """

    timeline: Timeline
    marking: str
    withheld: dict[str, int] = field(default_factory=dict)

    def withheld_words(self) -> str:
        """How many records are withheld, in words; empty where none are."""
        first, *rest = [f"{n} {name if n > 1 else name.removesuffix('s')}" for name, n in self.withheld.items()] or [""]
        return f"{first} withheld" + (f", and {', '.join(rest)}" if rest else "") if first else ""


def edition(situation: Situation, audience: str | None = None, known: date | None = None) -> Edition:
    """Make the edition of a situation for an audience.

    Parameters
    ----------
    situation : Situation
        Everything on record.
    audience : str, optional
        Of `view.AUDIENCES`; none: the whole situation, under its own default level.
    known : date, optional
        Leave out what was reported after this day.
    """
    seen = known_by(situation, known) if known else situation
    if audience is None:
        return Edition(build(seen), situation.tlp or UNMARKED)
    copy, withheld = copy_for(seen, audience)
    return Edition(build(copy), audience, withheld)


def level(tlp: str | None, situation: Situation) -> int:
    """How closely a record is held: its own level, else the situation's."""
    return AUDIENCES.index(tlp or situation.tlp or UNMARKED)


def copy_for(situation: Situation, audience: str) -> tuple[Situation, dict[str, int]]:
    """Leave out of a situation what an audience may not see.

    Parameters
    ----------
    situation : Situation
        As loaded; it stays as it is.
    audience : str
        Of `view.AUDIENCES`.

    Returns
    -------
    Situation
        Without the records above that level and without what gives them away. Its zones are computed anew where they
        rest on claims some of which are withheld.
    dict
        Kind of record -> how many are withheld.
    """
    copy, withheld = redacted(situation, AUDIENCES.index(audience), lambda tlp: level(tlp, situation))
    if withheld.pop("ground", 0):
        copy = replace(copy, zones=ground_again(situation, copy))
    return (coarsened(copy) if audience in COARSENED_FOR else copy), withheld
