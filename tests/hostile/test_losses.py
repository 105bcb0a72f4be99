"""Elements whose shape a kernel loses, wholly or in part: told apart, tried again, and no rule passes without them."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import ifcopenshell
import ifcopenshell.geom
import pytest

from bim import losses, shapes
from bim.building import Geometry3D
from bim.extract import Structure
from bim.findings import Outcome
from bim.packs import code_in_force
from bim.rules.catalogue import RULES, judge
from bim.rules.registry import Need
from bim.shapes import HYBRID, OPENCASCADE, Kernel, Mesh, tessellate
from tests.bim.files import ROOT, shared
from tests.bim.houses import house, site
from tests.bim.models import Model
from tests.bim.test_extract import walled
from tests.hostile.test_models import answer, reviewed

BOW_TIE = [(0.0, 0.0), (4.0, 3.0), (4.0, 0.0), (0.0, 3.0)]
ROOM = [(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0)]


def made(model: Model, kernel: Kernel = HYBRID) -> tuple[list[Mesh], Geometry3D]:
    return tessellate(model.file, Structure(model.file), kernel=kernel, progress=lambda _share: None)


def by(model: Model, element: Any, kernel: Kernel) -> int:
    """Triangles that one kernel makes of an element by itself."""
    settings = shapes._settings(openings=True)
    iterator: Any = ifcopenshell.geom.iterator(settings, model.file, 1, include=[element], geometry_library=kernel)
    return len(iterator.get().geometry.faces) // 3 if iterator.initialize() else 0


def wall(model: Model) -> Any:
    return model.file.by_type("IfcWall")[0]


def body(element: Any) -> Any:
    return element.Representation.Representations[0]


def surface(model: Model, points: list[tuple[float, float]]) -> Any:
    """A surface model of one upright face."""
    create = model.file.create_entity
    loop = create("IfcPolyLoop", [create("IfcCartesianPoint", (x, 0.0, z)) for x, z in points])
    shell = create("IfcOpenShell", [create("IfcFace", [create("IfcFaceOuterBound", loop, True)])])
    return create("IfcShellBasedSurfaceModel", [shell])


def second_item(model: Model, depth: float = 3.0) -> Any:
    """The first wall gets a second body beside its own; a depth of zero cannot be made by any kernel."""
    other = model.solid([(20.0, 0.0), (25.0, 0.0), (25.0, 0.3), (20.0, 0.3)], depth)
    (item,) = other.Representations[0].Items
    body(wall(model)).Items = [*body(wall(model)).Items, item]
    return item


def test_what_hybrid_loses_and_opencascade_makes_is_made() -> None:
    model = walled()
    body(wall(model)).Items = [surface(model, BOW_TIE)]
    assert (by(model, wall(model), HYBRID), by(model, wall(model), OPENCASCADE) > 0) == (0, True)
    meshes, geometry = made(model)
    assert geometry.lost == {}
    assert wall(model).GlobalId in {mesh.id for mesh in meshes}


@pytest.mark.parametrize("kernel", [HYBRID, OPENCASCADE])
def test_what_both_lose_is_lost_and_its_rules_are_undecided(tmp_path: Path, kernel: Kernel) -> None:
    model = walled()
    body(wall(model)).Items[0].Depth = 0.0
    assert [by(model, wall(model), k) for k in (HYBRID, OPENCASCADE)] == [0, 0]
    _, geometry = made(model, kernel)
    assert geometry.lost == {"walls": (wall(model).GlobalId,)}
    assert (geometry.requested, geometry.returned) == (5, 4)
    report = reviewed(tmp_path, model)
    assert answer(report, "LFT-01") == (Outcome.UNDECIDED, "elements_lost")
    (finding,) = [f for f in report.findings if f.rule == "LFT-01"]
    assert finding.elements == (wall(model).GlobalId,)


@pytest.mark.parametrize("kernel", [HYBRID, OPENCASCADE])
def test_one_lost_item_of_two_loses_the_element(kernel: Kernel) -> None:
    model = walled()
    second_item(model)
    assert made(model, kernel)[1].lost == {}
    second_item(model, depth=0.0)
    assert by(model, wall(model), kernel) > 0, "the kernel is silent about it"
    assert made(model, kernel)[1].lost == {"walls": (wall(model).GlobalId,)}


@pytest.mark.parametrize("kernel", [HYBRID, OPENCASCADE])
def test_one_lost_item_of_a_map_loses_the_element(kernel: Kernel) -> None:
    model = walled()
    second_item(model, depth=0.0)
    create, shown = model.file.create_entity, body(wall(model))
    origin = create("IfcCartesianPoint", (0.0, 0.0, 0.0))
    axes = create("IfcAxis2Placement3D", origin)
    inner = create("IfcShapeRepresentation", model.context, "Body", "SweptSolid", shown.Items)
    turn = create("IfcCartesianTransformationOperator3D", LocalOrigin=origin)
    shown.Items = [create("IfcMappedItem", create("IfcRepresentationMap", axes, inner), turn)]
    assert made(model, kernel)[1].lost == {"walls": (wall(model).GlobalId,)}


@pytest.mark.parametrize("kernel", [HYBRID, OPENCASCADE])
@pytest.mark.parametrize("operator", ["DIFFERENCE", "UNION", "INTERSECTION"])
def test_a_lost_operand_loses_the_element(operator: str, kernel: Kernel) -> None:
    model = walled()
    lost = second_item(model, depth=0.0)
    kept, _ = body(wall(model)).Items
    body(wall(model)).Items = [model.file.create_entity("IfcBooleanResult", operator, kept, lost)]
    assert made(model, kernel)[1].lost == {"walls": (wall(model).GlobalId,)}


@pytest.mark.parametrize("depth", [0.0, 1.0])
def test_a_lost_opening_loses_the_slab_that_it_should_cut(depth: float) -> None:
    """A light well that is not cut out would be a roof over it."""
    model = walled()
    slab = model.file.by_type("IfcSlab")[0]
    hole = model.solid([(2.0, 2.0), (4.0, 2.0), (4.0, 4.0), (2.0, 4.0)], depth)
    opening = model.root("IfcOpeningElement", ObjectPlacement=model.at(0, 0, 2.5), Representation=hole)
    model.root("IfcRelVoidsElement", RelatingBuildingElement=slab, RelatedOpeningElement=opening)
    _, geometry = made(model)
    assert geometry.lost == ({} if depth else {"plates": (slab.GlobalId,)})


def test_a_surface_of_many_faces_is_whole() -> None:
    model = walled()
    body(wall(model)).Items = [surface(model, ROOM)]
    assert made(model)[1].lost == {}


@pytest.mark.parametrize("unset", ["Representation", "ObjectPlacement"])
def test_an_element_that_lost_its_shape_or_place_is_lost(unset: str) -> None:
    model = walled()
    setattr(wall(model), unset, None)
    lost = made(model)[1].lost
    assert lost == ({"walls": (wall(model).GlobalId,)} if unset == "Representation" else {})


@pytest.mark.parametrize("name", ["Axis", "NoSuch"])
def test_a_body_by_another_name_is_lost(name: str) -> None:
    model = walled()
    body(wall(model)).RepresentationIdentifier = name
    assert made(model)[1].lost == {"walls": (wall(model).GlobalId,)}


def test_a_whole_without_a_body_is_there_in_its_parts() -> None:
    model = walled()
    roof = model.root("IfcRoof", ObjectPlacement=model.at(0, 0))
    slab = model.file.by_type("IfcSlab")[0]
    model.aggregate(roof, slab)
    assert made(model)[1].lost == {}
    slab.Representation = None
    assert made(model)[1].lost == {"plates": tuple(sorted((roof.GlobalId, slab.GlobalId)))}


@pytest.mark.parametrize("group", ["walls", "plates"])
def test_every_rule_of_an_outline_is_undecided_without_its_walls_and_slabs(group: str) -> None:
    """A sloped roof closes an attic where no wall does."""
    building = replace(house(), geometry=Geometry3D(None, 2, 1, {group: ("lost",)}))
    findings = {f.rule: f for f in judge(building, site(), code_in_force(date(2026, 6, 1)))}
    needing = {code for code, rule in RULES.items() if Need.GROUND in rule.needs}
    assert {"SET-01", "COV-01", "FAR-01", "FLR-01", "LFT-01"} <= needing
    assert {findings[code].outcome for code in needing} == {Outcome.UNDECIDED}
    assert {findings[code].elements for code in needing} == {("lost",)}


def test_the_kernels_end_the_process_over_a_line_without_points(tmp_path: Path) -> None:
    """The crash is real, and is why such a body is given to no kernel: one lost wall, and not all shapes."""
    model = walled()
    path = tmp_path / "model.ifc"
    text = model.file.to_string()
    path.write_text(re.sub(r"=IFCPOLYLINE\(\([^)]*\)\)", "=IFCPOLYLINE(())", text, count=1), encoding="utf-8")
    program = (
        "import sys, ifcopenshell, ifcopenshell.geom as g; m = ifcopenshell.open(sys.argv[1]);"
        f"g.iterator(g.settings(), m, 1, include=m.by_type('IfcWall'), geometry_library={HYBRID!r}).initialize()"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(path)], cwd=ROOT, check=False, capture_output=True)
    assert ended.returncode < 0
    broken = Model.__new__(Model)
    broken.file = ifcopenshell.open(str(path))
    assert made(broken)[1].lost == {"walls": (wall(broken).GlobalId,)}


def test_the_real_models_lose_nothing_that_they_did_not_lose_by_name() -> None:
    """Whole shapes are not taken for broken ones: of surface models, maps, clippings and openings of real tools."""
    for name in ("AC20-FZK-Haus", "Duplex_A_20110907_georeferenced", "AC90R1-niedriha-V2-2x3", "Ifc4_SampleHouse"):
        model = ifcopenshell.open(str(shared(f"ifc/{name}.ifc")))
        assert losses.problem(model) is None
        assert tessellate(model, Structure(model), progress=lambda _share: None)[1].lost == {}, name
