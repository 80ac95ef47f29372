"""The guide to the contradictions, written from the rules: `python -m mapapp.timeline.guide FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

from mapapp.timeline.contradictions import rules_markdown

INTRODUCTION = """# The contradictions that are looked for

Written from the rules in `mapapp/timeline/site_rules.py` and `record_rules.py`: do not edit by hand.

`python -m mapapp contradictions --date D` lists those of a day, with the records on each side and since when. Nothing
is decided: both sides stay on record. Distances that a rule names are settings in `situation.toml` under `[alerts]`.
"""


def markdown() -> str:
    """The whole guide as Markdown: a table with the id of each rule and what it says."""
    return f"{INTRODUCTION}\n{rules_markdown()}"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(markdown(), encoding="utf-8")
