"""Cases of openings and of the doors and windows in them."""

from sample_models.cases.case import case
from sample_models.cases.house import House
from sample_models.ifc_file import Entity


@case("BIM-701", "pass", "in-walls", "walls")
@case("BIM-701", "na", "no-openings", "slabs")
@case("BIM-702", "pass", "in-its-opening", "walls")
@case("BIM-702", "na", "no-doors", "slabs")
@case("BIM-704", "pass", "in-its-opening", "walls")
@case("BIM-704", "na", "no-windows", "slabs")
@case("BIM-705", "pass", "one-metre", "walls")
@case("BIM-705", "pass", "one-metre-in-millimetres", "walls", millimetres=True)
@case("BIM-705", "na", "no-doors", "slabs")
@case("BIM-706", "pass", "one-metre-forty", "walls")
@case("BIM-706", "na", "no-windows", "slabs")
@case("BIM-707", "pass", "same", "walls")
@case("BIM-707", "pass", "same-in-millimetres", "walls", millimetres=True)
@case("BIM-707", "na", "no-doors", "slabs")
def _(house: House) -> None:
    pass


def _void(house: House, filling: Entity) -> Entity:
    """The opening that a door or window fills, through its relation."""
    (relation,) = (r for r in house.model.by_type("IfcRelFillsElement") if r.RelatedBuildingElement == filling)
    return relation


@case("BIM-701", "fail", "in-nothing", "walls")
def _(house: House) -> None:
    house.model.remove(house.first("IfcRelVoidsElement"))


@case("BIM-702", "fail", "loose", "walls")
@case("BIM-707", "na", "loose", "walls")
def _(house: House) -> None:
    house.model.remove(_void(house, house.only("IfcDoor")))


@case("BIM-704", "fail", "loose", "walls")
def _(house: House) -> None:
    house.model.remove(_void(house, house.only("IfcWindow")))


@case("BIM-702", "pass", "in-a-curtain-wall", "walls")
def _(house: House) -> None:
    door = house.loose(house.only("IfcDoor"))
    house.model.remove(_void(house, door))
    curtain = house.file.product("IfcCurtainWall", "0/curtain", house.ground.ObjectPlacement)
    house.file.aggregate(curtain, [door])
    house.file.contain(house.ground, curtain)


@case("BIM-705", "pass", "at-the-lower-limit", "walls")
def _(house: House) -> None:
    house.only("IfcDoor").OverallWidth = 0.4


@case("BIM-705", "fail", "below-the-lower-limit", "walls")
def _(house: House) -> None:
    house.only("IfcDoor").OverallWidth = 0.39


@case("BIM-705", "pass", "at-the-upper-limit", "walls")
def _(house: House) -> None:
    house.only("IfcDoor").OverallHeight = 8.0


@case("BIM-705", "fail", "millimetres-in-metres", "walls")
def _(house: House) -> None:
    house.only("IfcDoor").OverallHeight = 2100.0


@case("BIM-706", "fail", "zero", "walls")
def _(house: House) -> None:
    house.only("IfcWindow").OverallWidth = 0.0


@case("BIM-706", "pass", "at-the-lower-limit", "walls")
def _(house: House) -> None:
    house.only("IfcWindow").OverallWidth = 0.2


@case("BIM-706", "fail", "below-the-lower-limit", "walls")
def _(house: House) -> None:
    house.only("IfcWindow").OverallWidth = 0.19


@case("BIM-706", "fail", "above-the-upper-limit", "walls")
def _(house: House) -> None:
    house.only("IfcWindow").OverallHeight = 12.01


@case("BIM-707", "pass", "at-the-limit", "walls")
def _(house: House) -> None:
    house.only("IfcDoor").OverallWidth = 0.9


@case("BIM-707", "fail", "beyond-the-limit", "walls")
def _(house: House) -> None:
    house.only("IfcDoor").OverallWidth = 0.89


@case("BIM-707", "undecided", "round-opening", "walls")
def _(house: House) -> None:
    opening = _void(house, house.only("IfcDoor")).RelatingOpeningElement
    solid = opening.Representation.Representations[0].Items[0]
    solid.SweptArea = house.file.create("IfcCircleProfileDef", "AREA", None, None, 0.5)
