"""Edge roles do not depend on how a plot lies in the grid."""

import math

import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, affinity, box

from gis.edges import named_edges
from gis.site import EdgeRole
from gis.zone import Street

ANGLES = st.floats(0.0, 360.0, allow_nan=False)
POINTS = st.lists(st.floats(0.05, 0.95), max_size=4, unique_by=lambda value: round(value, 2))


def street(code: str, shape: Polygon, width: float = 12.0) -> Street:
    return Street(code, {"ar": code, "en": code}, width, shape)


def turned(shape: Polygon, angle: float) -> Polygon:
    moved = affinity.translate(affinity.rotate(shape, angle, origin=(0, 0)), 198_800.0, 172_740.0)
    return shapely.set_precision(moved, 0.001)  # cadastres keep millimetres


@given(ANGLES, st.floats(15.0, 40.0), st.floats(15.0, 40.0), POINTS)
def test_rectangle_with_survey_points_keeps_four_named_edges(
    angle: float, width: float, depth: float, extra: list[float]
) -> None:
    front = [(share * width, 0.0) for share in sorted(extra)]
    plot = Polygon([(0, 0), *front, (width, 0), (width, depth), (0, depth)])
    edges = named_edges(turned(plot, angle), [street("S", turned(box(-50, -12, 90, 0), angle))])
    by_role = {role: [e.line.length for e in edges if e.role is role] for role in EdgeRole}
    assert [len(by_role[role]) for role in (EdgeRole.FRONT, EdgeRole.SIDE, EdgeRole.REAR)] == [1, 2, 1]
    assert math.isclose(by_role[EdgeRole.FRONT][0], width, abs_tol=0.01)
    assert math.isclose(by_role[EdgeRole.REAR][0], width, abs_tol=0.01)


@given(ANGLES)
def test_plot_between_two_parallel_streets_has_no_rear(angle: float) -> None:
    streets = [street("S1", turned(box(-50, -12, 90, 0), angle)), street("S2", turned(box(-50, 30, 90, 42), angle))]
    roles = sorted(edge.role for edge in named_edges(turned(box(0, 0, 25, 30), angle), streets))
    assert roles == [EdgeRole.FRONT, EdgeRole.FRONT, EdgeRole.SIDE, EdgeRole.SIDE]


def test_front_that_bends_a_little_keeps_its_rear() -> None:
    plot = Polygon([(0, 0), (13, 0), (26, 2), (26, 30), (0, 30)])
    edges = named_edges(plot, [street("S", Polygon([(-5, -12), (40, -12), (39, 4), (26, 2), (13, 0), (-5, 0)]))])
    assert [edge.role for edge in edges] == [
        EdgeRole.FRONT,
        EdgeRole.FRONT,
        EdgeRole.SIDE,
        EdgeRole.REAR,
        EdgeRole.SIDE,
    ]


def test_edge_that_touches_the_street_by_less_than_half_is_no_front() -> None:
    edges = named_edges(box(0, 0, 20, 30), [street("S", box(-20, -12, 8, 0)), street("T", box(-12, 0, 0, 30), 8.0)])
    assert [(e.role, e.street) for e in edges if e.street] == [(EdgeRole.FRONT, "T")]
    assert next(e.street_width for e in edges if e.street) == 8.0


def test_triangle_edges_are_rear_within_45_degrees_of_opposite() -> None:
    base = [street("S", box(-10, -12, 40, 0))]
    flat = named_edges(Polygon([(0, 0), (30, 0), (15, 14)]), base)
    steep = named_edges(Polygon([(0, 0), (30, 0), (15, 16)]), base)
    assert [edge.role for edge in flat] == [EdgeRole.FRONT, EdgeRole.REAR, EdgeRole.REAR]
    assert [edge.role for edge in steep] == [EdgeRole.FRONT, EdgeRole.SIDE, EdgeRole.SIDE]
