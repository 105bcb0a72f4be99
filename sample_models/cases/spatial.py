"""Cases of the spatial structure: what lies in what."""

from sample_models.cases.case import case
from sample_models.cases.house import House


@case("BIM-301", "pass", "all-placed")
@case("BIM-301", "na", "no-elements", "nothing")
@case("BIM-306", "na", "no-elements", "nothing")
@case("BIM-303", "pass", "one", "nothing")
@case("BIM-304", "pass", "one", "nothing")
@case("BIM-305", "pass", "project-to-space", "spaces")
@case("BIM-306", "pass", "each-once")
@case("BIM-307", "pass", "all-in-storeys", "walls")
@case("BIM-307", "na", "no-elements", "nothing")
@case("BIM-317", "pass", "a-house", "walls")
@case("BIM-317", "fail", "nothing", "nothing")
def _(house: House) -> None:
    pass


@case("BIM-301", "fail", "loose-wall", "walls")
def _(house: House) -> None:
    house.loose(house.first("IfcWall"))


@case("BIM-303", "fail", "none", "nothing")
@case("BIM-305", "fail", "no-site", "nothing")
def _(house: House) -> None:
    house.remove(house.site)


@case("BIM-303", "fail", "two", "nothing")
def _(house: House) -> None:
    house.file.aggregate(house.project, [house.file.rooted("IfcSite", "second", Name="second")])


@case("BIM-304", "fail", "two", "nothing")
def _(house: House) -> None:
    house.file.aggregate(house.site, [house.file.rooted("IfcBuilding", "second", Name="second")])


@case("BIM-305", "fail", "storey-under-site", "nothing")
def _(house: House) -> None:
    house.storeys.RelatingObject = house.site


@case("BIM-305", "fail", "cycle", "nothing")
def _(house: House) -> None:
    for relation in house.model.by_type("IfcRelAggregates"):
        if relation.RelatingObject == house.project:
            relation.RelatingObject = house.building


@case("BIM-306", "fail", "in-two-storeys", "walls")
def _(house: House) -> None:
    house.file.contain(house.upper, house.named("IfcWall", "wall 0"))


@case("BIM-306", "fail", "contained-and-part", "stair")
def _(house: House) -> None:
    house.file.contain(house.ground, house.first("IfcStairFlight"))


@case("BIM-307", "fail", "in-the-building", "walls")
def _(house: House) -> None:
    house.file.contain(house.building, house.loose(house.first("IfcWall")))


@case("BIM-307", "pass", "fence-on-the-site", "walls")
def _(house: House) -> None:
    house.file.contain(house.site, house.loose(house.first("IfcWall")))


@case("BIM-307", "pass", "annotation-of-the-building", "walls")
def _(house: House) -> None:
    note = house.file.product("IfcAnnotation", "0/note", house.building.ObjectPlacement)
    house.file.contain(house.building, note)


def _walls(house: House, count: int) -> None:
    for number in range(count):
        house.wall(f"wall {number + 2}", float(number))


@case("BIM-317", "fail", "below-the-limit", "nothing")
def _(house: House) -> None:
    _walls(house, 2)


@case("BIM-317", "pass", "at-the-limit", "nothing")
def _(house: House) -> None:
    _walls(house, 3)
