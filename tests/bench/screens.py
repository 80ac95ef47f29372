"""How long a person waits for a screen of the app: python tests/bench/screens.py [--asks 12] [--made-up FOLDER]

On the bundled situation and on the made-up one of `board.py`: from a day typed in the head, or a row clicked, until
Chromium shows the answer, asked of a page that is at rest. Each day is asked for the first time; so is each known day,
typed into the form in the head.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

BENCH = Path(__file__).resolve().parent
TESTS = BENCH.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent), str(BENCH)]

import made_up  # noqa: E402 (found through the path above)
import serving  # noqa: E402
from conftest import open_chromium  # noqa: E402

import mapapp  # noqa: E402
from mapapp.timeline.lookback import last_known_day  # noqa: E402

DESK = {"width": 1280, "height": 800}
CLOCK = ".bar .clock input"
READING = ".reading[aria-busy='false'] h1"
PATIENCE_MS = 120_000


AT_REST = """() => new Promise((done) => {
  let calm = 0;
  const app = document.querySelector(".stApp");
  const look = (left) => {
    calm = left.timeRemaining() > 40 && app.dataset.testScriptState === "notRunning" ? calm + 1 : 0;
    if (calm < 5) requestIdleCallback(look);
    else done();
  };
  requestIdleCallback(look);
})"""
"""Wait until the page has drawn all it has to draw, as a person who reads before asking again does."""

NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
"""Wait until what was just changed is painted."""

PAINTED = f"""async (ask, ready, watched, said, patience) => {{
  const begun = performance.now();
  ask();
  await new Promise((done, fail) => {{
    setTimeout(() => fail(`"${{said}}" was never shown`), patience);
    const check = () => {{
      if (!ready()) return;
      watch.disconnect();
      done();
    }};
    const watch = new MutationObserver(check);
    const all = {{ subtree: true, childList: true, attributes: true, characterData: true }};
    for (const [node, what] of watched) watch.observe(node, {{ ...all, ...what }});
    check();
  }});
  await ({NEXT_FRAME})();
  return performance.now() - begun;
}}"""
"""Ask, and wait until the answer is there and painted: milliseconds."""

WAIT = f"""(source, [answer, day, [part, said], patience]) => {{
  const ask = () => {{
    if (!day) return source.click();
    source.value = day;
    return source.dispatchEvent(new Event("change", {{ bubbles: true }}));
  }};
  const ready = () => answer.getAttribute("aria-busy") === "false" && answer.querySelector(part)?.checkVisibility()
    && answer.querySelector(part).textContent.includes(said);
  return ({PAINTED})(ask, ready, [[answer, {{}}]], said, patience);
}}"""
"""Choose a day or click, and wait until the answer says what it should."""

WAIT_KNOWN = f"""async (form, [strip, app, answer, said, patience]) => {{
  const begun = performance.now();
  let renewed = 0;
  const watch = new MutationObserver(async (all) => {{
    if (!all.some((one) => one.removedNodes.length)) return;
    await ({NEXT_FRAME})();
    renewed = performance.now() - begun;
  }});
  watch.observe(answer, {{ childList: true }});
  const ready = () => strip.textContent.includes(said) && app.dataset.testScriptState === "notRunning";
  const asked = () => form.requestSubmit();
  const took = await ({PAINTED})(asked, ready, [[strip, {{}}], [app, {{ subtree: false }}]], said, patience);
  await ({AT_REST})();
  watch.disconnect();
  return Math.max(took, renewed);
}}"""
"""Send the form of the known day; wait until the head says it, the page has run and the answer was put anew last."""


def told(question: str, took: list[float], limit: float) -> None:
    over = f"{sum(one > limit for one in took)} of {len(took)} over {limit:.0f} ms"
    print(f"{question:44} median {statistics.median(took):7.0f} ms   worst {max(took):7.0f} ms   {over}", flush=True)


def in_words(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def chosen(page, days: list[date], answer: str, heading: str) -> list[float]:
    """How long each day takes that is chosen in the head of the page."""
    clock, box = page.locator(CLOCK), page.locator(answer).element_handle()
    took = []
    for day in days:
        page.evaluate(AT_REST)
        took.append(clock.evaluate(WAIT, [box, day.isoformat(), [heading, in_words(day)], PATIENCE_MS]))
    return took


def looked_back(page, days: list[date], answer: str) -> list[float]:
    """How long each known day takes that is typed in the head of the page, until what it changes is painted."""
    strip, app, box = (page.locator(one).element_handle() for one in (".bar .strip", ".stApp", answer))
    took = []
    for day in days:
        page.evaluate(AT_REST)
        page.locator(".bar .known").click()
        page.locator(".bar #known").fill(day.isoformat())
        said = f"As known on {day.day} {day:%B %Y}"
        took.append(page.locator(".bar form.choice").evaluate(WAIT_KNOWN, [strip, app, box, said, PATIENCE_MS]))
    return took


def clicked(page, rows: list[int]) -> list[float]:
    """How long the panel takes of each site that is clicked in the list."""
    box, took = page.locator(".board").element_handle(), []
    for row in rows:
        page.evaluate(AT_REST)
        site = page.locator(".board tbody tr").nth(row)
        took.append(site.evaluate(WAIT, [box, None, [".panel h2", ""], PATIENCE_MS]))
        page.keyboard.press("Escape")
        page.locator(".board tbody tr:visible").first.wait_for()
    return took


def measure(page, address: str, situation, asks: int, limit: float) -> None:
    chance = random.Random(3)
    length = (situation.last_day - situation.first_day).days
    last_known = (min(last_known_day(mapapp.build(situation)), situation.last_day) - situation.first_day).days
    days = [situation.first_day + timedelta(one) for one in chance.sample(range(length), 3 * asks)]
    look = f"?date={situation.last_day}"
    page.goto(f"{address}/facilities{look}")
    page.locator(".board tbody tr").first.wait_for()
    told("board of another day", chosen(page, days[:asks], ".board", ".summary time"), limit)
    sites = min(30, page.locator(".board tbody tr").count())
    told("panel of a facility", clicked(page, chance.sample(range(sites), asks)), limit)
    for name, some in (("changes", days[asks : 2 * asks]), ("contradictions", days[2 * asks :])):
        page.goto(f"{address}/{name}{look}")
        page.locator(READING).wait_for()
        told(f"{name} of another day", chosen(page, some, ".reading", "h1"), limit)
    site = situation.facilities.index[0]
    for question, asked, there, answer in (
        ("board", f"facilities{look}", ".board tbody tr", ".board .summary"),
        ("panel of a facility", f"facilities{look}&facility={site}", ".panel h2", ".panel"),
        ("changes", f"changes{look}", READING, ".reading"),
        ("contradictions", f"contradictions{look}", READING, ".reading"),
    ):
        page.goto(f"{address}/{asked}")
        page.locator(there).first.wait_for()
        known = [situation.first_day + timedelta(one) for one in chance.sample(range(1, last_known), asks)]
        told(f"{question} as known on another day", looked_back(page, known, answer), limit)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--asks", type=int, default=12, help="of each question")
    parser.add_argument("--made-up", type=Path, help="a folder made before with made_up.py")
    parser.add_argument("--small", action="store_true", help="the bundled situation alone")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, open_chromium() as browser:
        large = args.made_up or (None if args.small else made_up.make(Path(scratch) / "made", made_up.Size()))
        for name, folder, limit in [("bundled", None, 300), *([("made up", large, 600)] if large else [])]:
            with serving.app(Path(scratch) / "log", folder) as address:
                page = browser.new_context(viewport=DESK).new_page()
                page.set_default_timeout(PATIENCE_MS)
                print(f"\n{name}, load average {os.getloadavg()[0]:.1f}")
                measure(page, address, mapapp.load(folder), args.asks, limit)
                page.context.close()


if __name__ == "__main__":
    main()
