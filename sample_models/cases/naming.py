"""Cases of names, classes and types."""

from sample_models.cases.case import case
from sample_models.cases.house import House


def _proxies(house: House, count: int) -> None:
    """Ten elements, so many of them without a class: a floor slab, walls with a door and a window, proxies."""
    for number in range(6 - count):
        house.wall(f"wall {number + 2}", number + 1.0)
    for number in range(count):
        name = f"0/proxy {number}"
        place = house.file.place(house.ground.ObjectPlacement, (float(number), 5.0, 0.0))
        proxy = house.file.product("IfcBuildingElementProxy", name, place, house.file.shape(house.file.box(1, 1, 1)))
        house.file.contain(house.ground, proxy)


@case("BIM-401", "pass", "none", "walls")
def _(house: House) -> None:
    _proxies(house, 0)


@case("BIM-401", "pass", "one-in-ten-at-the-limit", "walls")
def _(house: House) -> None:
    _proxies(house, 1)


@case("BIM-401", "fail", "two-in-ten-beyond-the-limit", "walls")
def _(house: House) -> None:
    _proxies(house, 2)


@case("BIM-401", "na", "no-elements", "nothing")
def _(house: House) -> None:
    pass


@case("BIM-402", "na", "none", "walls")
@case("BIM-403", "pass", "own-names", "walls", "stair")
@case("BIM-403", "na", "no-doors", "slabs")
@case("BIM-404", "na", "no-doors", "slabs")
@case("BIM-405", "pass", "own-names", "nothing")
@case("BIM-407", "pass", "tidy", "spaces")
def _(house: House) -> None:
    pass


@case("BIM-402", "pass", "said-in-words", "walls")
def _(house: House) -> None:
    door = house.only("IfcDoor")
    door.PredefinedType, door.ObjectType = "USERDEFINED", "hatch"


@case("BIM-402", "fail", "unsaid", "walls")
def _(house: House) -> None:
    door = house.only("IfcDoor")
    door.PredefinedType, door.ObjectType = "USERDEFINED", None


@case("BIM-402", "fail", "type-unsaid", "walls")
def _(house: House) -> None:
    house.file.rooted("IfcWallType", "wall type", Name="wall type", PredefinedType="USERDEFINED")


@case("BIM-403", "fail", "one-name-twice", "stair")
def _(house: House) -> None:
    for number in range(2):
        house.file.contain(house.ground, house.file.product("IfcDoor", f"{number}/door", house.ground.ObjectPlacement))


@case("BIM-403", "pass", "one-name-on-two-storeys", "stair")
def _(house: House) -> None:
    for storey in (house.ground, house.upper):
        door = house.file.product("IfcDoor", f"{storey.Name}/door", storey.ObjectPlacement)
        house.file.contain(storey, door)


def _untype(house: House, *kinds: str) -> None:
    """Take the types of the elements of those classes away."""
    for elements in house.file.types.values():
        if elements[0].is_a() in kinds:
            elements.clear()


@case("BIM-404", "pass", "both", "walls")
def _(house: House) -> None:
    pass


@case("BIM-404", "pass", "at-the-limit", "walls")
def _(house: House) -> None:
    _untype(house, "IfcWindow")


@case("BIM-404", "fail", "one-in-three-below-the-limit", "walls")
def _(house: House) -> None:
    _untype(house, "IfcWindow")
    house.file.contain(house.ground, house.file.product("IfcWindow", "0/window", house.ground.ObjectPlacement))


@case("BIM-404", "fail", "none", "walls")
def _(house: House) -> None:
    _untype(house, "IfcWindow", "IfcDoor")


@case("BIM-405", "fail", "project", "nothing")
def _(house: House) -> None:
    house.project.Name = "Project Number"


@case("BIM-405", "fail", "site", "nothing")
def _(house: House) -> None:
    house.site.Name = "Default"


@case("BIM-407", "fail", "space-behind", "spaces")
def _(house: House) -> None:
    house.named("IfcSpace", "living").Name = "living "


@case("BIM-407", "fail", "two-within", "nothing")
def _(house: House) -> None:
    house.building.Name = "بناء  سكني"
