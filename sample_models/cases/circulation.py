"""Cases of stairs, ramps and lifts."""

import math

from sample_models.cases.case import case
from sample_models.cases.house import House
from sample_models.ifc_file import Entity


@case("BIM-710", "pass", "two-flights-and-a-landing", "stair")
@case("BIM-710", "na", "no-stair", "walls")
@case("BIM-711", "pass", "ten-and-nine", "stair")
@case("BIM-711", "pass", "ten-and-nine-in-the-older-schema", "stair", schema="IFC2X3")
@case("BIM-711", "na", "no-flight", "walls")
@case("BIM-712", "pass", "twenty-risers", "stair")
@case("BIM-712", "pass", "twenty-risers-in-millimetres", "stair", millimetres=True)
@case("BIM-712", "na", "no-stair", "walls")
@case("BIM-714", "pass", "one-in-ten", "ramp")
@case("BIM-714", "na", "no-ramp", "walls")
@case("BIM-715", "pass", "among-its-parts", "stair")
@case("BIM-715", "na", "no-stair", "walls")
@case("BIM-720", "pass", "through-both", "walls", "lift")
@case("BIM-720", "na", "no-lift", "walls")
def _(house: House) -> None:
    pass


@case("BIM-710", "fail", "no-landing", "stair")
def _(house: House) -> None:
    house.remove(house.only("IfcSlab"))


@case("BIM-710", "fail", "one-body", "stair")
def _(house: House) -> None:
    house.remove(*house.model.by_type("IfcStairFlight"))


def _let_its_type_say(house: House, element: Entity) -> None:
    """The predefined type is on the type, as IFC4 has it, and no longer on the element."""
    kind = element.is_a() + "Type"
    made = house.file.rooted(kind, "typed", Name="typed", PredefinedType=element.PredefinedType)
    house.file.rooted("IfcRelDefinesByType", "typed", RelatedObjects=[element], RelatingType=made)
    element.PredefinedType = None


@case("BIM-710", "pass", "landing-by-its-type", "stair")
def _(house: House) -> None:
    _let_its_type_say(house, house.only("IfcSlab"))


@case("BIM-720", "fail", "lift-by-its-type", "walls", "lift")
def _(house: House) -> None:
    _let_its_type_say(house, house.only("IfcTransportElement"))
    house.remove(house.model.by_type("IfcSpace")[0])


@case("BIM-710", "pass", "one-flight", "stair")
def _(house: House) -> None:
    house.remove(house.only("IfcSlab"), house.named("IfcStairFlight", "flight 2"))


@case("BIM-711", "pass", "as-many", "stair")
def _(house: House) -> None:
    house.first("IfcStairFlight").NumberOfTreads = 10


@case("BIM-711", "fail", "one-more", "stair")
def _(house: House) -> None:
    house.first("IfcStairFlight").NumberOfTreads = 11


@case("BIM-711", "fail", "two-less", "stair")
def _(house: House) -> None:
    house.first("IfcStairFlight").NumberOfTreads = 8


@case("BIM-711", "undecided", "unsaid", "stair")
def _(house: House) -> None:
    house.first("IfcStairFlight").NumberOfTreads = None


def _risers(house: House, name: str, value: float | None) -> None:
    """Of both flights the riser's height, as a property and an attribute."""
    for flight in house.model.by_type("IfcStairFlight"):
        flight.RiserHeight = value
    for row in house.model.by_type("IfcPropertySingleValue"):
        if row.Name == name:
            row.NominalValue = None if value is None else house.file.create("IfcPositiveLengthMeasure", value)


@case("BIM-712", "pass", "at-the-limit", "stair")
def _(house: House) -> None:
    _risers(house, "RiserHeight", 0.1625)  # twenty make 3.25


def _storey_between(house: House, elevation: float) -> None:
    """A level of the ceiling, between the two storeys."""
    between = house.storey("ceiling", "منسوب السقف", elevation)
    house.storeys.RelatedObjects = [*house.storeys.RelatedObjects, between]


@case("BIM-712", "pass", "past-a-level-of-the-ceiling", "stair")
def _(house: House) -> None:
    _storey_between(house, 2.9)


@case("BIM-712", "na", "entrance-steps-below-the-limit", "stair")
def _(house: House) -> None:
    _risers(house, "RiserHeight", 0.0749)  # twenty make 1.498


@case("BIM-712", "fail", "half-a-stair-above-the-limit-of-steps", "stair")
def _(house: House) -> None:
    _risers(house, "RiserHeight", 0.0751)


@case("BIM-712", "fail", "beyond-the-limit", "stair")
def _(house: House) -> None:
    _risers(house, "RiserHeight", 0.163)


@case("BIM-712", "fail", "millimetres-in-metres", "stair")
def _(house: House) -> None:
    _risers(house, "RiserHeight", 160.0)


@case("BIM-712", "undecided", "unsaid", "stair")
def _(house: House) -> None:
    _risers(house, "RiserHeight", None)


def _slope(house: House, degrees: float) -> None:
    (row,) = (r for r in house.model.by_type("IfcPropertySingleValue") if r.Name == "RequiredSlope")
    row.NominalValue = house.file.create("IfcPlaneAngleMeasure", math.radians(degrees))


@case("BIM-714", "pass", "at-the-limit", "ramp")
def _(house: House) -> None:
    _slope(house, 12.0)


@case("BIM-714", "fail", "beyond-the-limit", "ramp")
def _(house: House) -> None:
    _slope(house, 12.01)


@case("BIM-714", "fail", "unsaid", "ramp")
def _(house: House) -> None:
    (row,) = (r for r in house.model.by_type("IfcPropertySingleValue") if r.Name == "RequiredSlope")
    row.Name = "Slope of the ramp"


@case("BIM-714", "pass", "in-a-list-of-sets", "ramp")
def _(house: House) -> None:
    (row,) = (r for r in house.model.by_type("IfcPropertySet") if r.Name == "Pset_RampCommon")
    house.edit(f",#{row.id()});", f",IFCPROPERTYSETDEFINITIONSET((#{row.id()})));")


def _railing(house: House, metres: float) -> None:
    """The railing is no part of the stair, and stands so far from its lower flight."""
    railing = house.only("IfcRailing")
    for relation in house.model.by_type("IfcRelAggregates"):
        parts = [part for part in relation.RelatedObjects if part != railing]
        relation.RelatedObjects = parts
    railing.ObjectPlacement.RelativePlacement.Location.Coordinates = (-metres, 0.0, 0.0)
    house.file.contain(house.ground, railing)


@case("BIM-715", "pass", "at-the-limit", "stair")
def _(house: House) -> None:
    _railing(house, 3.0)


@case("BIM-715", "fail", "beyond-the-limit", "stair")
def _(house: House) -> None:
    _railing(house, 3.01)


@case("BIM-715", "fail", "none", "stair")
def _(house: House) -> None:
    house.remove(house.only("IfcRailing"))


@case("BIM-720", "fail", "ground-storey-without", "walls", "lift")
def _(house: House) -> None:
    house.remove(house.model.by_type("IfcSpace")[0])
