"""Who held each place on each day, from the dated control records alone.

A record of control sets the holder from its day on. A contested or refuted one flips nothing: until the next
uncontested record of that place takes effect, the place shows who claims it against its holder.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

import geopandas as gpd
import pandas as pd

from mapapp.timeline.records import in_force
from mapapp.timeline.spans import DAY, chain, ends, opened, starts, united

COLUMNS = ["place_id", "holder", "contested_by", "valid_from", "valid_to", "event_ids", "source_ids"]
USED = ["place_id", "sub_event_type", "claim_state", "holder_before", "holder_after", "reported_on", "source_ids"]
USED += ["event_date", "valid_to"]
ONE_DAY = pd.Timedelta(days=1)


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
    records = _control_records(events, places)
    settled = records[~records["contested"]]
    first = _before_the_first(records)
    states = pd.concat([first, _in_order(settled)], ignore_index=True)
    holders = chain(states.rename(columns={"holder_after": "holder"}), "place_id", "holder")
    return _overlaid(holders, _contests(records))


def _control_records(events: pd.DataFrame, places: gpd.GeoDataFrame) -> pd.DataFrame:
    """The records of control at known places, with the marks that the rules go by."""
    standing = in_force(events)
    about = (standing["event_type"] == "control") & standing["place_id"].isin(places.index)
    records = standing.loc[about, USED]
    contested = (records["sub_event_type"] == "contested") | (records["claim_state"] == "refuted")
    unknown = records["sub_event_type"] == "not_established"
    return records.assign(
        contested=contested,
        holder_after=records["holder_after"].mask(unknown, None),
        valid_from=records["event_date"].astype(DAY),
        valid_to=records["valid_to"].astype(DAY),
        event_ids=pd.Series([(event_id,) for event_id in records.index], index=records.index, dtype=object),
    ).sort_values("valid_from", kind="stable", na_position="first")


def _before_the_first(records: pd.DataFrame) -> pd.DataFrame:
    """For places whose first record has a day: the state before it, open at its start, resting on that record."""
    settled_first = records.sort_values("contested", kind="stable").drop_duplicates("place_id")
    dated = settled_first[settled_first["valid_from"].notna() & settled_first["holder_before"].notna()]
    unknown = pd.Series(pd.NaT, index=dated.index, dtype=DAY)
    return dated.assign(holder_after=dated["holder_before"], valid_from=unknown, valid_to=unknown)


def _in_order(settled: pd.DataFrame) -> pd.DataFrame:
    """The settled records so that those of one place and day follow one another from holder to holder."""
    rows = settled.assign(start=starts(settled)).sort_values(["place_id", "start"], kind="stable")
    told = zip(rows["place_id"], rows["start"], rows["holder_before"], rows["holder_after"], rows.index, strict=True)
    order: list[Any] = []
    for _, records in groupby(told, key=itemgetter(0)):
        holder: Any = None
        for _, same_day in groupby(records, key=itemgetter(1)):
            linked = _linked(list(same_day), holder)
            order += [label for *_, label in linked]
            holder = linked[-1][3]
    return settled.loc[order]


def _linked(waiting: list[tuple[Any, ...]], holder: Any) -> list[tuple[Any, ...]]:
    """Records of one day, each where possible after the one whose new holder is its old; file order otherwise."""
    linked: list[tuple[Any, ...]] = []
    while waiting:
        follows = [one for one in waiting if one[2] == holder]
        stays = [one for one in follows if one[3] == holder]
        chosen = (stays or follows or waiting)[0]
        waiting = [one for one in waiting if one is not chosen]
        holder = chosen[3]
        linked.append(chosen)
    return linked


def _contests(records: pd.DataFrame) -> pd.DataFrame:
    """Spans over which somebody claims a place against its holder."""
    claims = records[records["contested"] & records["holder_after"].notna()]
    claims = claims.assign(valid_to=_settled_on(claims, records))
    return chain(claims.rename(columns={"holder_after": "contested_by"}), "place_id", "contested_by")


def _settled_on(claims: pd.DataFrame, records: pd.DataFrame) -> pd.Series[Any]:
    """The day from which each contested claim no longer stands, NaT where it still does.

    That is the day of the next uncontested record of the place. One of the same day is a denial: it settles the matter
    when it is reported, and at the soonest on the day after, so that the claim is seen on the day it was made.
    """
    begun = pd.DataFrame({"place_id": claims["place_id"], "begun": starts(claims), "claim": range(len(claims))})
    others = records.loc[~records["contested"], ["place_id", "valid_from", "reported_on"]]
    both = begun.merge(others, on="place_id")
    denied = both["reported_on"].astype(DAY).fillna(both["begun"]).clip(lower=both["begun"] + ONE_DAY)
    day = both["valid_from"].where(both["valid_from"] > both["begun"])
    day = day.mask(both["valid_from"] == both["begun"], denied)
    first = day.groupby(both["claim"]).min().reindex(begun["claim"]).set_axis(claims.index)
    return pd.concat([first, claims["valid_to"]], axis=1).min(axis=1).astype(DAY)


def _overlaid(holders: pd.DataFrame, contests: pd.DataFrame) -> pd.DataFrame:
    """Cut the spans of the holders where a contest begins or ends, and say who contests."""
    both = pd.concat([holders, contests], ignore_index=True)
    days = pd.concat([both.assign(day=starts(both)), both.assign(day=ends(both))])[["place_id", "day"]]
    cuts = days.drop_duplicates().sort_values(["place_id", "day"], ignore_index=True)
    cuts = cuts.assign(valid_from=cuts["day"], valid_to=cuts.groupby("place_id")["day"].shift(-1)).dropna()
    held, claimed = _covering(cuts, holders), _covering(cuts, contests)
    pieces = cuts.assign(
        holder=_plain(held["holder"]),
        contested_by=_plain(claimed["contested_by"].mask(claimed["contested_by"] == held["holder"])),
        event_ids=_both(held["event_ids"], claimed["event_ids"]),
        source_ids=_both(held["source_ids"], claimed["source_ids"]),
    )
    pieces = pieces[held["place_id"].notna() | claimed["place_id"].notna()]
    return chain(opened(pieces), "place_id", ["holder", "contested_by"])[COLUMNS]


def _covering(cuts: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """For each piece of time between two cuts the span that covers it, in the rows of `cuts`; empty where none does."""
    spans = spans.assign(start=starts(spans), end=ends(spans)).drop(columns=["valid_from", "valid_to"])
    pairs = cuts.reset_index().merge(spans, on="place_id")
    pairs = pairs[(pairs["start"] <= pairs["valid_from"]) & (pairs["valid_from"] < pairs["end"])]
    return pairs.set_index("index").reindex(cuts.index)


def _both(first: pd.Series[Any], second: pd.Series[Any]) -> pd.Series[Any]:
    pairs = zip(first, second, strict=True)
    joined = [united(ids for ids in pair if isinstance(ids, tuple)) for pair in pairs]
    return pd.Series(joined, index=first.index, dtype=object)


def _plain(values: pd.Series[Any]) -> pd.Series[Any]:
    """Unknown as None, whatever the joining made of it."""
    return values.astype(object).where(values.notna(), None)
