"""The app against the tutorial way, in one run on one machine: python tests/bench/replay.py

The tutorial way is a Streamlit slider, a folium map made anew for each date, and st_folium (`tutorial.py`). Both are
served from this machine. What the tutorial way asks of other hosts is answered at once, with Leaflet or with an empty
file, which is faster than any network. A date step of either ends when its map shows the new day; the board's wait
begins when the map tells the page where its slider came to rest.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import xstatic.pkg.leaflet

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

import serving  # noqa: E402 (found through the path above)
from conftest import ROOT, open_chromium  # noqa: E402

RUNS, STEPS = 5, 20
DESK = {"width": 1280, "height": 800}

MAP_STEP = """async (slider) => {
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await painted();
  const from = performance.now();
  slider.valueAsNumber += slider.valueAsNumber < +slider.max ? 1 : -1;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  const worked = performance.now() - from;
  await painted();
  return [worked, performance.now() - from];
}"""
"""Move the map's slider by a day: milliseconds of work, and until the picture stands."""

SETTLE = """(slider) => {
  slider.valueAsNumber -= 1;
  setTimeout(() => {
    for (const kind of ["input", "change"]) slider.dispatchEvent(new Event(kind, { bubbles: true }));
  }, 200);
}"""
"""Move the map's slider by a day, once the page listens."""

BOARD_STEP = """async (board) => {
  const shown = () => board.querySelector(".summary time").textContent;
  const before = shown();
  const rest = await new Promise((done) => {
    const hear = ({ data }) => {
      if (data?.type !== "state") return;
      removeEventListener("message", hear);
      done(performance.now());
    };
    addEventListener("message", hear);
  });
  while (shown() === before) await new Promise(requestAnimationFrame);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - rest;
}"""


@contextmanager
def tutorial(log: Path):
    port = serving.free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "tests" / "bench" / "tutorial.py")]
    command += ["--server.port", str(port), "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    with log.open("w") as output:
        server = subprocess.Popen(
            command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, env={"PYTHONPATH": str(ROOT)}
        )
        try:
            serving.wait_until_up(server, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def answer_for_others(context) -> None:
    """Answer requests to other hosts: Leaflet from the installed package, everything else with an empty file."""
    leaflet = Path(xstatic.pkg.leaflet.BASE_DIR)

    def answer(route):
        file = leaflet / route.request.url.rsplit("/", 1)[-1]
        route.fulfill(path=file) if file.is_file() else route.fulfill(body="")

    context.route(lambda url: "://127.0.0.1" not in url and "://localhost" not in url, answer)


def first_map(browser, address: str, frame: str, drawn: str) -> float:
    """Seconds from opening the address in a new window to the map being drawn."""
    context = browser.new_context(viewport=DESK)
    answer_for_others(context)
    page = context.new_page()
    begun = time.perf_counter()
    page.goto(address)
    page.frame_locator(frame).locator(drawn).first.wait_for(state="attached", timeout=60_000)
    took = time.perf_counter() - begun
    context.close()
    return took


def tutorial_steps(page) -> list[float]:
    """Milliseconds from a key on the tutorial's slider to the map that shows the new day."""
    thumb, took = page.get_by_role("slider"), []
    thumb.focus()
    for _ in range(STEPS):
        shown = page.frame_locator("iframe").last.locator(".leaflet-marker-icon b").inner_text()
        begun = time.perf_counter()
        page.keyboard.press("ArrowLeft")
        page.frame_locator("iframe").last.locator(f".leaflet-marker-icon b:not(:text-is('{shown}'))").wait_for()
        took.append((time.perf_counter() - begun) * 1000)
    return took


def board_steps(page, slider) -> list[float]:
    """Milliseconds from the map's slider coming to rest to the board being painted that shows its day."""
    return [page.locator(".board").evaluate(BOARD_STEP, slider.evaluate(SETTLE)) for _ in range(STEPS)]


def row(name: str, values: list[float], unit: str) -> None:
    print(f"{name:45} median {statistics.median(values):8.1f} {unit}   min {min(values):8.1f}   max {max(values):8.1f}")


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as scratch,
        serving.app(Path(scratch) / "app.log") as app,
        tutorial(Path(scratch) / "tutorial.log") as peer,
        open_chromium() as browser,
    ):
        opened: dict[str, list[float]] = {"app": [], "tutorial": []}
        for _ in range(RUNS + 1):
            opened["tutorial"].append(first_map(browser, peer, "iframe", "path.leaflet-interactive"))
            opened["app"].append(first_map(browser, app, ".st-key-frame iframe", "html[data-ready]"))
        row("first map, tutorial", opened["tutorial"][1:], "s ")
        row("first map, app", opened["app"][1:], "s ")

        context = browser.new_context(viewport=DESK)
        answer_for_others(context)
        page = context.new_page()
        page.goto(peer)
        page.frame_locator("iframe").locator("path.leaflet-interactive").first.wait_for(
            state="attached", timeout=60_000
        )
        peer_steps = tutorial_steps(page)
        page.goto(app)
        inside = page.frame_locator(".st-key-frame iframe")
        inside.locator("html[data-ready]").wait_for()
        page.wait_for_selector(".board:not([aria-busy='true']) tbody tr")
        inside.locator("html").evaluate("() => { window.mark = 'the same frame'; }")
        slider = inside.locator("#slider")
        both = [slider.evaluate(MAP_STEP) for _ in range(STEPS)]
        row("date step, tutorial (until its map)", peer_steps, "ms")
        row("date step, map (work)", [work for work, _ in both], "ms")
        row("date step, map (until it is painted)", [painted for _, painted in both], "ms")
        faster = statistics.median(peer_steps) / statistics.median(painted for _, painted in both)
        print(f"{'times faster, painted':45} {faster:15.1f}")
        row("slider settled to board", board_steps(page, slider), "ms")
        same = inside.locator("html").evaluate("() => window.mark")
        print(f"{'the frame was never put up anew':45} {same == 'the same frame'}")
        context.close()


if __name__ == "__main__":
    main()
