from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from chains import chain
from hypothesis import given, settings
from hypothesis import strategies as st

from mapapp.timeline.spans import DAY, as_of, overlaps, united

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(-1, 7)]

days = st.none() | st.sampled_from(DAYS[1:-1])
state = st.tuples(st.sampled_from("ab"), st.none() | st.sampled_from("xyz"), days, days)


def table(rows):
    """States (key, value, valid_from, valid_to) as a table, each with an id of its own."""
    frame = pd.DataFrame(rows, columns=["key", "value", "valid_from", "valid_to"], dtype=object)
    frame["event_ids"] = [(f"E{n}",) for n in range(len(rows))]
    return frame.astype({"valid_from": DAY, "valid_to": DAY})


def value_on(rows, key, day):
    """What holds on a day by the rules alone: of the states begun by then, the latest, if it has not ended."""
    begun = [
        (start or date.min, n, value, end)
        for n, (k, value, start, end) in enumerate(rows)
        if k == key and lasts(start, end)
    ]
    begun = [one for one in begun if one[0] <= day]
    if not begun:
        return "no row"
    _, _, value, end = max(begun, key=lambda one: one[:2])
    return value if end is None or day < end else "no row"


def lasts(start, end):
    return end is None or start is None or start < end


@settings(max_examples=40)
@given(st.lists(state, max_size=8))
def test_a_chain_gives_each_day_the_latest_state_begun_and_never_two(rows):
    spans = chain(table(rows), "key", "value")
    assert overlaps(spans, "key").empty
    for day in DAYS:
        held = as_of(spans, day)
        assert held["key"].is_unique
        for key in "ab":
            value = held.loc[held["key"] == key, "value"].tolist() or ["no row"]
            assert value == [value_on(rows, key, day)]


@given(st.lists(st.tuples(st.just("a"), st.sampled_from("xyz"), days, st.none()), min_size=1))
def test_a_chain_without_known_ends_has_no_hole_after_its_first_day(rows):
    spans = chain(table(rows), "key", "value")
    assert spans["valid_to"].isna().tolist() == [False] * (len(spans) - 1) + [True]
    assert (spans["valid_to"][:-1].to_numpy() == spans["valid_from"][1:].to_numpy()).all()
    assert (spans["value"] != spans["value"].shift()).all()


@given(st.lists(state, max_size=8), st.sampled_from(DAYS))
def test_as_of_gives_the_rows_whose_days_include_the_day(rows, day):
    spans = table(rows)
    expected = [
        n for n, (_, _, start, end) in enumerate(rows) if (start or date.min) <= day and (end is None or day < end)
    ]
    assert as_of(spans, day).index.tolist() == expected


@given(st.lists(state, max_size=8))
def test_overlaps_finds_each_pair_of_rows_that_share_a_day(rows):
    spans = table(rows)
    pairs = set()
    for day in [*DAYS, date.min, date.max - timedelta(days=365)]:
        held = as_of(spans, day)
        pairs |= {(i, j) for i in held.index for j in held.index if i < j and held["key"][i] == held["key"][j]}
    assert set(overlaps(spans, "key")[["first", "second"]].itertuples(index=False, name=None)) == pairs


def test_neighbours_that_say_the_same_are_one_span_with_the_ids_of_both():
    rows = [("a", "x", None, None), ("a", "x", date(2026, 1, 3), None), ("a", "y", date(2026, 1, 5), None)]
    spans = chain(table(rows), "key", "value")
    assert spans["event_ids"].tolist() == [("E0", "E1"), ("E2",)]
    assert spans["valid_to"].tolist() == [pd.Timestamp("2026-01-05"), pd.NaT]


def test_on_the_day_of_a_hand_over_the_new_one_holds():
    spans = chain(table([("a", "x", None, None), ("a", "y", date(2026, 1, 20), None)]), "key", "value")
    assert as_of(spans, date(2026, 1, 19))["value"].tolist() == ["x"]
    assert as_of(spans, date(2026, 1, 20))["value"].tolist() == ["y"]


def test_of_two_states_of_one_day_the_one_further_down_holds():
    day = date(2026, 1, 18)
    spans = chain(table([("a", "x", None, None), ("a", "y", day, None), ("a", "z", day, None)]), "key", "value")
    assert spans["value"].tolist() == ["x", "z"]


def test_what_is_known_to_be_unknown_is_a_span_of_its_own():
    spans = chain(table([("a", "x", None, None), ("a", None, date(2026, 2, 1), None)]), "key", "value")
    assert spans["value"].tolist() == ["x", None]


def test_values_of_several_columns_are_compared_together():
    rows = table([("a", "x", None, None), ("a", "x", date(2026, 1, 3), None)]).assign(by=["p", "q"])
    assert len(chain(rows, "key", ["value", "by"])) == 2
    assert len(chain(rows, "key", "value")) == 1


@pytest.mark.parametrize("ask", [lambda t: chain(t, "key", "value"), lambda t: as_of(t, FIRST)])
def test_an_empty_table_gives_an_empty_table_with_columns_of_days(ask):
    spans = ask(table([]))
    assert spans.empty
    assert spans["valid_from"].dtype == spans["valid_to"].dtype == DAY


def test_united_ids_come_once_in_order_of_appearance():
    assert united([("b", "a"), (), ("a", "c")]) == ("b", "a", "c")
