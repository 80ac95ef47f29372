"""The steps between two days that are chosen among all are those found span by span."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mapapp.timeline.spans import day_text
from mapapp.timeline.succession import Succession, steps_of

KEYS = [("one", "guard"), ("one", "status"), ("two", "guard")]
VALUES = st.sampled_from(["GOV", "SDF", None])
IDS = st.lists(st.sampled_from("abcde"), max_size=3)


@st.composite
def spans(draw):
    """The spans of some values, of one value after another, or of all of them by the days on which they begin."""
    told = []
    for key in KEYS:
        for day in sorted(draw(st.sets(st.integers(0, 9), max_size=6))):
            ids = {"event_ids": draw(IDS), "source_ids": draw(IDS)}
            told.append((key, (draw(VALUES), {"valid_from": day_text(day), **ids}), day))
    return sorted(told, key=lambda one: one[2]) if draw(st.booleans()) else told


@given(spans(), st.dictionaries(st.sampled_from(KEYS), VALUES), st.integers(-1, 10), st.integers(-1, 10))
def test_the_steps_between_two_days_are_those_found_span_by_span(told, before, after, until):
    said_before = {key: (value, {}) for key, value in before.items()}
    begun = [(key, one) for key, one, day in told if after < day <= until]
    assert Succession(told).steps(said_before, after, until) == steps_of(said_before, begun)


def test_a_value_that_was_so_before_is_no_step_and_one_that_was_not_is():
    spans = [("GOV", "a", 1), ("GOV", "b", 2), ("SDF", "c", 3)]
    told = [
        (KEYS[0], (value, {"valid_from": day_text(day), "event_ids": [one], "source_ids": ["s"]}), day)
        for value, one, day in spans
    ]
    of_all = Succession(told)
    assert [one["value"] for one in of_all.steps({}, 1, 3)[KEYS[0]].taken] == ["GOV", "SDF"]
    found = of_all.steps({KEYS[0]: ("GOV", {})}, 1, 3)[KEYS[0]]
    assert [one["value"] for one in found.taken] == ["SDF"]
    assert (found.event_ids, found.source_ids) == (["c"], ["s"])
    assert of_all.steps({KEYS[0]: ("GOV", {})}, 1, 2) == {}
