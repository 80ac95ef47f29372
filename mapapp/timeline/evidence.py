"""The claim ladder: how well a record is established, from the independent sources it rests on.

    confirmed      three or more independent sources of which one is usually reliable, and nobody denies it; two are
                   enough where the record is graded as confirmed (both sides agree)
    corroborated   two or more independent sources
    reported       one source
    claimed        one party to the conflict says so, however many repeat its word
    refuted        contradicted by better sources, as the record says

Outlets that copy one agency are one source. A doubtful claim (credibility 4 and worse) stays on `reported`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from mapapp.situation.situation import Actor
from mapapp.timeline.records import Columns, Record, frame, row_by_row

LADDER = ("refuted", "claimed", "reported", "corroborated", "confirmed")
"""The rungs, the lowest first."""

TRUSTED = {"A", "B"}
LIFTS = {"A", "B", "C", None}
"""Reliabilities (Admiralty code) of sources that lift a claim; what is less reliable repeats, and does not confirm."""

DOUBTFUL_FROM = 4
BEST_CREDIBILITY = "1"
_NAMED_ORIGIN = re.compile(r"\((?:from|cites) ([^()]+)\)")
_REMARK = re.compile(r"\s*\([^()]*\)")


@lru_cache(maxsize=10_000)  # a source is cited by many records
def origins(publisher: str | None, url: str | None = None) -> frozenset[str]:
    """Give whose reporting a source carries.

    Parameters
    ----------
    publisher : str or None
        As in `sources.csv`: `X via Y`, `Y / X`, `Y (from X)` and `Y (cites X, Z)` say that Y carries the word of X.
        Any other remark in brackets is passed over.
    url : str or None
        Where there is no publisher, its host stands for it.

    Returns
    -------
    frozenset of str
        Names in small letters; empty where nobody is named.
    """
    if not publisher:
        host = urlsplit(url or "").hostname
        return frozenset({host.removeprefix("www.")} if host else ())
    named = _NAMED_ORIGIN.search(publisher)
    if named:
        return frozenset(_name(part) for part in named[1].split(","))
    outlets = _REMARK.sub("", publisher).partition(" via ")[0].split(" / ")
    return frozenset(_name(part) for part in (outlets[1:] or outlets))


def _name(text: str) -> str:
    return " ".join(text.split()).casefold()


def claim_state(record: Mapping[str, Any], sources: Collection[Mapping[str, Any]], parties: Collection[str]) -> str:
    """Give the rung of the ladder that a record has climbed to.

    Parameters
    ----------
    record : mapping
        With `claim_state` (what the compiler holds it for), `claimed_by`, `denied_by`, `information_credibility`.
    sources : collection of mapping
        The sources it rests on, each with `publisher`, `url` and `source_reliability`.
    parties : collection of str
        The names of the parties to the conflict, in small letters.

    Returns
    -------
    str
        One of `LADDER`; see the head of this module.
    """
    graded = record.get("claim_state")
    if graded == "refuted":
        return "refuted"
    if graded == "claimed" or (graded is None and _name(record["claimed_by"] or "") in parties):
        return "claimed"
    independent = independent_origins(sources)
    if len(independent) < 2 or int(record["information_credibility"] or 0) >= DOUBTFUL_FROM:
        return "reported"
    agreed = graded == "confirmed" or record["information_credibility"] == BEST_CREDIBILITY
    many = len(independent) > 2 and any(source["source_reliability"] in TRUSTED for source in sources)
    return "confirmed" if (agreed or many) and not record["denied_by"] else "corroborated"


def independent_origins(sources: Collection[Mapping[str, Any]]) -> frozenset[str]:
    """Give the independent origins of some sources: of a copy its original, of the unreliable none."""
    found = [origins(one["publisher"], one["url"]) for one in sources if one["source_reliability"] in LIFTS]
    return frozenset().union(*found)


def assess(records: pd.DataFrame, sources: pd.DataFrame, actors: Mapping[str, Actor]) -> pd.DataFrame:
    """Place each record of a table on the ladder.

    Parameters
    ----------
    records : DataFrame
        Events or figures.
    sources : DataFrame
        All that they may cite; ids that are not there do not count.
    actors : mapping
        Actor id -> Actor.

    Returns
    -------
    DataFrame
        On the index of the records: `standing` (one of `LADDER`) and `independent` (how many independent sources).
    """
    return frame(assessed(records, sources, actors), records.index)


def assessed(records: Columns, sources: pd.DataFrame, actors: Mapping[str, Actor]) -> dict[str, Any]:
    """Give the columns of `assess` as arrays; the records too may be columns alone."""
    known, named = _told(records["source_ids"], sources), parties(actors)
    rows = row_by_row({name: records[name] for name in GRADED_BY if name in records})
    cited = [[known[one] for one in row["source_ids"] if one in known] for row in rows]
    states = [claim_state(row, several, named) for row, several in zip(rows, cited, strict=True)]
    counts = [len(independent_origins(several)) for several in cited]
    return {"standing": np.array(states, dtype=object), "independent": np.array(counts, dtype=np.int64)}


GRADED_BY = ["claim_state", "claimed_by", "denied_by", "information_credibility", "source_ids"]
"""The columns of a record that say on which rung it stands."""

SOURCE = ["publisher", "url", "source_reliability"]


def _told(cited: Iterable[Iterable[str]], sources: pd.DataFrame) -> dict[str, Record]:
    """What is told of the sources that are cited, by id."""
    ids = list({*chain.from_iterable(cited)} & {*sources.index})
    at = sources.index.get_indexer(pd.Index(ids, dtype=object))
    return dict(zip(ids, row_by_row({name: sources[name].to_numpy()[at] for name in SOURCE}), strict=True))


def parties(actors: Mapping[str, Actor]) -> frozenset[str]:
    """Give every name of the parties to the conflict, in small letters."""
    named = [actor for actor in actors.values() if actor.kind == "party"]
    return frozenset(_name(name) for actor in named for name in (actor.id, actor.name, actor.short))


def highest(standings: Collection[str]) -> str | None:
    """Give the highest of several rungs; None of none."""
    return max(standings, key=LADDER.index, default=None)


def at_least(rung: str) -> frozenset[str]:
    """Give a rung of the ladder and all above it."""
    return frozenset(LADDER[LADDER.index(rung) :])
