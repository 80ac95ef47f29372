"""The pictures of the README, taken of the running app: python tests/pictures/make.py"""

from __future__ import annotations

import io
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

import serving  # noqa: E402 (found through the path above)
from conftest import open_chromium  # noqa: E402
from PIL import Image  # noqa: E402

import mapapp  # noqa: E402
from mapapp.briefing.drafting import caption  # noqa: E402

HERE = Path(__file__).resolve().parent
SHEET_DAY = date(2026, 1, 20)
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
DRAWN = ".board:not([aria-busy='true']) :is(tbody tr, .panel h2):visible, .reading h2"
PICTURES = {
    "situation": ("?date=2026-01-20", DESK, "light"),
    "panel": ("?date=2026-01-20&facility=al-hol", DESK, "dark"),
    "phone": ("?date=2026-01-21", PHONE, "light"),
    "facilities": ("facilities?date=2026-01-20", DESK, "light"),
    "changes": ("changes?date=2026-01-21&from=2026-01-17&known=2026-01-31", DESK, "light"),
}
"""Name -> the view's address, the size of the window, the theme."""
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def sheet() -> None:
    """A sheet to hand over, as `snapshot` makes it, in fewer dots."""
    seen = mapapp.edition(mapapp.load(), "CLEAR")
    view = mapapp.View(day=SHEET_DAY, created=datetime(2026, 11, 22, 12, tzinfo=UTC), audience="CLEAR")
    view = replace(view, caption=caption(seen.timeline, view, SHEET_DAY - timedelta(days=1)))
    picture = Image.open(io.BytesIO(mapapp.snapshot(seen, view, "png", dpi=120).content))
    picture.save(HERE / "sheet.png", optimize=True)


def main() -> None:
    sheet()
    with (
        tempfile.TemporaryDirectory() as scratch,
        serving.app(Path(scratch) / "log") as address,
        open_chromium() as browser,
    ):
        for name, (view, size, theme) in PICTURES.items():
            context = browser.new_context(viewport=size, color_scheme=theme, reduced_motion="reduce")
            page = context.new_page()
            page.goto(f"{address}/{view}")
            page.locator(DRAWN).first.wait_for()
            if view.startswith("?"):
                page.frame_locator("iframe").locator("html[data-ready]").evaluate(PAINTED)
            page.screenshot(path=HERE / f"{name}.png")
            context.close()


if __name__ == "__main__":
    main()
