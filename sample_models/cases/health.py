"""Cases of the model's health: shapes, doubles, far and empty things."""

from sample_models.cases.bodies import brep, corners, proxy
from sample_models.cases.case import case
from sample_models.cases.house import House
from sample_models.ifc_file import Entity


@case("BIM-901", "pass", "all-shaped")
def _(house: House) -> None:
    pass


@case("BIM-901", "fail", "wall-without-shape", "walls")
def _(house: House) -> None:
    house.first("IfcWall").Representation = None


@case("BIM-901", "na", "no-elements", "nothing")
def _(house: House) -> None:
    pass


def _away(house: House, metres: float) -> None:
    """A wall so far along the front from the others, whose origins lie at the origin of the building."""
    house.wall("wall 2", 0.0)
    house.wall("wall 3", 0.0)
    place = house.wall("far wall", 0.0).ObjectPlacement.RelativePlacement
    place.Location.Coordinates = (metres, 0.0, 0.0)


@case("BIM-910", "pass", "at-the-limit", "slabs")
def _(house: House) -> None:
    _away(house, 300.0)


@case("BIM-910", "pass", "near", "slabs")
def _(house: House) -> None:
    _away(house, 299.0)


@case("BIM-910", "fail", "beyond-the-limit", "slabs")
def _(house: House) -> None:
    _away(house, 301.0)


@case("BIM-910", "fail", "far-by-its-shape")
def _(house: House) -> None:
    proxy(house, "far", "Brep", brep(house, corners(1.0, 1.0, 1.0, at=(320.0, 0.0, 0.0))))


@case("BIM-910", "na", "no-elements", "nothing")
def _(house: House) -> None:
    pass


@case("BIM-904", "pass", "all-hold-something", "walls")
@case("BIM-904", "na", "no-elements", "nothing")
@case("BIM-905", "pass", "all-thick", "walls", "slabs")
@case("BIM-905", "na", "no-extrusions", "nothing")
@case("BIM-906", "pass", "all-placed", "walls")
@case("BIM-906", "na", "no-elements", "nothing")
@case("BIM-907", "pass", "one-each", "walls")
@case("BIM-907", "na", "no-elements", "nothing")
@case("BIM-911", "pass", "swept-solids", "walls")
@case("BIM-911", "na", "no-elements", "nothing")
@case("BIM-908", "pass", "all-used", "walls")
@case("BIM-908", "pass", "all-used-in-the-older-schema", "walls", schema="IFC2X3")
@case("BIM-908", "na", "no-types", "slabs")
@case("BIM-909", "pass", "dwelling-with-rooms", "spaces")
@case("BIM-909", "na", "no-groups", "walls")
def _(house: House) -> None:
    pass


@case("BIM-904", "fail", "axis-without-a-line", "walls")
def _(house: House) -> None:
    shape = house.first("IfcWall").Representation
    axis = house.file.create("IfcShapeRepresentation", house.file.context, "Axis", "Curve2D", [])
    shape.Representations = [axis, *shape.Representations]


def _solid(house: House) -> Entity:
    return house.only("IfcDoor").Representation.Representations[0].Items[0]


@case("BIM-905", "pass", "at-the-limit", "walls")
def _(house: House) -> None:
    _solid(house).Depth = 0.0005


@case("BIM-905", "fail", "below-the-limit", "walls")
def _(house: House) -> None:
    _solid(house).Depth = 0.00049


@case("BIM-905", "fail", "negative", "walls")
def _(house: House) -> None:
    _solid(house).Depth = -2.1


@case("BIM-905", "fail", "rectangle-without-a-side", "walls")
def _(house: House) -> None:
    _solid(house).SweptArea.YDim = 0.0


@case("BIM-906", "fail", "none", "walls")
def _(house: House) -> None:
    house.only("IfcDoor").ObjectPlacement = None


@case("BIM-907", "fail", "two", "walls")
def _(house: House) -> None:
    shape = house.only("IfcDoor").Representation
    shape.Representations = [*shape.Representations, house.file.shape(house.file.box(1, 1, 1)).Representations[0]]


@case("BIM-908", "fail", "one-unused", "walls")
def _(house: House) -> None:
    house.file.rooted("IfcWallType", "wall type", Name="wall type", PredefinedType="SOLIDWALL")


@case("BIM-909", "fail", "system-without-members", "spaces")
def _(house: House) -> None:
    house.file.rooted("IfcSystem", "drainage", Name="drainage")


@case("BIM-911", "fail", "mesh-among-swept-solids", "walls")
def _(house: House) -> None:
    corners = [(0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)]
    points = house.file.create("IfcCartesianPointList3D", corners)
    faces = [(1, 3, 2), (1, 2, 4), (2, 3, 4), (3, 1, 4)]
    mesh = house.file.create("IfcTriangulatedFaceSet", Coordinates=points, Closed=True, CoordIndex=faces)
    body = house.only("IfcDoor").Representation.Representations[0]
    body.Items = [*body.Items, mesh]
