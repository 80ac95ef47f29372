"""Make the gold pictures of the sheets again, after a change that is meant: python tests/gold/briefing/remake.py.

With a folder, the same sheets are written there at full size, to be looked at: 300 dots per inch, the atlas as PDF.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[2]), str(HERE.parents[1])]


def main(folder: str | None) -> None:
    from PIL import Image
    from test_sheet import VIEWS, drawn

    from mapapp.briefing.sharing import edition
    from mapapp.briefing.snapshot import snapshot
    from mapapp.situation.situation import load

    for name, view in VIEWS.items():
        seen = edition(load(), view.audience)
        if folder:
            kind = "pdf" if view.atlas else "png"
            (Path(folder) / f"{name}.{kind}").write_bytes(snapshot(seen, view, kind).content)
        else:
            picture = Image.fromarray(drawn(seen, view))
            picture.quantize(128, dither=Image.Dither.NONE).save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
