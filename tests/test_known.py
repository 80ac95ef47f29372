"""Known time: a look back has nothing that was reported later, and all that was known."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import made
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mapapp
from mapapp import cli
from mapapp.exchange.tables import tables
from mapapp.replay.payload import payload
from mapapp.situation.situation import load
from mapapp.timeline.changes import changes
from mapapp.timeline.composite import from_zones
from mapapp.timeline.known import known, known_ground
from mapapp.timeline.late import late
from mapapp.timeline.lookback import look_back
from mapapp.timeline.reporting import reporting

LONG_AGO = date(2015, 1, 1)


@cache
def built(day_known: date):
    """The bundled situation as known on a day, joined; each test asks for some of the same days."""
    return mapapp.build(known(load(), day_known))


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


# When a record counts as known


def known_days(situation, *events: dict, figures: tuple[dict, ...] = (), sources: tuple[dict, ...] = ()):
    return reporting(
        replace(
            situation,
            events=made.events(*events),
            figures=made.figures(*figures) if figures else situation.figures[:0],
            sources=made.table("sources", [{"title": "A report", "publisher": "A", **one} for one in sources]),
        )
    )


S1 = {"source_id": "S1", "published_on": day("2026-01-10")}
S2 = {"source_id": "S2", "published_on": day("2026-01-20")}
UNDATED = {"source_id": "S3"}
HAPPENED = {"event_type": "security", "event_date": day("2026-01-12")}


@pytest.mark.parametrize(
    ("record", "expected", "how"),
    [
        ({**HAPPENED, "reported_on": day("2026-01-15"), "source_ids": ("S2",)}, "2026-01-15", "reported_on"),
        ({**HAPPENED, "source_ids": ("S2",)}, "2026-01-20", "first source"),
        ({**HAPPENED, "source_ids": ("S1", "S2")}, "2026-01-20", "first source"),
        ({**HAPPENED, "source_ids": ("S1",)}, "2026-01-12", "first source"),
        ({**HAPPENED, "source_ids": ()}, "2026-01-12", "its own day"),
        ({**HAPPENED, "date_latest": day("2026-01-14"), "source_ids": ()}, "2026-01-14", "its own day"),
        ({"event_type": "custody", "source_ids": ("S2",)}, "2026-01-20", "first source"),
        ({"event_type": "custody", "source_ids": ()}, None, "background"),
        ({"event_type": "control", "sub_event_type": "baseline", "source_ids": ("S2",)}, None, "background"),
        ({"event_type": "movement", "source_ids": ()}, None, "not known when"),
    ],
)
def test_the_day_from_which_a_record_counts_as_known(situation, record, expected, how):
    found = known_days(situation, record, sources=(S1, S2)).events.iloc[0]
    assert found["known_by"] == how
    assert (None if pd.isna(found["known_on"]) else found["known_on"].date().isoformat()) == expected


def test_an_undated_source_is_no_older_than_what_it_alone_tells(situation):
    alone = {**HAPPENED, "source_ids": ("S3",)}
    older = {**HAPPENED, "event_date": day("2026-01-02"), "source_ids": ("S3",)}
    both = {**HAPPENED, "event_date": day("2026-01-30"), "source_ids": ("S1", "S3")}
    days = known_days(situation, alone, older, both, sources=(S1, UNDATED))
    assert days.sources["S3"] == day("2026-01-12")
    assert list(days.events["known_on"].dt.day) == [12, 12, 30]


def test_a_source_that_nobody_published_is_always_there(situation):
    days = known_days(situation, {**HAPPENED, "source_ids": ("S3",)}, sources=({**UNDATED, "publisher": None},))
    assert pd.isna(days.sources["S3"])


def test_how_the_bundled_records_are_taken(timeline):
    events = timeline.register.events
    taken = {
        one: (events[one]["known_on"], events[one]["known_by"]) for one in ("C049", "B-amuda", "H005", "E125", "C003")
    }
    assert taken == {
        "C049": ("2026-01-25", "reported_on"),
        "B-amuda": (None, "background"),
        "H005": ("2020-03-31", "first source"),
        "E125": (None, "not known when"),
        "C003": ("2019-10-31", "its own day"),
    }


# Nothing later shows


def later_ids(day_known: date) -> set[str]:
    """Records and sources that were not known yet."""
    situation, moment = load(), pd.Timestamp(day_known)
    days = reporting(situation)
    found = set(days.sources.index[days.sources > moment])
    for table in (days.events, days.figures):
        found |= set(table.index[~((table["known_on"] <= moment) | (table["known_by"] == "background"))])
    for name, column in (("events", "reported_on"), ("figures", "reported_on"), ("sources", "published_on")):
        table = getattr(situation, name)
        found |= set(table.index[table[column] > moment])  # whatever the rules say
    return found


def everything(timeline, asked: date, every: int) -> str:
    """All that the product says of a situation on a day; of its dossiers one in four."""
    said = [sheet.rows for sheet in tables(timeline, asked) if sheet.name != "about"]
    said += [mapapp.facility(timeline, one, asked) for one in [*timeline.register.facilities][every::4]]
    said += [mapapp.place(timeline, one, asked) for one in [*timeline.register.places][every::4]]
    return json.dumps([said, changes(timeline, LONG_AGO, timeline, asked)], ensure_ascii=False)


def replayed(timeline) -> tuple[str, int]:
    """All that the replay page is given, and the last day on which any of it happens."""
    given = payload(timeline)
    given["ground"]["numbers"] = ""
    ends = [given["days"]["last_record"], *(event["day"] for event in given["events"] if event["day"] is not None)]
    return json.dumps({**given, "basemap": None}, ensure_ascii=False), max(ends)


@settings(max_examples=5)
@given(
    day_known=st.dates(date(2025, 12, 1), date(2026, 3, 31)) | st.dates(date(2016, 1, 1), date(2026, 3, 31)),
    ahead=st.integers(0, 40),
    every=st.integers(0, 3),
)
def test_nothing_reported_after_a_day_ever_shows_in_what_was_known_on_it(day_known, ahead, every):
    asked = day_known + timedelta(days=ahead)
    then, later = built(day_known), later_ids(day_known)
    said = everything(then, asked, every)
    assert not set(re.findall(r"[\w-]+", said)) & later
    dates = set(re.findall(r"\b\d{4}-\d\d-\d\d\b", said)) - {asked.isoformat()}
    assert max(dates) <= day_known.isoformat()
    page, last = replayed(then)
    assert not set(re.findall(r"[\w-]+", page)) & later
    assert last <= (day_known - date(1970, 1, 1)).days


@settings(max_examples=8)
@given(st.dates(date(2016, 1, 1), date(2026, 3, 31)), st.integers(1, 60))
def test_what_is_known_stays_known(situation, day_known, days):
    sooner, later = known(situation, day_known), known(situation, day_known + timedelta(days=days))
    for name in ("events", "figures", "facilities"):
        assert set(getattr(sooner, name).index) <= set(getattr(later, name).index), name
    assert set(sooner.sources.index) <= set(later.sources.index)


def test_when_nothing_comes_later_all_is_as_on_record(situation):
    assert known(situation, date(2027, 1, 1)).events is not situation.events
    whole = known(replace(situation, events=situation.events.drop(["E125", "E126", "E127", "T028", "T029"]),
                          figures=situation.figures.drop(["P097", "P105", "P109"])), date(2027, 1, 1))  # fmt: skip
    assert whole.zones is situation.zones
    assert whole.digest == situation.digest
    assert whole.known_on == date(2027, 1, 1)


def test_a_look_back_has_a_digest_of_its_own_and_leaves_the_situation_as_it_was(situation):
    before = situation.events.copy()
    looks = [known(situation, date(2026, 1, 19)), known(situation, date(2026, 1, 20))]
    assert len({situation.digest, *(one.digest for one in looks)}) == 3
    pd.testing.assert_frame_equal(situation.events, before)


# The board of 19 January, as known then and as known on 28 February


ASKED, THEN, NOW = date(2026, 1, 19), date(2026, 1, 19), date(2026, 2, 28)
OF_THE_FRONT = {"front_km", "front_holder", "front_alert"}
"""How far the ground of others is follows from the ground of everybody."""


def board_of(day_known: date) -> dict[str, dict]:
    return {row["facility_id"]: row for row in mapapp.board(built(day_known), ASKED)}


def on_record(timeline) -> set[str]:
    """The records that the dossiers of all facilities and places list, of the day asked about and of earlier ones."""
    told = [mapapp.facility(timeline, one) for one in timeline.register.facilities]
    told += [mapapp.place(timeline, one) for one in timeline.register.places]
    records = [(one["event_id"], one["date"]) for about in told for one in about["events"]]
    records += [(one["figure_id"], one["as_of_date"]) for about in told for one in about.get("figures", [])]
    return {one for one, day in records if (day or "") <= ASKED.isoformat()}


def test_the_dossiers_differ_exactly_by_the_records_reported_later(situation):
    came = {row["id"] for row in late(situation, ASKED, THEN, NOW) if row["kind"] in {"late", "correction"}}
    then, now = on_record(built(THEN)), on_record(built(NOW))
    assert then < now
    assert now - then == {one for one in came if _about_somewhere(situation, one)}
    reported = reporting(situation)
    for name in ("events", "figures"):
        days = getattr(reported, name)["known_on"].reindex(sorted(now - then)).dropna()
        assert days.between(pd.Timestamp(THEN), pd.Timestamp(NOW), inclusive="right").all()


def _about_somewhere(situation, one: str) -> bool:
    if one in situation.figures.index:
        return situation.figures.loc[one, "facility_id"] in situation.facilities.index
    record = situation.events.loc[one, ["facility_id", "to_facility_id", "place_id"]]
    return bool(record.notna().any())


def test_the_board_differs_only_by_what_came_later(situation):
    before, after, now = board_of(THEN), board_of(NOW), built(NOW)
    came = late(situation, ASKED, THEN, NOW)
    told = {one["facility_id"] for one in came} | _near({one["place_id"] for one in came}, now)
    differ = {one for one in before if _but_for_the_front(before[one]) != _but_for_the_front(after[one])}
    assert differ <= told
    assert differ >= {"al-hol", "ain-issa-camp", "ain-issa-prison", "shaddadi-prison", "washokani"}
    ground = [one.composite.holders(ASKED) for one in (built(THEN), now)]
    assert len(ground[0]) != len(ground[1]) or not ground[0].equals(ground[1]), "or no front could have moved"


def test_every_record_that_came_later_is_on_the_later_board_if_it_sets_what_the_board_shows(situation):
    before, after = board_of(THEN), board_of(NOW)
    for row in late(situation, ASKED, THEN, NOW):
        shown = situation.events.loc[row["id"]] if row["table"] == "events" else None
        if row["kind"] != "late" or shown is None or row["facility_id"] not in after:
            continue
        if shown["event_type"] in {"custody", "status"} and shown["claim_state"] != "refuted":
            assert before.get(row["facility_id"]) != after[row["facility_id"]], row["id"]


def test_facilities_that_only_the_later_board_has_were_written_of_later(situation):
    days = reporting(situation)
    for one in board_of(NOW).keys() - board_of(THEN).keys():
        of_events = situation.events[["facility_id", "to_facility_id"]].eq(one).any(axis=1)
        of_figures = situation.figures["facility_id"] == one
        known_on = pd.concat([days.events.loc[of_events, "known_on"], days.figures.loc[of_figures, "known_on"]])
        assert not (known_on <= pd.Timestamp(THEN)).any(), one
        assert (days.sources[[*situation.facilities.loc[one, "source_ids"]]] > pd.Timestamp(THEN)).all(), one
    assert board_of(NOW).keys() >= board_of(THEN).keys()


def _but_for_the_front(row: dict) -> dict:
    told = {name: value for name, value in row.items() if name not in OF_THE_FRONT}
    return told | {"ground_basis": row["ground_basis"].partition("; ground of")[0]}


def _near(places: set, timeline) -> set[str]:
    """Facilities whose ground rests on records of these places."""
    events = timeline.register.events
    ground = timeline.custody[timeline.custody["attribute"] == "ground_holder"]
    return {
        facility
        for facility, ids in zip(ground["facility_id"], ground["event_ids"], strict=True)
        if any(events[one]["place_id"] in places for one in ids)
    }


def test_ain_issa_was_reported_late():
    asked = date(2026, 1, 19)
    then, now = (
        {row["facility_id"]: row for row in mapapp.board(built(one), asked)} for one in (asked, date(2026, 1, 25))
    )
    assert (then["ain-issa-prison"]["ground_holder"], now["ain-issa-prison"]["ground_holder"]) == ("SDF", "GOV")
    assert (then["shaddadi-prison"]["counts"][0]["claims"][0]["best"]) == 1500
    assert len(then["shaddadi-prison"]["counts"][0]["claims"]) == 1
    assert len(now["shaddadi-prison"]["counts"][0]["claims"]) == 3


def test_ground_that_was_computed_is_computed_from_what_was_known():
    then = built(date(2026, 1, 19))
    cited = {one for ids in then.situation.zones["event_ids"] for one in ids}
    assert cited <= set(then.situation.events.index)
    assert {"C020", "B-hasakah"} <= cited
    assert not {"C049", "C066"} & cited
    assert set(then.composite.holders(date(2026, 3, 1)).dropna()) <= {"SDF", "GOV", "TRIBAL", "TUR"}


def test_a_claim_is_refuted_from_the_day_of_the_denial():
    on_the_day, after = (built(date(2026, 1, one)) for one in (20, 21))
    assert (on_the_day.register.events["C057"]["standing"], on_the_day.register.events["C057"]["denied_by"]) == (
        "claimed",
        None,
    )
    assert after.register.events["C057"]["standing"] == "refuted"
    assert "Reuters" in after.register.events["C057"]["denied_by"]
    spans = on_the_day.places[on_the_day.places["place_id"] == "hasakah"]
    assert list(spans["contested_by"].dropna()) == ["TRIBAL"]


def test_facilities_nobody_had_written_of_are_not_there():
    assert "aq-burhan" not in built(date(2026, 1, 19)).register.facilities
    assert "aq-burhan" in built(date(2026, 2, 28)).register.facilities
    assert "twahina" in built(date(2026, 1, 19)).register.facilities, "a source without a day is not known to be later"


# Corrections, ends, parts


def test_a_record_stands_until_the_one_that_replaces_it_is_known(situation):
    first = {"event_type": "security", "event_date": day("2026-01-05"), "reported_on": day("2026-01-05"), "best": 10}
    second = {**first, "reported_on": day("2026-01-09"), "best": 12, "supersedes_id": "X1"}
    told = replace(situation, events=made.events(first, second))
    assert list(known(told, date(2026, 1, 8)).events.index) == ["X1"]
    now = mapapp.build(known(told, date(2026, 1, 9))).register.events
    assert now["X1"]["superseded_by"] == "X2"
    (row,) = [one for one in late(told, date(2026, 1, 5), date(2026, 1, 8)) if one["table"] == "events"]
    assert (row["kind"], row["id"], row["replaces"], row["known_on"], row["days_later"]) == (
        "correction", "X2", "X1", "2026-01-09", 4,
    )  # fmt: skip


DAYS = st.integers(1, 28)
GUARDS = st.lists(
    st.fixed_dictionaries(
        {"on": DAYS, "told": st.integers(0, 12), "who": st.sampled_from(["SDF", "GOV"]), "replaces": st.booleans()},
        optional={"denied": st.integers(1, 9)},
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=12)
@given(records=GUARDS, day_known=DAYS, asked=DAYS)
def test_late_records_denials_and_corrections_wait_for_their_day(situation, records, day_known, asked):
    rows = []
    for n, one in enumerate(records, 1):
        told = one["on"] + one["told"]
        replaces = f"X{n - 1}" if one["replaces"] and n > 1 else None
        row = {"event_type": "custody", "facility_id": "camp", "guard_after": one["who"], "supersedes_id": replaces,
               "event_date": january(one["on"]), "reported_on": january(told)}  # fmt: skip
        if "denied" in one:
            row |= {"claimed_by": "SDF", "denied_by": "GOV", "denied_on": january(told + one["denied"])}
        rows.append({**row, "claim_state": "refuted" if "denied" in one else None})
    told = replace(
        situation, facilities=made.facilities(camp=(40.5, 36.5)), places=made.places(), events=made.events(*rows),
        zones=situation.zones[:0], figures=situation.figures[:0], sources=situation.sources[:0],
        conflicts=situation.conflicts[:0], aggregates={},
    )  # fmt: skip
    then = mapapp.build(known(told, date(2026, 1, day_known)))
    moment = january(day_known)
    seen = {f"X{n}": row for n, row in enumerate(rows, 1) if row["reported_on"] <= moment}
    assert set(then.register.events) == set(seen)
    replaced = {row["supersedes_id"] for row in seen.values()}
    for one, row in seen.items():
        denied = "denied_on" in row and row["denied_on"] <= moment
        assert (then.register.events[one]["denied_by"] == "GOV") is denied
        assert (then.register.events[one]["superseded_by"] is not None) is (one in replaced)
        seen[one] = {**row, "stands": not denied and one not in replaced}
    said = [row for row in seen.values() if row["stands"] and row["event_date"] <= january(asked)]
    expected = max(said, key=lambda row: row["event_date"])["event_date"] if said else None
    rows = mapapp.board(then, date(2026, 1, asked))
    guards = {row["guard_after"] for row in said if row["event_date"] == expected} or {None}
    assert {row["guard"] for row in rows} <= guards


def january(day_of_month: int) -> pd.Timestamp:
    return pd.Timestamp(2026, 1, 1) + pd.Timedelta(days=day_of_month - 1)


def test_the_end_of_a_state_is_not_known_before_it_comes(situation):
    state = {"event_type": "custody", "facility_id": "al-hol", "guard_after": "SDF", "event_date": day("2026-01-01"),
             "reported_on": day("2026-01-01"), "valid_to": day("2026-01-10")}  # fmt: skip
    told = replace(situation, events=made.events(state))
    assert pd.isna(known(told, date(2026, 1, 9)).events.loc["X1", "valid_to"])
    assert known(told, date(2026, 1, 10)).events.loc["X1", "valid_to"] == day("2026-01-10")


def test_grades_that_rest_on_later_sources_are_not_shown(situation):
    then = known(situation, date(2026, 1, 19)).events.loc["C020"]
    assert (then["source_ids"], then["claim_state"], then["information_credibility"], then["notes"]) == (
        ("S032",),
        None,
        None,
        None,
    )
    assert then["source_reliability"] == "B" or then["source_reliability"] == "C"


# Ground that was drawn, or imported


def test_drawn_zones_are_known_from_their_records_sources_or_first_day(situation):
    box = (40.0, 36.0, 41.0, 37.0)
    zones = made.zones(
        {"box": box, "holder": "SDF", "valid_to": day("2026-01-10")},
        {"box": box, "holder": "GOV", "valid_from": day("2026-01-10")},
        {"box": box, "holder": "TUR", "valid_from": day("2026-01-03"), "source_ids": ("S2",)},
        {"box": box, "holder": "US", "valid_from": day("2026-01-03"), "event_ids": ("X1",)},
    )
    event = {
        "event_type": "control",
        "place_id": "raqqa",
        "event_date": day("2026-01-03"),
        "reported_on": day("2026-01-07"),
    }
    told = replace(situation, zones=zones, events=made.events(event),
                   sources=made.table("sources", [{"title": "A report", "publisher": "A", **S2}]))  # fmt: skip
    assert list(known(told, date(2026, 1, 9)).zones["holder"]) == ["SDF", "US"]
    assert known(told, date(2026, 1, 9)).zones["valid_to"].isna().all(), "nobody knew yet that it would end"
    assert list(known(told, date(2026, 1, 20)).zones["holder"]) == ["SDF", "GOV", "TUR", "US"]


def test_imported_maps_of_later_days_were_not_drawn_yet():
    box = (40.0, 36.0, 41.0, 37.0)
    north = {"box": box, "holder": "SDF", "valid_to": day("2026-01-10")}
    south = {"box": box, "holder": "GOV", "valid_from": day("2026-01-10")}
    composite, _ = from_zones(made.zones(north, south))
    then = known_ground(composite, date(2026, 1, 9))
    assert list(then.holders(date(2026, 1, 20))) == ["SDF"]
    assert list(known_ground(composite, date(2026, 1, 10)).holders(date(2026, 1, 20))) == ["GOV"]
    assert known_ground(composite, None) is composite


# What came later


def test_what_came_later_about_19_january(situation):
    rows = {row["id"]: row for row in late(situation, date(2026, 1, 19), date(2026, 1, 19), date(2026, 2, 28))}
    assert (rows["C049"]["kind"], rows["C049"]["known_on"], rows["C049"]["days_later"]) == ("late", "2026-01-25", 6)
    assert rows["E046"]["kind"] == "late"
    assert (rows["C020"]["kind"], rows["C020"]["was"], rows["C020"]["now"]) == ("rise", "reported", "corroborated")
    assert "C066" not in rows, "it is about a later day"
    assert all("2026-01-19" < row["known_on"] <= "2026-02-28" for row in rows.values())
    assert list(rows) == [row["id"] for row in sorted(rows.values(), key=lambda row: (row["known_on"], row["id"]))]


def test_more_sources_for_what_stands_where_it_stood_are_among_what_came_later(situation):
    rows = {row["id"]: row for row in late(situation, ASKED, THEN, NOW)}
    assert rows["E044"]["kind"] == "sources"
    assert rows["E044"]["was"] == rows["E044"]["now"] == "claimed", "a party's word stays one, however many repeat it"
    assert (rows["E044"]["source_ids"], rows["E044"]["known_on"]) == (["S019"], "2026-01-20")


def test_refutations_are_among_what_came_later(situation):
    rows = {row["id"]: row for row in late(situation, date(2026, 1, 20), date(2026, 1, 20), date(2026, 1, 21))}
    assert (rows["C057"]["kind"], rows["C057"]["was"], rows["C057"]["now"], rows["C057"]["known_on"]) == (
        "refutation", "claimed", "refuted", "2026-01-21",
    )  # fmt: skip


# The command


@pytest.mark.parametrize("day_known", [THEN, NOW])
def test_the_command_prints_the_board_as_it_was_known(capsys, day_known):
    asked = ["--date", ASKED.isoformat(), "--known", day_known.isoformat()]
    assert cli.main(["status", *asked, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == mapapp.board(built(day_known), ASKED)


def test_a_known_day_that_is_none_is_refused(capsys):
    assert cli.main(["status", "--date", "2026-01-19", "--known", "soon"]) == 2
    assert capsys.readouterr().out == ""


def test_confirmed_by_then(situation):
    then = look_back(situation, date(2026, 1, 19), confirmed_only=True)
    assert "H008" not in then.events.index, "its third source came on 21 January"
    assert "H008" in look_back(situation, date(2026, 1, 21), confirmed_only=True).events.index
    assert (then.known_on, then.at_least) == (date(2026, 1, 19), "confirmed")
