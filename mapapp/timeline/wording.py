"""Words and numbers for reading: counts rounded, likelihood and confidence in words that never share a sentence.

Exports carry the exact numbers; only what a person reads is rounded.
"""

from __future__ import annotations

import re

from mapapp.errors import AskedWrongly

STEPS = ((100, 1), (1_000, 10), (100_000, 100))
"""Counts below the first number are read to the nearest multiple of the second, greater ones to the nearest 1,000."""

COARSEST_STEP = 1_000
ROUNDING = {"steps": [list(step) for step in STEPS], "coarsest": COARSEST_STEP}
"""The rule as the pages in a browser are told it."""

LIKELIHOOD = (
    (0.05, "almost no chance", "remote"),
    (0.20, "very unlikely", "highly improbable"),
    (0.45, "unlikely", "improbable"),
    (0.55, "roughly even chance", "roughly even odds"),
    (0.80, "likely", "probable"),
    (0.95, "very likely", "highly probable"),
    (0.99, "almost certain", "nearly certain"),
)
"""Upper end of each band of probability, with the words of both rows of ICD 203 (2015). A text uses one row only."""

CONFIDENCE = ("low", "moderate", "high")
"""How good the evidence is: another thing than how likely something is, and said in a sentence of its own."""

BOTH = "Say how likely it is and how good the evidence is in two sentences, never in one (ICD 203)."


def rounded(count: int) -> int:
    """Round a count for reading.

    Parameters
    ----------
    count : int
        Persons, or anything else that was counted.

    Returns
    -------
    int
        By `STEPS`, half up: 92 for 92, 610 for 607, 5,700 for 5,704, 146,000 for 145,870.
    """
    step = next((step for below, step in STEPS if abs(count) < below), COARSEST_STEP)
    nearest = (abs(count) + step // 2) // step * step
    return nearest if count > 0 else -nearest


def read_count(count: int | None) -> str:
    """Say a count for reading: rounded, with thousands marked; unknown is a word."""
    return "unknown" if count is None else f"{rounded(count):,}"


def read_range(low: int | None, high: int | None) -> str:
    """Say a range for reading; where one end is open, as "more than" or "up to"."""
    if low is None or high is None:
        either = high if low is None else low
        return "unknown" if either is None else f"{'more than' if high is None else 'up to'} {read_count(either)}"
    return read_count(low) if rounded(low) == rounded(high) else f"{read_count(low)} to {read_count(high)}"


def likelihood(probability: float, row: int = 0) -> str:
    """Give the word for a probability.

    Parameters
    ----------
    probability : float
        Above 0 and below 1: of what is certain there is nothing to estimate.
    row : int
        Which of the two rows of ICD 203; a product keeps to one.

    Raises
    ------
    AskedWrongly
        Where it is not a probability, or there is no such row.
    """
    if not 0 < probability < 1 or row not in {0, 1}:
        raise AskedWrongly(f"{probability} is not a probability between 0 and 1, or {row} is not a row of words.")
    words = next((words for end, *words in LIKELIHOOD if probability <= end), LIKELIHOOD[-1][1:])
    return str(words[row])


def mixes(sentence: str) -> bool:
    """Whether a sentence speaks of likelihood and of confidence at once, which ICD 203 forbids (see `BOTH`)."""
    words = "|".join(word for _, *several in LIKELIHOOD for word in several)
    text = " ".join(sentence.casefold().split())
    likely = re.search(rf"\b({words})\b", text)
    return bool(likely and re.search(rf"\b({'|'.join(CONFIDENCE)}) confidence\b", text))
