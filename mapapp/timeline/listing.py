"""The status board as text: for a terminal, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mapapp.situation.csv_text import csv_text
from mapapp.situation.situation import Actor
from mapapp.timeline.records import Record
from mapapp.timeline.wording import read_range

UNKNOWN = "unknown"
PERSONS = ("low", "best", "high", "as_of", "qualifier", "claimed_by", "source_ids")
LAST_EVENT = ("event_id", "date", "title")
NESTED = {"persons", "last_event", "counts", "contradictions", "verified"}
IN_WORDS = {"about": "about ", "more_than": "more than ", "up_to": "up to ", "estimate": "an estimated "}
GAP = "  "


def board_csv(rows: Sequence[Record]) -> str:
    """Give a board (see `status.board`) as CSV: one line for each facility, persons and last event spread over columns.

    Rival counts do not fit in a line; they are in the JSON.
    """
    flat = flat_board(rows)
    return csv_text(list(flat[0]), flat) if flat else ""


def flat_board(rows: Sequence[Record]) -> list[Record]:
    """Give a board (see `status.board`) without anything nested: what has parts is spread over columns."""
    return [_flat(row) for row in rows]


def _flat(row: Record) -> Record:
    persons, last, verified = row["persons"] or {}, row["last_event"] or {}, row["verified"]
    return {
        **{name: value for name, value in row.items() if name not in NESTED},
        "contradictions": [one["rule"] for one in row["contradictions"]],
        **{f"{name}_verified_on": (verified[name] or {}).get("on") for name in sorted(verified)},
        **{f"persons_{name}": persons.get(name) for name in PERSONS},
        **{f"last_event_{name.removeprefix('event_')}": last.get(name) for name in LAST_EVENT},
    }


def board_table(rows: Sequence[Record], actors: Mapping[str, Actor]) -> str:
    """Give a board as aligned text, one line for each facility, unknown as a word, counts rounded for reading."""
    names = {actor_id: actor.short for actor_id, actor in actors.items()}
    lines: list[tuple[str, ...]] = [("SITE", "KIND", "STATUS", "GUARD", "GROUND", "PERSONS", "VERIFIED", "LAST EVENT")]
    lines += [_line(row, names) for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    aligned = (GAP.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    return "\n".join(line.rstrip() for line in aligned)


def _line(row: Record, names: Mapping[str, str]) -> tuple[str, ...]:
    last, days = row["last_event"], row["staleness_days"]
    return tuple(
        _one_line(cell)
        for cell in (
            row["name"],
            row["facility_type"].replace("_", " "),
            _since(row, "status", (row["status"] or "").replace("_", " ")),
            _since(row, "guard", names.get(row["guard"], row["guard"])),
            _since(row, "ground", names.get(row["ground_holder"], row["ground_holder"])),
            persons_in_words(row["persons"]),
            UNKNOWN if days is None else f"{days} days ago" if days != 1 else "1 day ago",
            f"{last['date']} {last['title']}" if last else "none on record",
        )
    )


def _since(row: Record, name: str, word: str | None) -> str:
    day = row[f"{name}_since"]
    if not word or day is None:
        return word or UNKNOWN
    return f"{word} since {_day(day, row[f'{name}_since_precision'])}"


def _day(day: str, precision: str | None) -> str:
    return day if precision in {None, "1"} else f"about {day}"


def persons_in_words(persons: Mapping[str, Any] | None) -> str:
    """Say a head count (see `headcount.persons`) in words, with its day."""
    if persons is None:
        return UNKNOWN
    number = _number(persons["low"], persons["high"], persons["qualifier"])
    families = _number(persons["families_low"], persons["families_high"], None)
    if number == UNKNOWN and families != UNKNOWN:
        number = f"{families} families"
    if number == UNKNOWN and persons["left_out"]:
        number = f"{UNKNOWN}, {persons['left_out']} doubtful"
    as_of = _day(persons["as_of"], persons["as_of_precision"])
    return f"{number} ({as_of}{', before it closed' if persons.get('before_closing') else ''})"


def _number(low: int | None, high: int | None, qualifier: str | None) -> str:
    """A number or a range, rounded for reading."""
    alone = low == high and low is not None
    return f"{IN_WORDS.get(qualifier or '', '') if alone else ''}{read_range(low, high)}"


def _one_line(text: str) -> str:
    """Names come from outside: nothing in them may break a line or steer a terminal."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
