"""Whatever a model says of its place is read, held against the plot, and never taken for more than it is."""

import math
import re
from dataclasses import replace

import ifcopenshell
import pytest
from shapely import LineString, Point, box
from shapely.affinity import rotate

from bim.building import Sighting
from bim.findings import Reason
from bim.georeference import declarations, positions, true_north
from bim.placement import apply, level, place
from bim.sightings import confused_north, contradictions, sightings
from bim.tool_defaults import DEFAULTS, default_of
from gis.crs import convergence, from_display, to_display
from gis.site import Site
from tests.bim.files import shared
from tests.bim.models import Model
from tests.bim.test_placement import EAST, LOCAL, NORTH, plot

RAISED = (EAST + 2.0, NORTH + 2.0, EAST + 10.0, NORTH + 20.0)
"""Where the building of `LOCAL` is in the plot's grid."""
LATAKIA, HASAKAH = (35.78, 35.52), (40.75, 36.50)
"""Longitude and latitude of the towns, degrees."""


def methods(said: tuple[Sighting, ...]) -> list[tuple[str, int]]:
    return [(sighting.method, sighting.level) for sighting in said]


def test_a_scaled_conversion_scales_lengths_and_heights_apart() -> None:
    model = Model("IFC4X3")
    crs = model.file.create_entity("IfcProjectedCRS", Name="EPSG:22770")
    model.file.create_entity(
        "IfcMapConversionScaled", SourceCRS=model.context, TargetCRS=crs, Eastings=EAST, Northings=NORTH,
        OrthogonalHeight=690.0, FactorX=0.9996, FactorY=0.9996, FactorZ=1.0,
    )  # fmt: skip
    placed, reason = place(model.file, plot(), LOCAL)
    assert reason is None
    assert placed is not None
    assert (placed.method, placed.scale) == ("IfcMapConversionScaled", pytest.approx(0.9996))
    assert level(placed, 10.0) == pytest.approx(700.0)
    assert apply(placed, Point(10, 0)).x == pytest.approx(EAST + 9.996)


def test_factors_that_differ_in_plan_place_nothing() -> None:
    model = Model("IFC4X3")
    crs = model.file.create_entity("IfcProjectedCRS", Name="EPSG:22770")
    model.file.create_entity(
        "IfcMapConversionScaled", SourceCRS=model.context, TargetCRS=crs, Eastings=EAST, Northings=NORTH,
        OrthogonalHeight=690.0, FactorX=1.0, FactorY=1.001, FactorZ=1.0,
    )  # fmt: skip
    assert place(model.file, plot(), LOCAL) == (None, Reason("scale_unequal", {"x": 1.0, "y": 1.001}))


@pytest.mark.parametrize("height", [None, 690.0])
def test_a_rigid_operation_shifts(height: float | None) -> None:
    model = Model("IFC4X3")
    crs = model.file.create_entity("IfcProjectedCRS", Name="EPSG:22770")
    east, north = (model.file.create_entity("IfcLengthMeasure", value) for value in (EAST, NORTH))
    model.file.create_entity(
        "IfcRigidOperation", SourceCRS=model.context, TargetCRS=crs, FirstCoordinate=east, SecondCoordinate=north,
        Height=height,
    )  # fmt: skip
    placed, _ = place(model.file, plot(), LOCAL)
    assert placed is not None
    assert (placed.method, placed.east, placed.north) == ("IfcRigidOperation", EAST, NORTH)
    assert (placed.levelled, placed.height) == ((False, 100.0) if height is None else (True, 690.0))


