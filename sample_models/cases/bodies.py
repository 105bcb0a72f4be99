"""Bodies for cases, other than the extrusions that the house is made of."""

from collections.abc import Sequence

from sample_models.cases.house import House
from sample_models.ifc_file import Entity

Corner = tuple[float, float, float]
_FACES = ((0, 3, 2, 1), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7))


def corners(x: float, y: float, z: float, at: Corner = (0.0, 0.0, 0.0)) -> list[Corner]:
    """The corners of a box, four below and four above."""
    flat = [(0.0, 0.0), (x, 0.0), (x, y), (0.0, y)]
    return [(at[0] + u, at[1] + v, at[2] + w) for w in (0.0, z) for u, v in flat]


def shell(house: House, box: Sequence[Corner], kind: str = "IfcClosedShell") -> Entity:
    """The six faces of a box."""
    points = [house.file.point(*corner) for corner in box]
    loops = [house.file.create("IfcPolyLoop", [points[i] for i in face]) for face in _FACES]
    bounds = [house.file.create("IfcFaceOuterBound", loop, True) for loop in loops]  # noqa: FBT003 - by the schema
    return house.file.create(kind, [house.file.create("IfcFace", [bound]) for bound in bounds])


def brep(house: House, box: Sequence[Corner]) -> Entity:
    """A box as a body of faces."""
    return house.file.create("IfcFacetedBrep", shell(house, box))


def surface(house: House, box: Sequence[Corner]) -> Entity:
    """A box as a surface."""
    return house.file.create("IfcFaceBasedSurfaceModel", [shell(house, box, "IfcConnectedFaceSet")])


def mesh(house: House, box: Sequence[Corner]) -> Entity:
    """A box as a mesh of polygons."""
    points = house.file.create("IfcCartesianPointList3D", [tuple(map(house.file.length, corner)) for corner in box])
    faces = [house.file.create("IfcIndexedPolygonalFace", [i + 1 for i in face]) for face in _FACES]
    return house.file.create("IfcPolygonalFaceSet", points, None, faces, None)


def cut(house: House, body: Entity, at: Corner, normal: Corner) -> Entity:
    """A body without what lies on the side of a plane to which its normal points."""
    frame = house.file.create(
        "IfcAxis2Placement3D", house.file.point(*at), house.file.direction(*normal), _aside(house, normal)
    )
    half = house.file.create("IfcHalfSpaceSolid", house.file.create("IfcPlane", frame), False)  # noqa: FBT003 - the same
    return house.file.create("IfcBooleanClippingResult", "DIFFERENCE", body, half)


def _aside(house: House, normal: Corner) -> Entity:
    """A direction that is not that of the normal."""
    return house.file.direction(0.0, 1.0, 0.0) if normal[0] else house.file.direction(1.0, 0.0, 0.0)


def show(house: House, product: Entity, kind: str, *items: Entity) -> None:
    """Give a product one body of that type."""
    shape = house.file.create("IfcShapeRepresentation", house.file.body, "Body", kind, list(items))
    product.Representation = house.file.create("IfcProductDefinitionShape", None, None, [shape])


def proxy(house: House, name: str, kind: str, *items: Entity) -> Entity:
    """An element of the ground storey with such a body, at the origin of the building."""
    made = house.file.product("IfcBuildingElementProxy", f"0/{name}", house.building.ObjectPlacement)
    show(house, made, kind, *items)
    house.file.contain(house.ground, made)
    return made


def mapped(house: House, *items: Entity) -> Entity:
    """A body that is mapped from a source of its own."""
    source = house.file.create("IfcShapeRepresentation", house.file.body, "Body", "SweptSolid", list(items))
    origin = house.file.axes((0.0, 0.0, 0.0))
    target = house.file.create("IfcCartesianTransformationOperator3D", None, None, house.file.point(0.0, 0.0, 0.0))
    return house.file.create("IfcMappedItem", house.file.create("IfcRepresentationMap", origin, source), target)
