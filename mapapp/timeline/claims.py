"""Who held each place on each day, from the dated control records alone.

A record of control sets the holder from its day on. A contested or refuted one flips nothing: until the next
uncontested record of that place takes effect, the place shows who claims it against its holder.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd

from mapapp.timeline.records import replaced
from mapapp.timeline.spans import FIRST, LAST, Span, chained, days, numbers, united

USED = ["place_id", "sub_event_type", "claim_state", "holder_before", "holder_after", "source_ids"]
DATED = ["event_date", "valid_to", "reported_on"]
READ = [*USED, *DATED, "event_type", "supersedes_id"]
"""The columns of the events that spans of places are made from."""


class Claim(NamedTuple):
    """A record of control at a place.

    Days are numbers (see `spans.numbers`): `start` is `FIRST` and `end` is `LAST` where they are open, `reported` is
    `FIRST` where it is not known. `after` is None where it says that the holder is not established.
    """

    event_id: str
    place_id: str
    before: str | None
    after: str | None
    start: int
    end: int
    reported: int
    contested: bool
    source_ids: tuple[str, ...]


def place_spans(events: pd.DataFrame, places: gpd.GeoDataFrame) -> pd.DataFrame:
    """Give every place the spans of days over which one actor held it.

    Parameters
    ----------
    events : DataFrame
        The records, as in `Situation.events`; those of the type `control` at a place count, unless another one
        supersedes them.
    places : GeoDataFrame
        The places, as in `Situation.places`: their ids are the index.

    Returns
    -------
    DataFrame
        One row per place and span, sorted by place and start: `place_id`, `holder` (None: not established),
        `contested_by` (None: nobody), `valid_from`, `valid_to`, `event_ids` and `source_ids` (tuples). No place has two
        rows on one day. Before the first record of a place its holder is the one that the first change took it from.
    """
    spans: list[Span] = []
    place_ids: list[str] = []
    event_ids, source_ids = [], []
    for place_id, claims in _claims(events, places):
        found = _spans(claims)
        spans += found
        place_ids += [place_id] * len(found)
        event_ids += [united([(claims[at].event_id,) for at in span.rests_on]) for span in found]
        source_ids += [united([claims[at].source_ids for at in span.rests_on]) for span in found]
    columns: dict[str, list[Any]] = {
        "place_id": place_ids,
        "holder": [span.value[0] for span in spans],
        "contested_by": [span.value[1] for span in spans],
        "valid_from": [span.start for span in spans],
        "valid_to": [span.end for span in spans],
        "event_ids": event_ids,
        "source_ids": source_ids,
    }
    # Without a type, what is in the lists would be looked through for one.
    table = pd.DataFrame(columns, dtype=object)
    return table.assign(valid_from=days(columns["valid_from"]), valid_to=days(columns["valid_to"]))


def _claims(events: pd.DataFrame, places: gpd.GeoDataFrame) -> list[tuple[str, list[Claim]]]:
    """The records of control at known places: place by place, in the order of their days."""
    known, gone, ids = set(places.index), replaced(events), events.index.tolist()
    told = zip(ids, events["event_type"], events["place_id"], strict=True)
    about = [kind == "control" and place in known and one not in gone for one, kind, place in told]
    records = {name: events[name].to_numpy()[about] for name in (*USED, *DATED)}
    kinds, states, holders = (records[name] for name in ("sub_event_type", "claim_state", "holder_after"))
    columns = (
        [one for one, counts in zip(ids, about, strict=True) if counts],
        records["place_id"],
        records["holder_before"],
        [None if kind == "not_established" else holder for kind, holder in zip(kinds, holders, strict=True)],
        numbers(records["event_date"], FIRST),
        numbers(records["valid_to"], LAST),
        numbers(records["reported_on"], FIRST),
        [kind == "contested" or state == "refuted" for kind, state in zip(kinds, states, strict=True)],
        records["source_ids"],
    )
    by_place: dict[str, list[Claim]] = {}
    for claim in map(Claim, *columns):
        by_place.setdefault(claim.place_id, []).append(claim)
    return [(place_id, sorted(by_place[place_id], key=_start)) for place_id in sorted(by_place)]


def _start(claim: Claim) -> int:
    return claim.start


def _spans(claims: list[Claim]) -> list[Span]:
    """The spans of one place; the value of each is its holder and who contests it."""
    settled = [at for at, claim in enumerate(claims) if not claim.contested]
    in_order = [(at, claims[at]) for at in _in_order(claims, settled)]
    states = [Span((claim.after, None), claim.start, claim.end, (at,)) for at, claim in in_order]
    holders = chained(_before(claims, settled) + states)
    if len(settled) == len(claims):
        return holders
    standing = [claims[at] for at in settled]
    contests = [
        Span(claim.after, claim.start, _settled_on(claim, standing), (at,))
        for at, claim in enumerate(claims)
        if claim.contested and claim.after is not None
    ]
    return _overlaid(holders, chained(contests)) if contests else holders


def _before(claims: list[Claim], settled: list[int]) -> list[Span]:
    """The state before the first record, if that has a day: open at its start, resting on that record."""
    first = (settled or [0])[0]
    if claims[first].start == FIRST or claims[first].before is None:
        return []
    return [Span((claims[first].before, None), FIRST, LAST, (first,))]


def _in_order(claims: list[Claim], settled: list[int]) -> list[int]:
    """The settled records so that those of one day follow one another from holder to holder."""
    starts = [claims[at].start for at in settled]
    if len(set(starts)) == len(starts):  # each has a day of its own
        return settled
    order: list[int] = []
    for _, same_day in groupby(zip(starts, settled, strict=True), key=itemgetter(0)):
        several = [at for _, at in same_day]
        order += _linked(claims, several, claims[order[-1]].after if order else None) if len(several) > 1 else several
    return order


def _linked(claims: list[Claim], waiting: list[int], holder: str | None) -> list[int]:
    """Records of one day, each where possible after the one whose new holder is its old; file order otherwise."""
    linked: list[int] = []
    while waiting:
        follows = [at for at in waiting if claims[at].before == holder]
        stays = [at for at in follows if claims[at].after == holder]
        chosen = (stays or follows or waiting)[0]
        waiting = [at for at in waiting if at != chosen]
        holder = claims[chosen].after
        linked.append(chosen)
    return linked


def _settled_on(claim: Claim, settled: list[Claim]) -> int:
    """The day from which a contested claim no longer stands, `LAST` where it still does.

    That is the day of the next uncontested record of the place. One of the same day is a denial: it settles the matter
    when it is reported, and at the soonest on the day after, so that the claim is seen on the day it was made.
    """
    later = [one.start for one in settled if one.start > claim.start]
    denials = [max(one.reported, claim.start + 1) for one in settled if one.start == claim.start > FIRST]
    return min([*later, *denials, claim.end])


def _overlaid(holders: list[Span], contests: list[Span]) -> list[Span]:
    """Cut the spans of the holders where a contest begins or ends, and say who contests."""
    cuts = sorted({day for span in (*holders, *contests) for day in (span.start, span.end)})
    pieces = []
    for start, end in pairwise(cuts):
        held, claimed = _on(holders, start), _on(contests, start)
        if held or claimed:
            holder, claimant = held and held.value[0], claimed and claimed.value
            rests_on = (*(held.rests_on if held else ()), *(claimed.rests_on if claimed else ()))
            pieces.append(Span((holder, None if claimant == holder else claimant), start, end, rests_on))
    return chained(pieces)


def _on(spans: list[Span], day: int) -> Span | None:
    """The one of the spans of a subject, in their order, that holds on a day."""
    at = bisect_right(spans, day, key=attrgetter("start")) - 1
    return spans[at] if at >= 0 and day < spans[at].end else None
