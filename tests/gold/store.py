"""Stores the skeleton of the replay page of the made-up situation, after a change that was looked at and is meant."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

import situations  # noqa: E402
import test_page  # noqa: E402

import mapapp  # noqa: E402
from mapapp import replay  # noqa: E402

with tempfile.TemporaryDirectory() as folder:
    made = mapapp.build(mapapp.load(situations.make(Path(folder))))
    test_page.GOLD.write_text(test_page.scrubbed(replay.html(made)), "utf-8")
