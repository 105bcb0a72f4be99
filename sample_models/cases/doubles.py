"""Cases of elements that are there twice."""

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


@case("BIM-903", "fail", "wall-and-proxy", "walls")
def _(house: House) -> None:
    wall = house.named("IfcWall", "wall 0")
    shape = house.file.shape(house.file.box(8.0, THICKNESS, 3.0))
    proxy = house.file.product("IfcBuildingElementProxy", "0/proxy", wall.ObjectPlacement, shape)
    house.file.contain(house.ground, proxy)
