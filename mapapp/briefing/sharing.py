"""An edition: the situation as the readers of a picture may see it, joined, and the marking it is given out under."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from mapapp.situation.situation import Situation
from mapapp.timeline.lookback import look_back
from mapapp.timeline.sharing import UNMARKED, withheld_words
from mapapp.timeline.timeline import Timeline, build


@dataclass(frozen=True, eq=False)
class Edition:
    """A situation as some readers may see it, joined in space and time.

    Attributes
    ----------
    timeline : Timeline
        What may be seen.
    marking : str
        The sharing level of the copy (of `codes.AUDIENCES`).
    withheld : dict
        Kind of record -> how many are withheld; empty where none are.
    """

    timeline: Timeline
    marking: str
    withheld: dict[str, int] = field(default_factory=dict)

    def withheld_words(self) -> str:
        """How many records are withheld, in words; empty where none are."""
        return withheld_words(self.withheld)


def edition(
    situation: Situation, audience: str | None = None, known: date | None = None, *, confirmed_only: bool = False
) -> Edition:
    """Make the edition of a situation for an audience.

    Parameters
    ----------
    situation : Situation
        Everything on record.
    audience : str, optional
        Of `codes.AUDIENCES`; none: the whole situation, under its own default level.
    known : date, optional
        Leave out what was reported after this day.
    confirmed_only : bool
        Leave out what is not confirmed.
    """
    return edition_of(build(look_back(situation, known, confirmed_only, audience)))


def edition_of(timeline: Timeline) -> Edition:
    """The edition of a situation that is joined already, marked as it is itself."""
    situation = timeline.situation
    return Edition(timeline, situation.tlp or UNMARKED, situation.withheld)
