from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest
import shapely
from conftest import GEODATA, ROOT

from mapapp.errors import NotFound
from mapapp.situation.schema import HOLDS_GROUND
from mapapp.timeline.claims import place_spans
from mapapp.timeline.composite import from_zones
from mapapp.timeline.spans import as_of
from mapapp.timeline.zones import ground, zones_from_claims

FILE = "control_zones.geojson"


@pytest.fixture(scope="module")
def zones(situation):
    return zones_from_claims(situation)


def run_zones(folder, seed="random"):
    return subprocess.run(
        [sys.executable, "-m", "mapapp", "zones", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_writes_the_committed_file_to_the_byte_every_time(tmp_path):
    folder = shutil.copytree(GEODATA, tmp_path / "situation")
    (folder / FILE).unlink()
    for seed in ("1", "2"):
        done = run_zones(folder, seed)
        assert done.returncode == 0, done.stderr
        assert done.stdout == f"{len(from_file())} zones written to {folder / FILE}\n"
        assert (folder / FILE).read_bytes() == (GEODATA / FILE).read_bytes()
    assert {path.name for path in folder.iterdir()} == {path.name for path in GEODATA.iterdir()}


def from_file():
    return (GEODATA / FILE).read_text("utf-8").splitlines()[1:-1]


def test_the_command_says_what_it_cannot_do_and_leaves_the_old_file(tmp_path):
    folder = shutil.copytree(GEODATA, tmp_path / "situation")
    settings = folder / "situation.toml"
    settings.write_text(settings.read_text("utf-8").replace('area = "Syria"', 'area = "Atlantis"'), "utf-8")
    done = run_zones(folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Atlantis" in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / FILE).read_bytes() == (GEODATA / FILE).read_bytes()


def test_the_file_loads_as_it_was_computed(zones, situation):
    loaded = situation.zones
    assert loaded.index.equals(zones.index)
    for name in ("holder", "contested_by", "valid_from", "valid_to", "event_ids", "source_ids", "area_km2", "method"):
        pd.testing.assert_series_equal(loaded[name], zones[name])
    assert all(a.equals(b) for a, b in zip(loaded.geometry, zones.geometry, strict=True))


def test_every_zone_rests_on_control_records_and_says_how_it_was_made(zones, situation):
    assert zones.index.is_unique
    control = situation.events.index[situation.events["event_type"] == "control"]
    for _, zone in zones.iterrows():
        assert zone["event_ids"]
        assert set(zone["event_ids"]) <= set(control)
        assert list(zone["event_ids"]) == sorted(zone["event_ids"])
        assert set(zone["source_ids"]) <= set(situation.sources.index)
        assert "nearest place, cut along the Euphrates, up to 30 km" in zone["method"]
        assert zone["area_km2"] > 0


def test_ground_of_one_bank_never_rests_on_places_of_the_other_alone(zones, situation):
    shares = ground(situation)
    banks = shares.dissolve("bank").geometry
    for zone_id, zone in zones.iterrows():
        places = set(situation.events["place_id"][list(zone["event_ids"])])
        resting = set(shares["bank"][[place for place in places if place in shares.index]])
        for bank, whole in banks.items():
            assert bank in resting or zone.geometry.intersection(whole).area < 1e-9, zone_id


def test_zones_of_one_day_share_their_edges_without_gap_or_overlap(zones):
    for day in pd.date_range("2026-01-01", "2026-03-31"):
        assert shapely.coverage_is_valid(as_of(zones, day).geometry.to_numpy()), day


def test_every_day_each_cell_is_held_by_whoever_holds_its_place(zones, situation):
    shares = ground(situation)
    inner = shares.geometry.representative_point()
    composite, _ = from_zones(zones)
    unit = composite.at(inner).dropna()
    spans = place_spans(situation.events, situation.places)
    for day in pd.date_range("2026-01-01", "2026-03-31"):
        held = as_of(spans, day).set_index("place_id")["holder"].reindex(inner.index).dropna()
        shown = composite.holders(day)
        assert {place: shown[unit[place]] for place in unit.index if shown[unit[place]]} == held.to_dict()


def test_contested_claims_are_drawn_on_the_holder_they_contest(zones, situation):
    without = situation.events["sub_event_type"] == "contested"
    settled = zones_from_claims(replace(situation, events=situation.events[~without]))
    assert zones["contested_by"].notna().sum() >= 4
    assert settled["contested_by"].isna().all()
    for day in pd.date_range("2026-01-01", "2026-03-31"):
        with_claims, before = (as_of(one, day).groupby("holder")["area_km2"].sum() for one in (zones, settled))
        assert with_claims.to_dict() == pytest.approx(before.to_dict(), abs=0.5)


def test_bases_dams_and_fields_are_points_not_ground(zones, situation):
    points = ~situation.places["place_type"].isin(HOLDS_GROUND)
    about = situation.events["place_id"].isin(situation.places.index[points])
    assert (about & (situation.events["event_type"] == "control")).any()
    without = zones_from_claims(replace(situation, events=situation.events[~about], places=situation.places[~points]))
    assert without.index.equals(zones.index)
    assert without["area_km2"].equals(zones["area_km2"])


def test_a_new_claim_moves_the_ground_of_its_place_and_no_other(zones, situation):
    events = situation.events.copy()
    events.loc["C067", "event_date"] = pd.Timestamp("2026-01-25")
    moved = zones_from_claims(replace(situation, events=events))
    cell = ground(situation).geometry["al-hol"]
    for day in pd.date_range("2026-01-19", "2026-01-26"):
        before, after = (as_of(one, day).dissolve("holder").geometry for one in (zones, moved))
        differ = pd.Timestamp("2026-01-21") <= day < pd.Timestamp("2026-01-25")
        changed = after["GOV"].symmetric_difference(before["GOV"])
        assert changed.symmetric_difference(cell).area < 1e-9 if differ else changed.area < 1e-9


def test_only_places_of_the_area_share_it_out(situation):
    assert {"amuda", "kobani"} <= set(ground(situation).index)
    places = situation.places.copy()
    places.loc["amuda", "country"] = "Turkey"  # it lies inside the outline
    places.loc["kobani", "country"] = None  # it lies 600 m outside of it: the base map is coarse
    places.loc["hasakah", "country"] = None
    shared = ground(replace(situation, places=places)).index
    assert "hasakah" in shared
    assert not {"amuda", "kobani"} & set(shared)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"area": ""}, "does not name the area"),
        ({"area": "Atlantis"}, "“Atlantis” in basemap/countries.geojson"),
        ({"barriers": ("Styx",)}, "“Styx” in basemap/rivers.geojson"),
    ],
)
def test_what_is_missing_on_the_base_map_is_said(situation, change, said):
    broken = replace(situation, zone_settings=replace(situation.zone_settings, **change))
    with pytest.raises(NotFound, match=said):
        zones_from_claims(broken)


def test_without_claims_there_is_an_empty_table(situation):
    empty = zones_from_claims(replace(situation, events=situation.events[:0]))
    assert empty.empty
    assert empty.crs == 4326
