"""Models that stand where none can, or hold what is no building: each is a finding that says what to do."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from shapely import box
from shapely.affinity import translate

from bim.assemble import assemble, box_of
from bim.building import Building, StoreyKind
from bim.extract import Structure, extract
from bim.findings import Finding, Outcome
from bim.measures import measures
from bim.packs import code_in_force
from bim.placement import place
from bim.rules.catalogue import judge
from bim.shapes import tessellate
from bim.tie_points import TiePoint
from bim.ties import Ties, fit
from gis.site import Neighbour, Site
from permits.review.wording import reason_text
from tests.bim.houses import site
from tests.bim.models import Model

STREET = "S-7"
EAST, NORTH = 251_000.0, 186_000.0


def plot(west: float = 0.0, east: float = 20.0) -> Site:
    """A plot 40 m deep at level 100, a street in the south, a neighbour on either side; far out, as in a real grid."""
    made = site()
    edges = (replace(made.edges[0], street=STREET, street_width=12.0), *made.edges[1:])
    near = (Neighbour("22", far(box(-20, 0, west, 40))), Neighbour("24", far(box(east, 0, 40, 40))))
    moved = tuple(replace(edge, line=far(edge.line)) for edge in edges)
    return replace(made, plot="23", polygon=far(box(west, 0, east, 40)), edges=moved, neighbours=near)


def far(shape: Any) -> Any:
    return translate(shape, EAST, NORTH)


class House(Model):
    """Walls around 10 by 12 m on every storey, a slab below each and one on top, its corner at (east, north)."""

    def __init__(
        self, east: float = 5.0, north: float = 6.0, zero: float = 100.0, levels: tuple[float, ...] = (0.0, 3.0)
    ) -> None:
        super().__init__("IFC4")
        self.georeference("EPSG:22770", Eastings=EAST + east, Northings=NORTH + north, OrthogonalHeight=zero)
        for number, z in enumerate(levels):
            self.floor(f"{number}", z, 0.0, 10.0)
        if levels:
            top = levels[-1] + 3.0
            self.slab(self.storey("roof", top), top, 0.0, 10.0, role="ROOF")

    def floor(self, name: str, z: float, west: float, east: float, height: float = 3.0) -> None:
        """A storey of four walls and its slab, 12 m deep."""
        storey, sides = self.storey(name, z), ((0.0, 0.3), (11.7, 12.0))
        for south, north in sides:
            self.wall(storey, z, (west, south, east, north), height)
        for left in (west, east - 0.3):
            self.wall(storey, z, (left, 0.0, left + 0.3, 12.0), height)
        self.slab(storey, z, west, east)

    def wall(self, storey: Any, z: float, extent: tuple[float, float, float, float], height: float) -> None:
        self.body("IfcWall", storey, z, extent, height)

    def slab(self, storey: Any, top: float, west: float, east: float, role: str = "FLOOR") -> None:
        self.body("IfcSlab", storey, top - 0.2, (west, 0.0, east, 12.0), 0.2, PredefinedType=role)

    def body(
        self, kind: str, place: Any, z: float, extent: tuple[float, float, float, float], depth: float, **said: Any
    ) -> Any:
        """A block in a storey, or on the site."""
        west, south, east, north = extent
        corners = [(west, south), (east, south), (east, north), (west, north)]
        made = self.root(
            kind, Name=kind, ObjectPlacement=self.at(0.0, 0.0, z), Representation=self.solid(corners, depth), **said
        )
        self.contain(place, made)
        return made


def built(model: Model, on: Site, ties: Ties | None = None) -> Building:
    structure = Structure(model.file)
    meshes, geometry = tessellate(model.file, structure, progress=lambda _: None)
    placed = place(model.file, on, box_of(meshes), ties)
    return assemble(extract(model.file, structure), meshes, geometry, placed=placed, site=on, progress=lambda _: None)


def judged(model: Model, on: Site, ties: Ties | None = None) -> dict[str, Finding]:
    """The first finding of each rule."""
    found: dict[str, Finding] = {}
    for finding in judge(built(model, on, ties), on, code_in_force(date(2026, 11, 1))):
        found.setdefault(finding.rule, finding)
    return found


def told(finding: Finding) -> str:
    """The reason in Arabic, with nothing left to fill in."""
    text = reason_text(finding.reason, "ar")
    assert text
    assert "{" not in text
    assert ":" in text or "." in text  # what is the matter, and what to do
    return text


def code(finding: Finding) -> str:
    return finding.reason.code if finding.reason else ""


def test_the_house_itself_stands_on_its_plot() -> None:
    building, found = built(House(), plot()), judged(House(), plot())
    assert [s.kind.value for s in building.storeys] == ["ground", "typical", "not_counted"]
    assert (building.doubts(), building.remarks) == ((), ())
    assert {found[rule].outcome for rule in ("PLOT-01", "SET-01", "FLR-01", "HGT-01")} == {Outcome.PASS}
    assert found["HGT-01"].value == pytest.approx(6.0)


def test_on_two_plots_the_neighbour_is_named_with_the_area() -> None:
    found = judged(House(east=12.0), plot())["PLOT-01"]
    assert (found.outcome, code(found)) == (Outcome.FAIL, "on_plots")
    assert found.value == pytest.approx(2 * 12)
    assert "24 (24.00)" in told(found)


def test_on_three_plots_both_neighbours_are_named() -> None:
    narrow = plot(west=6.0, east=14.0)
    text = told(judged(House(), narrow)["PLOT-01"])
    assert "22 (12.00)" in text
    assert "24 (12.00)" in text


def test_on_the_street() -> None:
    found = judged(House(north=-2.0), plot())["PLOT-01"]
    assert (found.outcome, code(found)) == (Outcome.FAIL, "on_street")
    text = told(found)
    assert STREET in text
    assert "20.0" in text


def test_on_street_and_neighbour_at_once() -> None:
    found = judged(House(east=12.0, north=-2.0), plot())["PLOT-01"]
    assert code(found) == "on_plots_and_street"
    assert "24 (20.00)" in told(found)


def test_wholly_on_another_plot() -> None:
    found = judged(House(east=24.0), plot())["PLOT-01"]
    assert (found.outcome, code(found)) == (Outcome.UNDECIDED, "on_other_plot")
    assert "24" in told(found)


@pytest.mark.parametrize(("zero", "reason"), [(90.0, "underground"), (0.0, "underground"), (690.0, "above_ground")])
def test_under_the_ground_or_in_the_air(zero: float, reason: str) -> None:
    """As when a height is left at nothing, or is of another height system than the plot's."""
    found = judged(House(zero=zero), plot())
    for rule in ("PLOT-01", "SET-01", "COV-01", "FLR-01", "HGT-01"):
        assert (found[rule].outcome, code(found[rule])) == (Outcome.UNDECIDED, reason), rule
    told(found["HGT-01"])


