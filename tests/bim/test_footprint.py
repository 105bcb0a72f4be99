"""Outlines in plan: areas of literals, the same wherever and however a space is placed, none where it is not read."""

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bim.extract import Structure
from bim.guide.checks import Subject
from bim.guide.checks.footprint import footprint, profile
from bim.step import Header
from tests.bim.files import shared
from tests.bim.golden import subject
from tests.bim.models import Model

L_SHAPE = [(0.0, 0.0), (4.0, 0.0), (4.0, 1.0), (1.0, 1.0), (1.0, 3.0), (0.0, 3.0)]
AREA = 6.0
away = st.floats(-1000, 1000)


def space(model: Model, place: Any) -> Any:
    return model.root("IfcSpace", ObjectPlacement=place, Representation=model.solid(L_SHAPE, 3.0))


def area(model: Model, product: Any) -> float | None:
    outline = footprint(Subject(model.file, Structure(model.file), Header("IFC4", "", ())), product)
    return None if outline is None else outline.area


@given(away, away, st.floats(-math.pi, math.pi), st.booleans())
@settings(max_examples=30, deadline=None)
def test_an_area_does_not_depend_on_the_place(x: float, y: float, turn: float, metres: bool) -> None:
    model = Model(metres=metres)
    place = model.at(x, y)
    direction = model.file.create_entity("IfcDirection", (math.cos(turn), math.sin(turn), 0.0))
    place.RelativePlacement.RefDirection = direction
    unit = 1.0 if metres else 1e-6
    assert area(model, space(model, place)) == pytest.approx(AREA * unit, rel=1e-6)


def test_a_hole_is_no_floor() -> None:
    model = Model()
    made = space(model, model.at(0, 0))
    solid = made.Representation.Representations[0].Items[0]
    inner = model.solid([(0.2, 0.2), (0.7, 0.2), (0.7, 0.7), (0.2, 0.7)], 1.0).Representations[0].Items[0]
    curves = [inner.SweptArea.OuterCurve]
    solid.SweptArea = model.file.create_entity(
        "IfcArbitraryProfileDefWithVoids",
        ProfileType="AREA",
        OuterCurve=solid.SweptArea.OuterCurve,
        InnerCurves=curves,
    )
    assert area(model, made) == pytest.approx(AREA - 0.25)


def test_a_slanted_body_covers_what_it_leans_over() -> None:
    model = Model()
    slanted = space(model, model.at(0, 0))
    solid = slanted.Representation.Representations[0].Items[0]
    solid.ExtrudedDirection = model.file.create_entity("IfcDirection", (0.6, 0.0, 0.8))
    assert area(model, slanted) == pytest.approx(AREA + 0.6 * 3.0 * 3.0)  # its three metres, on three metres of depth


def test_what_is_not_read_is_no_outline() -> None:
    model = Model()
    assert area(model, model.root("IfcSpace", ObjectPlacement=model.at(0, 0))) is None
    assert profile(model.file.create_entity("IfcCircleProfileDef", ProfileType="AREA", Radius=1.0)) is None
    crossed = model.solid([(0, 0), (2, 2), (2, 0), (0, 1)], 3.0)
    assert area(model, model.root("IfcSpace", ObjectPlacement=model.at(0, 0), Representation=crossed)) is None


@pytest.mark.parametrize("name", ["AC20-FZK-Haus.ifc", "Office_A_20110811.ifc", "AC11-Institute-Var-2-IFC.ifc"])
def test_outlines_of_real_spaces_are_all_read(name: str) -> None:
    path: Path = shared(f"ifc/{name}")
    outlines = subject(path).footprints
    assert len(outlines) > 5
    assert [s.Name for s, outline in outlines if outline is None] == []
