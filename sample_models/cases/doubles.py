"""Cases of elements that are there twice."""

from sample_models.cases.bodies import brep, corners, cut, mapped, proxy, surface
from sample_models.cases.case import case
from sample_models.cases.house import THICKNESS, House


@case("BIM-902", "pass", "each-once")
@case("BIM-902", "na", "no-elements", "nothing")
@case("BIM-903", "pass", "each-once")
@case("BIM-903", "na", "no-elements", "nothing")
def _(house: House) -> None:
    pass


@case("BIM-902", "fail", "wall-twice", "walls")
def _(house: House) -> None:
    house.wall("copy", 0.0)


@case("BIM-902", "fail", "wall-twice-in-millimetres", "walls", millimetres=True)
def _(house: House) -> None:
    house.wall("copy", 0.0)


@case("BIM-902", "pass", "walls-of-different-thickness", "slabs")
def _(house: House) -> None:
    house.wall("first", 0.0)
    solid = house.wall("second", 0.0).Representation.Representations[0].Items[0]
    solid.SweptArea.YDim = 2 * THICKNESS


@case("BIM-902", "pass", "walls-beside-each-other", "slabs")
def _(house: House) -> None:
    house.wall("first", 0.0)
    house.wall("second", THICKNESS)


@case("BIM-902", "pass", "bodies-of-faces-that-differ-in-a-corner", "slabs")
def _(house: House) -> None:
    box = corners(1.0, 1.0, 1.0)
    for name, last in (("first", 1.0), ("second", 1.006)):
        proxy(house, name, "Brep", brep(house, [*box[:7], (0.0, last, 1.0)]))


@case("BIM-902", "fail", "body-of-faces-twice", "slabs")
def _(house: House) -> None:
    for name in ("first", "second"):
        proxy(house, name, "Brep", brep(house, corners(1.0, 1.0, 1.0)))


@case("BIM-902", "fail", "surface-twice", "slabs")
def _(house: House) -> None:
    for name in ("first", "second"):
        proxy(house, name, "SurfaceModel", surface(house, corners(1.0, 1.0, 1.0)))


@case("BIM-902", "fail", "cut-body-twice", "slabs")
def _(house: House) -> None:
    for name in ("first", "second"):
        proxy(house, name, "Clipping", cut(house, house.file.box(1.0, 1.0, 1.0), (0.0, 0.0, 0.5), (1.0, 0.0, 1.0)))


@case("BIM-902", "pass", "cut-at-two-heights", "slabs")
def _(house: House) -> None:
    for name, z in (("first", 0.5), ("second", 0.6)):
        proxy(house, name, "Clipping", cut(house, house.file.box(1.0, 1.0, 1.0), (0.0, 0.0, z), (1.0, 0.0, 1.0)))


@case("BIM-902", "fail", "of-a-copied-type", "slabs")
def _(house: House) -> None:
    for name in ("first", "second"):
        proxy(house, name, "MappedRepresentation", mapped(house, house.file.box(1.0, 1.0, 1.0)))


@case("BIM-903", "fail", "wall-and-proxy", "walls")
def _(house: House) -> None:
    wall = house.named("IfcWall", "wall 0")
    shape = house.file.shape(house.file.box(8.0, THICKNESS, 3.0))
    proxy = house.file.product("IfcBuildingElementProxy", "0/proxy", wall.ObjectPlacement, shape)
    house.file.contain(house.ground, proxy)
