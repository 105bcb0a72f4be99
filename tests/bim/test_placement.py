"""A building is placed by what its model declares, and by none of its authoring tool's unit mistakes."""

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box
from shapely.affinity import translate

from bim.building import Building, Placement, Sighting
from bim.findings import Finding, Outcome, Reason
from bim.georeference import normal_grid
from bim.packs import code_in_force
from bim.placement import apply, level, place
from bim.rules.catalogue import RULES, judge
from bim.rules.registry import Need
from bim.sightings import sightings
from bim.tie_points import TiePoint
from bim.ties import Ties, fit
from gis.site import Site
from tests.bim.houses import house, site
from tests.bim.models import Model

DAY = date(2026, 11, 1)
EAST, NORTH = 251_000.0, 186_000.0
LOCAL = (2.0, 2.0, 10.0, 20.0)


def plot() -> Site:
    found = site()
    return replace(found, polygon=translate(found.polygon, EAST, NORTH))


def test_a_model_on_its_plot_is_placed_by_its_map_conversion() -> None:
    model = Model()
    model.georeference(Eastings=EAST, Northings=NORTH, OrthogonalHeight=690.0)
    placed, reason = place(model.file, plot(), LOCAL)
    assert reason is None
    assert placed == Placement("IfcMapConversion", "EPSG:22770", EAST, NORTH, 690.0)


@pytest.mark.parametrize("unit", [1.0, 0.001, 0.3048])
def test_eastings_in_a_wrong_unit_are_recognised_by_the_plot(unit: float) -> None:
    model = Model()
    model.georeference(Eastings=EAST / unit, Northings=NORTH / unit, OrthogonalHeight=690 / unit)
    placed, _ = place(model.file, plot(), LOCAL)
    assert placed is not None
    assert placed.hypothesis == unit
    assert (placed.east, placed.north, placed.height) == pytest.approx((EAST, NORTH, 690.0))


@pytest.mark.parametrize("scale", [None, 1.0, 0.001])
def test_a_model_in_millimetres_needs_no_right_scale(scale: float | None) -> None:
    model = Model(metres=False)
    metre = model.file.create_entity("IfcSIUnit", UnitType="LENGTHUNIT", Name="METRE")
    model.georeference(unit=metre, Eastings=EAST, Northings=NORTH, Scale=scale)
    placed, _ = place(model.file, plot(), LOCAL)
    assert placed is not None
    assert placed.scale == pytest.approx(1.0)


def test_a_scale_of_the_grid_is_kept() -> None:
    model = Model()
    model.georeference(Eastings=EAST, Northings=NORTH, Scale=0.9996)
    placed, _ = place(model.file, plot(), LOCAL)
    assert placed is not None
    assert placed.scale == pytest.approx(0.9996)


def test_the_older_schema_says_it_in_property_sets() -> None:
    model = Model("IFC2X3")
    model.properties(
        model.site, "ePset_MapConversion", Eastings=EAST, Northings=NORTH, XAxisAbscissa=0.0, XAxisOrdinate=1.0
    )
    model.properties(model.site, "ePset_ProjectedCRS", Name="EPSG:22770")
    placed, _ = place(model.file, plot(), (2.0, -10.0, 10.0, -2.0))
    assert placed is not None
    assert (placed.method, placed.rotation) == ("ePset_MapConversion", pytest.approx(90.0))


@pytest.mark.parametrize(
    ("grid", "east", "reason"),
    [
        ("EPSG:32637", EAST, Reason("wrong_grid", {"model": "EPSG:32637", "plot": "EPSG:22770"})),
        ("my own grid", EAST, Reason("grid_unnamed", {"name": "my own grid"})),
        ("EPSG:22770", EAST + 1010.0, Reason("outside_plot", {"distance": 992.0})),
    ],
)
def test_a_wrong_place_is_a_reason(grid: str, east: float, reason: Reason) -> None:
    model = Model()
    model.georeference(grid, Eastings=east, Northings=NORTH)
    assert place(model.file, plot(), LOCAL) == (None, reason)


def test_no_georeference_is_a_reason() -> None:
    assert place(Model().file, plot(), LOCAL) == (None, Reason("no_georeference"))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("EPSG:22770", "EPSG:22770"),
        ("epsg:22770", "EPSG:22770"),
        ("22770", "EPSG:22770"),
        ("urn:ogc:def:crs:EPSG::22770", "EPSG:22770"),
        ("Syria Lambert", ""),
        ("", ""),
    ],
)
def test_grid_names(name: str, code: str) -> None:
    assert normal_grid(name) == code


def ties(moved: float = 0.0, height: float | None = None) -> Ties:
    """Corners of the building of `LOCAL`, where the plot's own corner is the model's origin."""
    corners = [(2.0, 2.0), (10.0, 2.0), (10.0, 20.0), (2.0, 20.0)]
    z = None if height is None else 0.0
    made = [TiePoint(x, y, EAST + x, NORTH + y, z, height) for x, y in corners]
    return fit([replace(made[0], east=made[0].east + moved), *made[1:]])


