"""The sample models: reproducible, valid, whole, and standing on their plots."""

from datetime import date
from pathlib import Path
from typing import Any

import ifcopenshell
import ifcopenshell.geom
import ifcopenshell.util.element
import ifcopenshell.util.geolocation
import ifcopenshell.util.unit
import ifcopenshell.validate
import numpy as np
import pytest
import shapely

from gis.planning import site_for
from gis.site import EdgeRole
from sample_models.building import build
from sample_models.placement import setbacks_of
from sample_models.samples import SAMPLES, Sample

HOME = Path(__file__).parents[2] / "sample_models"
MODELS = HOME / "models"
BY_FILE = {sample.file: sample for sample in SAMPLES}
PLACED = [sample.file for sample in SAMPLES if sample.design.georeferenced]


def opened(name: str) -> Any:
    return ifcopenshell.open(MODELS / name)


@pytest.mark.parametrize("sample", SAMPLES, ids=list(BY_FILE))
def test_generator_writes_the_committed_bytes(sample: Sample, tmp_path: Path) -> None:
    target = tmp_path / sample.file
    build(sample.design, target, schema=sample.schema, millimetres=sample.millimetres)
    assert target.read_bytes() == (MODELS / sample.file).read_bytes()
    assert target.stat().st_size < 1_500_000


@pytest.mark.slow
# ifcopenshell leaves the file of its EXPRESS rules to the garbage collector
@pytest.mark.filterwarnings("ignore:.*:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", list(BY_FILE))
def test_model_is_valid_by_schema_and_express_rules(name: str) -> None:
    log = ifcopenshell.validate.json_logger()
    ifcopenshell.validate.validate(opened(name), log, express_rules=True)
    assert log.statements == []


@pytest.mark.parametrize("name", list(BY_FILE))
def test_every_product_that_has_a_body_makes_a_shape(name: str) -> None:
    model = opened(name)
    wanted = {product.GlobalId for product in model.by_type("IfcProduct") if product.Representation}
    assert {guid for guid, vertices in shapes(model).items() if len(vertices)} == wanted
    assert len(wanted) > 400


@pytest.mark.parametrize("name", PLACED)
def test_building_stands_on_its_plot_as_designed(name: str) -> None:
    model, design = opened(name), BY_FILE[name].design
    site = site_for(HOME / "zone" / "zone.gpkg", design.plot, on=date(2026, 11, 1))
    vertices = shapes(model)
    ground = [wall for wall in model.by_type("IfcWall") if wall.Name.startswith("outer wall") and storey(wall) == "0"]
    points = np.vstack([on_map(model, vertices[wall.GlobalId]) for wall in ground])
    outline = shapely.MultiPoint(points[:, :2]).convex_hull  # the outline is a rectangle
    assert outline.area == pytest.approx(272.0, abs=1e-3)
    for role, expected in zip(EdgeRole, setbacks_of(design), strict=True):
        measured = min(outline.distance(edge.line) for edge in site.edges_of(role))
        assert measured == pytest.approx(expected, abs=0.002), role
    (roof,) = [slab for slab in model.by_type("IfcSlab") if slab.PredefinedType == "ROOF"]
    top = on_map(model, vertices[roof.GlobalId])[:, 2].max() - site.reference_level
    assert top == pytest.approx(design.ground_rise + design.roof_level, abs=1e-6)


def test_the_model_that_cannot_be_judged_lacks_what_judging_needs() -> None:
    model = opened("cannot-be-judged.ifc")
    assert not model.by_type("IfcMapConversion")
    assert not model.by_type("IfcSpace")
    assert len(model.by_type("IfcWall")) > 50


def test_the_older_schema_says_the_same_in_millimetres() -> None:
    new, old = opened("complies.ifc"), opened("complies-ifc2x3-mm.ifc")
    assert old.schema == "IFC2X3"
    for kind in ("IfcSpace", "IfcWall", "IfcSlab", "IfcDoor", "IfcZone"):
        assert {e.GlobalId for e in new.by_type(kind)} == {e.GlobalId for e in old.by_type(kind)}, kind
    for door in new.by_type("IfcDoor"):
        assert old.by_guid(door.GlobalId).OverallWidth == pytest.approx(1000 * door.OverallWidth)
    assert ifcopenshell.util.geolocation.get_crs(old)["Name"] == "EPSG:22770"


def test_every_dwelling_has_a_number_and_rooms_with_arabic_names() -> None:
    model = opened("complies.ifc")
    zones = model.by_type("IfcZone")
    references = [ifcopenshell.util.element.get_pset(zone, "Pset_ZoneCommon", "Reference") for zone in zones]
    assert sorted(references) == [str(number) for number in range(1, 9)]
    for zone in zones:
        (group,) = zone.IsGroupedBy
        uses = [space.ObjectType for space in group.RelatedObjects]
        assert {"living", "bedroom", "kitchen", "bathroom"} <= set(uses)
    assert {storey.LongName for storey in model.by_type("IfcBuildingStorey")} >= {"قبو", "طابق أرضي", "طابق أول"}


def shapes(model: Any) -> dict[str, Any]:
    """World vertices in metres by GlobalId."""
    settings = ifcopenshell.geom.settings()
    settings.set("use-world-coords", True)
    iterator = ifcopenshell.geom.iterator(settings, model, 1, geometry_library="hybrid-cgal-simple-opencascade")
    found = {}
    running = iterator.initialize()
    while running:
        shape = iterator.get()
        found[shape.guid] = np.array(shape.geometry.verts).reshape(-1, 3)
        running = iterator.next()
    return found


def on_map(model: Any, vertices: Any) -> Any:
    unit = ifcopenshell.util.unit.calculate_unit_scale(model)
    return np.array([ifcopenshell.util.geolocation.auto_xyz2enh(model, *(vertex / unit)) for vertex in vertices])


def storey(element: Any) -> str:
    return str(ifcopenshell.util.element.get_container(element).Name)
