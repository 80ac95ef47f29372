"""The colours and line widths of paper: quiet grounds, dark letters, all opaque so that they print as they look."""

from __future__ import annotations

INK, SOFT, FAINT, HAIR = "#1c2126", "#56606b", "#8b95a0", "#c9cfd6"
"""Letters and lines from strong to weak; the first three have a contrast of at least 3 to 1 against white."""

PAPER, PANEL, ACCENT = "#ffffff", "#f5f6f8", "#0b5cad"
LAND, ABROAD, SEA, WATER, RIVER = "#fbfaf6", "#efede7", "#e3edf3", "#d3e4ee", "#8fb8d2"
BORDER, GOVERNORATE = "#6f6a63", "#c4beb4"
UNESTABLISHED = "#bdbdb6"
"""The strokes on ground whose holder is not established."""

GROUND_STRENGTH = 0.42
"""How much of a holder's colour is in its ground; the rest is paper."""

TLP = {"CLEAR": "#ffffff", "GREEN": "#33ff00", "AMBER": "#ffc000", "AMBER+STRICT": "#ffc000", "RED": "#ff2b2b"}
"""Sharing level -> letters of its label, on `TLP_GROUND` (TLP 2.0, FIRST 2022)."""

TLP_GROUND = "#000000"


def mixed(colour: str, share: float, ground: str = PAPER) -> str:
    """A colour laid over another at a share of 0 to 1, as an opaque colour."""
    pairs = zip(_rgb(colour), _rgb(ground), strict=True)
    return "#" + "".join(f"{round(over * share + under * (1 - share)):02x}" for over, under in pairs)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