def test_a_basement_alone_says_how_deep_it_is() -> None:
    found = judged(House(zero=93.0), plot())["PLOT-01"]
    assert found.reason is not None
    assert found.reason.values == {"depth": pytest.approx(4.0)}  # the upper of both floors, at 96


TERRAIN = (-20.0, -20.0, 40.0, 50.0)


@pytest.mark.parametrize("kind", ["IfcSite", "IfcGeographicElement", "IfcBuildingElementProxy"])
@pytest.mark.parametrize("top", [-0.1, 9.0])
def test_terrain_as_a_solid_is_no_building(kind: str, top: float) -> None:
    """Larger than the plot, and once a hill higher than the house."""
    model = House()
    if kind == "IfcSite":
        west, south, east, north = TERRAIN
        model.site.ObjectPlacement = model.at(0.0, 0.0, -5.0)
        model.site.Representation = model.solid([(west, south), (east, south), (east, north), (west, north)], 5.0 + top)
    else:
        model.body(kind, model.site, -5.0, TERRAIN, 5.0 + top)
    with_it, without = built(model, plot()), built(House(), plot())
    assert values(with_it) == pytest.approx(values(without))
    assert with_it.remarks == ()


def values(building: Building) -> dict[tuple[str, str], float]:
    """What is measured, by name and subject; of the areas of storeys their sum."""
    found: dict[tuple[str, str], float] = {}
    for m in measures(building, plot()):
        found[m.name, m.subject] = found.get((m.name, m.subject), 0.0) + m.value
    return found