def test_a_rigid_operation_of_bare_numbers_says_nothing() -> None:
    model = Model("IFC4X3")
    crs = model.file.create_entity("IfcProjectedCRS", Name="EPSG:22770")
    east, north = (model.file.create_entity("IfcLengthMeasure", value) for value in (EAST, NORTH))
    said = {"FirstCoordinate": east, "SecondCoordinate": north}
    model.file.create_entity("IfcRigidOperation", SourceCRS=model.context, TargetCRS=crs, **said)
    bare = re.sub(r"IFCLENGTHMEASURE\(([0-9.E+-]+)\)", r"\1", model.file.to_string())
    broken = ifcopenshell.file.from_string(bare)
    assert isinstance(broken.by_type("IfcRigidOperation")[0].FirstCoordinate, float)
    assert place(broken, plot(), LOCAL) == (None, Reason("no_georeference"))


def test_a_rigid_operation_in_degrees_is_a_position_and_no_place() -> None:
    model = Model("IFC4X3")
    crs = model.file.create_entity("IfcGeographicCRS", Name="EPSG:4326")
    angles = [model.file.create_entity("IfcPlaneAngleMeasure", math.radians(value)) for value in (33.5, 36.3)]
    model.file.create_entity(
        "IfcRigidOperation", SourceCRS=model.context, TargetCRS=crs, FirstCoordinate=angles[0],
        SecondCoordinate=angles[1], Height=0.0,
    )  # fmt: skip
    (said,) = positions(model.file)
    assert (said.method, said.latitude, said.longitude) == (
        "IfcRigidOperation",
        pytest.approx(33.5),
        pytest.approx(36.3),
    )
    assert place(model.file, plot(), LOCAL)[0] is None


def test_the_sample_with_rigid_operations_is_read() -> None:
    model = ifcopenshell.open(str(shared("conformance/gherkin/GRF/grf008") / "pass-grf008-correct_coordinates.ifc"))
    found = [(d.method, d.grid, d.eastings, d.northings) for d in declarations(model, None)]
    assert found == [
        ("IfcRigidOperation", "EPSG:3857", east, north) for east, north in ((35010.0, 1560.0), (23684.0, 1564.0))
    ]


def raised(method: str, z: float = 0.0) -> Model:
    """A model whose coordinates are already those of the grid."""
    model = Model()
    model.site.ObjectPlacement = model.at(EAST, NORTH, z) if method == "IfcSite.ObjectPlacement" else model.at(0, 0)
    return model


@pytest.mark.parametrize("method", ["IfcSite.ObjectPlacement", "coordinates"])
def test_large_coordinates_that_lead_to_the_plot_place_the_model(method: str) -> None:
    placed, reason = place(raised(method, 690.0).file, plot(), RAISED)
    assert reason is None
    assert placed is not None
    assert (placed.method, placed.grid, placed.east, placed.rotation) == (method, "EPSG:22770", 0.0, 0.0)
    assert placed.levelled == (method == "IfcSite.ObjectPlacement")


def test_large_coordinates_beside_the_plot_place_nothing() -> None:
    away = (RAISED[0] + 1000, RAISED[1], RAISED[2] + 1000, RAISED[3])
    assert place(raised("coordinates").file, plot(), away) == (None, Reason("outside_plot", {"distance": 982.0}))


@pytest.mark.parametrize("turned", [0.0, 90.0])
def test_a_world_coordinate_system_turns_by_its_axes_and_not_by_true_north(turned: float) -> None:
    model = Model()
    world, angle = model.context.WorldCoordinateSystem, math.radians(turned)
    world.Location.Coordinates = (EAST, NORTH, 690.0)
    world.Axis = model.file.create_entity("IfcDirection", (0.0, 0.0, 1.0))
    world.RefDirection = model.file.create_entity("IfcDirection", (math.cos(angle), math.sin(angle), 0.0))
    model.context.TrueNorth = model.file.create_entity("IfcDirection", (0.5, 0.5))
    placed, _ = place(model.file, plot(), LOCAL if turned == 0 else (2.0, -10.0, 20.0, -2.0))
    assert placed is not None
    assert (placed.method, placed.rotation, placed.height) == (
        "WorldCoordinateSystem", pytest.approx(turned), 690.0,
    )  # fmt: skip


