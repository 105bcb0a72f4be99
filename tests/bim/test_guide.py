"""The guide judges a model: one finding to a clause, with the elements that fail."""

import subprocess
import sys
from datetime import date
from typing import Any

import ifcopenshell.guid
import pytest
import yaml

from bim.extract import Structure
from bim.findings import Finding, Outcome
from bim.guide import judge as guide
from bim.guide.checks import Subject
from bim.guide.pack import GUIDES, fits, guide_in_force, parse_guide
from bim.packs import PackError
from bim.step import Header
from tests.bim.models import Model

PACK = guide_in_force(date(2026, 6, 1))
HEADER = Header("IFC4", "Tool 1", ("Ann",))


def house() -> Model:
    model = Model()
    storey = model.storey("0", 0.0)
    wall = model.root(
        "IfcWall", ObjectPlacement=model.at(0, 0), Representation=model.solid([(0, 0), (4, 0), (4, 0.3)], 3)
    )
    model.contain(storey, wall)
    return model


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


LIGHT = "import sys, bim.guide.checks; sys.exit(bool({'ifcopenshell', 'shapely'} & set(sys.modules)))"


def test_looking_up_a_check_does_not_load_the_parser() -> None:
    assert subprocess.run([sys.executable, "-c", LIGHT], check=False).returncode == 0


@pytest.mark.parametrize(
    ("params", "code", "where"),
    [
        ({}, "missing_key", ("params", "most")),
        ({"most": 0.1, "least": 1}, "unknown_key", ("params", "least")),
        ({"most": "0.1"}, "wrong_type", ("params", "most")),
        ({"most": True}, "wrong_type", ("params", "most")),
        ({"most": float("nan")}, "wrong_type", ("params", "most")),
    ],
)
def test_parameters_are_those_of_the_check(params: dict[str, Any], code: str, where: tuple[str, ...]) -> None:
    data = yaml.safe_load((GUIDES / "provisional-2026.yaml").read_text(encoding="utf-8"))
    data["entries"]["BIM-401"]["params"] = params
    with pytest.raises(PackError) as caught:
        parse_guide(data, "", "changed")
    assert [(p.code, p.where) for p in caught.value.problems] == [(code, ("entries", "BIM-401", *where))]


def test_a_pattern_compiles_and_a_list_holds_something() -> None:
    assert fits("[0-9]+", str)
    assert not fits("[0-9", str)
    assert fits(["IFC4"], list)
    assert not fits([], list)
    assert fits(3, int)
    assert not fits(3.5, int)


def test_an_unknown_check_is_an_error() -> None:
    data = yaml.safe_load((GUIDES / "provisional-2026.yaml").read_text(encoding="utf-8"))
    data["entries"]["BIM-401"]["check"] = "no_such"
    with pytest.raises(PackError, match="no_check"):
        parse_guide(data, "", "changed")
