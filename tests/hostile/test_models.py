"""Whole files that are no sound models: depth, cycles, doubles, numbers that are none, units, places far away."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bim.findings import Outcome
from bim.orders import Limits
from bim.report import Report
from tests.bim.models import Model
from tests.bim.test_extract import walled
from tests.bim.test_review import run

pytestmark = pytest.mark.slow

LIMITS = Limits(memory=2 << 30, cpu=60, wall=60.0)
SHAPED = "LFT-01"
"""A rule that needs shapes and no plot: it does not apply to the house of these tests."""


def reviewed(tmp_path: Path, model: Model, old: str = "", new: str = "", limits: Limits = LIMITS) -> Report:
    """The report of a model, some of whose text is exchanged first."""
    text = model.file.to_string()
    changed = re.sub(old, new, text) if old else text
    assert changed != text or not old
    path = tmp_path / "model.ifc"
    path.write_text(changed, encoding="utf-8")
    return run(path, limits=limits)


def answer(report: Report, rule: str) -> tuple[Outcome, str]:
    """The outcome of a rule with its reason."""
    (finding,) = [finding for finding in report.findings if finding.rule == rule]
    return finding.outcome, finding.reason.code if finding.reason else ""


def failing(report: Report) -> set[str]:
    return {finding.rule for finding in report.of(Outcome.FAIL)}


def footprint(report: Report) -> float:
    (measure,) = [measure for measure in report.measures if measure.name == "footprint_area"]
    return measure.value


def chain(model: Model, count: int) -> None:
    """The first wall stands at the end of a chain of placements."""
    create, placement = model.file.create_entity, None
    for _ in range(count):
        axes = create("IfcAxis2Placement3D", Location=create("IfcCartesianPoint", (0.0, 0.0, 0.0)))
        placement = create("IfcLocalPlacement", PlacementRelTo=placement, RelativePlacement=axes)
    model.file.by_type("IfcWall")[0].ObjectPlacement = placement


def clippings(model: Model, count: int) -> None:
    """The first wall is cut many times above its head."""
    create, body = model.file.create_entity, model.file.by_type("IfcWall")[0].Representation.Representations[0]
    axes = create("IfcAxis2Placement3D", Location=create("IfcCartesianPoint", (0.0, 0.0, 5.0)))
    above, item = create("IfcHalfSpaceSolid", create("IfcPlane", axes), False), body.Items[0]
    for _ in range(count):
        item = create("IfcBooleanClippingResult", "DIFFERENCE", item, above)
    body.Items = [item]


def maps(model: Model, count: int, copies: int = 1) -> None:
    """The first wall is a map of a map of a map."""
    create, body = model.file.create_entity, model.file.by_type("IfcWall")[0].Representation.Representations[0]
    origin = create("IfcCartesianPoint", (0.0, 0.0, 0.0))
    axes = create("IfcAxis2Placement3D", origin)
    turn = create("IfcCartesianTransformationOperator3D", LocalOrigin=origin)
    items = list(body.Items)
    for _ in range(count):
        shown = create("IfcShapeRepresentation", model.context, "Body", "SweptSolid", items)
        source = create("IfcRepresentationMap", axes, shown)
        items = [create("IfcMappedItem", source, turn) for _ in range(copies)]
    body.Items = items


def buildings(model: Model, count: int) -> None:
    """Buildings in buildings."""
    whole = model.building
    for _ in range(count):
        part = model.root("IfcBuilding", Name="b")
        model.aggregate(whole, part)
        whole = part


def test_what_is_deep_in_reason_is_measured_as_ever(tmp_path: Path) -> None:
    model = walled()
    chain(model, 100)
    clippings(model, 20)
    buildings(model, 100)
    report = reviewed(tmp_path, model)
    assert footprint(report) == pytest.approx(80.0, rel=1e-5)
    assert answer(report, SHAPED) == (Outcome.NOT_APPLICABLE, "few_floors")


def test_a_thing_whose_global_id_is_no_text_is_told(tmp_path: Path) -> None:
    report = reviewed(tmp_path, walled(), r"IFCWALL\('[^']*'", "IFCWALL(*")
    assert "BIM-110" in failing(report)


@pytest.mark.parametrize(("deepen", "count"), [(chain, 50_000), (maps, 10_000)], ids=["placements", "mapped items"])
def test_what_is_deep_beyond_the_stack_is_a_report_without_shapes(tmp_path: Path, deepen: object, count: int) -> None:
    model = walled()
    assert callable(deepen)
    deepen(model, count)
    assert answer(reviewed(tmp_path, model), SHAPED) == (Outcome.UNDECIDED, "geometry_crashed")


SHORT = Limits(memory=2 << 30, cpu=60, wall=6.0)


SLOW = {
    "booleans": lambda model: clippings(model, 4_000),
    "mapped items": lambda model: maps(model, 25, 2),
}


@pytest.mark.parametrize("deepen", SLOW.values(), ids=list(SLOW))
def test_shapes_that_take_too_long_leave_a_report_without_them(tmp_path: Path, deepen: Callable[[Model], None]) -> None:
    model = walled()
    deepen(model)
    report = reviewed(tmp_path, model, limits=SHORT)
    assert answer(report, SHAPED) == (Outcome.UNDECIDED, "geometry_too_long")
    assert report.elapsed < 2 * SHORT.wall


def test_what_takes_too_long_before_any_shape_is_refused(tmp_path: Path) -> None:
    model = walled()
    buildings(model, 20_000)
    report = reviewed(tmp_path, model, limits=SHORT)
    assert report.refusal is not None
    assert report.refusal.code in ("time_limit", "memory_limit")


def test_a_map_that_shows_itself_is_lost(tmp_path: Path) -> None:
    model = walled()
    maps(model, 1)
    item = model.file.by_type("IfcMappedItem")[0]
    item.MappingSource.MappedRepresentation.Items = [item]
    outcome, reason = answer(reviewed(tmp_path, model), SHAPED)
    assert outcome is Outcome.UNDECIDED
    assert reason in ("elements_lost", "geometry_crashed")


def test_placements_in_a_circle_are_lost(tmp_path: Path) -> None:
    model = walled()
    for placement in model.file.by_type("IfcLocalPlacement")[:1]:
        placement.PlacementRelTo = placement
    outcome, reason = answer(reviewed(tmp_path, model), SHAPED)
    assert outcome is Outcome.UNDECIDED
    assert reason in ("elements_lost", "geometry_crashed")


def of_itself(model: Model) -> None:
    wall = model.file.by_type("IfcWall")[0]
    model.aggregate(wall, wall)


def of_each_other(model: Model) -> None:
    first, second, *_ = model.file.by_type("IfcWall")
    model.aggregate(first, second)
    model.aggregate(second, first)


@pytest.mark.parametrize("decompose", [of_itself, of_each_other], ids=["itself", "each other"])
def test_a_wall_that_is_part_of_itself_hangs_no_kernel(tmp_path: Path, decompose: object) -> None:
    model = walled()
    assert callable(decompose)
    decompose(model)
    report = reviewed(tmp_path, model)
    assert answer(report, SHAPED) == (Outcome.UNDECIDED, "decomposition_cycle")
    assert "BIM-305" in failing(report) or report.verdict == "fail"


def test_a_boolean_of_itself_is_lost(tmp_path: Path) -> None:
    model = walled()
    clippings(model, 1)
    result = model.file.by_type("IfcBooleanClippingResult")[0]
    result.FirstOperand = result
    outcome, reason = answer(reviewed(tmp_path, model), SHAPED)
    assert outcome is Outcome.UNDECIDED
    assert reason in ("elements_lost", "geometry_crashed")


def test_two_things_of_one_name_are_told(tmp_path: Path) -> None:
    model = walled()
    first, second, *_ = model.file.by_type("IfcWall")
    second.GlobalId = first.GlobalId
    assert "BIM-110" in failing(reviewed(tmp_path, model))


def test_rooms_of_one_name_are_not_measured_by_each_others_shape(tmp_path: Path) -> None:
    """One is large enough and one is not: by the name alone both would be."""
    model = Model()
    storey = model.storey("0", 0.0)
    for side in (5.0, 1.0):
        shape = model.solid([(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)], 3.0)
        room = model.root("IfcSpace", ObjectType="bedroom", ObjectPlacement=model.at(0, 0), Representation=shape)
        room.GlobalId = "0000000000000000000001"
        model.aggregate(storey, room)
    report = reviewed(tmp_path, model)
    assert Outcome.PASS not in {f.outcome for f in report.findings if f.rule in ("HGT-02", "ROM-01")}


def test_an_element_without_a_name_does_not_stop_the_kernel(tmp_path: Path) -> None:
    report = reviewed(tmp_path, walled(), r"=IFCWALL\('[^']*'", "=IFCWALL($")
    assert answer(report, SHAPED) == (Outcome.UNDECIDED, "elements_lost")
    assert report.elapsed < 15


POINT = r"=IFCCARTESIANPOINT\(\(10\.,0\.\)\)"


@pytest.mark.parametrize("number", ["NAN", "INF", "-INF", "1.#QNAN", "1.E400", "-1.E400", "1.D5", "0x10"])
def test_a_number_that_is_none_is_refused_or_its_wall_is_lost(tmp_path: Path, number: str) -> None:
    report = reviewed(tmp_path, walled(), POINT, f"=IFCCARTESIANPOINT(({number},0.))")
    if report.refusal is None:
        assert answer(report, SHAPED) == (Outcome.UNDECIDED, "elements_lost")
    else:
        assert report.refusal.code in ("unreadable", "entities_lost", "dangling_reference")


@pytest.mark.parametrize("numbers", ["", "1.", "1.E300,0.", "1.E9,0.", "$,$", "'x',0."])
def test_a_point_that_is_nowhere_loses_its_wall(tmp_path: Path, numbers: str) -> None:
    report = reviewed(tmp_path, walled(), POINT, f"=IFCCARTESIANPOINT(({numbers}))")
    assert report.refusal is not None or answer(report, SHAPED) == (Outcome.UNDECIDED, "elements_lost")


@pytest.mark.parametrize("width", ["1.E400", "NAN", "$"])
def test_a_door_of_no_width_does_not_pass(tmp_path: Path, width: str) -> None:
    model = walled()
    model.contain(
        model.file.by_type("IfcBuildingStorey")[0], model.root("IfcDoor", ObjectType="entrance", OverallWidth=7.5)
    )
    assert answer(reviewed(tmp_path, model), "DOR-01") == (Outcome.PASS, "")
    report = reviewed(tmp_path, model, r",7\.5,", f",{width},")
    assert report.refusal is not None or answer(report, "DOR-01")[0] is Outcome.UNDECIDED


@pytest.mark.parametrize("level", ["NAN", "1.E400", "1.E300", "'3.0'", "$"])
def test_a_storey_of_no_level_is_a_report_in_plain_json(tmp_path: Path, level: str) -> None:
    report = reviewed(tmp_path, walled(), r"(=IFCBUILDINGSTOREY\(.*),0\.\)", rf"\1,{level})")
    assert report.refusal is not None or b"Infinity" not in report.to_json()


@pytest.mark.parametrize("east", [250_000.0, 1e7, 4e7])
def test_a_model_at_the_coordinates_of_a_grid_is_measured_as_ever(tmp_path: Path, east: float) -> None:
    model = walled()
    for element in model.file.by_type("IfcElement"):
        element.ObjectPlacement = model.at(east, 3.7e6, 3.0 if element.is_a("IfcSlab") else 0.0)
    assert footprint(reviewed(tmp_path, model)) == pytest.approx(80.0, rel=1e-4)


def test_a_model_beyond_the_earth_has_no_shapes(tmp_path: Path) -> None:
    model = walled()
    for element in model.file.by_type("IfcElement"):
        element.ObjectPlacement = model.at(1e9, 0.0)
    assert answer(reviewed(tmp_path, model), SHAPED) == (Outcome.UNDECIDED, "no_shapes")


def in_unit(factor: float | None, name: str = "FOOT") -> Model:
    """The house with its numbers as they are, in a unit of so many metres; None for no unit at all."""
    model = walled()
    create, (assignment,) = model.file.create_entity, model.file.by_type("IfcUnitAssignment")
    units = [unit for unit in assignment.Units if unit.UnitType != "LENGTHUNIT"]
    if factor is not None:
        (metre,) = [unit for unit in assignment.Units if unit.UnitType == "LENGTHUNIT"]
        measure = create("IfcMeasureWithUnit", create("IfcLengthMeasure", factor), metre)
        exponents = create("IfcDimensionalExponents", 1, 0, 0, 0, 0, 0, 0)
        units.append(create("IfcConversionBasedUnit", exponents, "LENGTHUNIT", name, measure))
    assignment.Units = units
    return model


@pytest.mark.parametrize(("factor", "name"), [(0.3048, "FOOT"), (0.0254, "INCH")])
def test_feet_and_inches_are_read_and_told(tmp_path: Path, factor: float, name: str) -> None:
    model = in_unit(factor, name)
    for point in model.file.by_type("IfcCartesianPoint"):
        point.Coordinates = [value / factor for value in point.Coordinates]
    for solid in model.file.by_type("IfcExtrudedAreaSolid"):
        solid.Depth /= factor
    report = reviewed(tmp_path, model)
    assert footprint(report) == pytest.approx(80.0, rel=1e-4)
    assert {"BIM-201", "BIM-205"} <= failing(report)


@pytest.mark.parametrize("factor", [None, 0.0, -1.0])
def test_without_a_usable_unit_nothing_is_measured(tmp_path: Path, factor: float | None) -> None:
    model = in_unit(factor)
    door = model.root("IfcDoor", ObjectType="entrance", OverallWidth=7.5)
    model.contain(model.file.by_type("IfcBuildingStorey")[0], door)
    report = reviewed(tmp_path, model)
    assert answer(report, SHAPED) == (Outcome.UNDECIDED, "no_length_unit")
    assert answer(report, "DOR-01")[0] is Outcome.UNDECIDED
    assert {"BIM-201", "BIM-205"} <= failing(report)


def test_a_unit_that_is_based_on_itself_hangs_nothing(tmp_path: Path) -> None:
    model = in_unit(1.0)
    (unit,) = model.file.by_type("IfcConversionBasedUnit")
    unit.ConversionFactor.UnitComponent = unit
    assert answer(reviewed(tmp_path, model), SHAPED) == (Outcome.UNDECIDED, "no_length_unit")


def test_two_units_of_length_are_told(tmp_path: Path) -> None:
    model = walled()
    (assignment,) = model.file.by_type("IfcUnitAssignment")
    milli = model.file.create_entity("IfcSIUnit", UnitType="LENGTHUNIT", Prefix="MILLI", Name="METRE")
    assignment.Units = [*assignment.Units, milli]
    assert "BIM-207" in failing(reviewed(tmp_path, model))


def test_millimetres_that_are_called_metres_are_told(tmp_path: Path) -> None:
    model = walled(0.001)
    for unit in model.file.by_type("IfcSIUnit"):
        if unit.UnitType == "LENGTHUNIT":
            unit.Prefix = None
    assert "BIM-910" in failing(reviewed(tmp_path, model))


def test_metres_that_are_called_millimetres_pass_no_rule_of_shapes(tmp_path: Path) -> None:
    model = walled()
    for unit in model.file.by_type("IfcSIUnit"):
        if unit.UnitType == "LENGTHUNIT":
            unit.Prefix = "MILLI"
    assert answer(reviewed(tmp_path, model), SHAPED)[0] is Outcome.UNDECIDED


def test_an_empty_project_passes_nothing_it_has_not(tmp_path: Path) -> None:
    report = reviewed(tmp_path, Model(units=False))
    assert report.verdict == "fail"
    assert answer(report, SHAPED) == (Outcome.UNDECIDED, "no_length_unit")
    assert {f.outcome for f in report.findings if not f.rule.startswith("BIM")} <= {
        Outcome.UNDECIDED, Outcome.NOT_APPLICABLE,
    }  # fmt: skip


def test_several_sites_and_buildings_are_told(tmp_path: Path) -> None:
    model = walled()
    model.aggregate(model.project, model.root("IfcSite", Name="S2"))
    model.aggregate(model.site, model.root("IfcBuilding", Name="B2"))
    assert {"BIM-303", "BIM-304"} <= failing(reviewed(tmp_path, model))


def test_no_storeys_are_told_and_pass_nothing(tmp_path: Path) -> None:
    model = walled()
    storey = model.file.by_type("IfcBuildingStorey")[0]
    for relation in model.file.by_type("IfcRelContainedInSpatialStructure"):
        relation.RelatingStructure = model.building
    for relation in model.file.by_type("IfcRelAggregates"):
        if storey in relation.RelatedObjects:
            model.file.remove(relation)
    model.file.remove(storey)
    report = reviewed(tmp_path, model)
    assert "BIM-308" in failing(report) or report.verdict == "fail"
    assert answer(report, SHAPED) == (Outcome.UNDECIDED, "no_ground_outline")
