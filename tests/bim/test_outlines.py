"""Sections, fillings and reaches by literals a reader can check in the head."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shapely import Polygon, box
from shapely.affinity import rotate

from bim import outlines, overlay, stairs
from bim.shapes import Mesh

_FACES = [
    (0, 2, 1), (0, 3, 2), (4, 5, 6), (4, 6, 7), (0, 1, 5), (0, 5, 4),
    (1, 2, 6), (1, 6, 5), (2, 3, 7), (2, 7, 6), (3, 0, 4), (3, 4, 7),
]  # fmt: skip


def block(x1: float, y1: float, x2: float, y2: float, low: float = 0.0, high: float = 3.0, faces: int = 12) -> Mesh:
    plan = [(x1, y1), (x2, y1), (x2, y2), (x1, y2)]
    vertices = np.array([(*p, z) for z in (low, high) for p in plan], np.float64)
    return Mesh("m", "walls", "IfcWall", "", vertices, np.array(_FACES[:faces], np.int32))


def joined(*meshes: Mesh) -> Mesh:
    vertices = np.concatenate([m.vertices for m in meshes])
    offsets = np.cumsum([0, *(len(m.vertices) for m in meshes[:-1])])
    faces = np.concatenate([m.faces + o for m, o in zip(meshes, offsets, strict=True)]).astype(np.int32)
    return Mesh("m", "stairs", "IfcStairFlight", "", vertices, faces)


def test_a_cut_block_is_its_plan() -> None:
    assert outlines.section(block(1, 1, 4, 3), 1.2).equals(box(1, 1, 4, 3))


def test_above_and_below_there_is_nothing() -> None:
    assert outlines.section(block(0, 0, 1, 1, 0, 3), 3.5).is_empty
    assert outlines.section(block(0, 0, 1, 1, 2, 3), 1.2).is_empty


def test_a_cut_at_a_level_of_vertices_still_has_an_area() -> None:
    assert outlines.section(joined(block(0, 0, 1, 1, 0, 1.2), block(0, 0, 1, 1, 1.2, 3)), 1.2).area == pytest.approx(1)


def test_an_open_surface_falls_back_to_its_shadow() -> None:
    assert outlines.section(block(0, 0, 2, 1, faces=10), 1.2).area == pytest.approx(2.0)


@given(st.floats(0.1, 50), st.floats(0.1, 50), st.floats(0, 360))
def test_a_turned_block_keeps_its_area(width: float, depth: float, angle: float) -> None:
    mesh = block(0, 0, width, depth)
    turn = np.radians(angle)
    matrix = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    turned = Mesh("m", "walls", "IfcWall", "", mesh.vertices @ matrix.T, mesh.faces)
    assert outlines.section(turned, 1.2).area == pytest.approx(width * depth, rel=2e-3, abs=2e-3)
    assert outlines.shadow(turned).area == pytest.approx(width * depth, rel=1e-5)  # corners are kept to a micrometre
    assert outlines.least_side(outlines.shadow(turned)) == pytest.approx(min(width, depth), rel=1e-3)


def test_walls_around_a_room_are_filled_to_their_outer_face() -> None:
    walls = box(0, 0, 10, 8).difference(box(0.3, 0.3, 9.7, 7.7))
    assert outlines.filled(walls).area == pytest.approx(80.0)


def test_a_gap_is_bridged_only_up_to_its_width() -> None:
    walls = box(0, 0, 10, 8).difference(box(0.3, 0.3, 9.7, 7.7)).difference(box(4, -1, 5, 1))
    assert outlines.filled(walls, 0.02).area < 12
    assert outlines.filled(walls, 0.8).area == pytest.approx(80.0)


@pytest.mark.parametrize("depth", [0.4, 1.2, 1.83])
def test_the_reach_of_a_corner_balcony_is_its_depth(depth: float) -> None:
    base = box(0, 0, 10, 10)
    corner = box(-depth, -depth, 10, 10)
    assert outlines.largest_reach(corner, base) == pytest.approx(depth, abs=1e-3)
    assert outlines.largest_reach(rotate(corner, 30, origin=(0, 0)), rotate(base, 30, origin=(0, 0))) == pytest.approx(
        depth, abs=1e-3
    )


def test_nothing_beyond_has_no_reach() -> None:
    assert outlines.largest_reach(box(1, 1, 2, 2), box(0, 0, 3, 3)) == 0.0


def test_coordinates_have_the_hole_after_its_outer_ring() -> None:
    ((outer, hole),) = outlines.coordinates(box(0, 0, 3, 3).difference(box(1, 1, 2, 2)))
    assert len(outer) == len(hole) == 5


def flight(risers: int, riser: float, tread: float, width: float) -> Mesh:
    return joined(*(block(i * tread, 0, (i + 1) * tread, width, 0, (i + 1) * riser) for i in range(risers)))


@given(st.integers(4, 16), st.floats(0.12, 0.22), st.floats(0.24, 0.35), st.floats(0.8, 2.0))
def test_a_flight_tells_its_riser_and_width(risers: int, riser: float, tread: float, width: float) -> None:
    mesh = flight(risers, riser, tread, width)
    assert stairs.riser(mesh) == pytest.approx(riser, abs=2e-3)
    assert stairs.width(mesh) == pytest.approx(width, rel=1e-6)


def test_treads_of_some_thickness_count_once() -> None:
    boards = joined(*(block(i * 0.28, 0, (i + 1) * 0.28, 1.0, i * 0.17, i * 0.17 + 0.05) for i in range(1, 8)))
    assert stairs.riser(boards) == pytest.approx(0.17, abs=2e-3)


def test_a_block_is_no_flight() -> None:
    assert stairs.width(block(0, 0, 3, 1)) is None
    assert stairs.riser(block(0, 0, 3, 1)) is None


def test_a_small_bevel_at_a_corner_lets_nothing_reach_farther() -> None:
    roof, walls = box(-0.7, -0.7, 10.7, 8.7), box(0, 0, 10, 8)
    bevelled = walls.difference(Polygon([(10, 8), (9.98, 8), (10, 7.98)]))
    assert outlines.largest_reach(roof, walls) == pytest.approx(0.7, abs=1e-3)
    assert outlines.largest_reach(roof, bevelled) == pytest.approx(0.7, abs=1e-3)


def test_a_thin_wall_end_is_no_bevel() -> None:
    with_stub = box(0, 0, 10, 8).union(box(10, 0, 12, 0.15))
    assert outlines.largest_reach(box(10, 0, 12.5, 0.15), with_stub) == pytest.approx(0.5, abs=1e-3)


SIDES, ANGLES = st.floats(1.5, 30.0), st.floats(0.0, 3.2)


@example(wide=21.25, deep=14.25, angle=2.917, turn=0.75, less=(0, 0))  # without a grid all of it lies beyond
@example(wide=10.25, deep=24.25, angle=0.75, turn=0.25, less=(1, 0))
@given(
    wide=SIDES, deep=SIDES, angle=ANGLES, turn=st.floats(0.0, 1.0), less=st.tuples(st.integers(0, 1), st.integers(0, 1))
)
def test_regions_whose_sides_nearly_coincide_are_told_apart(
    wide: float, deep: float, angle: float, turn: float, less: tuple[int, int]
) -> None:
    """A building drawn right up to its envelope, turned in one step and in two: their sides differ by rounding."""
    outer = rotate(box(0, 0, wide, deep), angle, origin=(7, 3), use_radians=True)
    straight = box(0, 0, wide - less[0], deep - less[1])
    once = rotate(straight, angle * turn, origin=(7, 3), use_radians=True)
    inner = rotate(once, angle - angle * turn, origin=(7, 3), use_radians=True)
    assert overlay.minus(inner, outer).area == pytest.approx(0, abs=1e-3)
    assert overlay.common(inner, outer).area == pytest.approx(straight.area, abs=1e-3)
    assert overlay.minus(outer, inner).area == pytest.approx(wide * deep - straight.area, abs=1e-3)
    assert overlay.union([inner, outer]).area == pytest.approx(wide * deep, abs=1e-3)
