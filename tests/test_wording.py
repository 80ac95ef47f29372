"""Words and numbers for reading: counts rounded, likelihood and confidence never in one sentence."""

from __future__ import annotations

import ast
import json
import re
from datetime import date

import pytest
from conftest import GEODATA, ROOT
from hypothesis import given
from hypothesis import strategies as st

import mapapp
from mapapp.errors import AskedWrongly
from mapapp.exchange import report
from mapapp.timeline import listing, wording
from mapapp.timeline.changes import changes
from mapapp.timeline.contradictions import contradictions

COUNTS = st.integers(0, 2_000_000)
SENTENCES = re.compile(r"(?<=[.!?;:\n|])\s+")
PRODUCT = [
    path
    for path in sorted((ROOT / "mapapp").rglob("*"))
    if path.suffix in {".py", ".js", ".html", ".j2", ".txt"} and path.name != "wording.py"
]


@pytest.mark.parametrize(
    ("count", "read"),
    [(0, "0"), (9, "9"), (92, "92"), (99, "99"), (607, "610"), (5_703, "5,700"), (5_750, "5,800"), (24_683, "24,700"),
     (99_950, "100,000"), (145_870, "146,000"), (1_234_567, "1,235,000")],
)  # fmt: skip
def test_counts_are_rounded_for_reading(count, read):
    assert wording.read_count(count) == read


@given(COUNTS)
def test_rounding_moves_a_count_by_at_most_half_a_step_and_the_same_way_for_losses(count):
    read = wording.rounded(count)
    assert abs(read - count) <= max(count * 0.05, 0.5)
    assert wording.rounded(-count) == -read
    assert wording.rounded(read) == read, "what is rounded stays as it is"


@given(COUNTS, COUNTS)
def test_rounding_keeps_the_order(one, other):
    assert (wording.rounded(one) <= wording.rounded(other)) or one > other


def test_ranges_and_open_ends_are_said_in_words():
    assert wording.read_count(None) == "unknown"
    assert wording.read_range(None, None) == "unknown"
    assert wording.read_range(23_407, 24_700) == "23,400 to 24,700"
    assert wording.read_range(24_683, 24_700) == "24,700", "no range where both ends read alike"
    assert wording.read_range(30_000, None) == "more than 30,000"
    assert wording.read_range(None, 20_000) == "up to 20,000"


# Likelihood and confidence


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.01, ("almost no chance", "remote")),
        (0.05, ("almost no chance", "remote")),
        (0.2, ("very unlikely", "highly improbable")),
        (0.3, ("unlikely", "improbable")),
        (0.5, ("roughly even chance", "roughly even odds")),
        (0.7, ("likely", "probable")),
        (0.9, ("very likely", "highly probable")),
        (0.97, ("almost certain", "nearly certain")),
        (0.999, ("almost certain", "nearly certain")),
    ],
)
def test_likelihood_in_the_words_of_one_row(probability, words):
    assert (wording.likelihood(probability), wording.likelihood(probability, row=1)) == words


@pytest.mark.parametrize(("probability", "row"), [(0, 0), (1, 0), (-0.1, 0), (1.1, 0), (0.5, 2), (float("nan"), 0)])
def test_what_is_no_probability_has_no_word(probability, row):
    with pytest.raises(AskedWrongly):
        wording.likelihood(probability, row)


@given(st.floats(0.001, 0.999), st.sampled_from([0, 1]), st.sampled_from(wording.CONFIDENCE))
def test_no_sentence_has_both(probability, row, confidence):
    likely = f"It is {wording.likelihood(probability, row)} that the guard left"
    assert wording.mixes(f"{likely} ({confidence} confidence).")
    assert wording.mixes(f"With {confidence.title()}\nConfidence, {likely}.")
    assert not wording.mixes(f"{likely}.")
    assert not wording.mixes(f"We say so with {confidence} confidence.")


def sentences(text: str) -> list[str]:
    return SENTENCES.split(text)


def texts(path) -> list[str]:
    """All that a file of the product can say."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        return [text]
    constants = [one.value for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Constant)]
    return [one for one in constants if isinstance(one, str)]


def test_no_text_of_the_product_has_both():
    assert len(PRODUCT) > 100
    said = [(path.name, one) for path in PRODUCT for text in texts(path) for one in sentences(text)]
    assert not [(name, one) for name, one in said if wording.mixes(one)]


def test_nothing_that_is_said_of_the_bundled_situation_has_both(timeline):
    day = date(2026, 1, 20)
    found = changes(timeline, date(2026, 1, 4), timeline, date(2026, 2, 28))
    said = [report.markdown(found, timeline), report.html(found, timeline)]
    said += [
        json.dumps(one, ensure_ascii=False) for one in (mapapp.board(timeline, day), contradictions(timeline, day))
    ]
    said += [path.read_text("utf-8") for path in (*GEODATA.glob("*.csv"), GEODATA / "situation.toml")]
    assert not [one for text in said for one in sentences(text) if wording.mixes(one)]


def test_only_one_row_of_words_is_used():
    """The second row is there to recognise it; `improbable` is a grade of the Admiralty code too, and stays."""
    other = {two for _, _, two in wording.LIKELIHOOD} - {"improbable"}
    for path in PRODUCT:
        text = path.read_text("utf-8").casefold()
        assert not [words for words in other if re.search(rf"\b{words}\b", text)], path.name


# Rounded where a person reads, exact where a program does


def test_the_board_is_rounded_in_a_table_and_exact_in_csv_and_json(timeline):
    rows = mapapp.board(timeline, date(2026, 2, 14))
    ends = {one for row in rows if row["persons"] for one in (row["persons"]["low"], row["persons"]["high"]) if one}
    changed = {one for one in ends if wording.rounded(one) != one}
    assert changed, "there is a number that rounding changes"
    table, text = listing.board_table(rows, timeline.situation.actors), listing.board_csv(rows)
    for one in changed:
        assert not re.search(rf"(?<![\d,]){one:,}(?![\d,])", table)
        assert wording.read_count(one) in table
        assert re.search(rf"(?<=,){one}(?=,)", text)


def test_a_figure_and_the_one_it_revises_are_rounded_alike_in_the_report(timeline):
    found = changes(timeline, date(2026, 1, 4), timeline, date(2026, 2, 28))
    revised = [row for row in found["figures"] if row["revises"]]
    assert revised
    shown = {row["figure_id"]: row for row in report.view(found, timeline)["figures"]}
    for row in revised:
        numbers = [row["revises"][name] for name in ("low", "best", "high") if row["revises"][name] is not None]
        if numbers:
            said = shown[row["figure_id"]]["revises"]["said"]
            assert wording.read_count(min(numbers)) in said
