"""Cadastres of others: what their own tools find, and the time that many plots take."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely import box

from gis.cadastre import CadastralPlot
from gis.mapping import apply
from gis.mapping_file import MAPPINGS, read_mapping
from gis.planning import load_zone
from gis.quality import defects_of, topology
from gis.quality.defects import DefectKind, Shapes, Tolerances
from gis.sources import read_layer
from tests.gis.quality.test_defects import street, zone

ZONE = Path(__file__).parents[3] / "sample_models" / "zone" / "zone.gpkg"


@pytest.fixture(scope="module")
def ladm(shared: Path) -> Path:
    return shared / "gis" / "co_ladm_test"


def shapes_of(path: Path, layer: str) -> Shapes:
    return np.array([row.geometry for row in read_layer(path, layer).rows], dtype=object)


# What the LADM-COL assistant's own tests expect of these layers.
INNER = [138.33, 288.71]
OUTER = [602.38, 655.83, 2080.68]


@pytest.mark.parametrize(
    ("kept", "enclosed", "in_hull"), [([0, 1, 2, 3], 2, 5), ([3], 0, 0), ([1, 3], 0, 1)], ids=["all", "one", "two"]
)
def test_gaps_of_ladm_col(ladm: Path, kept: list[int], enclosed: int, in_hull: int) -> None:
    shapes = shapes_of(ladm / "quality_validations.gpkg", "check_gaps_in_plots")[kept]
    hull = shapely.convex_hull(shapely.union_all(shapes))
    inner, outer = topology.gaps(shapes, None, 0.05), topology.gaps(shapes, hull, 0.05)
    assert (len(inner), len(outer)) == (enclosed, in_hull)
    if len(kept) == 4:
        assert sorted(round(gap.area, 2) for gap in inner) == INNER
        assert sorted(round(gap.area, 2) for gap in outer) == sorted([*INNER, *OUTER])


@pytest.mark.parametrize(("case", "count"), [(1, 2), (2, 2), (3, 2), (4, 6), (5, 4), (6, 0)])
def test_missing_vertices_of_ladm_col(ladm: Path, case: int, count: int) -> None:
    path = ladm / "topology_cases.gpkg"
    points = topology.corner_points(shapes_of(path, f"lines_case{case}"))
    pairs, off = topology.missing_vertices(shapes_of(path, f"polygon_case{case}")[:1], points, 0.001)
    assert len(pairs) == count
    assert (off <= 0.001).all()


def test_two_plots_of_ladm_col_overlap_by_less_than_anybody_can_measure(ladm: Path) -> None:
    shapes = shapes_of(ladm / "topology_cases.gpkg", "polygon_case7")
    assert [round(common.area, 7) for _, _, common in topology.overlaps(shapes, 0.0)] == [9.89e-05]
    assert list(topology.overlaps(shapes, 0.05)) == []


def test_overlaps_of_ladm_col(ladm: Path) -> None:
    layer = read_layer(ladm / "quality_validations.gpkg", "terreno")
    shapes = np.array([row.geometry for row in layer.rows], dtype=object)
    numbers = [row.attributes["t_id"] for row in layer.rows]
    found = {(numbers[a], numbers[b]) for a, b, _ in topology.overlaps(shapes, 0.05)}
    assert found == {(8, 9), (8, 10), (11, 12), (11, 13)}


def test_buildings_against_plots_of_ladm_col(ladm: Path) -> None:
    path = ladm / "quality_validations.gpkg"
    plots = shapes_of(path, "plots")
    zones = [zone(shape, str(at)) for at, shape in enumerate(plots)]
    buildings = []
    for at, shape in enumerate(shapes_of(path, "buildings"), 1):
        shares = shapely.area(shapely.intersection(plots, shape))
        main = str(shares.argmax()) if shares.any() else "none"
        buildings.append(CadastralPlot(row=at, number=str(at), zone=main, polygon=shape))
    degrees = Tolerances(outside=1e-13, overlap=1e9, gap=1e9, width=0.0, vertex=0.0)
    found = defects_of(buildings, grid="EPSG:4326", zones=zones, tolerances=degrees)
    # Its own tests: 5 lies apart, 2 and 6 reach out, 1, 3 and 4 are within.
    assert [(defect.kind, *defect.plots) for defect in found if defect.unit != "m"] == [
        (DefectKind.ZONE_UNKNOWN, "5"),
        (DefectKind.OUTSIDE_ZONE, "2"),
        (DefectKind.OUTSIDE_ZONE, "6"),
    ]


def test_corners_of_plots_and_boundary_points_of_ladm_col(ladm: Path) -> None:
    path = ladm / "quality_validations.gpkg"
    corners = shapely.STRtree(topology.corner_points(shapes_of(path, "terreno")))
    points = shapes_of(path, "puntolindero")
    found = corners.query(points, predicate="dwithin", distance=0.001)[0]
    assert len(points) - len(set(found)) == 14


def test_the_sample_zone_is_sound_but_for_corners_off_by_rounding() -> None:
    land = load_zone(ZONE)
    found = defects_of(land.plots, grid=land.grid, zones=land.zones, streets=land.streets)
    assert Counter(defect.kind for defect in found) == {DefectKind.VERTEX_MISSING: 3}
    assert max(defect.measure for defect in found) < 0.001


@pytest.mark.slow
def test_a_real_cadastre_of_971_parcels(shared: Path) -> None:
    source = read_layer(shared / "gis" / "nl_brk_rotterdam" / "BRK_SelectieCentrum.shp")
    plots = apply(source, read_mapping(MAPPINGS / "nl-brk-parcels.yaml"))
    found = defects_of(plots, grid="EPSG:28992")
    # Overlaps and missing corners are kept out by the register itself; gaps are what the selection left out.
    assert Counter(defect.kind for defect in found) == {
        DefectKind.GAP: 62,
        DefectKind.SLIVER_PLOT: 15,
        DefectKind.AREA_DIFFERS: 256,
    }


def town(count: int) -> list[CadastralPlot]:
    """Blocks of ten by two plots between streets of ten metres; every thousandth plot is moved half a metre."""
    plots = []
    for at in range(count):
        block, place = divmod(at, 20)
        row, column = divmod(block, 100)
        x = column * 210.0 + place % 10 * 20.0
        y = row * 70.0 + place // 10 * 30.0
        plots.append(
            CadastralPlot(row=at + 1, number=str(at + 1), zone="Z", polygon=box(x, y, x + 20, y + 30),
                          official_area=600.0)
        )  # fmt: skip
    for at in range(1, count, 1000):
        wrong = shapely.affinity.translate(plots[at].polygon, 0.5, 0)
        plots[at] = CadastralPlot(row=at + 1, number=str(at + 1), zone="Z", polygon=wrong, official_area=600.0)
    return plots


@pytest.mark.slow
def test_a_hundred_thousand_plots_give_the_planted_defects() -> None:
    """All streets are one parcel, with a corner at every plot and every plot at the border for a neighbour."""
    count = 100_000
    plots = town(count)
    whole = box(-10, -10, 21_000, 70.0 * (count // 2000))
    blocks = [box(x, y, x + 200, y + 60) for x, y in blocks_of(count)]
    network = shapely.segmentize(shapely.difference(whole, shapely.union_all(blocks)), 20.0)
    parcel = CadastralPlot(row=count + 1, number="street", zone="Z", polygon=network)
    found = defects_of([*plots, parcel], grid="EPSG:22770", zones=[zone(whole)], streets=[street(network)],
                       tolerances=Tolerances(area=5.0))  # fmt: skip
    kinds = Counter(defect.kind for defect in found)
    assert kinds[DefectKind.OVERLAP] == count // 1000
    assert kinds[DefectKind.GAP] == count // 1000


def blocks_of(count: int) -> list[tuple[float, float]]:
    return [(block % 100 * 210.0, block // 100 * 70.0) for block in range(count // 20)]


@pytest.mark.slow
def test_a_large_street_is_cut_into_pieces_of_the_same_area() -> None:
    ring = shapely.segmentize(box(0, 0, 1000, 800).difference(box(10, 10, 990, 790)), 0.5)
    pieces, owner = topology.divided(np.array([ring, box(2000, 0, 2010, 10)], dtype=object), most=100)
    assert len(pieces) > 50
    assert shapely.area(pieces[owner == 1]).sum() == 100.0
    assert shapely.get_num_coordinates(pieces).max() <= 100
    assert shapely.area(pieces).sum() == pytest.approx(ring.area + 100)
    assert shapely.union_all(pieces).symmetric_difference(shapely.union(ring, box(2000, 0, 2010, 10))).area < 1e-6
