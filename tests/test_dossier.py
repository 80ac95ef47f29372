"""The dossier of a facility or a place: all that is on record about it, ready for a panel."""

from __future__ import annotations

import json
from datetime import date

import pytest
from pyproj import Geod

from mapapp.errors import NotFound
from mapapp.timeline import dossier, status

DAY = date(2026, 1, 20)
GEOD = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def al_hol(timeline):
    return dossier.facility(timeline, "al-hol", DAY)


def test_it_says_what_it_is_and_how_well_the_point_is_known(al_hol):
    assert (al_hol["kind"], al_hol["id"], al_hol["type"]) == ("facility", "al-hol", "camp")
    assert (al_hol["name"], al_hol["name_ar"]) == ("Al-Hol camp", "مخيم الهول")
    assert "al-Houl" in al_hol["alt_names"]
    assert al_hol["precision"] == "the point is known within 1.5 km"


def test_its_spans_follow_one_another(al_hol):
    guard = [(span["value"], span["label"], span["valid_from"], span["valid_to"]) for span in al_hol["spans"]["guard"]]
    assert guard == [
        (None, "unknown", None, "2015-11-13"),
        ("SDF", "Syrian Democratic Forces (with Asayish)", "2015-11-13", "2026-01-20"),
        ("NONE", "Nobody", "2026-01-20", "2026-01-21"),
        ("GOV", "Transitional government", "2026-01-21", None),
    ]
    assert [span["detail"] for span in al_hol["spans"]["guard"]][-1] == "Interior Ministry"
    assert al_hol["spans"]["status"][-1]["label"] == "closed or emptied"


@pytest.mark.parametrize("attribute", ["status", "operator", "guard", "ground_holder"])
def test_the_current_spans_are_those_of_the_board(timeline, attribute):
    for row in status.board(timeline, DAY):
        spans = dossier.facility(timeline, row["facility_id"], DAY)["spans"][attribute]
        (current,) = [span for span in spans if span["current"]]
        assert current["value"] == row[attribute]


def test_without_a_day_no_span_is_current(timeline):
    spans = dossier.facility(timeline, "al-hol")["spans"]
    assert not any(span["current"] for several in spans.values() for span in several)


def test_events_come_latest_first_and_undated_last(timeline):
    for facility_id in timeline.situation.facilities.index:
        dates = [event["date"] for event in dossier.facility(timeline, facility_id)["events"]]
        dated = [day for day in dates if day]
        assert dates == sorted(dated, reverse=True) + [None] * (len(dates) - len(dated))


def test_claims_keep_their_claimant_and_their_opponent(timeline):
    events = {event["event_id"]: event for event in dossier.facility(timeline, "shaddadi-prison")["events"]}
    assert {events[one]["conflict_group"] for one in ("E044", "E045", "E046")} == {"CG01"}
    assert events["E044"]["best"] == 1500
    assert "SDF" in events["E044"]["claimed_by"]


def test_figures_are_whole_records(al_hol, timeline):
    figures = {figure["figure_id"]: figure for figure in al_hol["figures"]}
    assert len(figures) == (timeline.situation.figures["facility_id"] == "al-hol").sum()
    assert set(timeline.situation.figures.columns) <= figures["P019"].keys()
    assert (figures["P019"]["iraqi"], figures["P029"]["best"], figures["P029"]["families_high"]) == (3000, None, 400)


def test_a_movement_is_in_the_dossiers_of_both_ends(timeline):
    movements = timeline.situation.events.dropna(subset=["facility_id", "to_facility_id"])
    event_id, movement = next(iter(movements[movements["to_facility_id"] == "aq-burhan"].iterrows()))
    for facility_id in (movement["facility_id"], "aq-burhan"):
        assert event_id in {event["event_id"] for event in dossier.facility(timeline, facility_id)["events"]}


def test_every_source_that_is_cited_is_there(timeline):
    dossiers = [dossier.facility(timeline, one) for one in timeline.situation.facilities.index]
    dossiers += [dossier.place(timeline, one) for one in timeline.situation.places.index]
    for found in dossiers:
        cited = {source for several in found["spans"].values() for span in several for source in span["source_ids"]}
        cited |= {source for record in [*found["events"], *found["figures"]] for source in record["source_ids"]}
        assert cited <= found["sources"].keys()
        assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_a_place_has_its_holders_its_claims_and_its_facilities(timeline):
    hasakah = dossier.place(timeline, "hasakah", DAY)
    assert (hasakah["kind"], hasakah["type"], hasakah["name"]) == ("place", "city", "Hasakah")
    (current,) = [span for span in hasakah["spans"]["holder"] if span["current"]]
    assert (current["value"], current["contested_by"]) == ("SDF", "TRIBAL")
    assert {"C057", "C058", "C075"} <= {event["event_id"] for event in hasakah["events"]}
    near = {one["facility_id"]: one["distance_km"] for one in hasakah["facilities"]}
    assert {"sinaa", "hasakah-central"} <= near.keys()
    assert list(near.values()) == sorted(near.values())
    assert "roj" not in near


def test_a_place_without_a_point_still_has_a_dossier(timeline):
    places = timeline.situation.places
    without = places.index[places.geometry.isna()]
    assert len(without)
    for place_id in without:
        assert dossier.place(timeline, place_id)["kind"] == "place"


@pytest.mark.parametrize("ask", [dossier.facility, dossier.place, dossier.event])
def test_an_id_that_is_not_there_is_not_found(timeline, ask):
    with pytest.raises(NotFound, match="nothing-of-the-kind"):
        ask(timeline, "nothing-of-the-kind")


def test_facilities_near_a_place_are_listed_whether_or_not_they_name_it(timeline):
    facilities, places = timeline.situation.facilities, timeline.situation.places
    listed = 0
    for place_id, point in places.geometry.dropna().items():
        found = {one["facility_id"]: one["distance_km"] for one in dossier.place(timeline, place_id)["facilities"]}
        for facility_id, spot in facilities.geometry.items():
            names_it = facilities.loc[facility_id, "place_id"] == place_id
            km = None if spot is None else GEOD.inv(point.x, point.y, spot.x, spot.y)[2] / 1000
            assert (facility_id in found) == (names_it or (km is not None and km <= dossier.NEAR_KM + 0.05))
            listed += facility_id in found and not names_it
    assert listed, "some facility is near a place that it does not name"


@pytest.mark.parametrize(
    ("event_id", "kind", "subject"),
    [("E044", "facility", "shaddadi-prison"), ("C067", "place", "al-hol"), ("E002", "event", "E002")],
)
def test_an_event_leads_to_its_facility_else_its_place_else_itself(timeline, event_id, kind, subject):
    found = dossier.event(timeline, event_id, date(2026, 1, 20))
    assert (found["kind"], found["id"]) == (kind, subject)
    assert event_id in [event["event_id"] for event in found["events"]]
    assert all(source in found["sources"] for event in found["events"] for source in event["source_ids"])
