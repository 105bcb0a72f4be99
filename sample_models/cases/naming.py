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


@case("BIM-401", "pass", "one-in-ten", "walls")
def _(house: House) -> None:
    _proxies(house, 1)


@case("BIM-401", "fail", "two-in-ten", "walls")
def _(house: House) -> None:
    _proxies(house, 2)


@case("BIM-401", "na", "no-elements", "nothing")
def _(house: House) -> None:
    pass
