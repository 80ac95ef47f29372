"""Make the gold pictures of the sheets again, after a change that is meant: python tests/gold/briefing/remake.py."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[2]), str(HERE.parents[1])]


def main() -> None:
    from PIL import Image
    from test_sheet import GOLD_DPI, VIEWS

    from mapapp.briefing import raster
    from mapapp.briefing.sharing import edition
    from mapapp.briefing.sheet import draw
    from mapapp.situation.situation import load

    seen = edition(load())
    for name, view in VIEWS.items():
        picture = Image.fromarray(raster.pixels(draw(seen, view).canvas, GOLD_DPI))
        picture.quantize(128, dither=Image.Dither.NONE).save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
