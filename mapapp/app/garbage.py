"""Garbage collection while nobody waits: in the middle of an answer it takes up to as long as the answer itself."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

QUIET_S = 0.5
"""So long after the last answer the collector looks through what is young."""

MANY = 500_000
"""It does so in the middle of an answer only where so many things have come without a pause."""

SELDOM = 100
"""How often it looks at younger things before it looks through all that is kept: 0.3 s with many answers."""


class _Collector:
    """What collects once no page has run for a while."""

    def __init__(self) -> None:
        self._timer = Timer(0, gc.collect)
        self._times = 0

    def put_off(self) -> None:
        self._timer.cancel()

    def soon(self) -> None:
        self.put_off()
        self._timer = Timer(QUIET_S, self._collect)
        self._timer.daemon = True
        self._timer.start()

    def _collect(self) -> None:
        self._times += 1
        gc.collect(1 if self._times % SELDOM else 2)


_collector = _Collector()


@contextmanager
def put_off() -> Iterator[None]:
    """Not while a page runs: collect when none has run for a while after this one, however it ends."""
    _collector.put_off()
    try:
        yield
    finally:
        _collector.soon()


def keep_all() -> None:
    """Say that all there is now stays: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(MANY, gc.get_threshold()[1], SELDOM)
