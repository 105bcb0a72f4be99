"""Comparing by literals: directions, tolerances, pairing of storeys and of openings."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, box

from bim.asbuilt.deviation import Direction, compared
from bim.asbuilt.judge import RULES, TOLERANCES, judge
from bim.asbuilt.openings import Opening, matched
from bim.asbuilt.pair import pair
from bim.asbuilt.rules import difference
from bim.building import Building, Geometry3D, Storey, StoreyKind, Window
from bim.findings import Outcome, Reason
from bim.packs import read_code
from gis.site import Edge, EdgeRole
from tests.bim import houses

PACK = read_code(TOLERANCES / "demo-2026.yaml")
BOTH: dict[str, Any] = {"tolerance": 0.05, "counted": ["more", "less"]}


def failing(permitted: Building, built: Building) -> dict[str, list[float | None]]:
    """The codes that fail with the signed differences."""
    told: dict[str, list[float | None]] = {}
    for deviation in judge(pair(permitted, built, houses.site()), PACK):
        if deviation.finding.outcome is Outcome.FAIL:
            assert deviation.built is not None
            assert deviation.permitted is not None
            told.setdefault(deviation.code, []).append(round(deviation.built - deviation.permitted, 3))
    return told


def test_every_clause_is_in_the_pack_and_the_pack_is_fictitious() -> None:
    assert set(PACK.entries) == set(RULES)
    assert PACK.status == "fictitious"


def test_a_house_differs_from_itself_in_nothing() -> None:
    assert failing(houses.house(), houses.house()) == {}


def test_each_deviation_is_told_by_its_clauses_alone() -> None:
    permitted = houses.house()
    assert failing(permitted, houses.house(roof=107.3)) == {"ABT-02": [0.3], "ABT-03": [0.3]}
    assert set(failing(permitted, houses.house(balcony=1.5))) == {"ABT-05", "ABT-07", "ABT-08"}
    assert failing(permitted, houses.house(balcony=0.5)) == {}  # less than permitted
    wider = failing(permitted, houses.house(east=15.4))
    assert wider["ABT-09"] == [-0.4]
    assert {"ABT-05", "ABT-06", "ABT-09"} <= set(wider)


@pytest.mark.parametrize(("more", "outcome"), [(0.02, "pass"), (0.05, "undecided"), (0.08, "fail")])
def test_near_the_tolerance_nothing_is_decided(more: float, outcome: str) -> None:
    found = compared(3.0, 3.0 + more, "m", BOTH, tolerance=0.02, method="")
    assert (found.finding.outcome, found.direction) == (outcome, Direction.MORE)


@given(st.floats(-100, 100), st.floats(-100, 100), st.sampled_from([["more"], ["less"], ["more", "less"]]))
def test_a_difference_is_an_amount_and_a_direction(before: float, after: float, counted: list[str]) -> None:
    found = compared(before, after, "m", {"tolerance": 0.05, "counted": counted}, tolerance=0.02, method="")
    assert found.finding.value == pytest.approx(abs(after - before))
    if found.finding.outcome is Outcome.FAIL:
        assert found.direction is not None
        assert found.direction.value in counted
        assert abs(after - before) > 0.05
    if abs(after - before) > 0.08 and len(counted) == 2:
        assert found.finding.outcome is Outcome.FAIL
    turned = compared(after, before, "m", {"tolerance": 0.05, "counted": counted}, tolerance=0.02, method="")
    assert {found.direction, turned.direction} in ({None}, {Direction.MORE, Direction.LESS})


def storeys(*kinds: StoreyKind) -> Building:
    of = tuple(Storey(f"{i}", "", 3.0 * i, kind) for i, kind in enumerate(kinds))
    return Building(storeys=of, ground=houses.house().ground)


def test_an_annex_that_became_a_floor_is_a_floor_more_and_an_annex_less() -> None:
    ground, typical, annex = StoreyKind.GROUND, StoreyKind.TYPICAL, StoreyKind.ANNEX
    both = pair(storeys(ground, typical, annex), storeys(ground, typical, typical), None)
    found = [d for d in judge(both, PACK) if d.code == "ABT-01"]
    assert [(d.finding.subject, d.permitted, d.built) for d in found] == [("typical", 2.0, 3.0), ("annex", 1.0, 0.0)]


def test_basements_are_counted_from_above() -> None:
    low, ground = StoreyKind.BASEMENT, StoreyKind.GROUND
    levels = pair(storeys(low, ground), storeys(low, low, ground), None).levels
    told = [(level.kind, level.permitted and level.permitted.id, level.built and level.built.id) for level in levels]
    assert told == [(low, "0", "1"), (low, None, "0"), (ground, "1", "2")]


def test_lost_walls_leave_everything_undecided() -> None:
    lost = replace(houses.house(), geometry=Geometry3D(None, 2, 1, {"walls": ("w",)}))
    found = list(judge(pair(houses.house(), lost, houses.site()), PACK))
    assert {d.finding.outcome for d in found} == {Outcome.UNDECIDED}
    assert {d.code for d in found} == set(RULES)
    assert found[0].finding.reason == Reason("elements_lost", {"count": 1})


def test_without_windows_nothing_is_said_of_openings() -> None:
    found = [d for d in judge(pair(houses.house(), houses.house(), houses.site()), PACK) if d.code == "ABT-10"]
    bare = replace(houses.house(), windows=())
    told = [d for d in judge(pair(houses.house(), bare, houses.site()), PACK) if d.code == "ABT-10"]
    assert [d.finding.reason and d.finding.reason.code for d in told] == ["no_windows"]
    assert [d.finding.outcome for d in found] == ([Outcome.PASS] if houses.house().windows else [Outcome.UNDECIDED])


EDGES = tuple(Edge(LineString([(0, y), (100, y)]), EdgeRole.SIDE) for y in (0, 50))
OPENINGS = st.lists(st.tuples(st.floats(0, 100), st.sampled_from(EDGES)), max_size=8)


def opening(along: float, edge: Edge) -> Opening:
    return Opening(Window("", "", None, 1.0, 1.0), edge, along)


@given(OPENINGS, OPENINGS, st.floats(0, 3))
def test_openings_are_paired_once_on_one_edge_and_near(
    before: list[tuple[float, Edge]], after: list[tuple[float, Edge]], within: float
) -> None:
    old, new = [opening(*o) for o in before], [opening(*o) for o in after]
    pairs = matched(old, new, within)
    assert len({id(o) for o, _ in pairs}) == len({id(n) for _, n in pairs}) == len(pairs)
    assert all(o.edge is n.edge and abs(o.along - n.along) <= within for o, n in pairs)
    left = [o for o in old if all(o is not x for x, _ in pairs)], [n for n in new if all(n is not y for _, y in pairs)]
    assert not any(o.edge is n.edge and abs(o.along - n.along) <= within for o in left[0] for n in left[1])


def test_strips_of_a_few_millimetres_are_no_difference() -> None:
    assert difference(box(0, 0, 10.004, 10), box(0, 0, 10, 10)).is_empty
    assert difference(box(0, 0, 10.3, 10), box(0, 0, 10, 10)).area == pytest.approx(3.0)
