"""Corrected edge roles: told by end points, lost where the edge is, the last one counts, and every setback follows."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, box

from gis.edges import named_edges
from gis.envelope import envelope
from gis.errors import NoFront
from gis.planning import edges_of_plot, site_for
from gis.roles import CorrectedRole, corrected, ends, in_force, lost
from gis.site import Edge, EdgeRole, Site

ZONE = Path(__file__).parents[2] / "sample_models" / "zone" / "zone.gpkg"
DAY = date(2026, 11, 1)
EDGES = named_edges(box(0, 0, 20, 30), [])


def told(edge: Edge, role: EdgeRole, shift: float = 0.0) -> CorrectedRole:
    (x0, y0), end = ends(edge)
    return CorrectedRole((x0 + shift, y0), end, role)


def rear_as(role: EdgeRole, number: str = "103") -> Site:
    rear = next(edge for edge in edges_of_plot(ZONE, number) if edge.role is EdgeRole.REAR)
    return site_for(ZONE, number, on=DAY, roles=[told(rear, role)])


def test_a_rear_that_will_be_a_street_is_a_front() -> None:
    site = rear_as(EdgeRole.FRONT)
    assert [(e.role, e.corrected) for e in site.edges_of(EdgeRole.FRONT)] == [
        (EdgeRole.FRONT, False), (EdgeRole.FRONT, True),
    ]  # fmt: skip
    assert site.edges_of(EdgeRole.REAR) == ()
    assert site.lost_roles == ()
    before, after = (envelope(one).stack[0].region for one in (site_for(ZONE, "103", on=DAY), site))
    assert (round(before.area, 1), round(after.area, 1)) == (342.0, 360.0)  # 18 x 19 (rear 6 m), 18 x 20 (front 5 m)


def test_without_any_correction_nothing_is_marked() -> None:
    assert not any(edge.corrected for edge in site_for(ZONE, "103", on=DAY).edges)
    assert edges_of_plot(ZONE, "103") == site_for(ZONE, "103", on=DAY).edges


def test_no_front_is_refused_and_a_given_one_is_enough(tmp_path: Path) -> None:
    edges = edges_of_plot(ZONE, "103")
    front = next(edge for edge in edges if edge.role is EdgeRole.FRONT)
    with pytest.raises(NoFront):
        site_for(ZONE, "103", on=DAY, roles=[told(front, EdgeRole.SIDE)])
    swapped = [told(front, EdgeRole.SIDE), told(edges[0] if edges[0] is not front else edges[1], EdgeRole.FRONT)]
    assert len(site_for(ZONE, "103", on=DAY, roles=swapped).edges_of(EdgeRole.FRONT)) == 1


@pytest.mark.parametrize(
    ("shift", "found"), [(0.0, True), (0.049, True), (-0.049, True), (0.051, False), (-1.0, False)]
)
def test_an_edge_is_known_within_five_centimetres(shift: float, found: bool) -> None:
    role = told(EDGES[0], EdgeRole.FRONT, shift)
    assert corrected(EDGES, [role])[0].corrected is found
    assert (lost(EDGES, [role]) == ()) is found


def test_the_last_correction_of_an_edge_counts_and_its_own_role_takes_it_back() -> None:
    first, last = told(EDGES[0], EdgeRole.FRONT), told(EDGES[0], EdgeRole.REAR, 0.01)
    other = told(EDGES[1], EdgeRole.FRONT)
    assert corrected(EDGES, [first, other, last])[0].role is EdgeRole.REAR
    assert in_force([first, other, last]) == (other, last)
    assert corrected(EDGES, [first, told(EDGES[0], EDGES[0].role)]) == EDGES


def test_what_replaced_a_lost_one_is_lost_once() -> None:
    far = [CorrectedRole((100.0, 0.0), (120.0, 0.0), role) for role in (EdgeRole.FRONT, EdgeRole.REAR)]
    assert lost(EDGES, far) == (far[1],)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(list(EdgeRole)), st.booleans()), max_size=8))
def test_each_edge_has_the_role_it_was_given_last(given_roles: list[tuple[int, EdgeRole, bool]]) -> None:
    roles, expected = [], [edge.role for edge in EDGES]
    for at, role, turned in given_roles:
        start, end = ends(EDGES[at])
        roles.append(CorrectedRole(*((end, start) if turned else (start, end)), role))
        expected[at] = role
    after = corrected(EDGES, roles)
    assert [edge.role for edge in after] == expected
    assert [edge.line for edge in after] == [edge.line for edge in EDGES]
    assert [edge.corrected for edge in after] == [e.role is not old.role for e, old in zip(after, EDGES, strict=True)]
    assert lost(EDGES, roles) == ()


def test_end_points_follow_the_boundary() -> None:
    assert ends(Edge(LineString([(1, 2), (3, 4)]), EdgeRole.SIDE)) == ((1.0, 2.0), (3.0, 4.0))
