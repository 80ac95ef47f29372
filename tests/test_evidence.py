"""The claim ladder: independent sources count, copies do not; what is not established is not shown."""

from __future__ import annotations

import json
from datetime import date

import made
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mapapp
from mapapp import cli
from mapapp.timeline.established import established
from mapapp.timeline.evidence import LADDER, assess, at_least, claim_state, highest, origins
from mapapp.timeline.staleness import freshness, sightings

PARTIES = {"north", "northern force"}
RECORD = {"claim_state": None, "claimed_by": None, "denied_by": None, "information_credibility": None}


def source(publisher: str | None, reliability: str | None = "B", url: str | None = None) -> dict:
    return {"publisher": publisher, "url": url, "source_reliability": reliability}


@pytest.mark.parametrize(
    ("publisher", "expected"),
    [
        ("Reuters", {"reuters"}),
        ("Reuters via The Straits Times", {"reuters"}),
        ("Hurriyet Daily News / AFP", {"afp"}),
        ("Haberler / IHA / Anadolu", {"iha", "anadolu"}),
        ("Caliber.Az (cites Reuters, SANA)", {"reuters", "sana"}),
        ("Shia Waves (from Rudaw)", {"rudaw"}),
        ("Wall Street Journal (copy at petertheil.com)", {"wall street journal"}),
        ("Al Jazeera (Arabic)", {"al jazeera"}),
        ("AP via SRN / Fine Day Radio", {"ap"}),
        (None, set()),
    ],
)
def test_whose_reporting_a_source_carries(publisher, expected):
    assert origins(publisher) == expected


def test_without_a_publisher_the_host_stands_for_it():
    assert origins(None, "https://www.example.org/a") == {"example.org"}


@pytest.mark.parametrize(
    ("record", "sources", "rung"),
    [
        ({}, [], "reported"),
        ({}, [source("A")], "reported"),
        ({}, [source("Reuters via X"), source("Y / Reuters"), source("Z (cites Reuters)")], "reported"),
        ({}, [source("A"), source("B")], "corroborated"),
        ({}, [source("A"), source("B", "D"), source("C", "E")], "reported"),
        ({}, [source("A"), source("B"), source("C")], "confirmed"),
        ({}, [source("A", "C"), source("B", "C"), source("D", "C")], "corroborated"),
        ({"claim_state": "confirmed"}, [source("A"), source("B")], "confirmed"),
        ({"claim_state": "confirmed"}, [source("A")], "reported"),
        ({"information_credibility": "1"}, [source("A"), source("B")], "confirmed"),
        ({"denied_by": "SOUTH"}, [source("A"), source("B"), source("C")], "corroborated"),
        ({"information_credibility": "4"}, [source("A"), source("B"), source("C")], "reported"),
        ({"claimed_by": "North"}, [source("A"), source("B"), source("C")], "claimed"),
        ({"claim_state": "claimed"}, [source("A"), source("B")], "claimed"),
        ({"claimed_by": "North", "claim_state": "reported"}, [source("A"), source("B")], "corroborated"),
        ({"claim_state": "refuted"}, [source("A"), source("B"), source("C")], "refuted"),
    ],
)
def test_the_rung_a_record_has_climbed_to(record, sources, rung):
    assert claim_state({**RECORD, **record}, sources, PARTIES) == rung


@given(
    st.lists(st.tuples(st.sampled_from(["A", "B via A", "C", "D", "E / C"]), st.sampled_from("ABCDEF")), max_size=6),
    st.tuples(st.sampled_from(["A", "F"]), st.sampled_from("ABC")),
    st.sampled_from([None, "reported", "claimed", "refuted", "confirmed"]),
)
def test_one_more_source_never_lowers_a_record(known, more, graded):
    record = {**RECORD, "claim_state": graded}
    before = claim_state(record, [source(*one) for one in known], PARTIES)
    after = claim_state(record, [source(*one) for one in [*known, more]], PARTIES)
    assert LADDER.index(after) >= LADDER.index(before)
    if graded in {"claimed", "refuted"}:
        assert after == graded


def test_the_ladder_has_an_order():
    assert at_least("corroborated") == {"corroborated", "confirmed"}
    assert highest(["claimed", "confirmed", "reported"]) == "confirmed"
    assert highest([]) is None


def test_two_copies_of_one_agency_in_the_bundled_records_are_one_source(timeline):
    events = timeline.register.events
    assert (events["C060"]["claim_state"], events["C060"]["standing"], events["C060"]["independent"]) == (
        "confirmed",
        "reported",
        1,
    )
    assert events["E058"]["standing"] == "confirmed"
    assert events["C057"]["standing"] == "refuted"
    assert events["C021"]["standing"] == "claimed"


def test_sources_that_are_not_there_do_not_count():
    sources = made.table("sources", [{"source_id": "S1", "publisher": "A", "source_reliability": "B"}])
    records = made.events({"source_ids": ("S1", "S9")}, {"source_ids": ()})
    found = assess(records, sources, {})
    assert list(found["standing"]) == ["reported", "reported"]
    assert list(found["independent"]) == [1, 0]


# Only what is established


@pytest.fixture(scope="module")
def confirmed(situation):
    return established(situation)


