"""A sheet beside the usual way to get a picture of a web map: a screenshot of the page in a headless browser.

Run: python tests/bench/sheet.py
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
A4_300 = {"width": 1754, "height": 1240}


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock, and seconds of this process's CPU."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def screenshot(page: Path, out: Path) -> None:
    """Start a browser, open the page, wait until it has drawn, take all of it at A4 and 300 dpi."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        opened = chromium.new_page(viewport=A4_300, device_scale_factor=2)
        opened.goto(page.as_uri())
        opened.wait_for_selector("canvas, svg", state="attached")
        opened.wait_for_load_state("networkidle")
        opened.screenshot(path=str(out), full_page=True)
        chromium.close()


def main() -> None:
    from mapapp.briefing.animation import animate
    from mapapp.briefing.sharing import edition
    from mapapp.briefing.snapshot import snapshot
    from mapapp.briefing.view import View
    from mapapp.replay import html
    from mapapp.situation.situation import load

    seen, made = edition(load()), datetime(2026, 11, 22, tzinfo=UTC)
    days = [View(day=date(2026, 1, day), created=made) for day in (19, 20, 21, 20, 20)]
    with tempfile.TemporaryDirectory() as folder:
        page, picture = Path(folder) / "page.html", Path(folder) / "page.png"
        sheets = [timed(lambda view=view: snapshot(seen, view, "png")) for view in days]
        rows = [("A4 sheet, 300 dpi, first of a process", *sheets[0]), ("A4 sheet, 300 dpi, warm", *min(sheets[1:]))]

        def by_screenshot() -> None:
            page.write_text(html(seen.timeline), "utf-8")
            screenshot(page, picture)

        rows.append(("page and screenshot at that size", *min(timed(by_screenshot) for _ in range(3))))
    film = View(day=date(2026, 3, 31), since=date(2026, 1, 1), created=made, paper="16:9")
    for kind in ("webp", "gif", "mp4"):
        work = lambda kind=kind: animate(seen, film, kind, lambda done, count: None)  # noqa: E731
        rows.append((f"90 days, a frame a day, {kind}", *timed(work)))
    for name, wall, cpu in rows:
        print(f"{name:40} {wall:7.2f} s   {cpu:7.2f} s CPU here")
    print(f"warm sheet against screenshot: 1 to {rows[2][1] / rows[1][1]:.1f}")


if __name__ == "__main__":
    main()
