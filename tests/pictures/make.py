"""The pictures of the README, taken of the running app: python tests/pictures/make.py"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

import serving  # noqa: E402 (found through the path above)
from conftest import open_chromium  # noqa: E402

HERE = Path(__file__).resolve().parent
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


def main() -> None:
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
                page.frame_locator("iframe").locator("html[data-ready]").wait_for()
            page.screenshot(path=HERE / f"{name}.png")
            context.close()


if __name__ == "__main__":
    main()