def located(model: Model, latitude: tuple[int, ...], longitude: tuple[int, ...]) -> Model:
    model.site.RefLatitude, model.site.RefLongitude = latitude, longitude
    return model


def test_a_latitude_is_told_by_its_distance_and_places_nothing() -> None:
    at = to_display(plot().polygon.centroid, "EPSG:22770")
    parts = [[int(v), int(v * 60) % 60, int(v * 3600) % 60, int(v * 3.6e9) % 1_000_000] for v in (at.y + 0.01, at.x)]
    model = located(Model(), *map(tuple, parts))
    placed, reason = place(model.file, plot(), LOCAL)
    assert placed is None
    assert reason is not None
    assert reason.code == "latitude_only"
    (said,) = sightings(model.file, plot(), LOCAL, None)
    assert said.method == "IfcSite.RefLatitude"
    assert said.distance == pytest.approx(1109 - 20, abs=15)  # a hundredth of a degree, to the edge of the plot


@pytest.mark.parametrize(
    ("file", "tool", "city"),
    [
        ("Office_A_20110811", "Revit", "Boston"),
        ("Jesse.1", "Revit", "Boston"),
        ("Duplex_A_20110907_georeferenced", "Revit", "Chicago"),
        ("Ifc4_SampleHouse", "Revit", "London"),
        ("revit2013_unicode_jp", "Revit", "Tokyo"),
        ("AC90R1-niedriha-V2-2x3", "ArchiCAD", "Abu Dhabi"),
    ],
)
def test_the_default_of_a_tool_is_told_from_a_site(file: str, tool: str, city: str) -> None:
    model = ifcopenshell.open(str(shared(f"ifc/{file}.ifc")))
    (said,) = positions(model)
    default = default_of(said.latitude, said.longitude)
    assert default is not None
    assert (default.tool, default.place) == (tool, city)
    if not file.startswith("Duplex"):  # which declares more
        assert place(model, plot(), LOCAL) == (None, Reason("tool_default", {"tool": tool, "place": city}))


@pytest.mark.parametrize("file", ["AC20-FZK-Haus", "AC11-Institute-Var-2-IFC"])
def test_a_real_position_is_no_default(file: str) -> None:
    (said,) = positions(ifcopenshell.open(str(shared(f"ifc/{file}.ifc"))))
    assert default_of(said.latitude, said.longitude) is None


def test_no_default_is_in_syria() -> None:
    assert not [d for d in DEFAULTS if 32 < d.latitude < 38 and 35 < d.longitude < 43]


def test_the_declaration_that_leads_to_the_plot_wins_and_the_other_is_told() -> None:
    model = raised("IfcSite.ObjectPlacement")
    model.georeference(Eastings=EAST, Northings=NORTH)  # once more: the model is moved twice
    placed, _ = place(model.file, plot(), RAISED)
    assert placed is not None
    assert placed.method == "IfcSite.ObjectPlacement"
    said = sightings(model.file, plot(), RAISED, placed)
    assert methods(said) == [("IfcMapConversion", 50), ("IfcSite.ObjectPlacement", 30)]
    apart = round(math.hypot(EAST, NORTH), 2)
    assert list(contradictions(said)) == [Reason("declarations_differ", {"method": "IfcMapConversion", "apart": apart})]


def test_declarations_that_agree_contradict_nothing() -> None:
    model = Model()
    model.georeference(Eastings=EAST, Northings=NORTH)
    at = to_display(Point(EAST, NORTH), "EPSG:22770")
    located(model, *((int(v), int(v * 60) % 60, int(v * 3600) % 60) for v in (at.y, at.x)))
    placed, _ = place(model.file, plot(), LOCAL)
    said = sightings(model.file, plot(), LOCAL, placed)
    assert methods(said) == [("IfcMapConversion", 50), ("IfcSite.RefLatitude", 20)]
    assert said[1].apart is not None
    assert said[1].apart < 100
    assert list(contradictions(said)) == []