def test_terrain_called_a_slab_is_left_out_and_told() -> None:
    model = House()
    model.body("IfcSlab", model.file.by_type("IfcBuildingStorey")[0], -0.6, TERRAIN, 0.5, PredefinedType="BASESLAB")
    with_it, without = built(model, plot()), built(House(), plot())
    (remark,) = with_it.remarks
    assert (remark.code, remark.values) == ("terrain_as_building", {"count": 1})
    assert "IfcGeographicElement" in reason_text(remark, "ar")
    assert values(with_it) == pytest.approx(values(without))


def test_half_storeys_leave_the_floors_to_the_municipality() -> None:
    """A house of two halves, the eastern one a metre and a half higher."""
    model = House(levels=())
    model.floor("0", 0.0, 0.0, 5.0)
    model.floor("0.5", 1.5, 5.0, 10.0)
    model.slab(model.storey("roof", 4.5), 4.5, 0.0, 10.0, role="ROOF")
    found = judged(model, plot())
    for rule in ("FLR-01", "FAR-01", "HGT-01"):
        assert (found[rule].outcome, code(found[rule])) == (Outcome.UNDECIDED, "half_storeys"), rule
    assert "1.5" in told(found["FLR-01"])


def test_storeys_out_of_order_are_named() -> None:
    model = House(levels=(0.0, 3.0, 6.0))
    for storey, name in zip(model.file.by_type("IfcBuildingStorey"), ("أرضي", "الثاني", "الأول", "سطح"), strict=True):
        storey.Name = name
    found = judged(model, plot())["FLR-01"]
    assert (found.outcome, code(found)) == (Outcome.UNDECIDED, "storey_order")
    text = told(found)
    assert "الأول" in text
    assert "الثاني" in text


@pytest.mark.parametrize("name", ["ميزانين", "سدة"])
def test_a_mezzanine_is_for_the_municipality(name: str) -> None:
    model = House()
    model.file.by_type("IfcBuildingStorey")[1].Name = name
    found = judged(model, plot())["FLR-01"]
    assert (found.outcome, code(found)) == (Outcome.UNDECIDED, "mezzanine")
    assert name in told(found)


def test_equal_elevations_are_one_floor() -> None:
    model = House()
    model.storey("0 east", 0.0)
    building = built(model, plot())
    assert [s.kind for s in building.storeys].count(StoreyKind.GROUND) == 1
    assert len(building.floors()) == 2
    assert building.doubts() == ()


def test_a_floor_at_the_edge_of_a_basement_says_by_how_much() -> None:
    found = judged(House(zero=98.99), plot())["SET-01"]
    assert (found.outcome, code(found)) == (Outcome.UNDECIDED, "storey_basement")
    text = told(found)
    assert "-0.01" in text
    assert "0.03" in text


def test_a_raft_that_fills_the_plot_is_no_terrain() -> None:
    model = House()
    model.body("IfcSlab", model.file.by_type("IfcBuildingStorey")[0], -3.0, (-5.0, -6.0, 15.0, 34.0), 0.5)
    building = built(model, plot())
    assert building.remarks == ()
    assert max(plate.region.area for plate in building.plates) == pytest.approx(800.0)


def test_without_a_height_a_ground_floor_far_from_the_models_zero_is_not_guessed() -> None:
    """Heights of the sea as levels, and tie points that give none: the lowest storey might be a cellar."""
    corners = [(0.0, 0.0), (10.0, 0.0), (10.0, 12.0)]
    ties = fit([TiePoint(x, y, EAST + 5.0 + x, NORTH + 6.0 + y) for x, y in corners])
    near, far_off = judged(House(), plot(), ties), judged(House(levels=(687.0, 690.0)), plot(), ties)
    assert near["SET-01"].outcome is Outcome.PASS
    assert (far_off["SET-01"].outcome, code(far_off["SET-01"])) == (Outcome.UNDECIDED, "no_height")
