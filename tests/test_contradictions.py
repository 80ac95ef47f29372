"""Contradictions: each rule on made records, and what the bundled situation must name, with both sides."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date, timedelta
from operator import itemgetter

import made
import pandas as pd
import pytest
from conftest import GEODATA

import mapapp
from mapapp import cli
from mapapp.situation.manifest import Actor, AlertSettings
from mapapp.timeline.clashes import DISAGREE
from mapapp.timeline.contradictions import RULES, contradictions, first_contradictions, rules_markdown


def actor(actor_id: str, kind: str = "party", includes: tuple[str, ...] = ()) -> Actor:
    return Actor(actor_id, f"{actor_id} force", "", actor_id.title(), "#111111", "none", kind, includes)


ACTORS = {
    one.id: one
    for one in (actor("NORTH"), actor("SOUTH"), actor("NONE", "none"), actor("BOTH", includes=("NORTH", "SOUTH")))
}
WEST, EAST = (40.0, 36.0, 41.0, 37.0), (41.0, 36.0, 42.0, 37.0)
ON_THE_BOARD = {"guard-against-holder", "nobody-guards"}
CAMP = {"camp": (40.9, 36.5)}


def january(day: int) -> pd.Timestamp:
    return pd.Timestamp(2026, 1, day)


@pytest.fixture
def found(situation):
    """The contradictions of a made situation on a day of January, without those of the questions of `conflicts.csv`."""

    def contradict(
        day: int, *records: dict, zones: tuple[dict, ...] = (), figures: tuple[dict, ...] = (), **alerts: float
    ):
        built = mapapp.build(
            replace(
                situation,
                folder=GEODATA.parent / "nowhere",
                actors=ACTORS,
                aggregates={},
                alerts=AlertSettings(**alerts),
                facilities=made.facilities(**CAMP),
                places=made.places(town=(40.9, 36.5)),
                zones=made.zones(*zones) if zones else situation.zones[:0],
                events=made.events(*({"facility_id": "camp", **record} for record in records)),
                figures=made.figures(*figures) if figures else situation.figures[:0],
                sources=situation.sources[:0],
                conflicts=situation.conflicts[:0],
                problems=(),
            )
        )
        return contradictions(built, date(2026, 1, day))

    return contradict


def guard(day: int | None, who: str, **more) -> dict:
    return {"event_type": "custody", "event_date": january(day) if day else pd.NaT, "guard_after": who, **more}


def status(day: int, state: str, **more) -> dict:
    return {"event_type": "status", "event_date": january(day), "status_after": state, **more}


def rules(rows) -> list[str]:
    return [row["rule"] for row in rows]


NORTH_THEN_SOUTH = (
    {"holder": "NORTH", "box": WEST, "valid_to": january(10)},
    {"holder": "SOUTH", "box": WEST, "valid_from": january(10)},
    {"holder": "NORTH", "box": EAST},
)


def test_a_guard_on_the_ground_of_another(found):
    (row,) = [
        one for one in found(12, guard(None, "NORTH"), zones=NORTH_THEN_SOUTH) if one["rule"] == "guard-against-holder"
    ]
    assert (row["since"], row["days"], row["until"]) == ("2026-01-10", 2, None)
    assert row["text"] == "camp is guarded by North, but South holds its ground."
    assert [side["says"] for side in row["sides"]] == ["guard: North", "holder of the ground: South"]
    assert row["sides"][0]["records"][0]["id"] == "X1"
    assert "guard-against-holder" not in rules(found(9, guard(None, "NORTH"), zones=NORTH_THEN_SOUTH))


def test_a_guard_on_shared_ground_contradicts_nobody(found):
    shared = {"holder": "BOTH", "box": WEST}
    assert found(12, guard(None, "NORTH"), zones=(shared,)) == []


def test_nobody_guards_a_facility_that_is_not_closed(found):
    (row,) = found(6, guard(5, "NONE"))
    assert (row["rule"], row["since"]) == ("nobody-guards", "2026-01-05")
    assert found(8, guard(5, "NONE"), status(7, "closed")) == []


def test_nobody_holds_the_ground(found):
    (row,) = found(6, zones=({"holder": "NONE", "box": WEST},))
    assert (row["rule"], row["since"], row["days"]) == ("nobodys-ground", None, None)


def test_claimed_ground_has_the_claim_on_the_other_side(found):
    records = (
        {"event_type": "control", "event_id": "hold", "place_id": "town", "facility_id": None, "holder_after": "NORTH"},
        {"event_type": "control", "event_id": "claim", "place_id": "town", "facility_id": None, "holder_after": "SOUTH",
         "event_date": january(4), "sub_event_type": "contested"},
    )  # fmt: skip
    zone = {
        "holder": "NORTH",
        "box": WEST,
        "contested_by": "SOUTH",
        "valid_from": january(4),
        "event_ids": ("hold", "claim"),
    }
    (row,) = found(5, *records, zones=(zone,))
    assert row["rule"] == "contested-ground"
    assert [[one["id"] for one in side["records"]] for side in row["sides"]] == [["hold"], ["claim"]]


def test_the_ground_changed_hands_and_no_record_says_that_the_facility_did(found):
    (row,) = [
        one for one in found(12, guard(3, "NORTH"), zones=NORTH_THEN_SOUTH) if one["rule"] == "handover-not-confirmed"
    ]
    assert (row["since"], row["days"]) == ("2026-01-10", 2)
    assert "handover-not-confirmed" in rules(found(12, zones=NORTH_THEN_SOUTH)), (
        "nor is there one where no guard is known"
    )
    assert "handover-not-confirmed" not in rules(
        found(12, guard(3, "NORTH"), guard(11, "SOUTH"), zones=NORTH_THEN_SOUTH)
    )
    assert "handover-not-confirmed" not in rules(found(12, status(4, "closed"), zones=NORTH_THEN_SOUTH))


def test_a_handover_to_both_together_is_one_too(found):
    zones = (
        {"holder": "NORTH", "box": WEST, "valid_to": january(10)},
        {"holder": "BOTH", "box": WEST, "valid_from": january(10)},
    )
    assert rules(found(12, guard(3, "NORTH"), zones=zones)) == ["handover-not-confirmed"]


def test_a_guard_far_from_ground_of_its_side(found):
    near = rules(found(12, guard(3, "NORTH"), zones=NORTH_THEN_SOUTH, guard_ground_km=20))
    assert "guard-far-from-own-ground" not in near, "its own ground begins 9 km to the east"
    far = [one for one in found(12, guard(3, "NORTH"), zones=NORTH_THEN_SOUTH, guard_ground_km=5)
           if one["rule"] == "guard-far-from-own-ground"]  # fmt: skip
    assert far[0]["text"] == "camp is guarded by North, but its nearest ground is 9 km away."
    alone = found(12, guard(3, "NORTH"), zones=({"holder": "SOUTH", "box": WEST},), guard_ground_km=5)
    assert "there is no ground of its side" in alone[-1]["text"]


def test_open_and_closed_on_one_day(found):
    (row,) = found(5, status(5, "open"), status(5, "closed"), status(9, "open"))
    assert (row["rule"], row["since"], row["until"]) == ("open-and-closed", "2026-01-05", "2026-01-09")
    assert [[one["id"] for one in side["records"]] for side in row["sides"]] == [["X2"], ["X1"]]
    assert found(5, status(5, "open"), status(6, "closed")) == []
    assert found(5, status(5, "open"), status(5, "closed", supersedes_id="X1")) == []


def test_an_escape_from_a_closed_facility(found):
    escape = {"event_type": "security", "event_date": january(8), "title": "An escape"}
    (row,) = found(9, status(5, "closed"), escape)
    assert (row["rule"], row["since"]) == ("event-at-closed", "2026-01-08")
    assert [[one["id"] for one in side["records"]] for side in row["sides"]] == [["X1"], ["X2"]]
    assert found(7, status(5, "closed"), escape) == [], "not before it happened"
    assert found(9, status(8, "closed"), escape) == [], "on the day of the closing it may still"
    assert found(9, status(5, "closed"), status(7, "open"), escape) == [], "nor once it is open again"
    assert found(9, status(5, "closed"), {**escape, "event_type": "political"}) == [], "a statement needs nobody there"


def test_those_that_are_told_alike_are_in_the_order_of_their_records(found):
    escape = {"event_type": "security", "event_date": january(8), "title": "An escape"}
    escapes = [{**escape, "event_id": one} for one in ("first", "other")]
    for several in (escapes, escapes[::-1]):
        rows = found(9, status(5, "closed"), *several)
        assert [records(row)[1] for row in rows] == [["first"], ["other"]]


def test_people_counted_after_the_closing(found):
    counted = {"as_of_date": january(8), "best": 40}
    (row,) = found(9, status(5, "closed"), figures=(counted,))
    assert (row["rule"], row["text"]) == (
        "figure-after-closing", "40 persons or families were counted at camp, which was closed by then.",
    )  # fmt: skip
    assert found(9, status(5, "closed"), figures=({**counted, "best": 0},)) == []
    assert found(9, status(8, "closed"), figures=(counted,)) == []


def test_parts_that_do_not_make_up_the_total(found):
    total = {
        "event_type": "movement",
        "event_id": "total",
        "event_date": january(5),
        "title": "10 were moved",
        "best": 10,
    }
    part = {"event_type": "movement", "event_date": january(6), "best": 4, "part_of_id": "total"}
    (row,) = found(7, total, part, {**part, "best": 5})
    assert (row["rule"], row["since"]) == ("parts-and-total", "2026-01-06")
    assert row["sides"][1]["says"] == "parts: 4 + 5 = 9"
    assert [one["id"] for one in row["sides"][1]["records"]] == ["X2", "X3"]
    assert found(7, total, part, {**part, "best": 6}) == []
    assert found(7, {**total, "best": pd.NA, "low": 8, "high": 12}, part, {**part, "best": 5}) == []
    assert found(7, total, part, {**part, "best": pd.NA}) == [], "a part without a number proves nothing"


def test_a_breakdown_that_does_not_add_up_until_the_next_head_count(found):
    split = {"as_of_date": january(5), "best": 10, "syrian": 4, "iraqi": 3, "third_country": 2}
    (row,) = found(6, figures=(split,))
    assert (row["rule"], row["sides"][1]["says"]) == ("parts-and-head-count", "Syrian + Iraqi + third-country = 9")
    assert found(9, figures=(split, {"as_of_date": january(8), "best": 9})) == []
    assert found(6, figures=({**split, "third_country": 3},)) == []


# What the bundled situation must name


@pytest.fixture(scope="module")
def listed(timeline):
    return lambda day: contradictions(timeline, date.fromisoformat(day))


def about(rows, rule: str) -> dict[str, dict]:
    return {one: row for row in rows if row["rule"] == rule for one in row["facility_ids"]}


def records(row) -> list[list[str]]:
    return [[one["id"] for one in side["records"]] for side in row["sides"]]


def test_the_first_of_each_rule_with_their_number_are_those_of_the_list(timeline):
    day = date(2026, 3, 31)
    listed = contradictions(timeline, day)
    by_rule = {
        rule: [one for one in listed if one["rule"] == rule] for rule in dict.fromkeys(map(itemgetter("rule"), listed))
    }
    first, counts = first_contradictions(timeline, day, 3)
    assert first == [one for several in by_rule.values() for one in several[:3]]
    assert counts == {rule: len(several) for rule, several in by_rule.items()}
    assert max(counts.values()) > 3


def test_al_hol_on_20_january_is_guarded_by_nobody_on_nobodys_ground(listed):
    rows = listed("2026-01-20")
    row = about(rows, "nobody-guards")["al-hol"]
    assert (row["since"], row["days"], row["conflict_group"]) == ("2026-01-20", 0, "CG04")
    assert records(row) == [["H002"], ["H027"], ["C066"]]
    assert "whose ground it stands on: nobody" in row["text"]
    assert "Sada el-Balad" in row["positions"]
    assert records(about(rows, "nobodys-ground")["al-hol"]) == [["C066"], ["H027"]]
    assert "al-hol" not in about(listed("2026-01-21"), "nobody-guards")


def test_every_prison_whose_handover_no_source_confirms(listed):
    rows = about(listed("2026-02-28"), "handover-not-confirmed")
    south_hasakah = {"sinaa": "H005", "panorama-prison": "H006", "hasakah-central": "H018"}
    for prison, record in {**south_hasakah, "alaya": "H015", "jerkin": "H016"}.items():
        assert records(rows[prison])[0] == [record]
        assert records(rows[prison])[1], "the change of the ground is the other side"
    assert {rows[one]["since"] for one in south_hasakah} == {"2026-02-02"}
    assert {rows[one]["since"] for one in ("alaya", "jerkin")} == {"2026-02-03"}
    assert rows.keys() >= {"ahdath", "hol-prison", "kasra-prison", "kamba-bulgar", "ain-issa-prison"}
    assert not rows.keys() & {"shaddadi-prison", "aqtan", "tabqa-prison", "raqqa-central", "derik"}


def test_al_aqtan_is_a_contradiction_until_it_is_handed_over(listed):
    row = about(listed("2026-01-20"), "guard-against-holder")["aqtan"]
    assert (row["since"], row["until"], row["days"]) == ("2026-01-18", "2026-01-23", 2)
    assert records(row) == [["H009"], ["C020"]]
    assert "aqtan" in about(listed("2026-01-20"), "handover-not-confirmed")
    assert about(listed("2026-01-23"), "guard-against-holder") == {}


def test_the_total_of_the_transfers_against_the_sum_of_its_parts(listed):
    (row,) = [one for one in listed("2026-02-13") if one["rule"] == "parts-and-total"]
    assert (row["conflict_group"], row["since"]) == ("CG16", "2026-02-13")
    assert [side["says"] for side in row["sides"]] == ["total: 5,704", "parts: 4,253 + 467 + 983 = 5,703"]
    assert records(row) == [["T015"], ["T030", "T031", "T032"]]
    assert "sum is 5,703" in row["handling"]


def conflict_groups() -> list[str]:
    with (GEODATA / "conflicts.csv").open(encoding="utf-8", newline="") as file:
        return [row["conflict_group"] for row in csv.DictReader(file)]


def test_every_question_of_the_conflicts_is_in_the_list(listed, timeline):
    last = listed(timeline.situation.last_day.isoformat())
    rows = {row["conflict_group"]: row for row in last if row["rule"] == DISAGREE}
    assert sorted(rows) == conflict_groups() == [f"CG{n:02d}" for n in range(1, 30)]
    for group, row in rows.items():
        assert row["text"] == row["topic"]
        assert row["positions"], group
        assert row["facility_ids"] or row["place_ids"], f"{group} must lead somewhere"
    told = {group: {one["id"] for side in row["sides"] for one in side["records"]} for group, row in rows.items()}
    assert {"E044", "E045", "E046", "E056", "E057"} == told["CG01"]
    assert told["CG26"] == set(), "no record of its own: what sources say stands in the positions"
    assert "90 miles" in rows["CG26"]["positions"]
    assert rows["CG26"]["facility_ids"] == ["al-hol", "roj"]


@pytest.mark.parametrize("group", conflict_groups())
def test_every_question_can_be_reached_from_a_facility_or_a_place(timeline, group):
    row = next(row for row in contradictions(timeline, timeline.situation.last_day)
               if row["rule"] == DISAGREE and row["conflict_group"] == group)  # fmt: skip
    sites = [one for one in row["facility_ids"] if one in timeline.register.facilities]
    told = [mapapp.facility(timeline, one) for one in sites[:1]] or [
        mapapp.place(timeline, one) for one in row["place_ids"][:1]
    ]
    if told:
        assert group in {one["conflict_group"] for one in told[0]["contradictions"]}
    else:
        assert set(row["facility_ids"]) <= set(timeline.situation.aggregates), "totals have no page of their own"


def test_the_board_and_the_list_say_the_same_on_every_day(timeline):
    day = timeline.situation.first_day
    while day <= timeline.situation.last_day:
        rows = [row for row in contradictions(timeline, day) if row["rule"] in ON_THE_BOARD]
        against = {one for row in rows for one in row["facility_ids"]}
        for row in mapapp.board(timeline, day):
            assert row["contradiction"] is (row["facility_id"] in against), (day, row["facility_id"])
            assert row["contradiction"] == bool({one["rule"] for one in row["contradictions"]} & ON_THE_BOARD)
        day += timedelta(days=7)


def test_a_day_lists_nothing_of_later_days(timeline):
    for day in ("2026-01-05", "2026-01-20", "2026-02-14"):
        rows = contradictions(timeline, date.fromisoformat(day))
        assert json.loads(json.dumps(rows, allow_nan=False)) == rows
        for row in rows:
            assert row["since"] is None or row["since"] <= day
            assert row["until"] is None or row["until"] > day
            assert all((one["date"] or "") <= day for side in row["sides"] for one in side["records"])


def test_the_table_of_rules_is_made_from_the_rules():
    table = rules_markdown()
    assert table.count("\n| `") == len(RULES) == len({rule.id for rule in RULES})
    for rule in RULES:
        assert f"| `{rule.id}` | {rule.sentence} |" in table


def test_the_distance_of_a_guard_to_its_ground_is_a_setting(timeline):
    situation = replace(timeline.situation, alerts=AlertSettings(guard_ground_km=500))
    rows = contradictions(mapapp.build(situation), date(2026, 1, 20))
    assert "guard-far-from-own-ground" not in rules(rows)
    assert "aqtan" in about(contradictions(timeline, date(2026, 1, 20)), "guard-far-from-own-ground")


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_the_command(capsys, form):
    assert cli.main(["contradictions", "--date", "2026-01-20", "--format", form]) == 0
    out = capsys.readouterr().out
    if form == "json":
        assert rules(json.loads(out))[0] == "guard-against-holder"
    assert "Nobody guards Al-Hol camp" in out
    assert "H002" in out


def test_the_command_refuses_a_day_before_anything(capsys):
    assert cli.main(["contradictions", "--date", "1900-01-01"]) == 2
    assert "Nothing is on record before" in capsys.readouterr().err


def test_a_folder_without_the_table_of_conflicts_is_whole(tmp_path):
    import situations

    folder = situations.make(tmp_path / "situation")
    (folder / "conflicts.csv").unlink()
    assert [problem.file for problem in mapapp.load(folder).problems] == []