def of(longitude: float, latitude: float, grid: str) -> Site:
    """A plot of 20 by 20 m at a town, in a grid."""
    middle = from_display(Point(longitude, latitude), grid)
    polygon = box(middle.x - 10, middle.y - 10, middle.x + 10, middle.y + 10)
    return replace(plot(), grid=grid, polygon=polygon)


@pytest.mark.parametrize(
    ("town", "grid", "degrees"),
    [(LATAKIA, "EPSG:22780", -1.9), (LATAKIA, "EPSG:32637", -1.9), (HASAKAH, "EPSG:22770", 1.9)],
)
def test_true_north_is_not_the_grids(town: tuple[float, float], grid: str, degrees: float) -> None:
    """The convergence by a meridian drawn in the grid, and a facade of 20 m that true north would turn by it."""
    here, there = (from_display(Point(town[0], town[1] + dy), grid) for dy in (0.0, 0.001))
    drawn = math.degrees(math.atan2(-(there.x - here.x), there.y - here.y))
    assert convergence(here.x, here.y, grid) == pytest.approx(drawn, abs=0.01)
    assert drawn == pytest.approx(degrees, abs=0.1)
    site = of(*town, grid)
    west, south = site.polygon.bounds[:2]
    model, extent = Model(), (0.0, 0.0, 20.0, 8.0)
    model.georeference(grid, Eastings=west, Northings=south)
    angle = math.radians(drawn)
    model.context.TrueNorth = model.file.create_entity("IfcDirection", (-math.sin(angle), math.cos(angle)))
    placed, _ = place(model.file, site, extent)
    assert placed is not None
    assert placed.rotation == 0.0
    assert list(confused_north(model.file, site, placed)) == []
    wrong = rotate(LineString([(0, 0), (20, 0)]), drawn, origin=(0, 0))
    assert abs(wrong.coords[1][1]) == pytest.approx(0.67, abs=0.04)


def test_one_north_for_both_is_told() -> None:
    site = of(*LATAKIA, "EPSG:22780")
    west, south = site.polygon.bounds[:2]
    model, angle = Model(), math.radians(30.0)
    model.georeference("EPSG:22780", Eastings=west + 8, Northings=south,
                       XAxisAbscissa=math.cos(angle), XAxisOrdinate=math.sin(angle))  # fmt: skip
    model.context.TrueNorth = model.file.create_entity("IfcDirection", (math.sin(angle), math.cos(angle)))
    placed, _ = place(model.file, site, (0.0, 0.0, 9.0, 8.0))
    assert placed is not None
    (remark,) = confused_north(model.file, site, placed)
    assert remark.code == "north_confused"
    assert remark.values["convergence"] == pytest.approx(-1.9, abs=0.1)


@pytest.mark.parametrize("direction", [None, (0.0, 1.0), (6e-17, 1.0)])
def test_the_default_of_true_north_says_nothing(direction: tuple[float, float] | None) -> None:
    model = Model()
    model.context.TrueNorth = None if direction is None else model.file.create_entity("IfcDirection", direction)
    assert true_north(model.file) is None


@pytest.mark.parametrize("value", ["inf", "nan"])
@pytest.mark.parametrize("name", ["Eastings", "OrthogonalHeight", "XAxisAbscissa", "Scale"])
def test_what_is_no_number_places_nothing_and_is_no_distance(name: str, value: str) -> None:
    model = Model()
    model.properties(model.site, "ePset_ProjectedCRS", Name="EPSG:22770")
    model.properties(model.site, "ePset_MapConversion", **{"Eastings": EAST, "Northings": NORTH, name: value})
    assert place(model.file, plot(), LOCAL) == (None, Reason("not_finite"))
    assert sightings(model.file, plot(), LOCAL, None) == (Sighting("ePset_MapConversion", 50, "EPSG:22770"),)


def test_a_true_north_of_one_number_is_none() -> None:
    model = Model()
    model.context.TrueNorth = model.file.create_entity("IfcDirection", (0.0,))
    assert true_north(model.file) is None
