"""Each kind of defect on a few plots by hand, with the measure that a ruler gives."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from gis.cadastre import CadastralPlot
from gis.crs import ground_scale
from gis.quality import defects_of
from gis.quality.defects import Defect, DefectKind, Tolerances
from gis.site import ZoneState
from gis.zone import PlanningZone, Street
from tests.gis.told import defect_words

GRID = "LOCAL:T"


def plot(shape: BaseGeometry, number: str = "1", zone: str = "Z", area: float | None = None) -> CadastralPlot:
    return CadastralPlot(row=1, number=number, zone=zone, polygon=shape, official_area=area)


def numbered(*shapes: BaseGeometry) -> list[CadastralPlot]:
    return [plot(shape, str(at)) for at, shape in enumerate(shapes, 1)]


def zone(shape: Polygon, code: str = "Z") -> PlanningZone:
    return PlanningZone(code, {}, ZoneState.IN_FORCE, "", fictitious=True, residual=0.02, polygon=shape)


def street(shape: Polygon) -> Street:
    return Street("S", {}, 12.0, shape)


def told(plots: Sequence[CadastralPlot], tolerances: Tolerances | None = None, **land: object) -> list[Defect]:
    found = defects_of(plots, grid=GRID, tolerances=tolerances, **land)  # type: ignore[arg-type] # zones, streets
    assert all(defect_words(defect) for defect in found)
    return list(found)


def kinds(found: Sequence[Defect]) -> list[DefectKind]:
    return [defect.kind for defect in found]


def test_neighbours_that_meet_have_no_defect() -> None:
    row = numbered(*[box(20.0 * at, 0, 20.0 * at + 20, 30) for at in range(5)])
    assert told(row, zones=[zone(box(0, -12, 100, 30))], streets=[street(box(0, -12, 100, 0))]) == []
    assert told([]) == []


def test_an_overlap_has_its_area_and_both_plots() -> None:
    (defect,) = told(numbered(box(0, 0, 20, 30), box(40, 0, 60, 30), box(19.5, 2, 39.5, 32)))
    assert (defect.kind, defect.plots, defect.at, defect.unit) == (DefectKind.OVERLAP, ("1", "3"), (0, 2), "m2")
    assert defect.measure == pytest.approx(14.0)


def test_one_plot_twice_is_an_overlap_of_the_whole() -> None:
    (defect,) = told(numbered(box(0, 0, 20, 30), box(0, 0, 20, 30)))
    assert (defect.kind, defect.measure) == (DefectKind.OVERLAP, 600.0)


@pytest.mark.parametrize(("wide", "count"), [(0.0015, 0), (0.0025, 1)])
def test_a_hair_of_rounding_is_no_overlap(wide: float, count: int) -> None:
    assert len([d for d in told(numbered(box(0, 0, 20, 90), box(20 - wide, 0, 40, 90)), Tolerances(vertex=1e-6))
                if d.kind is DefectKind.OVERLAP]) == count  # fmt: skip


RING = [box(0, 0, 60, 10), box(0, 20, 60, 30), box(0, 10, 20, 20), box(40, 10, 60, 20)]


def test_land_of_nobody_inside_is_a_gap() -> None:
    found = [defect for defect in told(numbered(*RING)) if defect.kind is not DefectKind.VERTEX_MISSING]
    assert [(defect.kind, defect.measure, defect.plots) for defect in found] == [
        (DefectKind.GAP, 200.0, ("1", "2", "3", "4"))
    ]


@pytest.mark.parametrize(
    ("wide", "kind"), [(0.31, DefectKind.GAP), (0.29, DefectKind.SLIVER_GAP), (0.1, DefectKind.SLIVER_GAP)]
)
def test_a_thin_gap_is_a_sliver(wide: float, kind: DefectKind) -> None:
    rest = box(20 + wide, 0, 40, 30)
    (defect,) = told(numbered(box(0, 0, 20, 30), rest), zones=[zone(box(0, 0, 40, 30))])
    assert (defect.kind, defect.plots) == (kind, ("1", "2"))
    assert defect.measure == pytest.approx(wide * 30)


def test_streets_are_no_gaps() -> None:
    plots = numbered(box(0, 0, 20, 30), box(32, 0, 52, 30))
    land = {"zones": [zone(box(0, 0, 52, 30))], "streets": [street(box(20, 0, 32, 30))]}
    assert told(plots, **land) == []
    assert kinds(told(plots, zones=land["zones"])) == [DefectKind.GAP]


@pytest.mark.parametrize(("wide", "count"), [(0.29, 1), (0.31, 0)])
def test_a_plot_too_thin_to_be_one(wide: float, count: int) -> None:
    found = told(numbered(box(0, 0, wide, 30)))
    assert kinds(found) == [DefectKind.SLIVER_PLOT] * count
    assert all(defect.measure == pytest.approx(wide) for defect in found)


def test_a_corner_of_the_neighbour_that_the_edge_lacks() -> None:
    long, left, right = box(0, 0, 40, 30), box(0, 30, 20, 60), box(20, 30, 40, 60)
    (defect,) = told(numbered(long, left, right))
    assert (defect.kind, defect.plots, defect.geometry) == (DefectKind.VERTEX_MISSING, ("1",), Point(20, 30))
    off = Polygon([(0, 30.004), (20, 30.004), (20, 60), (0, 60)])
    assert [round(d.measure, 3) for d in told(numbered(long, off)) if d.kind is DefectKind.VERTEX_MISSING] == [0.004]


def test_numbers_missing_and_given_twice_in_a_zone() -> None:
    shapes = [box(20.0 * at, 0, 20.0 * at + 20, 30) for at in range(4)]
    plots = [plot(shapes[0], "7"), plot(shapes[1], ""), plot(shapes[2], "7"), plot(shapes[3], "7", zone="Y")]
    twice, missing = told(plots)
    assert (twice.kind, twice.at, twice.measure) == (DefectKind.NUMBER_TWICE, (0, 2), 2)
    assert (missing.kind, missing.at) == (DefectKind.NUMBER_MISSING, (1,))


def test_a_plot_that_reaches_out_of_its_zone_and_one_of_no_zone() -> None:
    plots = [plot(box(0, 0, 20, 30), "1"), plot(box(20, 0, 40, 31), "2"), plot(box(40, 0, 60, 30), "3", zone="Y")]
    found = told(plots, zones=[zone(box(0, 0, 60, 30))])
    assert [(d.kind, d.plots, round(d.measure, 6)) for d in found if d.kind is not DefectKind.VERTEX_MISSING] == [
        (DefectKind.ZONE_UNKNOWN, ("3",), 1),
        (DefectKind.OUTSIDE_ZONE, ("2",), 20.0),
    ]


@pytest.mark.parametrize(("reach", "found"), [(0.5, 1), (1.5, 0), (-5.0, 1)])
def test_a_plot_without_frontage(reach: float, found: int) -> None:
    way = street(box(-50, -12, reach, 0))
    defects = [d for d in told(numbered(box(0, 0, 20, 30)), streets=[way]) if d.kind is DefectKind.NO_FRONTAGE]
    assert len(defects) == found
    assert all(defect.measure == pytest.approx(max(0.0, reach + 0.2), abs=0.05) for defect in defects)


def test_an_invalid_ring_is_told_where_it_crosses_and_judged_no_further() -> None:
    bow = Polygon([(0, 0), (20, 30), (20, 0), (0, 30)])
    (defect,) = told([plot(bow, "1", area=9999.0), plot(box(0, 0, 20, 30), "2")])
    assert (defect.kind, defect.plots, defect.geometry) == (DefectKind.INVALID_RING, ("1",), Point(10, 15))


@pytest.mark.parametrize(
    ("official", "differs"), [(600.0, None), (606.0, None), (606.1, -6.1), (594.0, 6.0), (594.1, None)]
)
def test_area_of_record_against_the_outline(official: float, differs: float | None) -> None:
    found = told([plot(box(0, 0, 20, 30), area=official)])
    assert [round(defect.measure, 6) for defect in found] == ([] if differs is None else [differs])


def test_a_small_plot_may_differ_by_a_metre() -> None:
    assert told([plot(box(0, 0, 2, 5), area=10.9)]) == []
    assert kinds(told([plot(box(0, 0, 2, 5), area=11.1)])) == [DefectKind.AREA_DIFFERS]


def test_areas_are_compared_on_the_ground() -> None:
    x, y = -266_987.0, -72_302.0  # Damascus in the stereographic grid
    aleppo = (-181_376.0, 223_926.0)
    for east, north in ((x, y), aleppo):
        shape = box(east, north, east + 1000, north + 1000)
        scale = ground_scale(east + 500, north + 500, "EPSG:22780") ** 2
        strict = Tolerances(area=1.0, area_part=0.0)
        exact = plot(shape, area=1e6 / scale)
        assert defects_of([exact], grid="EPSG:22780", tolerances=strict) == ()
    (defect,) = defects_of([plot(shape, area=1e6)], grid="EPSG:22780", tolerances=strict)
    assert defect.measure == pytest.approx(1e6 / scale - 1e6, abs=1.0)
    assert abs(defect.measure) > 50


cuts = st.lists(st.integers(1, 399), min_size=1, max_size=12, unique=True).map(sorted)


@pytest.mark.slow
@given(cuts, st.integers(5, 40))
def test_any_division_is_whole_and_a_moved_boundary_is_found(places: list[int], shift: int) -> None:
    bounds = [0, *places, 400]
    cells = [box(10 * a, 0, 10 * b, 50) for a, b in pairwise(bounds)]
    area = zone(box(0, 0, 4000, 50))
    assert told(numbered(*cells), zones=[area]) == []
    d = shift / 10  # narrower than any plot
    a, b = bounds[-2] * 10, bounds[-1] * 10
    apart = told(numbered(*cells[:-1], box(a + d, 0, b, 50)), zones=[area])
    assert [(defect.kind, round(defect.measure, 6)) for defect in apart] == [(DefectKind.GAP, round(50 * d, 6))]
    over = told(numbered(*cells[:-1], box(a - d, 0, b, 50)), zones=[area])
    common = [round(defect.measure, 6) for defect in over if defect.kind is DefectKind.OVERLAP]
    assert common == [round(50 * d, 6)]
