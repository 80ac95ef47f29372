from __future__ import annotations

from datetime import date

import made
import pandas as pd
from chains import chain
from hypothesis import given, settings
from hypothesis import strategies as st

from mapapp.timeline.claims import place_spans
from mapapp.timeline.spans import DAY, as_of, overlaps

FAR = pd.Timestamp("2100-01-01")
JAN = [date(2026, 1, day) for day in range(1, 32)]
PLACES = made.places(here=(0, 0), there=(1, 1))


def records(*rows):
    """Control records X1, X2, ... each with a source of its own."""
    kept = [
        {"event_type": "control", "place_id": "here", "source_ids": (f"S{n}",), **row} for n, row in enumerate(rows, 1)
    ]
    return made.events(*[{"claim_state": "reported", **row} for row in kept])


def held(spans, day, place="here"):
    """Holder and claimant of a place on a day."""
    rows = as_of(spans[spans["place_id"] == place], day)
    assert len(rows) <= 1
    return (rows["holder"].iloc[0], rows["contested_by"].iloc[0]) if len(rows) else "no row"


def baseline(holder="SDF", **more):
    return {"sub_event_type": "baseline", "holder_after": holder, **more}


def change(day, before, after, **more):
    return {"event_date": JAN[day - 1], "holder_before": before, "holder_after": after, **more}


def contested(day, by, **more):
    return change(day, "SDF", by, sub_event_type="contested", **more)


def test_a_change_flips_the_place_on_its_day_and_says_who_held_it_before():
    spans = place_spans(records(change(20, "SDF", "GOV")), PLACES)
    assert held(spans, JAN[18]) == ("SDF", None)
    assert held(spans, JAN[19]) == ("GOV", None)
    assert spans["valid_from"].isna().tolist() == [True, False]
    assert spans["event_ids"].tolist() == [("X1",), ("X1",)]
    assert spans["source_ids"].tolist() == [("S1",), ("S1",)]


def test_a_baseline_without_a_day_says_who_held_the_place_at_first():
    spans = place_spans(records(change(20, "GOV", "TUR"), baseline("SDF")), PLACES)
    assert held(spans, JAN[0]) == ("SDF", None)


def test_before_the_first_change_nothing_is_known_where_the_record_does_not_say():
    spans = place_spans(records(change(20, None, "GOV")), PLACES)
    assert held(spans, JAN[18]) == "no row"
    assert held(spans, JAN[19]) == ("GOV", None)


def test_retained_joins_the_span_it_confirms():
    spans = place_spans(records(baseline(), change(20, "SDF", "SDF", sub_event_type="retained")), PLACES)
    assert spans["event_ids"].tolist() == [("X1", "X2")]


def test_not_established_ends_what_was_known():
    for after in (None, "SDF"):
        row = change(20, "SDF", after, sub_event_type="not_established")
        spans = place_spans(records(baseline(), row, change(25, None, "GOV")), PLACES)
        assert [held(spans, JAN[n]) for n in (18, 19, 24)] == [("SDF", None), (None, None), ("GOV", None)]


def test_a_contested_claim_shows_until_the_next_uncontested_record():
    spans = place_spans(records(baseline(), contested(10, "GOV"), change(11, "SDF", "GOV")), PLACES)
    assert [held(spans, JAN[n]) for n in (8, 9, 10)] == [("SDF", None), ("SDF", "GOV"), ("GOV", None)]
    assert spans["event_ids"].tolist() == [("X1",), ("X1", "X2"), ("X3",)]


def test_a_contested_claim_that_nothing_follows_stands():
    spans = place_spans(records(baseline(), contested(10, "GOV")), PLACES)
    assert held(spans, JAN[30]) == ("SDF", "GOV")


def test_a_refuted_change_flips_nothing():
    spans = place_spans(records(baseline(), change(10, "SDF", "GOV", claim_state="refuted")), PLACES)
    assert held(spans, JAN[30]) == ("SDF", "GOV")


def test_a_denial_of_the_same_day_settles_it_when_it_is_reported_and_not_before_the_day_after():
    for reported_on, last in ((None, 20), (JAN[19], 20), (JAN[23], 23)):
        denial = change(20, "SDF", "SDF", sub_event_type="retained", reported_on=reported_on)
        spans = place_spans(records(baseline(), contested(20, "TRIBAL"), denial), PLACES)
        assert [day for day in JAN if held(spans, day) == ("SDF", "TRIBAL")] == JAN[19:last]


def test_whoever_already_holds_a_place_does_not_contest_it():
    spans = place_spans(records(baseline("GOV"), contested(20, "GOV")), PLACES)
    assert held(spans, JAN[25]) == ("GOV", None)


