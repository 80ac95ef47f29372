"""What changed between two days: every facility and place of which that is on record, and no other."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import made
import pandas as pd
import pytest
from conftest import GEODATA
from pyproj import Geod

import mapapp
from mapapp import cli
from mapapp.exchange import listings, report
from mapapp.timeline.areas import passed_km2
from mapapp.timeline.changes import changes
from mapapp.timeline.contradictions import contradictions
from mapapp.timeline.known import known
from mapapp.timeline.late import late

FIRST, LAST = date(2026, 1, 4), date(2026, 2, 28)


def named(ids: str) -> set[str]:
    return set(ids.split())


PLACES = named(
    """
    abu-hamam abu-rasin ain-issa al-busayrah al-hol al-kasrah al-omar areesha-town ashrafieh baghuz bani-zaid conoco
    deir-hafer dhiban euphrates-dam freedom-dam gharanij hajin hasakah hatla hawayij jalabiya jarrah-airbase karamah
    khabur-dam kharab-al-jir kharab-ashk khusham kobani lafarge mansurah markadah maskanah panorama qamishli
    qamishli-airport qara-qozak qasrak raqqa rmelan sabkhah safa sarrin semalka shaddadi shaddadi-base shafah
    sheikh-maqsoud shuhayl susah tabqa tabqa-airbase tal-baydar tal-brak tal-hamis tal-samen tall-tamr tanf tayyana
    tishrin-dam yaarubiyah
    """
)
"""Checked by hand against the facts: places with a dated change, entry, withdrawal or disputed claim between the two
days, and those whose holder is not established any more on the later one."""

OF_THEIR_OWN = named(
    """
    al-hol al-hol-annex aq-burhan aqtan areesha hasakah-central jeddah1 karkh mahmoudli nasiriyah-hoot raqqa-central roj
    serekaniye shaddadi-prison sinaa tabqa-prison washokani
    """
)
"""Facilities with a record of a change of status, operator or guard between the two days, or of its end."""

BY_THEIR_GROUND = named(
    """
    abu-khashab ahdath ain-issa-camp ain-issa-prison alaya aqtan al-hol al-hol-annex areesha hasakah-central hol-prison
    houri jerkin kamba-bulgar kasra-prison mahmoudli orkesh panorama-prison raqqa-central rmelan-prison roj serekaniye
    shaddadi-prison sinaa tabqa-prison tal-samen-camp washokani
    """
)
"""Facilities in whose nearest place the holder changed, or was disputed."""

UNCHANGED = {"dashisha", "derik", "kobani-prison", "mabrouka-camp", "menbij-east-new", "menbij-east-old", "newroz"}


@pytest.fixture(scope="module")
def found(timeline):
    return changes(timeline, FIRST, timeline, LAST)


def ids(rows, *attributes: str) -> set[str]:
    return {row["id"] for row in rows if not attributes or row["attribute"] in attributes}


# The bundled situation, against the facts and against a plain reading of its own file


def test_every_place_of_the_facts_that_changed_is_listed_and_no_other(found):
    assert ids(found["places"]) == PLACES


def test_every_facility_of_the_facts_that_changed_is_listed_and_no_other(found):
    assert ids(found["facilities"]) == OF_THEIR_OWN | BY_THEIR_GROUND
    assert ids(found["facilities"], "status", "operator", "guard") == OF_THEIR_OWN
    assert ids(found["facilities"], "ground_holder", "ground_contested_by") == BY_THEIR_GROUND
    assert not UNCHANGED & ids(found["facilities"])


def records() -> list[dict[str, str]]:
    with (GEODATA / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def by_hand(value: str, key: str, rows: list[dict[str, str]]) -> set[str]:
    """Whose value is not the same on all days from the first to the last: each record sets it from its day on."""
    said = defaultdict(list)
    for row in rows:
        if row[key] and (row[value] or row["sub_event_type"] == "not_established") and row["claim_state"] != "refuted":
            said[row[key]].append(row)
    moved = set()
    for one, several in said.items():
        several.sort(key=lambda row: row["event_date"])  # without a day first; else as in the file
        seen, day = set(), FIRST
        while day <= LAST:
            at = day.isoformat()
            past = [row for row in several if row["event_date"] <= at]
            held = past[-1] if past and (past[-1]["valid_to"] or "9") > at else None
            before = several[0]["holder_before"] if value == "holder_after" and not past else ""
            seen.add(held[value] if held else before)
            day += timedelta(1)
        if len(seen) > 1:
            moved.add(one)
    return moved


def test_places_that_changed_hands_are_those_of_a_plain_reading_of_the_file(found):
    control = [row for row in records() if row["event_type"] == "control"]
    held = [row for row in control if row["sub_event_type"] != "contested"]
    assert ids(found["places"], "holder") == by_hand("holder_after", "place_id", held)
    disputed = {
        row["place_id"]
        for row in control
        if row["sub_event_type"] == "contested" and FIRST.isoformat() < row["event_date"] <= LAST.isoformat()
    }
    assert ids(found["places"], "contested_by") == disputed


@pytest.mark.parametrize("attribute", ["status", "operator", "guard"])
def test_facilities_that_changed_are_those_of_a_plain_reading_of_the_file(found, attribute):
    assert ids(found["facilities"], attribute) == by_hand(f"{attribute}_after", "facility_id", records())


def test_a_row_tells_each_step_with_its_records_and_sources(found):
    (row,) = [one for one in found["facilities"] if (one["id"], one["attribute"]) == ("al-hol", "guard")]
    assert (row["before"], row["after"], row["kind"], row["on"]) == ("SDF", "GOV", "changed", "2026-01-21")
    assert [(step["on"], step["value"], step["event_ids"]) for step in row["steps"]] == [
        ("2026-01-20", "NONE", ["H002"]), ("2026-01-21", "GOV", ["H003"]),
    ]  # fmt: skip
    assert set(row["source_ids"]) >= {"S004", "S084"}
    for one in [*found["facilities"], *found["places"]]:
        assert one["event_ids"], (one["id"], one["attribute"])
        assert one["source_ids"] or one["after"] is None, (one["id"], one["attribute"])


def test_square_kilometres_are_the_differences_of_the_composites_areas(found, timeline):
    geod = Geod(ellps="WGS84")
    units = timeline.composite.units
    area = units.geometry.map(lambda shape: abs(geod.geometry_area_perimeter(shape)[0]) / 1e6)
    then, now = (area.groupby(timeline.composite.holders(day)).sum() for day in (FIRST, LAST))
    told = {row["holder"]: row for row in found["ground"]["holders"]}
    assert told.keys() == {*then.index, *now.index}
    for holder, row in told.items():
        assert row["before_km2"] == pytest.approx(then.get(holder, 0), abs=0.1)
        assert row["after_km2"] == pytest.approx(now.get(holder, 0), abs=0.1)
        assert row["change_km2"] == pytest.approx(now.get(holder, 0) - then.get(holder, 0), abs=0.1)
        assert row["gained_km2"] - row["lost_km2"] == pytest.approx(row["change_km2"], abs=0.11)
    passed = found["ground"]["passed"]
    for holder, row in told.items():
        assert sum(one["km2"] for one in passed if one["to"] == holder) == pytest.approx(row["gained_km2"], abs=0.3)
        assert sum(one["km2"] for one in passed if one["from"] == holder) == pytest.approx(row["lost_km2"], abs=0.3)


def test_contradictions_and_figures_of_the_last_day_that_were_not_there_on_the_first(found, timeline):
    then, now = ({(row["rule"], row["text"]) for row in contradictions(timeline, day)} for day in (FIRST, LAST))
    assert {(row["rule"], row["text"]) for row in found["contradictions"]["new"]} <= now - then
    assert {(row["rule"], row["text"]) for row in found["contradictions"]["settled"]} <= then - now
    said = timeline.situation.figures
    between = said[(said["as_of_date"] > pd.Timestamp(FIRST)) & (said["as_of_date"] <= pd.Timestamp(LAST))]
    assert {row["figure_id"] for row in found["figures"]} == set(between.index)
    assert {"E044", "E045", "E046"} <= {row["event_id"] for row in found["counts"]}


def test_on_one_day_nothing_changes(timeline):
    same = changes(timeline, LAST, timeline, LAST)
    assert same["facilities"] == same["places"] == same["figures"] == same["counts"] == same["late"] == []
    assert same["ground"]["passed"] == []
    assert same["contradictions"] == {"new": [], "settled": []}


# Two known days


@pytest.fixture(scope="module")
def then(situation):
    return mapapp.build(known(situation, date(2026, 1, 19)))


def test_of_one_day_known_on_two_only_what_came_later_changed(situation, timeline, then):
    day = date(2026, 1, 19)
    found = changes(then, day, timeline, day)
    assert (found["known_from"], found["known_to"]) == ("2026-01-19", None)
    assert found["late"] == late(situation, day, day)
    held = {(row["id"], row["before"], row["after"]) for row in found["places"] if row["attribute"] == "holder"}
    assert {("ain-issa", "SDF", "GOV"), ("tal-samen", "SDF", "GOV")} <= held
    came = {row["id"] for row in found["late"]}
    for row in found["facilities"]:
        assert set(row["event_ids"]) & came or row["attribute"].startswith("ground"), row


def test_ground_of_two_look_backs_is_laid_over_one_another(timeline, then):
    day = date(2026, 1, 19)
    passed = passed_km2(then.composite, day, timeline.composite, day)
    before, after = (
        one.composite.units["area_km2"].groupby(one.composite.holders(day)).sum() for one in (then, timeline)
    )
    for holder in {*before.index, *after.index}:
        gained = sum(km2 for (_, new), km2 in passed.items() if new == holder)
        lost = sum(km2 for (old, _), km2 in passed.items() if old == holder)
        assert gained - lost == pytest.approx(after.get(holder, 0) - before.get(holder, 0), abs=0.1)
    assert passed["SDF", "GOV"] > 100, "Ain Issa and Tall Samen"


# A made situation: names that are not to be trusted

HOSTILE = "<img src=x onerror=alert(1)> | *b* [x](javascript:alert(1)) `c` {{ 7*7 }}\n# title"


@pytest.fixture(scope="module")
def hostile(situation):
    camp = made.facilities(camp=(40.5, 36.5)).assign(name=HOSTILE, name_ar="مخيم <b>الهول</b>")
    state = {
        "event_type": "custody",
        "facility_id": "camp",
        "event_date": pd.Timestamp(2026, 1, 5),
        "guard_after": "GOV",
    }
    source = {"source_id": "S1", "title": HOSTILE, "publisher": HOSTILE, "url": "https://example.org/?a=1&b=<2>"}
    counted = {"as_of_date": pd.Timestamp(2026, 1, 5), "best": 145_870, "claimed_by": HOSTILE, "source_ids": ("S1",)}
    told = replace(
        situation,
        title=HOSTILE,
        facilities=camp,
        events=made.events({**state, "source_ids": ("S1",)}),
        figures=made.figures(counted),
        sources=made.table("sources", [source]),
        zones=situation.zones[:0],
        conflicts=situation.conflicts[:0],
    )
    built = mapapp.build(told)
    return changes(built, date(2026, 1, 4), built, date(2026, 1, 6)), built


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.text, self.links = set(), [], []

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.links += [value for name, value in attrs if name == "href"]
        assert not [name for name, _ in attrs if name.startswith("on") or name == "src"]

    def handle_data(self, data):
        self.text.append(data)


def test_hostile_text_is_text_in_html(hostile):
    page = report.html(*hostile)
    tags = Tags()
    tags.feed(page)
    assert not tags.seen & {"img", "b", "script", "iframe"}
    shown = " ".join("".join(tags.text).split())
    assert " ".join(HOSTILE.split()) in shown
    assert "مخيم <b>الهول</b>" in shown
    assert tags.links == ["https://example.org/?a=1&b=<2>"]
    assert "default-src 'none'" in page


def test_hostile_text_is_text_in_markdown(hostile):
    text = report.markdown(*hostile)
    assert r"\<img src=x onerror=alert(1)\> \| \*b\* \[x\](javascript:alert(1)) \`c\` {{ 7\*7 }} \# title" in text
    assert not re.search(r"(?<!\\)<img|(?<!\\)\]\(", text)
    for line in text.splitlines():
        if line.startswith("|") and "guard" in line:
            assert len(re.findall(r"(?<!\\)\|", line)) == 6, "five cells, whatever stands in them"


def test_no_text_of_the_table_breaks_a_line(hostile):
    found, built = hostile
    assert "\n# title" not in listings.changes_table(found, built)


def test_counts_are_rounded_for_reading_and_exact_in_exports(hostile):
    found, built = hostile
    for made_for_reading in (report.markdown, report.html, listings.changes_table):
        assert "146,000" in made_for_reading(found, built)
        assert "145,870" not in made_for_reading(found, built)
    assert "145,870" in listings.changes_csv(found)
    assert found["figures"][0]["best"] == 145_870


# The command


def asked(capsys, *more: str) -> str:
    assert cli.main(["changes", "--from", FIRST.isoformat(), "--to", LAST.isoformat(), *more]) == 0
    return capsys.readouterr().out


def test_the_command_gives_json(capsys, found):
    assert json.loads(asked(capsys, "--format", "json")) == json.loads(json.dumps(found))


def test_the_command_gives_csv(capsys, found):
    rows = list(csv.DictReader(io.StringIO(asked(capsys, "--format", "csv"))))
    assert {row["id"] for row in rows if row["about"] == "facility"} == ids(found["facilities"])
    assert {row["id"] for row in rows if row["about"] == "place"} == ids(found["places"])
    ground = {(row["before"], row["after"]): float(row["km2"]) for row in rows if row["about"] == "ground"}
    assert ground == {(row["from"] or "", row["to"] or ""): row["km2"] for row in found["ground"]["passed"]}
    assert len(rows) == sum(len(found[one]) for one in ("facilities", "places", "figures", "counts", "late")) + sum(
        map(len, [found["ground"]["passed"], *found["contradictions"].values()])
    )


@pytest.mark.parametrize("form", ["table", "markdown", "html"])
def test_the_command_gives_a_report_that_names_all_that_changed(capsys, found, form, timeline):
    text = asked(capsys, "--format", form).replace("\\", "")
    names = {**timeline.register.facilities, **timeline.register.places}
    if form == "html":
        tags = Tags()
        tags.feed(text)
        text = "".join(tags.text)
    for one in ids(found["facilities"]) | ids(found["places"]):
        assert names[one]["name"] in text, one


def test_the_command_takes_two_known_days(capsys):
    told = json.loads(asked(capsys, "--known-from", "2026-01-19", "--known-to", "2026-02-28", "--format", "json"))
    assert (told["known_from"], told["known_to"]) == ("2026-01-19", "2026-02-28")
    assert all("2026-01-19" < row["known_on"] <= "2026-02-28" for row in told["late"] if row["known_on"])
    once = json.loads(asked(capsys, "--known", "2026-02-28", "--format", "json"))
    assert (once["known_from"], once["known_to"], once["late"]) == ("2026-02-28", "2026-02-28", [])


@pytest.mark.parametrize("days", [("2026-02-28", "2026-01-04"), ("2026-01-04", "later"), ("1900-01-01", "2026-01-04")])
def test_days_that_cannot_be_compared_are_asked_wrongly(capsys, days):
    assert cli.main(["changes", "--from", days[0], "--to", days[1]]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in error
