"""Named checks by literals and arithmetic, and what they say of models from other people's tools."""

import math
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bim.extract import Structure
from bim.findings import Finding, Outcome
from bim.guide import judge as guide
from bim.guide.checks import CHECKS, Checked, Subject
from bim.guide.checks.georeference import _position
from bim.step import Header, read_header
from tests.bim.files import shared
from tests.bim.golden import PACK, subject
from tests.bim.models import Model


def run(check: str, model: Model, **params: Any) -> Checked:
    return CHECKS[check](Subject(model.file, Structure(model.file), Header("IFC4", "", ())), params)


@given(st.floats(-math.pi, math.pi), st.floats(-170, 170))
@settings(max_examples=30, deadline=None)
def test_norths_differ_by_the_convergence_however_the_model_is_turned(turn: float, convergence: float) -> None:
    model = Model()
    model.georeference(XAxisAbscissa=math.cos(turn), XAxisOrdinate=math.sin(turn))
    angle = turn + math.radians(convergence)  # east of the grid's north, which is (sin, cos) of the turn
    model.context.TrueNorth = model.file.create_entity("IfcDirection", (math.sin(angle), math.cos(angle)))
    checked = run("true_north", model, degrees=3.0)
    assert checked.value == pytest.approx(abs(convergence), abs=1e-6)
    assert bool(checked.failed) == (checked.value > 3.0 + 1e-6)


@pytest.mark.parametrize(
    ("parts", "degrees"),
    [((33, 30, 36), 33.51), ((33, 30, 36, 360000), 33.5101), ((-71, -3, -36), -71.06), ((0, 0, 0), 0.0)],
)
def test_latitudes_are_degrees_minutes_seconds_and_millionths(parts: tuple[int, ...], degrees: float) -> None:
    model = Model()
    model.site.RefLatitude = model.site.RefLongitude = parts
    assert _position(model.site) == pytest.approx((degrees, degrees))


def test_the_header_is_read_whole() -> None:
    said = read_header(
        b"FILE_DESCRIPTION(('ViewDefinition [ReferenceView]','second'),'2;1');"
        b"FILE_NAME('a.ifc','2026-01-01T00:00:00',('Ann','Bob'),('Org'),'pre','Tool 1','none');"
        b"FILE_SCHEMA(('ifc4'));"
    )
    assert said == Header(
        schema="IFC4", tool="Tool 1", authors=("Ann", "Bob"), organizations=("Org",), timestamp="2026-01-01T00:00:00",
        name="a.ifc", description=("ViewDefinition [ReferenceView]", "second"), schemas=("IFC4",),
    )  # fmt: skip


def test_an_empty_header_is_empty_throughout() -> None:
    assert read_header(b"HEADER;ENDSEC;") == Header("", "", ())


def test_levels_are_counted_from_the_building_not_from_the_sea() -> None:
    model = Model(metres=False)
    model.building.ObjectPlacement = model.at(0, 0, 700_000.0)
    storey = model.storey("0", 0.0)
    storey.ObjectPlacement = model.at(0, 0, 700_000.0)
    assert run("elevation_is_placement", model, tolerance=0.01).value == pytest.approx(0.0)


@cache
def found(name: str) -> dict[str, Finding]:
    seen = subject(shared(f"ifc/{name}"))
    return {f.rule: f for f in guide.judge(seen, PACK, guide.specifications(PACK))}


def failed(name: str, *codes: str) -> set[str]:
    return {code for code in codes if found(name)[code].outcome is Outcome.FAIL}


@pytest.mark.slow
def test_a_model_in_feet_with_the_position_of_its_tool_is_told() -> None:
    """Drawn in feet, standing where Revit puts a model that was never placed, its site named by the tool."""
    name = "revit2012_janesville_restaurant.ifc"
    assert failed(name, "BIM-201", "BIM-205", "BIM-215", "BIM-405", "BIM-204", "BIM-110") == {
        "BIM-201", "BIM-205", "BIM-215", "BIM-405",
    }  # fmt: skip
    assert found(name)["BIM-902"].outcome is Outcome.FAIL  # fourteen elements are there twice


def test_a_house_of_another_tool_keeps_what_it_keeps() -> None:
    name = "AC20-FZK-Haus.ifc"
    kept = (
        "BIM-110",
        "BIM-112",
        "BIM-201",
        "BIM-305",
        "BIM-306",
        "BIM-313",
        "BIM-507",
        "BIM-514",
        "BIM-702",
        "BIM-902",
    )
    assert failed(name, *kept) == set()
    assert {found(name)[code].outcome for code in kept} == {Outcome.PASS}
    assert failed(name, "BIM-210", "BIM-214") == {"BIM-210", "BIM-214"}
    assert found(name)["BIM-214"].value == 20  # only latitude and longitude are said
