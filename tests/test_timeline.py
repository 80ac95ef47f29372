"""Building the time line: from whatever tables there are, leaving them as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

import mapapp
from mapapp.timeline import dossier, listing, status

TABLES = ["facilities", "places", "zones", "events", "figures", "sources"]
DAY = date(2026, 1, 20)


@pytest.mark.parametrize("missing", [*([name] for name in TABLES), TABLES], ids="-".join)
def test_a_situation_that_lacks_a_table_still_has_a_board_and_dossiers(situation, missing):
    poorer = replace(situation, **{name: getattr(situation, name).iloc[:0] for name in missing})
    timeline = mapapp.build(poorer)
    rows = status.board(timeline, DAY)
    assert [row["facility_id"] for row in rows] == sorted(
        poorer.facilities.index, key=lambda one: (poorer.facilities.loc[one, "name"], one)
    )
    assert len(listing.board_table(rows, poorer.actors).splitlines()) == len(rows) + 1
    for facility_id in poorer.facilities.index[::3]:
        assert dossier.facility(timeline, facility_id, DAY)["id"] == facility_id
    for place_id in poorer.places.index[::5]:
        assert dossier.place(timeline, place_id, DAY)["id"] == place_id


def test_building_leaves_the_situation_as_it_is(situation):
    before = {name: getattr(situation, name).copy(deep=True) for name in TABLES}
    timeline = mapapp.build(situation)
    status.board(timeline, DAY)
    dossier.facility(timeline, "al-hol", DAY)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(situation, name), before[name])
