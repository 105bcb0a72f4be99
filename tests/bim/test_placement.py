"""A building is placed by what its model declares, and by none of its authoring tool's unit mistakes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box
from shapely.affinity import translate

from bim.building import Placement
from bim.findings import Reason
from bim.placement import apply, level, normal_grid, place
from gis.site import Site
from tests.bim.houses import site
from tests.bim.models import Model

EAST, NORTH = 251_000.0, 186_000.0
LOCAL = (2.0, 2.0, 10.0, 20.0)


def plot() -> Site:
    from dataclasses import replace

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
