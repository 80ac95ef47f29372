"""Redaction: tables without the records that a reader may not see, and without a trace of them in the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from mapapp.situation.schema import TABLES
from mapapp.situation.situation import Situation

WITHHELD = "[withheld]"
"""What stands in a text in place of a name that is withheld."""

SHORTEST, UNMISTAKABLE = 3, 8
"""Names of fewer letters are words of their own, and left alone; from so many on they are found inside words."""

FRAMES = {"facilities": "camps", "places": "cities", "zones": "control_zones"}
COUNTED = {
    "facilities": "sites",
    "places": "places",
    "events": "records",
    "figures": "head counts",
    "sources": "sources",
    "conflicts": "open questions",
}
"""Table -> what its records are called when they are counted."""

DISAGREE = ("events", "figures")
"""Tables whose records may disagree."""

Level = Callable[[Any], int]


def redacted(situation: Situation, most: int, level: Level) -> tuple[Situation, dict[str, int]]:
    """Take out the records above a level, and every mention of them.

    Parameters
    ----------
    situation : Situation
        As loaded.
    most : int
        The highest level that may stay.
    level : callable
        Gives the level of a record's `tlp`.

    Returns
    -------
    Situation
        The copy.
    dict
        What is withheld -> how many; `ground`: how many claims or places that ground is computed from.
    """
    tables = {name: getattr(situation, name) for name in (*COUNTED, "zones")}
    kept = _kept(tables, most, level)
    gone = {name: tables[name].index[~kept[name]] for name in tables}
    counts = {word: len(gone[name]) for name, word in COUNTED.items() if len(gone[name])}
    if not any(len(ids) for ids in gone.values()):
        return situation, {}
    ids = {one for several in gone.values() for one in several}
    hide = hider(_names(tables, kept), ids)
    copies: dict[str, Any] = {name: _without(table[kept[name]], name, ids, hide) for name, table in tables.items()}
    copies["conflicts"] = _unsaid(copies["conflicts"], [tables[name][~kept[name]] for name in DISAGREE])
    claims = (tables["events"]["event_type"] == "control")[~kept["events"]].sum()
    ground = int(claims) + len(gone["places"])
    problems = tuple(one for one in situation.problems if one.record not in ids)
    copy = replace(
        situation,
        **copies,
        problems=tuple(replace(one, reason=hide(one.reason)) for one in problems),
        title=hide(situation.title),
        credits=tuple(map(hide, situation.credits)),
        aggregates={
            key: replace(one, name=hide(one.name), note=hide(one.note)) for key, one in situation.aggregates.items()
        },
    )
    return copy, {**counts, **({"ground": ground} if ground else {})}


def _kept(tables: dict[str, pd.DataFrame], most: int, level: Level) -> dict[str, pd.Series]:
    """Table -> which of its records may stay: by their own level, and by what they are about."""
    kept = {name: table["tlp"].map(level).le(most).astype(bool) for name, table in tables.items()}
    sites = set(tables["facilities"].index[~kept["facilities"]])
    places = set(tables["places"].index[~kept["places"]])
    events, figures = tables["events"], tables["figures"]
    about = events["facility_id"].isin(sites) | events["to_facility_id"].isin(sites) | events["place_id"].isin(places)
    kept["events"] &= ~about
    kept["figures"] &= ~figures["facility_id"].isin(sites)
    kept["conflicts"] &= _still_open(tables, kept, sites | places)
    return kept


def _still_open(tables: dict[str, pd.DataFrame], kept: dict[str, pd.Series], gone: set[str]) -> pd.Series[bool]:
    """Questions that are about nothing withheld and on which some record, if there was any, is left."""
    before = _groups(tables[name] for name in DISAGREE)
    after = _groups(tables[name][kept[name]] for name in DISAGREE)
    conflicts = tables["conflicts"]
    about = zip(conflicts.index, conflicts["facility_ids"], conflicts["place_ids"], strict=True)
    left = [not {*sites, *places} & gone and (one in after or one not in before) for one, sites, places in about]
    return pd.Series(left, index=conflicts.index, dtype=bool)


def _unsaid(conflicts: pd.DataFrame, gone: list[pd.DataFrame]) -> pd.DataFrame:
    """Who says what is told no more where one who says it is withheld."""
    touched = conflicts.index.isin(list(_groups(gone)))
    return conflicts.assign(
        **{name: conflicts[name].mask(touched, None) for name in ("positions", "handling", "notes")}
    )


def _groups(tables: Iterable[pd.DataFrame]) -> set[str]:
    return {group for table in tables for group in table["conflict_group"].dropna()}


def _names(tables: dict[str, pd.DataFrame], kept: dict[str, pd.Series]) -> set[str]:
    """The names that only withheld records have: of sites and places in both languages, titles of sources."""
    columns = {"facilities": ("name", "name_ar", "alt_names"), "places": ("name", "name_ar", "alt_names"),
               "sources": ("title", "publisher", "url")}  # fmt: skip
    gone: set[str] = set()
    open_names: set[str] = set()
    for table, several in columns.items():
        for column in several:
            values = tables[table][column]
            gone |= _split(values[~kept[table]], column)
            open_names |= _split(values[kept[table]], column)
    spoken = {name.casefold() for name in open_names}
    return {name for name in gone if len(name) >= SHORTEST and name.casefold() not in spoken}


def _split(values: Iterable[Any], column: str) -> set[str]:
    marks = r"[;/]" if column in {"alt_names", "name_ar"} else r"(?!)"
    texts = [value for value in values if isinstance(value, str)]
    return {*texts, *(part.strip() for text in texts for part in re.split(marks, text) if part.strip())}


def hider(names: Iterable[str], ids: Iterable[str]) -> Callable[[str], str]:
    """Give a function that puts `WITHHELD` in place of names (in any case) and ids.

    Ids and short names are found where they stand as a word, long names also inside one: with an Arabic "and" written
    before them, or an ending after them.
    """
    spoken = sorted(names, key=lambda name: (-len(name), name))
    coded = sorted((one for one in ids if len(one) >= SHORTEST), key=lambda one: (-len(one), one))
    patterns = []
    if spoken:
        patterns.append(re.compile("|".join(map(_spoken, spoken)), re.IGNORECASE))
    if coded:
        patterns.append(re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, coded)) + r")(?![\w-])"))

    def hide(text: str) -> str:
        for pattern in patterns:
            text = pattern.sub(WITHHELD, text)
        return text

    return hide


def _spoken(name: str) -> str:
    return re.escape(name) if len(name) >= UNMISTAKABLE else rf"(?<!\w){re.escape(name)}(?!\w)"


def _without(table: pd.DataFrame, name: str, ids: set[str], hide: Callable[[str], str]) -> pd.DataFrame:
    """A table whose records cite no id that is gone and say no name that is withheld."""
    columns: dict[str, list[Any]] = {}
    for column in TABLES[FRAMES.get(name, name)].columns:
        if column.name not in table.columns:
            continue
        values = table[column.name]
        if column.kind in {"refs", "actors"}:
            columns[column.name] = [tuple(one for one in several if one not in ids) for several in values]
        elif column.kind == "ref":
            columns[column.name] = [None if one in ids else one for one in values]
        elif column.kind == "url":
            columns[column.name] = [None if isinstance(one, str) and _gives_away(one, hide) else one for one in values]
        elif column.name == "conflict_group":
            columns[column.name] = [None if isinstance(one, str) and hide(one) != one else one for one in values]
        elif column.kind == "text":
            columns[column.name] = [hide(one) if isinstance(one, str) else one for one in values]
    return table.assign(**{key: pd.Series(values, index=table.index, dtype=object) for key, values in columns.items()})


def _gives_away(url: str, hide: Callable[[str], str]) -> bool:
    """Whether an address says a withheld name, as its words or run together with signs."""
    words = re.sub(r"[^\w]+", " ", url)
    return hide(words) != words or hide(url) != url
