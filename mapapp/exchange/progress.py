"""A progress bar for long work, on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

WIDTH = 30


def bar(items: Sequence[Item], what: str) -> Iterator[Item]:
    """Pass items on and show how many of them are done: a bar in a terminal, a line at every tenth elsewhere."""
    total, live, shown = len(items), sys.stderr.isatty(), -1
    for done, item in enumerate(items, 1):
        yield item
        step = done * (100 if live else 10) // total
        if step != shown:
            filled = done * WIDTH // total
            line = f"{what} [{'#' * filled}{'.' * (WIDTH - filled)}] {done:,} of {total:,}"
            print(line, end="\r" if live and done < total else "\n", file=sys.stderr, flush=True)  # noqa: T201
        shown = step
