"""The engine of the composite: its laws, on made-up maps, against polygon algebra done day by day."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mapapp.timeline.partition import Partition
from mapapp.timeline.partition.area import geodesic_km2, quick_km2
from mapapp.timeline.partition.noding import FINE

GRID = 0.01
CLAIMS = 3
DAYS = 6
ROUNDING = GRID / FINE
"""How far an edge can be moved where another crosses it, in degrees."""


def rounded(shape):
    """A shape as the engine takes it in: valid, its vertices on the grid."""
    return shapely.set_precision(shapely.set_precision(shape, GRID), 0)  # on the grid, but free to be cut off it


@st.composite
def shapes(draw):
    """A polygon on the grid, at times with a hole or in several parts."""
    corners = draw(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=3, max_size=6, unique=True))
    shape = rounded(shapely.make_valid(shapely.Polygon(np.array(corners) * GRID), method="structure"))
    if draw(st.booleans()):
        x, y = draw(st.tuples(st.integers(0, 9), st.integers(0, 9)))
        shape = rounded(shape - shapely.box(x * GRID, y * GRID, (x + 3) * GRID, (y + 2) * GRID))
    return shapely.MultiPolygon([p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"])


@st.composite
def archives(draw):
    """For each claim some spans of days, none sharing a day, each with one or two shapes, which may overlap."""
    entries = []
    for claim in range(CLAIMS):
        days = sorted(draw(st.sets(st.integers(0, DAYS), max_size=4)))
        for start, stop in pairwise(days):
            if draw(st.booleans()):
                entries.append((claim, draw(st.lists(shapes(), min_size=1, max_size=2)), start, stop))
    return draw(st.permutations(entries))


def cut(entries, says=tuple(range(CLAIMS))):
    partition = Partition(GRID)
    for claim, polygons, start, stop in entries:
        partition.put(claim, np.array(polygons), start, stop)
    return partition.parts(says)


def expected(entries, day):
    """Who has what on a day, by polygon algebra: a greater claim takes the ground from a lesser one."""
    ground, taken = {}, shapely.Polygon()
    for claim in reversed(range(CLAIMS)):
        drawn = [p for c, polygons, start, stop in entries if c == claim and start <= day < stop for p in polygons]
        whole = shapely.union_all(drawn)
        ground[claim] = whole - taken
        taken |= whole
    return ground


def held(parts, day):
    units = parts.units
    today = (units.start <= day) & (day < units.stop)
    return {
        claim: shapely.union_all(units.shapes[units.unit[today & (units.claim == claim)]]) for claim in range(CLAIMS)
    }


@given(archives())
@settings(max_examples=80, deadline=None)
def test_on_every_day_the_units_of_a_claim_make_up_its_ground(entries):
    parts = cut(entries)
    for day in range(-1, DAYS + 1):
        ground = expected(entries, day)
        for claim, shape in held(parts, day).items():
            apart = shapely.symmetric_difference(shape, ground[claim])
            assert apart.area <= ROUNDING * (ground[claim].length + shape.length + ROUNDING)


@given(archives())
@settings(max_examples=50, deadline=None)
def test_units_are_valid_and_do_not_overlap_and_share_their_edges(entries):
    units = cut(entries).units.shapes
    assert shapely.is_valid(units).all()
    flat = shapely.get_parts(units)
    assert shapely.coverage_is_valid(flat)
    assert sum(shapely.area(units)) == pytest.approx(shapely.union_all(units).area, abs=1e-12)


@given(archives())
@settings(max_examples=50, deadline=None)
def test_ground_of_one_history_is_one_unit_and_spans_that_say_the_same_are_one(entries):
    units = cut(entries, says=("A", "B", "A")).units
    says = np.array(["A", "B", "A"])[units.claim]
    histories = [
        tuple(zip(says[units.unit == n], units.start[units.unit == n], units.stop[units.unit == n], strict=True))
        for n in range(len(units.shapes))
    ]
    assert all(histories), "a unit that nobody ever held"
    assert len(set(histories)) == len(histories)
    for history in histories:
        for (one, _, stop), (other, start, _) in pairwise(history):
            assert stop <= start, "two claims on one day"
            assert stop < start or one != other, "two spans where one would do"


@given(st.integers(0, 2**32 - 1), st.sampled_from([1, 64, 10**7]), st.sampled_from([1, 2]))
@settings(max_examples=8, deadline=None)
def test_hundreds_of_days_are_as_exact_as_few_whatever_is_looked_at_together(seed, size, pieces):
    rng = np.random.default_rng(seed)
    entries, drawn = [], {}
    for claim in range(2):
        for day in range(200):
            if day % 7 == claim:
                drawn[claim] = [_rectangle(rng) for _ in range(pieces)]
            if claim in drawn and rng.random() < 0.9:
                entries.append((claim, drawn[claim], day, day + 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mapapp.timeline.partition.history.BYTES", size)
        parts = cut(entries)
    assert shapely.coverage_is_valid(shapely.get_parts(parts.units.shapes))
    for day in range(0, 200, 23):
        ground = expected(entries, day)
        for claim, shape in held(parts, day).items():
            assert shapely.symmetric_difference(shape, ground[claim]).area < 1e-9
    lost = [overlap for overlap in parts.overlaps if overlap.start <= 100 < overlap.stop]
    today = [
        shapely.union_all([p for c, ps, start, _ in entries if c == claim and start == 100 for p in ps])
        for claim in (0, 1)
    ]
    assert sum(overlap.km2 for overlap in lost) >= quick_km2(np.array([today[0] & today[1]]))[0] - 0.01


def _rectangle(rng):
    x, y, width, height = rng.integers([0, 0, 1, 1], [10, 10, 5, 5])
    return shapely.box(x * GRID, y * GRID, (x + width) * GRID, (y + height) * GRID)


def test_long_edges_are_cut_as_exactly_as_short_ones():
    world = shapely.box(-170, -80, 170, 80)
    wedge = shapely.Polygon([(-170, -80), (170, -79.99), (170, 80)])
    partition = Partition(1e-6)
    partition.put(0, np.array([world]), 0, 1)
    partition.put(1, np.array([wedge]), 1, 2)
    units = partition.parts("AB").units
    assert shapely.coverage_is_valid(shapely.get_parts(units.shapes))
    assert sum(shapely.area(units.shapes)) == pytest.approx(world.area, rel=1e-12)
    held_then = shapely.union_all(units.shapes[units.unit[units.claim == 1]])
    assert shapely.symmetric_difference(held_then, wedge).area < 1e-6


@pytest.mark.parametrize("shift", [0, 1e-7, 3e-6, -4e-6])
def test_borders_drawn_twice_a_hair_apart_leave_no_sliver_wider_than_the_grid(shift):
    line = np.column_stack([np.linspace(38, 39, 50), 36 + 0.1 * np.sin(np.arange(50))])
    south = shapely.Polygon([(38, 35), *line, (39, 35)])
    north = shapely.Polygon([(38, 37), *(line + np.array([0, shift])), (39, 37)])
    partition = Partition()
    partition.put(0, np.array([south]), 0, 1)
    partition.put(1, np.array([north]), 0, 1)
    units = partition.parts("SN").units
    whole = shapely.coverage_union_all(shapely.get_parts(units.shapes))
    gaps = shapely.box(38, 35, 39, 37).area - whole.area
    assert gaps <= 1e-5 * line.shape[0]


def test_areas_are_geodesic():
    cell = np.array([shapely.box(38, 36, 38.1, 36.1), shapely.box(0, 0, 1, 1) - shapely.box(0.2, 0.2, 0.4, 0.4)])
    assert geodesic_km2(cell) == pytest.approx([100.00, 12308.778 - 492.36], rel=1e-3)
    assert quick_km2(cell) == pytest.approx(geodesic_km2(cell), rel=1e-3)


@given(archives())
@settings(max_examples=30, deadline=None)
def test_the_order_in_which_maps_are_entered_changes_nothing(entries):
    forth, back = cut(entries).units, cut(entries[::-1]).units
    assert shapely.to_wkb(forth.shapes).tolist() == shapely.to_wkb(back.shapes).tolist()
    for name in ("unit", "claim", "start", "stop"):
        assert getattr(forth, name).tolist() == getattr(back, name).tolist()


@given(archives())
@settings(max_examples=30, deadline=None)
def test_ground_that_a_claim_loses_to_another_is_measured(entries):
    parts = cut(entries)
    for day in range(DAYS):
        drawn = {
            claim: shapely.union_all(
                [p for c, polygons, start, stop in entries if c == claim and start <= day < stop for p in polygons]
            )
            for claim in range(CLAIMS)
        }
        for claim, lost in losses(drawn).items():
            told = sum(o.km2 for o in parts.overlaps if (o.under, o.over) == claim and o.start <= day < o.stop)
            assert told >= lost - 0.02


def losses(drawn):
    """km2 that each claim loses to each greater one: ground that both cover, and no claim greater than these."""
    lost = {}
    for under in range(CLAIMS):
        for over in range(under + 1, CLAIMS):
            above = shapely.union_all([drawn[claim] for claim in range(over + 1, CLAIMS)])
            lost[under, over] = quick_km2(np.array([(drawn[under] & drawn[over]) - above]))[0]
    return lost
