"""Cases of the spatial structure and of the storeys."""

from sample_models.cases.case import case
from sample_models.cases.house import House


@case("BIM-301", "pass", "all-placed")
def _(house: House) -> None:
    pass


@case("BIM-301", "fail", "loose-wall", "walls")
def _(house: House) -> None:
    house.loose(house.first("IfcWall"))


@case("BIM-310", "pass", "two-storeys", "nothing")
def _(house: House) -> None:
    pass


@case("BIM-310", "fail", "two-storeys-one-level", "nothing")
def _(house: House) -> None:
    house.upper.Elevation = 0.0


@case("BIM-310", "fail", "two-storeys-one-name", "nothing")
def _(house: House) -> None:
    house.upper.Name = house.ground.Name


@case("BIM-310", "fail", "no-level", "nothing")
def _(house: House) -> None:
    house.upper.Elevation = None


@case("BIM-310", "fail", "no-storey", "nothing")
def _(house: House) -> None:
    house.remove(house.storeys, house.ground, house.upper)