def test_changes_of_one_day_follow_one_another_from_holder_to_holder_whatever_their_order_in_the_file():
    there = change(18, "SDF", "TRIBAL")
    back = change(18, "TRIBAL", "GOV")
    for rows in ([there, back], [back, there]):
        assert held(place_spans(records(baseline(), *rows), PLACES), JAN[17]) == ("GOV", None)


def test_of_changes_of_one_day_that_do_not_link_the_last_in_the_file_holds():
    rows = [change(18, "TUR", "GOV"), change(18, "US", "TRIBAL")]
    assert held(place_spans(records(baseline(), *rows), PLACES), JAN[17]) == ("TRIBAL", None)


def test_a_superseded_record_and_one_of_another_kind_set_nothing():
    custody = change(20, "SDF", "GOV", event_type="custody")
    replaced, better = change(20, "SDF", "GOV"), change(22, "SDF", "GOV", supersedes_id="X3")
    spans = place_spans(records(baseline(), custody, replaced, better), PLACES)
    assert [held(spans, JAN[n])[0] for n in (19, 20, 21)] == ["SDF", "SDF", "GOV"]


def test_records_of_one_place_leave_another_alone():
    spans = place_spans(records(baseline(), change(20, "SDF", "GOV", place_id="there")), PLACES)
    assert held(spans, JAN[25]) == ("SDF", None)
    assert held(spans, JAN[25], "there") == ("GOV", None)


def test_without_records_there_is_an_empty_table():
    spans = place_spans(records(), PLACES)
    assert spans.empty
    assert spans["valid_from"].dtype == DAY


actor = st.sampled_from(["SDF", "GOV", "TUR"])
record = st.builds(
    change,
    st.integers(1, 12),
    actor | st.none(),
    actor,
    place_id=st.sampled_from(["here", "there"]),
    sub_event_type=st.sampled_from(["change", "retained", "withdrawal", "not_established", "contested"]),
    claim_state=st.sampled_from(["reported", "refuted"]),
    reported_on=st.none() | st.sampled_from(JAN[:15]),
)


@settings(max_examples=25)
@given(st.lists(record, max_size=7))
def test_no_day_has_two_holders_or_a_hole_and_no_contested_claim_flips_anything(rows):
    rows = [baseline(), baseline("GOV", place_id="there"), *rows]
    settled = [row for row in rows if row["sub_event_type"] != "contested" and row.get("claim_state") != "refuted"]
    spans, without = place_spans(records(*rows), PLACES), place_spans(records(*settled), PLACES)
    assert overlaps(spans, "place_id").empty
    pd.testing.assert_frame_equal(holders(spans), holders(without))
    assert spans.groupby("place_id")["valid_from"].apply(lambda days: days.isna().sum()).eq(1).all()
    assert (spans["valid_to"][:-1].fillna(FAR) == spans["valid_from"][1:].fillna(FAR).to_numpy()).all()


def holders(spans):
    """The spans of the holders alone: whoever contests them does not count."""
    return chain(spans[["place_id", "holder", "valid_from", "valid_to"]], "place_id", "holder")


def test_every_bundled_place_has_one_holder_a_day_and_no_hole_at_a_hand_over(situation):
    spans = place_spans(situation.events, situation.places)
    assert overlaps(spans, "place_id").empty
    follows = spans["place_id"] == spans["place_id"].shift()
    assert (spans["valid_from"][follows] == spans["valid_to"].shift()[follows]).all()
    assert spans["valid_to"][~follows.shift(-1, fill_value=False)].isna().all()
    for day in pd.date_range("2026-01-01", "2026-03-31"):
        assert as_of(spans, day)["place_id"].is_unique


def test_no_contested_bundled_claim_flips_a_place(situation):
    events = situation.events[situation.events["event_type"] == "control"]
    contested = (events["sub_event_type"] == "contested") | (events["claim_state"] == "refuted")
    assert contested.sum() >= 11
    spans = place_spans(situation.events, situation.places)
    without = place_spans(situation.events.drop(events.index[contested]), situation.places)
    known = holders(spans)["holder"].notna()
    pd.testing.assert_frame_equal(
        holders(spans)[known].reset_index(drop=True), holders(without).dropna(subset="holder").reset_index(drop=True)
    )


def test_bundled_places_change_hands_as_reported(situation):
    spans = place_spans(situation.events, situation.places)
    assert [held(spans, JAN[n], "al-hol")[0] for n in (18, 19, 20)] == ["SDF", "NONE", "GOV"]
    assert held(spans, JAN[19], "hasakah") == ("SDF", "TRIBAL")
    assert held(spans, JAN[17], "shuhayl")[0] == "GOV"
    assert held(spans, date(2026, 3, 1), "sarrin") == ("SDF", "GOV")
