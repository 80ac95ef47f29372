"""Facility x ground x records: what each facility's spans say, and that they cover every day once."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import geopandas as gpd
import made
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapapp.timeline.composite import from_zones
from mapapp.timeline.custody import ATTRIBUTES, NO_GROUND, NO_POINT, NOT_ON_RECORD, custody
from mapapp.timeline.spans import as_of, ends, overlaps, starts
from mapapp.timeline.zones import ground as ground_of_places

WEST, EAST = (0, 0, 1, 1), (1, 0, 2, 1)


def spans_of(events, zones=None, **points):
    zones = made.zones() if zones is None else zones
    facilities, places = made.facilities(**points or {"camp": (0.5, 0.5)}), made.places(town=(0.5, 0.6), far=(0.9, 0.9))
    situation = SimpleNamespace(facilities=facilities, places=places, events=events, zones=zones)
    return custody(situation, from_zones(zones)[0])


def on(spans, day, attribute="guard", facility="camp"):
    rows = as_of(spans, date.fromisoformat(day))
    (row,) = rows[(rows["attribute"] == attribute) & (rows["facility_id"] == facility)].to_dict("records")
    return row


def guard(day=None, value="SDF", **more):
    return {"event_type": "custody", "facility_id": "camp", "event_date": day, "guard_after": value, **more}


def test_a_record_holds_from_its_day_until_the_next():
    spans = spans_of(made.events(guard("2026-01-10"), guard("2026-01-20", "GOV", guard_unit="Interior Ministry")))
    assert on(spans, "2026-01-09")["value"] is None
    assert on(spans, "2026-01-19")["value"] == "SDF"
    handed_over = on(spans, "2026-01-20")
    assert (handed_over["value"], handed_over["detail"]) == ("GOV", "Interior Ministry")
    assert handed_over["since"] == pd.Timestamp("2026-01-20")


def test_a_record_without_a_day_is_open_at_its_start():
    span = on(spans_of(made.events(guard())), "1990-01-01")
    assert span["value"] == "SDF"
    assert pd.isna(span["since"])


def test_after_a_known_end_nothing_is_known():
    spans = spans_of(made.events(guard("2026-01-10", valid_to="2026-01-15")))
    assert on(spans, "2026-01-14")["value"] == "SDF"
    after = on(spans, "2026-01-15")
    assert (after["value"], after["event_ids"], after["basis"]) == (None, (), NOT_ON_RECORD)


def test_the_known_end_of_one_state_does_not_reach_into_the_next():
    spans = spans_of(made.events(guard("2026-01-10", valid_to="2026-01-25"), guard("2026-01-20", "GOV")))
    assert on(spans, "2026-01-24")["value"] == "GOV"


def test_refuted_and_superseded_records_set_nothing():
    spans = spans_of(
        made.events(
            guard("2026-01-10"),
            guard("2026-01-20", "GOV"),
            guard("2026-01-15", "IS", claim_state="refuted"),
            guard("2026-01-22", "GOV", supersedes_id="X2"),
        )
    )
    assert on(spans, "2026-01-16")["value"] == "SDF"
    assert on(spans, "2026-01-21")["value"] == "SDF"
    assert on(spans, "2026-01-22")["value"] == "GOV"


def test_a_change_of_detail_is_a_new_span_of_the_same_run():
    spans = spans_of(
        made.events(
            guard("2026-01-10", guard_unit="Asayish"), guard("2026-01-12", guard_unit="HAT"), guard("2026-01-14")
        )
    )
    assert on(spans, "2026-01-11")["detail"] == "Asayish"
    later = on(spans, "2026-01-20")
    assert later["detail"] == "HAT", "a record that does not name the unit does not unsay it"
    assert later["since"] == pd.Timestamp("2026-01-10")
    assert later["event_ids"] == ("X2", "X3")


def test_words_on_a_state_do_not_outlive_a_known_end():
    first = guard("2026-01-10", guard_unit="Asayish", valid_to="2026-01-12")
    assert on(spans_of(made.events(first, guard("2026-01-14"))), "2026-01-14")["detail"] is None


def test_each_attribute_has_its_own_records():
    spans = spans_of(
        made.events(
            {"event_type": "status", "facility_id": "camp", "event_date": "2026-01-05", "status_after": "lockdown",
             "status_note": "nobody moves", "time_precision": "2"},
            {"event_type": "custody", "facility_id": "camp", "event_date": "2026-01-06", "operator_after": "UNHCR"},
            guard("2026-01-07"),
        )
    )  # fmt: skip
    now = {name: on(spans, "2026-01-07", name) for name in ATTRIBUTES}
    assert [now[name]["value"] for name in ATTRIBUTES] == ["lockdown", "UNHCR", "SDF", None]
    assert (now["status"]["detail"], now["status"]["since_precision"]) == ("nobody moves", "2")


def test_records_of_another_facility_or_of_none_are_not_looked_at():
    spans = spans_of(made.events(guard("2026-01-10", facility_id="elsewhere"), guard("2026-01-10", facility_id=None)))
    assert on(spans, "2026-01-20")["value"] is None


def control(place, *sources, **more):
    return {"event_type": "control", "place_id": place, "source_ids": sources, **more}


def test_the_ground_is_read_at_the_point():
    zones = made.zones(
        {"box": WEST, "holder": "SDF", "valid_to": "2026-01-20"},
        {"box": WEST, "holder": "GOV", "valid_from": "2026-01-20", "contested_by": "SDF"},
        {"box": EAST, "holder": "TUR", "source_ids": ("S9",)},
    )
    spans = spans_of(made.events(), zones, camp=(0.5, 0.5), prison=(1.5, 0.5))
    assert on(spans, "2026-01-19", "ground_holder")["value"] == "SDF"
    after = on(spans, "2026-01-20", "ground_holder")
    assert (after["value"], after["contested_by"]) == ("GOV", "SDF")
    drawn = on(spans, "2026-01-20", "ground_holder", "prison")
    assert (drawn["value"], drawn["source_ids"]) == ("TUR", ("S9",))
    assert drawn["basis"] == "zone Z3 as drawn; the point is known within 2 km"


def test_computed_ground_rests_on_the_claims_at_the_nearest_place():
    events = made.events(
        control("far", "S1", event_date="2026-01-18", time_precision="2"),
        control("town", "S2", event_date="2026-01-18", time_precision="1"),
        control("town", "S3", "S2", event_date="2026-01-20"),
    )
    zones = made.zones({"box": WEST, "holder": "GOV", "valid_from": "2026-01-18", "event_ids": ("X1", "X2", "X3")})
    ground = on(spans_of(events, zones), "2026-01-20", "ground_holder")
    assert (ground["event_ids"], ground["source_ids"]) == (("X2", "X3"), ("S2", "S3"))
    assert ground["basis"] == "computed zone; claims X2, X3 at Town, 11 km away; the point is known within 2 km"
    assert (ground["since"], ground["since_precision"]) == (pd.Timestamp("2026-01-18"), "1")


def test_unknown_ground_says_why():
    zones = made.zones({"box": WEST, "holder": "SDF", "valid_from": "2026-01-10"})
    spans = spans_of(made.events(guard()), zones, camp=(0.5, 0.5), nowhere=None, outside=(9, 9))
    assert on(spans, "2026-01-20", "ground_holder")["value"] == "SDF"
    for day, facility, reason in [
        ("2026-01-09", "camp", NO_GROUND), ("2026-01-20", "nowhere", NO_POINT), ("2026-01-20", "outside", NO_GROUND),
    ]:  # fmt: skip
        span = on(spans, day, "ground_holder", facility)
        assert span["value"] is None
        assert span["basis"].startswith(reason)


def test_the_tables_it_is_made_from_stay_as_they_are():
    events, zones = made.events(guard("2026-01-10")), made.zones({"box": WEST, "holder": "SDF"})
    kept = events.copy(deep=True), zones.copy(deep=True)
    spans_of(events, zones)
    pd.testing.assert_frame_equal(events, kept[0])
    pd.testing.assert_frame_equal(zones, kept[1])


def test_a_situation_without_records_is_unknown_throughout():
    spans = spans_of(made.events())
    assert len(spans) == len(ATTRIBUTES)
    assert spans["value"].isna().all()


def assert_each_day_once(spans):
    """Exactly one row of each facility and attribute on every day, to both ends of time."""
    assert overlaps(spans, ["facility_id", "attribute"]).empty
    for _, rows in spans.groupby(["facility_id", "attribute"]):
        assert pd.isna(rows["valid_from"].iloc[0])
        assert pd.isna(rows["valid_to"].iloc[-1])
        assert (starts(rows).iloc[1:].to_numpy() == ends(rows).iloc[:-1].to_numpy()).all()


DAYS = st.none() | st.integers(0, 12).map(lambda n: date(2026, 1, 1) + timedelta(n))
RECORDS = st.builds(
    lambda column, value, day, ended, site, state: {
        "facility_id": site, "event_date": day, "valid_to": ended, column: value, "claim_state": state,
    },
    st.sampled_from(["guard_after", "operator_after", "status_after"]),
    st.sampled_from(["SDF", "GOV", "NONE"]), DAYS, DAYS, st.sampled_from(["camp", "nowhere"]),
    st.sampled_from(["reported", "refuted"]),
)  # fmt: skip
ZONES = st.builds(
    lambda holder, box, first, last: {"holder": holder, "box": box, "valid_from": first, "valid_to": last},
    st.sampled_from(["SDF", "GOV"]), st.sampled_from([WEST, EAST, (0.2, 0.2, 1.5, 0.8)]), DAYS, DAYS,
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(RECORDS, max_size=12), st.lists(ZONES, max_size=5))
def test_no_day_has_two_holders_or_a_hole(records, drawn):
    spans = spans_of(made.events(*records), made.zones(*drawn), camp=(0.5, 0.5), nowhere=None)
    assert_each_day_once(spans)


def test_no_day_of_the_bundled_situation_has_two_holders_or_a_hole(timeline):
    assert_each_day_once(timeline.custody)
    assert set(timeline.custody["facility_id"]) == set(timeline.situation.facilities.index)
    day = timeline.situation.first_day
    while day <= timeline.situation.last_day:
        now = as_of(timeline.custody, day)
        assert not now.duplicated(["facility_id", "attribute"]).any()
        assert len(now) == len(ATTRIBUTES) * len(timeline.situation.facilities)
        assert not as_of(timeline.places, day).duplicated("place_id").any()
        assert not as_of(timeline.composite.spans, day).duplicated("unit_id").any()
        day += timedelta(1)


def test_places_and_ground_have_no_hole_at_a_hand_over(timeline):
    """Between the first and the last day on record of a place or a unit, somebody or nobody holds it, or it is said."""
    for spans, key in ((timeline.places, "place_id"), (timeline.composite.spans, "unit_id")):
        assert overlaps(spans, key).empty
        for name, rows in spans.groupby(key):
            assert (starts(rows).iloc[1:].to_numpy() == ends(rows).iloc[:-1].to_numpy()).all(), name


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_every_value_of_the_bundled_situation_names_its_records_and_sources(timeline, attribute):
    known = timeline.custody[(timeline.custody["attribute"] == attribute) & timeline.custody["value"].notna()]
    assert len(known)
    assert known["event_ids"].astype(bool).all()
    assert known["source_ids"].astype(bool).all()


def test_the_ground_of_the_bundled_facilities_rests_on_claims_at_the_place_whose_cell_they_stand_in(timeline):
    cells = ground_of_places(timeline.situation).reset_index()
    facilities = timeline.situation.facilities
    standing = facilities[facilities.geometry.notna()][["geometry"]].rename_axis("facility_id").reset_index()
    cell_of = gpd.sjoin(standing, cells[["place_id", "geometry"]], predicate="within").set_index("facility_id")[
        "place_id"
    ]
    spans = timeline.custody[(timeline.custody["attribute"] == "ground_holder") & timeline.custody["value"].notna()]
    for span in spans.to_dict("records"):
        places = {timeline.events.loc[one, "place_id"] for one in span["event_ids"]}
        assert places == {cell_of[span["facility_id"]]}