def test_tie_points_place_a_model_that_says_nothing() -> None:
    placed, reason = place(Model().file, plot(), LOCAL, ties(height=690.0))
    assert reason is None
    assert placed is not None
    assert (placed.method, placed.grid, placed.points, placed.levelled) == ("tie_points", "EPSG:22770", 4, True)
    assert (placed.east, placed.north, placed.height) == pytest.approx((EAST, NORTH, 690.0), abs=1e-6)
    assert (placed.rotation, placed.scale, placed.residual) == pytest.approx((0.0, 1.0, 0.0), abs=1e-6)


def test_tie_points_win_and_the_declaration_is_told_by_its_distance() -> None:
    model = Model()
    model.georeference(Eastings=EAST + 3000.0, Northings=NORTH + 4000.0)
    placed, _ = place(model.file, plot(), LOCAL, ties())
    assert placed is not None
    assert placed.method == "tie_points"
    (said,) = sightings(model.file, plot(), LOCAL, placed)
    assert (said.method, said.level, said.apart) == ("IfcMapConversion", 50, pytest.approx(5000.0))
    # from the corner of the building to that of the plot of 20 by 40 m
    assert said.distance == pytest.approx(math.hypot(3000 + 2 - 20, 4000 + 2 - 40))


def test_tie_points_place_a_model_of_another_grid() -> None:
    model = Model()
    model.georeference("EPSG:32637", Eastings=EAST, Northings=NORTH)
    placed, _ = place(model.file, plot(), LOCAL, ties())
    assert placed is not None
    assert sightings(model.file, plot(), LOCAL, placed) == (Sighting("IfcMapConversion", 50, "EPSG:32637"),)


def test_what_tie_points_miss_widens_the_band() -> None:
    placed, _ = place(Model().file, plot(), LOCAL, ties(moved=0.2))
    assert placed is not None
    assert 0.05 < placed.rms <= placed.residual < 0.2
    at = replace(house(west=4.06), placement=replace(placed, east=0.0, north=0.0))
    sure = replace(at, placement=replace(placed, residual=0.0))
    found = {name: one("SET-02", building) for name, building in {"wide": at, "sure": sure}.items()}
    assert found["sure"].outcome is Outcome.PASS
    assert found["wide"].outcome is Outcome.UNDECIDED
    assert found["wide"].tolerance == pytest.approx(0.02 + 0.01 + placed.residual)


def one(rule: str, building: Building) -> Finding:
    (found,) = [finding for finding in judge(building, site(), code_in_force(DAY)) if finding.rule == rule]
    return found


def test_without_a_height_nothing_is_judged_against_the_reference_level() -> None:
    placed, _ = place(Model().file, plot(), LOCAL, ties())
    assert placed is not None
    assert (placed.levelled, placed.height) == (False, 100.0)
    building = replace(house(), placement=placed)
    for rule in [rule for rule in RULES.values() if Need.LEVEL in rule.needs]:
        found = one(rule.code, building)
        assert (found.outcome, found.reason) == (Outcome.UNDECIDED, Reason("no_height")), rule.code
    assert one("SET-01", building).outcome is Outcome.PASS


def test_tie_points_beside_the_plot_place_nothing() -> None:
    far = fit([TiePoint(x, y, EAST + 900 + x, NORTH + y) for x, y in [(2.0, 2.0), (10.0, 20.0)]])
    assert place(Model().file, plot(), LOCAL, far) == (None, Reason("outside_plot", {"distance": 882.0}))


def test_a_model_drawn_in_another_unit_than_it_declares_is_not_placed() -> None:
    """Its points were read in millimetres, and so is its body, which the file calls metres."""
    drawn = fit(
        [TiePoint(x, y, EAST + x / 1000, NORTH + y / 1000) for x, y in [(2000.0, 2000.0), (10_000.0, 20_000.0)]]
    )
    box = (2000.0, 2000.0, 10_000.0, 20_000.0)
    assert drawn.unit == 0.001
    long = {"size": round(math.hypot(8000, 18_000), 1), "plot": round(math.hypot(20, 40), 1)}
    assert place(Model().file, plot(), box, drawn) == (None, Reason("building_too_long", long))


@given(st.floats(-360, 360), st.floats(0.999, 1.001), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-50, 50))
def test_placing_keeps_distances_but_for_the_scale(
    angle: float, scale: float, east: float, north: float, z: float
) -> None:
    placement = Placement("m", "g", east, north, 600.0, angle, scale)
    region = apply(placement, box(0, 0, 3, 4))
    assert region.area == pytest.approx(12 * scale * scale, rel=1e-6)
    corner = apply(placement, Point(3, 4))
    assert math.hypot(corner.x - east, corner.y - north) == pytest.approx(5 * scale, rel=1e-6)
    assert level(placement, z) == pytest.approx(600 + scale * z)
