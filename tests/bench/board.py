"""How fast the board, a dossier, the changes and the contradictions of any day answer: python tests/bench/board.py

    python tests/bench/board.py [--asks 60] [--known 4] [--made-up FOLDER] [--small]

Asked of the bundled situation and of a made-up one with 500 facilities, 50,000 events, 5,000 units and 1,000 days, for
random days, as known on random days: on a few known days that were asked about before, and on known days that nobody
has asked about yet. Each question is told with its wall time and, since a machine is seldom alone, the time of this
process. Garbage is collected between the questions, as the app does while nobody waits (`mapapp.app.garbage`).
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

BENCH = Path(__file__).resolve().parent
sys.path[:0] = [str(BENCH.parent.parent), str(BENCH)]

import made_up  # noqa: E402 (found through the path above)

import mapapp  # noqa: E402
from mapapp.app import garbage  # noqa: E402
from mapapp.timeline.changes import changes  # noqa: E402
from mapapp.timeline.contradictions import contradictions  # noqa: E402
from mapapp.timeline.lookback import looked_back, prepare  # noqa: E402
from mapapp.timeline.recall.recalled import Recalled, RecalledWithGround  # noqa: E402
from mapapp.timeline.timeline import Timeline  # noqa: E402

KINDS = {RecalledWithGround: "cut", Recalled: "cut but for the ground", Timeline: "laid out anew"}
"""How a look back is made (see `recall`)."""

Took = tuple[float, float]
"""Milliseconds on the clock, and of this process."""


def timed(ask: Callable[[], Any]) -> tuple[Any, Took]:
    gc.collect(1)
    clock, process = time.perf_counter(), time.process_time()
    answer = ask()
    return answer, (1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - process))


def told(question: str, took: list[Took], limit: float | None) -> None:
    figures = []
    for of in (0, 1):
        all_of = sorted(one[of] for one in took)
        p95 = all_of[min(len(all_of) - 1, round(0.95 * len(all_of)))]
        figures += [statistics.median(all_of), p95, all_of[-1]]
    over = "" if limit is None else f"{sum(one[0] > limit for one in took)} of {len(took)} over {limit:.0f} ms"
    print(f"{question:44}" + "".join(f"{one:9.1f}" for one in figures) + f"   {over}", flush=True)


def measure(name: str, folder: Path | None, limit: float, asks: int, known_days: int) -> None:
    chance = random.Random(1)
    situation, loading = timed(lambda: mapapp.load(folder))
    now, building = timed(lambda: prepare(mapapp.build(situation)))
    size = (len(now.register.facilities), len(now.register.events), len(now.composite.units))
    length = (situation.last_day - situation.first_day).days
    print(f"\n{name}: {size[0]} facilities, {size[1]:,} events, {size[2]:,} units, {length + 1:,} days; "
          f"load {loading[1]:,.0f} ms, build {building[1]:,.0f} ms of this process")  # fmt: skip
    print(f"{'milliseconds':44}{'median':>9}{'p95':>9}{'worst':>9}{'median':>9}{'p95':>9}{'worst':>9}")
    print(f"{'':44}{'on the clock':>27}{'of this process':>27}")

    def any_day() -> date:
        return situation.first_day + timedelta(chance.randint(0, length))

    looks = [now, *(looked_back(now, any_day(), False) for _ in range(known_days))]
    garbage.keep_all()
    sites, places = list(now.register.facilities), list(now.register.places)
    asked: dict[str, Callable[[Any, Any], Any]] = {
        "board": lambda look, _: mapapp.board(look, any_day()),
        "dossier of a facility": lambda look, _: mapapp.facility(look, _one_of(chance, sites, look.register.facilities),
                                                                 any_day()),
        "dossier of a place": lambda look, _: mapapp.place(look, chance.choice(places), any_day()),
        "contradictions": lambda look, _: contradictions(look, any_day()),
        "changes between two days": lambda look, _: changes(look, *_between(look, *sorted((any_day(), any_day())))),
        "changes between two days and two known days": lambda look, other: changes(
            look, any_day(), other, situation.last_day
        ),
    }  # fmt: skip
    for look in looks:
        for ask in asked.values():
            ask(look, now)
    print("known days that were asked about before")
    for question, ask in asked.items():
        took = []
        for _ in range(asks):
            look, other = chance.choice(looks), chance.choice(looks)
            took.append(timed(lambda look=look, other=other, ask=ask: ask(look, other))[1])
        told(question, took, limit)
    print("a known day that nobody has asked about yet")
    kinds: dict[str, list[Took]] = {}
    for question, ask in asked.items():
        took = []
        for _ in range(asks):
            day_known = any_day()
            took.append(timed(lambda day_known=day_known, ask=ask: ask(looked_back(now, day_known, False), now))[1])
            kind = KINDS[type(looked_back(now, day_known, False))]
            kinds.setdefault(f"all of these, {kind}", []).append(took[-1])
        told(question, took, limit)
    for kind, took in kinds.items():
        told(kind, took, limit)


def _one_of(chance: random.Random, ids: list[str], there: dict[str, Any]) -> str:
    """A facility that the look back has."""
    return chance.choice([one for one in ids if one in there])


def _between(look: Any, first: date, last: date) -> tuple[Any, ...]:
    return first, look, last


def main() -> None:
    """Measure both situations."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--asks", type=int, default=60, help="of each question")
    parser.add_argument("--known", type=int, default=4, help="known days, besides all that is on record")
    parser.add_argument("--made-up", type=Path, help="a folder made before with made_up.py")
    parser.add_argument("--small", action="store_true", help="the bundled situation alone")
    args = parser.parse_args()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    measure("bundled", None, 100, args.asks, args.known)
    if args.small:
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.made_up or made_up.make(Path(scratch), made_up.Size())
        measure("made up", folder, 300, args.asks, args.known)
    print(f"\nload average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
