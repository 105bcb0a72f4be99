"""Each clause of the guide on a model that keeps it and on one that does not."""

from collections.abc import Callable
from datetime import date

import ifcopenshell.guid
import pytest

from bim.extract import Structure
from bim.findings import Finding, Outcome
from bim.guide import judge as guide
from bim.guide.checks import CHECKS, Checked, Subject
from bim.guide.pack import guide_in_force
from bim.step import Header
from tests.bim.models import Model

PACK = guide_in_force(date(2026, 6, 1))
HEADER = Header("IFC4", "Tool 1", ("Ann",))


def run(check: str, model: Model, header: Header = HEADER) -> Checked:
    code = next(entry for entry in PACK.entries.values() if entry.check == check)
    return CHECKS[check](Subject(model.file, Structure(model.file), header), code.params)


def house() -> Model:
    model = Model()
    storey = model.storey("0", 0.0)
    wall = model.root(
        "IfcWall", ObjectPlacement=model.at(0, 0), Representation=model.solid([(0, 0), (4, 0), (4, 0.3)], 3)
    )
    model.contain(storey, wall)
    return model


def test_a_plain_house_keeps_every_named_check() -> None:
    model = house()
    model.georeference()
    assert {name for name in CHECKS if run(name, model).failed} == set()


def double_guid(model: Model) -> None:
    model.file.create_entity("IfcSpace", GlobalId=model.site.GlobalId)


def wrong_guid(model: Model) -> None:
    model.file.create_entity("IfcSpace", GlobalId="zzzzzzzzzzzzzzzzzzzzzz")


def feet(model: Model) -> None:
    model.file.by_type("IfcUnitAssignment")[0].Units = []


def second_building(model: Model) -> None:
    model.root("IfcBuilding")


def loose_wall(model: Model) -> None:
    model.root("IfcWall")


def same_name(model: Model) -> None:
    model.storey("0", 3.0)


def same_level(model: Model) -> None:
    model.storey("1", 0.0)


def no_level(model: Model) -> None:
    model.storey("1", None)


def proxy(model: Model) -> None:
    model.contain(model.file.by_type("IfcBuildingStorey")[0], model.root("IfcBuildingElementProxy"))


def far_wall(model: Model) -> None:
    for _ in range(3):
        model.root("IfcWall", ObjectPlacement=model.at(0, 0))
    model.root("IfcWall", ObjectPlacement=model.at(0, 301))


@pytest.mark.parametrize(
    ("check", "change"),
    [
        ("global_ids", double_guid),
        ("global_ids", wrong_guid),
        ("units", feet),
        ("spatial_structure", second_building),
        ("spatial_structure", loose_wall),
        ("georeference", lambda _model: None),
        ("georeference", lambda model: model.georeference("my grid")),
        ("storeys", same_name),
        ("storeys", same_level),
        ("storeys", no_level),
        ("proxies", proxy),
        ("shapes", loose_wall),
        ("far_elements", far_wall),
    ],
)
def test_a_fault_is_found(check: str, change: Callable[[Model], None]) -> None:
    model = house()
    change(model)
    assert run(check, model).failed


def test_a_header_without_author_or_tool_is_found() -> None:
    assert run("header", house(), Header("IFC4", "", ())).failed == ("author", "system")


def findings(model: Model) -> dict[str, Finding]:
    subject = Subject(model.file, Structure(model.file), HEADER)
    return {f.rule: f for f in guide.judge(subject, PACK, guide.specifications(PACK))}


def test_there_is_one_finding_for_each_clause() -> None:
    found = findings(house())
    assert list(found) == list(PACK.entries)


def test_a_specification_names_the_elements_that_fail() -> None:
    model = house()
    good = model.root("IfcSpace", Name="1", LongName="غرفة")
    bad = model.root("IfcSpace", Name="2")
    found = findings(model)["BIM-501"]
    assert (found.outcome, found.value, found.elements) == (Outcome.FAIL, 1.0, (bad.GlobalId,))
    assert good.GlobalId not in found.elements


def test_nothing_to_judge_is_not_applicable_unless_it_is_required() -> None:
    found = findings(house())
    assert found["BIM-605"].outcome is Outcome.NOT_APPLICABLE
    empty = Model()
    empty.file.remove(empty.site)
    assert findings(empty)["BIM-203"].outcome is Outcome.FAIL


def test_the_plot_number_may_be_a_label_or_an_identifier() -> None:
    model = house()
    assert findings(model)["BIM-203"].outcome is Outcome.FAIL
    model.properties(model.site, "Rukhsa_Plot", PlotNumber="103")
    assert findings(model)["BIM-203"].outcome is Outcome.PASS


def test_only_entrance_doors_need_a_fire_rating() -> None:
    model = house()
    model.root("IfcDoor", ObjectType="room")
    assert findings(model)["BIM-801"].outcome is Outcome.NOT_APPLICABLE
    door = model.root("IfcDoor", ObjectType="entrance")
    assert findings(model)["BIM-801"].elements == (door.GlobalId,)
    model.properties(door, "Pset_DoorCommon", FireRating="EI30")
    assert findings(model)["BIM-801"].outcome is Outcome.PASS


def test_an_element_without_an_id_is_named_by_its_number() -> None:
    model = house()
    space = model.file.create_entity("IfcSpace")
    found = findings(model)["BIM-501"]
    assert found.outcome is Outcome.FAIL
    assert found.reason is not None
    assert f"#{space.id()}" in str(found.reason.values)


def test_a_cycle_of_parents_ends() -> None:
    model = house()
    model.root("IfcRelAggregates", RelatingObject=model.building, RelatedObjects=[model.project])
    wall = model.file.by_type("IfcWall")[0]
    assert len(list(Structure(model.file).above(wall))) == 4
    assert ifcopenshell.guid.new()
