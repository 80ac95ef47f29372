"""How a Problem quotes what stands in a file: short, on one line, nothing in it that moves or hides text."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")
"""Control characters, overrides of the reading direction, marks without width, bytes that are no text."""
_LONGEST_QUOTE = 60


def visible(text: str) -> str:
    """The text without the characters that nobody sees; left-to-right and right-to-left marks stay."""
    return _UNSEEN.sub("", text)


def quoted(value: object) -> str:
    """A value between quotation marks, as a message shows it: at most 60 characters, on one line."""
    text = " ".join(visible(str(value)[: 10 * _LONGEST_QUOTE]).split())
    return f'"{text}"' if len(text) <= _LONGEST_QUOTE else f'"{text[: _LONGEST_QUOTE - 3]}..."'


def closest(word: str, known: Collection[str]) -> str:
    """The known word most like this one, whatever its capitals; empty where none is like it."""
    if len(word) > _LONGEST_QUOTE:
        return ""
    spelt = {other.casefold(): other for other in sorted(known)}
    close = difflib.get_close_matches(word.casefold(), list(spelt), n=1, cutoff=0.6)
    return spelt[close[0]] if close else ""


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A sentence that names the known word most like this one; empty where none is like it."""
    close = closest(word, known)
    return f' Did you mean "{close}"?' if close else ""


def listed(words: Collection[str]) -> str:
    """Words with commas and a last "and"."""
    names = list(words)
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