@pytest.fixture(scope="module")
def confirmed_timeline(confirmed):
    return mapapp.build(confirmed)


def test_confirmed_only_has_no_record_that_is_not(situation, confirmed, timeline):
    assert set(timeline.events.loc[confirmed.events.index, "standing"]) == {"confirmed"}
    assert set(timeline.figures.loc[confirmed.figures.index, "standing"]) <= {"confirmed"}
    assert len(confirmed.events) == (timeline.events["standing"] == "confirmed").sum()
    assert confirmed.at_least == "confirmed"
    assert confirmed.digest != situation.digest


def test_confirmed_only_changes_ground_and_board_alike(timeline, confirmed_timeline):
    day = date(2026, 1, 20)
    rows = {row["facility_id"]: row for row in mapapp.board(confirmed_timeline, day)}
    assert (rows["sinaa"]["guard"], rows["sinaa"]["guard_claim_state"]) == ("SDF", "confirmed")
    assert rows["al-hol"]["guard"] is None, (
        "the SDF's guard ended by a record that is not confirmed: then it is in doubt"
    )
    assert rows["raqqa-central"]["ground_holder"] is None
    assert rows["al-hol"]["ground_holder"] == "NONE"
    assert rows["al-hol"]["persons"] is None
    zones = confirmed_timeline.situation.zones
    cited = {one for ids in zones["event_ids"] for one in ids}
    assert cited <= set(confirmed_timeline.situation.events.index)
    held = confirmed_timeline.composite.units["area_km2"][confirmed_timeline.composite.holders(day).notna()].sum()
    assert 0 < held < timeline.composite.units["area_km2"][timeline.composite.holders(day).notna()].sum()


def test_a_confirmed_state_ends_where_an_unconfirmed_record_says_otherwise(confirmed):
    assert confirmed.events.loc["H001", "valid_to"] == pd.Timestamp("2026-01-20")
    assert pd.isna(confirmed.events.loc["H005", "valid_to"])


def test_the_least_rung_leaves_everything_but_is_marked(situation):
    every = established(situation, "refuted")
    assert list(every.events.index) == list(situation.events.index)
    assert every.at_least == "refuted"


def test_the_command_leaves_out_what_is_not_confirmed(capsys):
    assert cli.main(["status", "--date", "2026-01-20", "--confirmed-only", "--format", "json"]) == 0
    rows = {row["facility_id"]: row for row in json.loads(capsys.readouterr().out)}
    states = {row[f"{name}_claim_state"] for row in rows.values() for name in ("status", "guard", "operator", "ground")}
    assert states <= {None, "confirmed"}
    assert rows["shaddadi-prison"]["guard"] == "GOV"
    assert rows["aqtan"]["guard"] is None


# Value by value: how it stands, when it was last seen to be so, and by whom


def test_each_value_of_the_board_says_how_it_stands_and_when_it_was_seen(timeline):
    row = next(row for row in mapapp.board(timeline, date(2026, 2, 10)) if row["facility_id"] == "al-hol")
    assert (row["guard_claim_state"], row["ground_claim_state"]) == ("corroborated", "corroborated")
    assert row["verified"]["guard"]["on"] <= "2026-02-10"
    assert (
        row["verified"]["guard"]["days"]
        == (date(2026, 2, 10) - date.fromisoformat(row["verified"]["guard"]["on"])).days
    )
    assert row["verified"]["guard"]["by"]


def test_a_value_carried_forward_grows_old(timeline):
    ages = []
    for day in (date(2026, 3, 1), date(2026, 3, 31)):
        row = next(row for row in mapapp.board(timeline, day) if row["facility_id"] == "roj")
        ages.append(row["verified"]["guard"]["days"])
    assert ages[1] - ages[0] == 30


def test_a_value_that_nobody_has_seen_by_then_is_not_verified(timeline):
    row = next(row for row in mapapp.board(timeline, date(2026, 1, 20)) if row["facility_id"] == "houri")
    assert row["verified"]["guard"] is None


def test_a_sighting_is_of_a_day_on_which_the_value_held_and_is_told_once():
    held = pd.DataFrame(
        {
            "valid_from": pd.to_datetime([None, "2026-01-10"]).as_unit("s"),
            "valid_to": pd.to_datetime(["2026-01-10", None]).as_unit("s"),
            "event_ids": [("X1",), ("X2", "X1")],
            "source_ids": [("S1", "S2"), ("S2", "S1")],
        },
        index=[7, 3],
    )
    records = made.events(
        {"date_latest": "2026-01-05", "source_ids": ("S1", "not-listed")},
        {"event_date": "2026-01-12", "source_ids": ("S2",)},
    )
    sources = made.table("sources", [{"source_id": "S1"}, {"source_id": "S2", "published_on": "2026-01-12"}])
    seen = sightings(held, records, sources).astype(str)
    assert [*seen.itertuples(index=False, name=None)] == [
        ("7", "2026-01-05", "S1"),
        ("7", "2026-01-05", "not-listed"),
        ("3", "2026-01-12", "S2"),
    ]
    assert len(sightings(held[:0], records, sources)) == 0


def test_how_many_were_verified_lately():
    rows = [{"staleness_days": days} for days in (0, 30, 31, None)]
    assert freshness(rows) == {"verified": 2, "of": 4, "within_days": 30}
