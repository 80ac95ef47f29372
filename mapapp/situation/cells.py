"""One cell at a time: what stands in the file, read as the kind of value its column holds."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from mapapp.situation.dates import read_day
from mapapp.situation.problem import Severity
from mapapp.situation.schema import CODES, Column, Kind
from mapapp.situation.wording import did_you_mean, quoted, visible

LONG = 5_000
"""Characters above which a text is pointed out: it is kept, but no screen shows it well."""
_MOST = 2**53
_ID = re.compile(r"[\w.:/+@#-]{1,200}")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+(\.0+)?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}([ ,.'\u00a0\u202f])\d{3}(\1\d{3})*")
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_MEANS_UNKNOWN = {"n/a", "na", "nan", "none", "null", "unknown", "-", "--", "?", "tbc", "tbd", "x"}


class Cell(NamedTuple):
    """What a cell gave: a value (None: unknown), and what there is to say about it."""

    value: Any = None
    reason: str = ""
    severity: Severity = "error"


def reader(column: Column, actors: Collection[str]) -> Callable[[Any], Cell]:
    """Give the function that reads the cells of a column.

    Parameters
    ----------
    column : Column
        What the column holds.
    actors : collection of str
        The ids of the actors in `situation.toml`.

    Returns
    -------
    callable
        From what stands in the file (a text from CSV, any JSON value from GeoJSON) to a `Cell`. Its value is a str,
        tuple of str, date, int, float, bool or None; a reason of severity `error` always comes with None.
    """
    read = _READERS[column.kind]

    def cell(raw: Any) -> Cell:
        if raw is None or (isinstance(raw, float) and math.isnan(raw)) or (isinstance(raw, str) and not raw.strip()):
            return Cell(() if column.kind in ("refs", "actors") else None)
        if isinstance(raw, str) and any("\ud800" <= sign <= "\udfff" for sign in raw):
            return Cell(
                None,
                "The text holds bytes that are not UTF-8 text. Save the file as UTF-8 (CSV UTF-8 in a spreadsheet).",
            )
        return read(raw, column, actors)

    return cell


def usable_id(text: str) -> bool:
    """Whether a text can be an id: at most 200 letters, digits and a few signs, without blanks."""
    return bool(_ID.fullmatch(text))


def _text(raw: Any, _column: Column, _actors: Collection[str]) -> Cell:
    if isinstance(raw, bool | list | dict):
        return Cell(None, f"The value is {_json_kind(raw)} where a text belongs.")
    if not isinstance(raw, str):
        return Cell(str(raw), f"The value is the number {raw} where a text belongs. It is kept as text.", "warning")
    text = visible(raw.replace("\r\n", "\n").replace("\r", "\n")).strip()
    remarks = []
    if "\r" not in raw and text != raw.strip():
        remarks.append("It holds signs that nobody sees (control characters, a turned reading direction): left out.")
    if len(text) > LONG:
        remarks.append(f"It is {len(text):,} characters long. It is kept whole, a shorter one is easier to read.")
    return Cell(text or None, " ".join(remarks).replace("It", "The text", 1), "warning")


def _id(raw: Any, column: Column, _actors: Collection[str]) -> Cell:
    text = _plain(raw)
    if usable_id(text):
        return Cell(text)
    return Cell(
        None, f"The id {quoted(text)} is not usable: at most 200 letters, digits and - _ . : / + @ #, no blanks."
    )


def _refs(raw: Any, _column: Column, _actors: Collection[str]) -> Cell:
    parts = raw if isinstance(raw, list) else _plain(raw).split(";")
    return Cell(tuple(dict.fromkeys(text for part in parts if (text := _plain(part)))))


def _code(raw: Any, column: Column, _actors: Collection[str]) -> Cell:
    text, known = _plain(raw), CODES[column.codes]
    if text in known:
        return Cell(text)
    hint = did_you_mean(text, known) or f" Known are: {', '.join(known)}."
    return Cell(None, f"The code {quoted(text)} is not known here.{hint}")


def _actor(raw: Any, _column: Column, actors: Collection[str]) -> Cell:
    text = _plain(raw)
    if text in actors:
        return Cell(text)
    hint = did_you_mean(text, actors) or " Add it there or write a known one."
    return Cell(None, f"The actor {quoted(text)} is not in situation.toml.{hint}")


def _date(raw: Any, _column: Column, _actors: Collection[str]) -> Cell:
    if isinstance(raw, bool | list | dict):
        return Cell(None, f"The value is {_json_kind(raw)} where a day belongs, such as 2026-01-20.")
    day, reason = read_day(_plain(raw))
    return Cell(day, reason, "warning" if day else "error")


def _int(raw: Any, column: Column, _actors: Collection[str]) -> Cell:
    text = _plain(raw)
    if not _WHOLE.fullmatch(text):
        return Cell(None, _no_number(text, "whole number"))
    if abs(number := int(text.partition(".")[0][:20])) >= _MOST:
        return Cell(None, f"The number {quoted(text)} is too large to be meant.")
    return _not_negative(number)


def _float(raw: Any, column: Column, _actors: Collection[str]) -> Cell:
    text = _plain(raw)
    if not _NUMBER.fullmatch(text) or math.isinf(number := float(text)):
        return Cell(None, _no_number(text, "number"))
    limit = {"latitude": 90, "longitude": 180}.get(column.name)
    if limit is None:
        return _not_negative(number)
    if abs(number) > limit:
        return Cell(None, f"The {column.name} {text} is not between -{limit} and {limit}.")
    return Cell(number)


def _not_negative(number: float) -> Cell:
    return Cell(number) if number >= 0 else Cell(None, f"The number {number} is below zero.")


def _no_number(text: str, wanted: str) -> str:
    if text.casefold() in _MEANS_UNKNOWN:
        return f"{quoted(text)} is not a number. Leave the cell empty where the number is not known."
    if wanted == "number" and re.fullmatch(r"[+-]?\d+,\d+", text, re.ASCII):
        return f"{quoted(text)} is not a {wanted}. Write decimals with a point, as {text.replace(',', '.')}."
    if grouped := _GROUPED.fullmatch(text):
        return f"{quoted(text)} is not a {wanted}. Write it without separators, such as {text.replace(grouped[1], '')}."
    if text.isdecimal() and not text.isascii():
        return f"{quoted(text)} is not a {wanted} here. Write it with the digits 0 to 9, as {int(text[:20])}."
    return f"{quoted(text)} is not a {wanted}."


def _bool(raw: Any, _column: Column, _actors: Collection[str]) -> Cell:
    text = _plain(raw).casefold()
    return Cell(_YES_NO[text]) if text in _YES_NO else Cell(None, f"{quoted(text)} is neither yes nor no.")


def _url(raw: Any, _column: Column, _actors: Collection[str]) -> Cell:
    text = _plain(raw)
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if (
        parts.scheme in ("http", "https")
        and parts.netloc
        and not re.search(r"[\s<>\"`]", text)
        and visible(text) == text
    ):
        return Cell(text)
    return Cell(None, f"{quoted(text)} is not a web address. It must start with https:// or http://.")


def _plain(raw: Any) -> str:
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    return _json_kind(raw) if isinstance(raw, list | dict) else str(raw).strip()


def _json_kind(raw: Any) -> str:
    return "yes or no" if isinstance(raw, bool) else "a list" if isinstance(raw, list) else "an object"


_READERS: dict[Kind, Callable[[Any, Column, Collection[str]], Cell]] = {
    "id": _id, "ref": _id, "refs": _refs, "text": _text, "code": _code, "actor": _actor, "actors": _refs,
    "date": _date, "int": _int, "float": _float, "bool": _bool, "url": _url,
}  # fmt: skip
