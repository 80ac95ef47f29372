"""Letters on paper: the fonts, how wide a text is, where its lines break. Sizes are in points, lengths in mm."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import fontpkg_ibm_plex_sans_arabic as plex
import numpy as np
from matplotlib import font_manager
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

MM_PER_PT = 25.4 / 72
LINE = 1.32
"""Height of a line in letter heights."""

FAMILY = [plex.FAMILY, "DejaVu Sans"]
"""One family has Latin and Arabic letters; the other, which comes with matplotlib, has what the first lacks."""

WEIGHTS = {"normal": 400, "medium": 500, "bold": 700}
ELLIPSIS = "…"


@lru_cache(maxsize=1)
def register_fonts() -> None:
    """Make the fonts known to matplotlib; none is looked for on the machine."""
    for path in sorted((plex.ROOT / "files").glob("*.ttf")):
        font_manager.fontManager.addfont(path)
    spare = font_manager.findfont(FAMILY[1])
    font_manager.fontManager.ttflist.append(
        font_manager.FontEntry(fname=spare, name=FAMILY[1], weight=WEIGHTS["medium"], size="scalable")
    )


@lru_cache(maxsize=64)
def font(size: float, weight: str = "normal") -> FontProperties:
    """The font of a size in points and a weight of `WEIGHTS`."""
    register_fonts()
    return FontProperties(family=FAMILY, size=size, weight=WEIGHTS[weight])


def width_mm(text: str, size: float, weight: str = "normal") -> float:
    """How wide a line of text is."""
    return _em_width(text, weight) * size * MM_PER_PT


@lru_cache(maxsize=50_000)
def _em_width(text: str, weight: str) -> float:
    """How wide a line of text is in letter heights: it grows with the letters."""
    wide, _, _ = text_to_path.get_text_width_height_descent(text, font(100, weight), ismath=False)
    return float(wide) / 100


@lru_cache(maxsize=20_000)
def letters(text: str, weight: str = "normal") -> Path:
    """The outlines of a line of text at one point, y upwards from the baseline; lengths in mm."""
    vertices, codes = text_to_path.get_text_path(font(1, weight), text, ismath=False)
    if not len(vertices):
        return Path(np.zeros((0, 2)))
    # Outlines come at one size whatever the font's: `FONT_SCALE` units to a letter height.
    return Path(np.asarray(vertices) * (MM_PER_PT / text_to_path.FONT_SCALE), codes)


def line_mm(size: float) -> float:
    """How high a line is."""
    return size * LINE * MM_PER_PT


@lru_cache(maxsize=20_000)
def clean(text: str) -> str:
    """One line without control signs: no text from outside may steer the direction of the letters around it."""
    kept = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text)
    return " ".join(kept.split())


def wrap(text: str, width: float, size: float, weight: str = "normal", most: int = 99) -> list[str]:
    """Break a text into lines no wider than that; what is beyond the last line is cut, with a sign that it is."""
    blank = width_mm("n n", size, weight) - width_mm("nn", size, weight)
    lines: list[str] = []
    line, filled = "", 0.0
    for word in clean(text).split(" "):
        wide = width_mm(word, size, weight)
        if line and filled + blank + wide > width:
            lines.append(line)
            line, filled = word, wide
        else:
            line, filled = (f"{line} {word}", filled + blank + wide) if line else (word, wide)
    lines = [one if " " in one else shorten(one, width, size, weight) for one in [*lines, line] if one]
    if len(lines) > most:
        lines = [*lines[: most - 1], shorten(f"{lines[most - 1]} {ELLIPSIS}", width, size, weight)]
    return lines


@lru_cache(maxsize=5_000)
def shorten(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Cut a line to a width, with a sign that it is cut."""
    if width_mm(text, size, weight) <= width:
        return text
    short, long = 0, len(text)
    while short < long:
        middle = (short + long + 1) // 2
        if width_mm(text[:middle].rstrip() + ELLIPSIS, size, weight) <= width:
            short = middle
        else:
            long = middle - 1
    return text[:short].rstrip() + ELLIPSIS
