"""One part of situation.toml, read key by key: what is not as it should be becomes a Problem, never an exception."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Any

from mapapp.situation.dates import read_day
from mapapp.situation.problem import Problem, Severity
from mapapp.situation.readers import MANIFEST
from mapapp.situation.wording import did_you_mean, listed, quoted, visible

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)


class Section:
    """A table of situation.toml and the Problems found in it.

    Parameters
    ----------
    found : object
        What stands under the heading; anything but a table is empty.
    record : str
        What a Problem calls it.
    problems : list of Problem
        Where Problems go.
    """

    def __init__(self, found: Any, record: str, problems: list[Problem]) -> None:
        self.found: dict[str, Any] = found if isinstance(found, dict) else {}
        self.record = record
        self.problems = problems
        self.asked: set[str] = set()

    def say(self, key: str, reason: str, severity: Severity = "error") -> None:
        """Note a Problem about one key."""
        self.problems.append(Problem(MANIFEST, self.record, visible(key)[:100], reason, severity, hidden=False))

    def take(self, key: str, kind: type | tuple[type, ...], wanted: str) -> Any:
        """The value of a key where it is of a kind, else None; what is of another kind is a Problem."""
        self.asked.add(key)
        value = self.found.get(key)
        if value is None or (isinstance(value, kind) and not isinstance(value, bool)):
            return value
        return self.say(key, f"{quoted(value)} is not {wanted}.")

    def text(self, key: str, needed: bool = False, otherwise: str = "") -> str:
        """A text without characters that nobody sees; what stands in for it where there is none."""
        text = visible(self.take(key, str, "a text. Put it between quotation marks") or "").strip()
        if not text and needed and not self._said(key):
            self.say(
                key, f"The value is missing. {quoted(otherwise)} is used." if otherwise else "The value is missing."
            )
        return text or otherwise

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        values = self.take(key, list, 'a list. Write it as ["one", "two"]') or []
        wrong = [value for value in values if not isinstance(value, str)]
        if wrong:
            self.say(key, f"{quoted(wrong[0])} is not a text. Put every entry between quotation marks.")
        return tuple(text for value in values if isinstance(value, str) and (text := visible(value).strip()))

    def code(self, key: str, known: Collection[str], otherwise: str) -> str:
        """One of the known words; another word is a Problem."""
        text = self.text(key)
        if not text or text in known:
            return text or otherwise
        hint = did_you_mean(text, known) or f" Known are: {listed(known)}."
        self.say(key, f"{quoted(text)} is not known here. {quoted(otherwise)} is used.{hint}")
        return otherwise

    def colour(self, key: str, otherwise: str) -> str:
        """A colour as #rrggbb, in small letters."""
        text = self.text(key)
        if _COLOUR.fullmatch(text):
            return text.lower()
        if not self._said(key):
            what = f"{quoted(text)} is not a colour" if text else "The colour is missing"
            self.say(key, f"{what}. Grey is used: write it as # and six digits, such as #1f77b4.")
        return otherwise

    def number(self, key: str, otherwise: float) -> float:
        """A number of kilometres above zero."""
        value = self.take(key, (int, float), "a number")
        if value is None:
            return otherwise
        if not 0 < value <= 1000:
            self.say(key, f"{value} is not between 0 and 1000 km. {otherwise:g} is used.")
            return otherwise
        return float(value)

    def day(self, key: str) -> date | None:
        """A day, written as a date of TOML or as text."""
        self.asked.add(key)
        value = self.found.get(key)
        if value is None or value == "":
            self.say(key, "The day is missing. The days of the dated records are used.")
            return None
        day, reason = read_day(str(value).strip())
        if reason:
            self.say(
                key,
                reason if day else f"{reason} The days of the dated records are used.",
                "warning" if day else "error",
            )
        return day

    def check_rest(self) -> None:
        """Say which keys mean nothing here."""
        for key in [key for key in self.found if key not in self.asked]:
            reason = f"The key {quoted(key)} is not known here and is not read.{did_you_mean(key, self.asked)}"
            self.say(key, reason, "warning")

    def _said(self, key: str) -> bool:
        return any(problem.record == self.record and problem.field == key for problem in self.problems)
