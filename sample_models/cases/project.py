"""Cases of the project: units, context and georeference."""

from sample_models.cases.case import case
from sample_models.cases.house import House


@case("BIM-201", "pass", "metres", "nothing")
@case("BIM-201", "pass", "millimetres", "nothing", millimetres=True)
def _(house: House) -> None:
    pass


@case("BIM-201", "fail", "no-volume", "nothing")
def _(house: House) -> None:
    house.units.Units = house.units.Units[:2]


@case("BIM-210", "pass", "conversion", "nothing")
@case("BIM-210", "pass", "property-sets", "nothing", schema="IFC2X3")
def _(house: House) -> None:
    pass


@case("BIM-210", "fail", "no-conversion", "nothing")
def _(house: House) -> None:
    house.remove(house.only("IfcMapConversion"))


@case("BIM-210", "fail", "grid-without-code", "nothing")
def _(house: House) -> None:
    house.only("IfcProjectedCRS").Name = "Syria"
