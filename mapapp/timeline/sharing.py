"""Sharing: a copy of the situation for an audience, in which whatever that audience may not see is not there at all.

Records above the audience's level are left out, and with them whatever would give them away: records that are about
them, their names in the texts of others, and their ids wherever they are cited.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mapapp.errors import AskedWrongly
from mapapp.situation.codes import AUDIENCES
from mapapp.situation.situation import Situation
from mapapp.timeline.coarsen import coarsened
from mapapp.timeline.ground_again import ground_again
from mapapp.timeline.redaction import redacted

UNMARKED = AUDIENCES[0]
COARSENED_FOR = ("CLEAR", "GREEN")
"""Audiences outside of the organisation: points are given to them no more closely than their stated radius."""


def level(tlp: str | None, situation: Situation) -> int:
    """How closely a record is held: its own level, else the situation's."""
    return AUDIENCES.index(tlp or situation.tlp or UNMARKED)


def copy_for(situation: Situation, audience: str) -> Situation:
    """Leave out of a situation what an audience may not see.

    Parameters
    ----------
    situation : Situation
        As loaded, or as a look back gives it; it stays as it is.
    audience : str
        Of `codes.AUDIENCES`.

    Returns
    -------
    Situation
        Without the records above that level and without what gives them away. Its zones are computed anew where they
        rest on claims some of which are withheld. `tlp` is the audience's level, `withheld` says how much is left out.

    Raises
    ------
    AskedWrongly
        Where there is no such audience.
    """
    if audience not in AUDIENCES:
        raise AskedWrongly(f"There is no audience {audience!r}. Choose one of {', '.join(AUDIENCES)}.")
    copy, withheld = redacted(situation, AUDIENCES.index(audience), lambda tlp: level(tlp, situation))
    if withheld.pop("ground", 0):
        copy = replace(copy, zones=ground_again(situation, copy))
    seen = coarsened(copy) if audience in COARSENED_FOR else copy
    return replace(seen, tlp=audience, withheld=withheld)


def withheld_words(withheld: Mapping[str, int]) -> str:
    """How many records are withheld, in words; empty where none are."""
    first, *rest = [f"{n} {name if n > 1 else name.removesuffix('s')}" for name, n in withheld.items()] or [""]
    return f"{first} withheld" + (f", and {', '.join(rest)}" if rest else "") if first else ""
