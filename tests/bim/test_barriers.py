"""Railings of balconies, parapets of the roof, and projections along each street of a corner plot."""

from dataclasses import replace

import pytest
from shapely import LineString, box

from bim.building import Barrier, Building, Geometry3D, Space
from bim.findings import Finding, Outcome
from bim.measures import measures
from bim.measures.barriers import balconies
from bim.measures.projections import fronts
from bim.rules.catalogue import judge
from bim.shapes import RAILINGS
from gis.site import Edge, EdgeRole, Site
from tests.bim.houses import house, site
from tests.bim.test_rules import CODE

FLOOR = 103.5
"""The level of the house's balcony, whose slab projects to the south of the ground outline."""


def answers(code: str, building: Building, plot: Site | None = None) -> list[Finding]:
    return [found for found in judge(building, plot or site(), CODE) if found.rule == code]


def with_balcony(*railings: tuple[str, float]) -> Building:
    """A balcony of that use in front of the house, with railings of these heights along its front."""
    space = Space("b", "b", "شرفة", "balcony", None, region=box(6, 5.8, 10, 7), bottom=FLOOR, top=FLOOR + 2.5)
    front = box(6, 5.8, 10, 5.85)
    made = tuple(Barrier(key, front, FLOOR, FLOOR + height) for key, height in railings)
    bare = house(balcony=0.0)
    return replace(bare, spaces=(*bare.spaces, space), railings=made)


@pytest.mark.parametrize(
    ("height", "outcome"), [(0.92, Outcome.PASS), (0.90, Outcome.UNDECIDED), (0.88, Outcome.FAIL), (1.1, Outcome.PASS)]
)
def test_a_railing_against_its_limit(height: float, outcome: Outcome) -> None:
    (found,) = answers("PAR-02", with_balcony(("r", height)))
    assert (found.outcome, found.elements) == (outcome, ("r",))
    assert found.value == pytest.approx(height)


def test_the_lowest_railing_of_a_balcony_is_its_measure() -> None:
    taken = measures(with_balcony(("a", 1.1), ("b", 0.95)), site(), CODE)
    assert [round(m.value, 3) for m in taken if m.name == "balcony_railing_height"] == [0.95]


def test_what_is_missing_is_no_pass() -> None:
    (without,) = answers("PAR-02", with_balcony())
    assert without.reason is not None
    assert (without.outcome, without.reason.code, without.elements) == (Outcome.UNDECIDED, "no_railing", ("b",))
    lost = replace(with_balcony(("r", 1.0)), geometry=Geometry3D(lost={RAILINGS: ("x",)}))
    assert [(f.outcome, f.elements) for f in answers("PAR-02", lost)] == [(Outcome.UNDECIDED, ("x",))]
    assert [f.outcome for f in answers("PAR-02", house(balcony=0.0))] == [Outcome.NOT_APPLICABLE]


def test_railings_elsewhere_are_of_no_balcony() -> None:
    made = with_balcony(("r", 0.5))
    (railing,) = made.railings
    higher = replace(railing, bottom=FLOOR + 3.2, top=FLOOR + 3.7)
    inside = replace(railing, region=box(8, 12, 9, 12.05))
    for other in (higher, inside):
        assert answers("PAR-02", replace(made, railings=(other,)))[0].outcome is Outcome.UNDECIDED


def test_a_slab_that_projects_is_a_balcony_where_no_space_says_so() -> None:
    found = balconies(house(balcony=1.2))
    assert len(found) == 1
    assert found[0].region.bounds[1] == pytest.approx(5.8)


def corner(plot: Site) -> Site:
    """The same plot with a second street in the west."""
    first, second, third, fourth = plot.edges
    return replace(plot, edges=(first, second, third, replace(fourth, role=EdgeRole.FRONT)))


def test_projections_are_measured_along_each_street() -> None:
    """The house's balcony lies to the south: the façade to the west has none."""
    building = house(balcony=1.2)
    one, two = answers("PRJ-04", building), answers("PRJ-04", building, corner(site()))
    assert len(fronts(corner(site()))) == 2
    assert [f.value for f in two][:1] == [f.value for f in one]
    assert [f.value for f in two][1:] == [0.0]


def test_pieces_of_one_street_are_one_facade() -> None:
    plot = site()
    pieces = [Edge(LineString([(a, 0), (b, 0)]), EdgeRole.FRONT) for a, b in ((0, 7), (7, 20))]
    split = replace(plot, edges=(*pieces, *plot.edges[1:]))
    assert [len(lines) for lines in fronts(split)] == [2]
    building = house(balcony=1.2)
    (whole,), (parts,) = answers("PRJ-04", building), answers("PRJ-04", building, split)
    assert parts.value == pytest.approx(whole.value)
