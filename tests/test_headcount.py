"""Head counts: claims side by side, ranges without averages."""

from __future__ import annotations

from datetime import date

import made
from hypothesis import given
from hypothesis import strategies as st

from mapapp.timeline import headcount
from mapapp.timeline.records import plain_records
from mapapp.timeline.register import with_successors

DAY = date(2026, 1, 20)


def persons(*rows, day=DAY):
    return headcount.persons(with_successors(plain_records(made.figures(*rows)), "figure_id"), day)


def counts(*rows, day=DAY):
    return headcount.counts(with_successors(plain_records(made.events(*rows)), "event_id"), day)


def test_no_figure_is_not_zero():
    assert persons() is None
    assert persons({"as_of_date": None, "best": 5}) is None
    assert persons({"as_of_date": "2026-01-20"}) is None, "a figure without any number tells nothing"


def test_one_claim_is_given_as_it_was_worded():
    found = persons(
        {
            "as_of_date": "2026-01-19",
            "best": 23000,
            "qualifier": "about",
            "claimed_by": "camp",
            "source_ids": ("S2", "S1"),
        }
    )
    assert (found["low"], found["best"], found["high"], found["qualifier"]) == (23000, 23000, 23000, "about")
    assert (found["as_of"], found["claimed_by"], found["source_ids"]) == ("2026-01-19", ["camp"], ["S1", "S2"])


def test_open_claims_stay_open():
    more, up_to = {"low": 24000, "qualifier": "more_than"}, {"high": 2000, "qualifier": "up_to"}
    above, below = persons({"as_of_date": "2026-01-19", **more}), persons({"as_of_date": "2026-01-19", **up_to})
    assert (above["low"], above["best"], above["high"]) == (24000, None, None)
    assert (below["low"], below["best"], below["high"]) == (None, None, 2000)


def test_rival_claims_make_a_range_without_an_average():
    found = persons(
        {"as_of_date": "2026-01-20", "best": 20000, "conflict_group": "CG"},
        {"as_of_date": "2026-01-19", "best": 23000, "conflict_group": "CG"},
        {"as_of_date": "2026-01-20", "low": 30000, "conflict_group": "CG", "qualifier": "more_than"},
    )
    assert (found["low"], found["best"], found["high"], found["qualifier"]) == (20000, None, 30000, "range")
    assert [claim["figure_id"] for claim in found["claims"]] == ["P1", "P3", "P2"]
    assert (found["as_of"], found["left_out"]) == ("2026-01-20", 0)


def test_claims_that_agree_have_a_best_number():
    found = persons({"as_of_date": "2026-01-20", "best": 500}, {"as_of_date": "2026-01-20", "low": 500, "high": 500})
    assert (found["low"], found["best"], found["high"]) == (500, 500, 500)


def test_old_rivals_and_other_conflicts_are_not_drawn_in():
    found = persons(
        {"as_of_date": "2026-01-20", "best": 100, "conflict_group": "CG"},
        {"as_of_date": "2025-12-20", "best": 200, "conflict_group": "CG"},
        {"as_of_date": "2025-12-19", "best": 900, "conflict_group": "CG"},
        {"as_of_date": "2026-01-19", "best": 900, "conflict_group": "other"},
        {"as_of_date": "2026-01-19", "best": 900},
    )
    assert (found["low"], found["high"]) == (100, 200)


def test_doubtful_claims_are_listed_but_do_not_widen_the_range():
    found = persons(
        {"as_of_date": "2026-01-20", "best": 44000, "information_credibility": "5", "conflict_group": "CG"},
        {"as_of_date": "2026-01-18", "best": 24000, "information_credibility": "2", "conflict_group": "CG"},
    )
    assert (found["low"], found["high"], found["left_out"]) == (24000, 24000, 1)
    assert [claim["left_out"] for claim in found["claims"]] == [True, False]
    assert found["as_of"] == "2026-01-18", "the number shown is not made to look as new as the doubtful one"


def test_only_doubtful_claims_leave_the_number_unknown():
    found = persons({"as_of_date": "2019-01-01", "best": 400, "information_credibility": "5"})
    assert (found["low"], found["best"], found["high"], found["left_out"]) == (None, None, None, 1)


def test_families_are_not_persons():
    found = persons(
        {"as_of_date": "2026-01-10", "best": 24000},
        {"as_of_date": "2026-01-19", "families_low": 300, "families_high": 400},
    )
    assert (found["low"], found["high"], found["as_of"]) == (None, None, "2026-01-19")
    assert (found["families_low"], found["families_high"]) == (300, 400)


def test_zero_is_a_number():
    found = persons({"as_of_date": "2026-01-19", "best": 0, "qualifier": "exact"})
    assert (found["low"], found["best"], found["high"]) == (0, 0, 0)


def test_later_and_superseded_figures_are_not_looked_at():
    rows = (
        {"as_of_date": "2026-01-10", "best": 100},
        {"as_of_date": "2026-01-12", "best": 999},
        {"as_of_date": "2026-01-12", "best": 110, "supersedes_id": "P2"},
        {"as_of_date": "2026-01-21", "best": 5},
    )
    assert persons(*rows)["best"] == 110
    assert persons(*rows, day=date(2026, 1, 11))["best"] == 100
    assert persons(*rows, day=date(2026, 1, 9)) is None


def escaped(best, **more):
    return {
        "facility_id": "camp",
        "event_date": "2026-01-19",
        "quantity": "escaped",
        "best": best,
        "conflict_group": "CG",
        **more,
    }


def test_rival_counts_stand_side_by_side():
    (found,) = counts(
        escaped(1500, title="Escape, figure of one", claimed_by="one"),
        escaped(120, title="Escape, figure of the other", claimed_by="other"),
        escaped(200, event_date="2026-01-21"),
    )
    assert (found["title"], found["date"], found["conflict_group"]) == ("Escape, figure of", "2026-01-19", "CG")
    assert [(claim["claimed_by"], claim["best"]) for claim in found["claims"]] == [("one", 1500), ("other", 120)]
    assert not {"low", "best", "high", "mean"} & found.keys(), "a group has no number of its own"


def test_what_is_counted_apart_is_listed_apart_latest_first():
    found = counts(
        escaped(10), escaped(5, quantity="recaptured"), escaped(3, conflict_group=None),
        escaped(4, event_date="2026-01-20"),
        escaped(None), escaped(1, event_date=None), escaped(2, quantity=None),
    )  # fmt: skip
    assert [(one["date"], one["quantity"], len(one["claims"])) for one in found] == [
        ("2026-01-20", "escaped", 1), ("2026-01-19", "escaped", 1), ("2026-01-19", "recaptured", 1),
        ("2026-01-19", "escaped", 1),
    ]  # fmt: skip


NUMBER = st.none() | st.integers(0, 10**6)


@given(st.lists(st.tuples(NUMBER, NUMBER, NUMBER), min_size=1, max_size=6))
def test_a_range_holds_every_number_and_makes_up_none(numbers):
    claims = [{"low": low, "best": best, "high": high, "qualifier": None} for low, best, high in numbers]
    found = headcount.span(claims)
    named = {number for claim in numbers for number in claim if number is not None}
    for name in ("low", "best", "high"):
        assert found[name] is None or found[name] in named
    if found["low"] is not None:
        assert found["low"] == min(named)
    if found["high"] is not None:
        assert found["high"] == max(named)
    if found["best"] is not None and found["low"] is not None:
        assert found["low"] <= found["best"]
