"""Facts and shapes as they are in the file: units, parents, quantities, and nothing lost in silence."""

import pytest

from bim.assemble import assemble, box_of
from bim.building import Building, Dwelling
from bim.extract import Structure, extent, extract
from bim.shapes import OPENCASCADE, Kernel, Mesh, tessellate
from tests.bim.models import Model

SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 8.0), (0.0, 8.0)]


def tessellated(model: Model, kernel: Kernel = OPENCASCADE) -> tuple[list[Mesh], Building]:
    structure = Structure(model.file)
    meshes, geometry = tessellate(model.file, structure, kernel=kernel, progress=lambda _share: None)
    facts = extract(model.file, structure)
    building = assemble(facts, meshes, geometry, placed=(None, None), site=None, progress=lambda _share: None)
    return meshes, building


def walled(metres: float = 1.0) -> Model:
    """A house of 10 by 8 m with walls of 0.3 m and a slab, in the given unit."""
    model = Model(metres=metres == 1.0)
    storey = model.storey("0", 0.0)
    scaled = [
        [(0, 0), (10, 0), (10, 0.3), (0, 0.3)],
        [(9.7, 0), (10, 0), (10, 8), (9.7, 8)],
        [(0, 7.7), (10, 7.7), (10, 8), (0, 8)],
        [(0, 0), (0.3, 0), (0.3, 8), (0, 8)],
    ]
    for ring in scaled:
        solid = model.solid([(x / metres, y / metres) for x, y in ring], 3.0 / metres)
        model.contain(storey, model.root("IfcWall", ObjectPlacement=model.at(0, 0), Representation=solid))
    slab = model.solid([(x / metres, y / metres) for x, y in SQUARE], 0.2 / metres)
    at = model.at(0, 0, 3.0 / metres)
    model.contain(storey, model.root("IfcSlab", PredefinedType="ROOF", ObjectPlacement=at, Representation=slab))
    return model


@pytest.mark.parametrize("unit", [1.0, 0.001])
def test_lengths_are_metres_whatever_the_unit(unit: float) -> None:
    _, building = tessellated(walled(unit))
    assert building.ground is not None
    assert building.ground.region.area == pytest.approx(80.0, rel=1e-5)
    assert building.ground.region.bounds == pytest.approx((0, 0, 10, 8), abs=1e-4)
    (roof,) = building.plates
    assert (roof.bottom, roof.top) == (pytest.approx(3.0), pytest.approx(3.2))


@pytest.mark.parametrize("unit", [1.0, 0.001])
def test_a_door_leaves_the_outline_closed(unit: float) -> None:
    model = walled(unit)
    wall = model.file.by_type("IfcWall")[0]
    hole = model.solid(
        [(4 / unit, -1 / unit), (5 / unit, -1 / unit), (5 / unit, 1 / unit), (4 / unit, 1 / unit)], 2.1 / unit
    )
    opening = model.root("IfcOpeningElement", ObjectPlacement=model.at(0, 0), Representation=hole)
    model.root("IfcRelVoidsElement", RelatingBuildingElement=wall, RelatedOpeningElement=opening)
    _, building = tessellated(model)
    assert building.ground is not None
    assert (building.ground.method, building.ground.closed) == ("section_1.2m", True)
    assert building.ground.region.area == pytest.approx(80.0, rel=1e-5)


def test_a_fence_on_the_site_is_no_wall_of_the_building() -> None:
    model = walled()
    fence = model.solid([(-5, -5), (20, -5), (20, -4.8), (-5, -4.8)], 3.0)
    model.contain(model.site, model.root("IfcWall", ObjectPlacement=model.at(0, 0), Representation=fence))
    _, building = tessellated(model)
    assert building.ground is not None
    assert building.ground.region.bounds == pytest.approx((0, 0, 10, 8), abs=1e-4)


