"""Cases of the normative rules that the guide asks for."""

from sample_models.cases.case import case
from sample_models.cases.house import House


def _whole(_: House) -> None:
    """The house as it is."""


case("BIM-220", "pass", "plain-units")(_whole)
case("BIM-320", "pass", "each-in-one-place")(_whole)
case("BIM-430", "pass", "said-by-the-type", "walls")(_whole)
case("BIM-430", "na", "no-types", "slabs")(_whole)
case("BIM-740", "pass", "a-type-that-says-how", "walls")(_whole)
case("BIM-740", "na", "no-doors", "slabs")(_whole)
case("BIM-920", "pass", "a-model-context", "slabs")(_whole)
case("BIM-921", "pass", "one-body-each")(_whole)
case("BIM-921", "na", "no-elements", "nothing")(_whole)


@case("BIM-220", "fail", "a-foot-of-30-cm", "nothing")
def _(house: House) -> None:
    metre = next(unit for unit in house.units.Units if unit.UnitType == "LENGTHUNIT")
    factor = house.file.create("IfcMeasureWithUnit", house.file.create("IfcLengthMeasure", 0.30), metre)
    size = house.file.create("IfcDimensionalExponents", 1, 0, 0, 0, 0, 0, 0)
    foot = house.file.create("IfcConversionBasedUnit", size, "LENGTHUNIT", "FOOT", factor)
    house.units.Units = [foot, *(unit for unit in house.units.Units if unit != metre)]


@case("BIM-320", "fail", "a-part-contained-besides", "stair")
def _(house: House) -> None:
    flight = house.first("IfcStairFlight")
    house.file.contain(house.upper, flight)


@case("BIM-430", "fail", "said-twice", "walls")
def _(house: House) -> None:
    house.first("IfcDoor").PredefinedType = "DOOR"


@case("BIM-740", "fail", "said-by-the-door-and-its-type", "walls")
def _(house: House) -> None:
    house.first("IfcDoor").OperationType = "SINGLE_SWING_LEFT"


@case("BIM-921", "fail", "two-bodies", "slabs")
def _(house: House) -> None:
    shape = house.first("IfcSlab").Representation
    shape.Representations = [*shape.Representations, *shape.Representations]


@case("BIM-920", "fail", "a-context-of-no-kind", "slabs")
def _(house: House) -> None:
    house.file.context.ContextType = "Sketch"
