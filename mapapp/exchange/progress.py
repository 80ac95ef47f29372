"""A progress bar for long work, on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")

WIDTH = 30


@dataclass(slots=True)
class Bar:
    """Shows how far some work is: as a bar in a terminal, as a line at every tenth elsewhere."""

    what: str
    total: int
    shown: int = -1

    def at(self, done: int, told: str) -> None:
        """Show that so much is done, with a word on it."""
        live = sys.stderr.isatty()
        share = done / max(1, self.total)
        step = int(share * (100 if live else 10))
        if step != self.shown:
            filled = int(share * WIDTH)
            end = "\r" if live and done < self.total else "\n"
            line = f"{self.what} [{'#' * filled}{'.' * (WIDTH - filled)}] {told}"
            print(line, end=end, file=sys.stderr, flush=True)  # noqa: T201 (this is what it is for)
            self.shown = step


def counted(items: Sequence[Item], what: str) -> Iterator[Item]:
    """Pass items on and show how many of them are done."""
    bar = Bar(what, len(items))
    for done, item in enumerate(items, 1):
        yield item
        bar.at(done, f"{done:,} of {len(items):,}")