@pytest.mark.parametrize("kernel", ["opencascade", "hybrid-cgal-simple-opencascade"])
def test_an_element_without_a_computable_shape_is_counted_as_lost(kernel: Kernel) -> None:
    model = walled()
    broken = model.root("IfcWall", ObjectPlacement=model.at(0, 0), Representation=model.solid(SQUARE, 0.0))
    model.contain(model.file.by_type("IfcBuildingStorey")[0], broken)
    _, building = tessellated(model, kernel)
    assert building.geometry.lost == {"walls": (broken.GlobalId,)}
    assert building.geometry.requested == building.geometry.returned + 1


def test_an_element_with_neither_a_body_nor_parts_is_lost() -> None:
    model = walled()
    storey = model.file.by_type("IfcBuildingStorey")[0]
    bare = model.root("IfcWall", ObjectPlacement=model.at(0, 0))
    roof = model.root("IfcRoof", ObjectPlacement=model.at(0, 0))
    model.aggregate(roof, model.file.by_type("IfcSlab")[0])
    model.contain(storey, bare, roof)
    _, building = tessellated(model)
    assert building.geometry.lost == {"walls": (bare.GlobalId,)}


def test_dwellings_are_the_zones_called_so_with_their_spaces() -> None:
    model = Model()
    storey = model.storey("0", 0.0)
    room = model.root("IfcSpace", Name="1", ObjectType="bedroom")
    model.aggregate(storey, room)
    zone = model.root("IfcZone", Name="شقة ١", ObjectType="dwelling")
    other = model.root("IfcZone", Name="fire", ObjectType="fire")
    model.properties(zone, "Pset_ZoneCommon", Reference="7")
    for group in (zone, other):
        model.root("IfcRelAssignsToGroup", RelatedObjects=[room], RelatingGroup=group)
    facts = extract(model.file, Structure(model.file))
    assert facts.dwellings == (Dwelling(zone.GlobalId, "شقة ١", "7", (room.GlobalId,)),)
    assert facts.spaces[0].storey == storey.GlobalId


def test_a_storey_without_elevation_stands_where_it_is_placed() -> None:
    model = Model(metres=False)
    storey = model.storey("1", None)
    storey.ObjectPlacement = model.at(0, 0, 3200.0)
    facts = extract(model.file, Structure(model.file))
    assert facts.storeys[0].elevation == pytest.approx(3.2)


def test_the_extent_without_shapes_is_that_of_the_placements() -> None:
    model = Model(metres=False)
    for x in (1000.0, 9000.0):
        model.root("IfcWall", ObjectPlacement=model.at(x, 2000.0))
    assert extent(model.file) == (1.0, 2.0, 9.0, 2.0)
    assert extent(Model().file) is None
    assert box_of([]) is None


def test_a_grid_placement_is_not_followed() -> None:
    model = Model()
    placement = model.file.create_entity("IfcGridPlacement")
    model.root("IfcWall", ObjectPlacement=placement)
    assert extent(model.file) is None


def test_a_lift_may_be_known_by_its_type() -> None:
    model = Model()
    lift = model.root("IfcTransportElement")
    assert extract(model.file, Structure(model.file)).lifts == ()
    kind = model.root("IfcTransportElementType", PredefinedType="ELEVATOR")
    model.root("IfcRelDefinesByType", RelatedObjects=[lift], RelatingType=kind)
    assert extract(model.file, Structure(model.file)).lifts == (lift.GlobalId,)


@pytest.mark.parametrize("raised", [0.0, 690.0])
def test_the_level_of_a_storey_is_over_the_zero_of_its_building(raised: float) -> None:
    """Elevations count from the building's zero, wherever that stands; shapes stand in the world."""
    model = Model()
    model.building.ObjectPlacement = model.at(0.0, 0.0, raised)
    for name, elevation in (("0", 0.0), ("1", 3.0)):
        model.storey(name, elevation).ObjectPlacement = model.at(0.0, 0.0, raised + elevation)
    storeys = extract(model.file, Structure(model.file)).storeys
    assert [(s.elevation, s.placed) for s in storeys] == [(raised, raised), (raised + 3.0, raised + 3.0)]
