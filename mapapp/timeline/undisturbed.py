"""Work during which garbage collection waits."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put off garbage collection: what is made meanwhile stays, and would be looked through again and again.

    Of several threads the first one to come and go turns it on again; the others may meet with a collection, no more.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
