"""The width left to walkers, on pavements whose widths are known by construction."""

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, box
from shapely.affinity import rotate, translate

from gis.clear_width import TOLERANCE, clear_width

STRIP = box(0, 0, 40, 2)
NOBODY = Polygon()


@pytest.mark.parametrize(
    ("shape", "left"),
    [
        (box(10, 0, 15, 0.5), 1.5),
        (box(10, 0.8, 15, 2), 0.8),
        (box(10, 0.5, 15, 1.1), 0.9),  # the wider side counts
        (box(10, 0, 15, 2), 0.0),
        (box(10, -1, 15, 0.5), 1.5),  # partly outside
        (Polygon([(10, 0), (14, 0), (12, 1)]), 1.0),
    ],
)
def test_what_is_left_beside_a_shape(shape: Polygon, left: float) -> None:
    assert clear_width(STRIP, shape, NOBODY) == pytest.approx(left, abs=TOLERANCE)


def test_what_others_take_is_not_free() -> None:
    assert clear_width(STRIP, box(10, 0, 15, 0.5), box(12, 1.5, 13, 2)) == pytest.approx(1.0, abs=TOLERANCE)


def test_a_walker_cannot_jump_from_one_side_to_the_other() -> None:
    """Half is free below, then half above: between the two there is no way."""
    shape = shapely.union_all([box(10, 0, 12, 1), box(12, 1, 14, 2)]).buffer(0.001)
    assert clear_width(STRIP, shape, NOBODY) == pytest.approx(0.0, abs=TOLERANCE)


def test_the_far_side_of_a_block_is_no_way_past() -> None:
    ring = box(0, 0, 60, 40).difference(box(2, 2, 58, 38))
    assert clear_width(ring, box(20, 0, 25, 1.2), NOBODY) == pytest.approx(0.8, abs=TOLERANCE)


def test_nothing_is_measured_off_the_pavement() -> None:
    assert clear_width(STRIP, box(10, 5, 12, 6), NOBODY) is None
    assert clear_width(Polygon(), box(10, 5, 12, 6), NOBODY) is None


def test_a_pavement_that_bends_is_measured_across() -> None:
    middle = shapely.Point(0, 0)
    ring = middle.buffer(22, quad_segs=180).difference(middle.buffer(20, quad_segs=180))
    arc = [(math.radians(a)) for a in range(85, 96)]
    inner, outer = ([(r * math.cos(a), r * math.sin(a)) for a in arc] for r in (20, 20.7))
    shape = Polygon([*inner, *outer[::-1]]).buffer(0.0)
    assert clear_width(ring, shape, NOBODY) == pytest.approx(1.3, abs=0.06)


@given(
    turn=st.floats(0, 360), depth=st.floats(0.1, 1.9), length=st.floats(0.3, 12), at=st.floats(4, 24),
    x=st.floats(-3e5, 3e5), y=st.floats(-3e5, 3e6),
)  # fmt: skip
def test_the_direction_of_the_street_does_not_matter(
    turn: float, depth: float, length: float, at: float, x: float, y: float
) -> None:
    def placed(shape: Polygon) -> Polygon:
        return translate(rotate(shape, turn, origin=(0, 0)), x, y)

    left = clear_width(placed(STRIP), placed(box(at, 0, at + length, depth)), NOBODY)
    assert left == pytest.approx(2 - depth, abs=TOLERANCE)
