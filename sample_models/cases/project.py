"""Cases of the project: its units and its geometric context."""

from sample_models.cases.case import case
from sample_models.cases.house import House
from sample_models.ifc_file import Entity


@case("BIM-201", "pass", "metres", "nothing")
@case("BIM-201", "pass", "millimetres", "nothing", millimetres=True)
@case("BIM-204", "pass", "one", "nothing")
@case("BIM-205", "pass", "metres", "nothing")
@case("BIM-205", "pass", "millimetres", "nothing", millimetres=True)
@case("BIM-206", "pass", "radians", "nothing")
@case("BIM-207", "pass", "each-once", "nothing")
@case("BIM-208", "pass", "hundredth-of-a-millimetre", "nothing")
def _(house: House) -> None:
    pass


@case("BIM-201", "fail", "no-volume", "nothing")
def _(house: House) -> None:
    house.units.Units = house.units.Units[:2]


@case("BIM-204", "fail", "two", "nothing")
def _(house: House) -> None:
    house.file.rooted("IfcProject", "second", Name="second", UnitsInContext=house.units)


def _feet(house: House) -> None:
    """Feet by conversion instead of metres."""
    metre, *others = house.units.Units
    factor = house.file.create("IfcMeasureWithUnit", house.file.create("IfcLengthMeasure", 0.3048), metre)
    exponents = house.file.create("IfcDimensionalExponents", 1, 0, 0, 0, 0, 0, 0)
    house.units.Units = [house.file.create("IfcConversionBasedUnit", exponents, "LENGTHUNIT", "FOOT", factor), *others]


@case("BIM-201", "fail", "feet", "nothing")
@case("BIM-205", "fail", "feet", "nothing")
def _(house: House) -> None:
    _feet(house)


@case("BIM-205", "fail", "kilometres", "nothing")
def _(house: House) -> None:
    house.units.Units[0].Prefix = "KILO"


@case("BIM-205", "fail", "none", "nothing")
def _(house: House) -> None:
    house.units.Units = house.units.Units[1:]


@case("BIM-206", "pass", "degrees", "nothing")
def _(house: House) -> None:
    *others, radian = house.units.Units
    factor = house.file.create("IfcMeasureWithUnit", house.file.create("IfcPlaneAngleMeasure", 0.0174532925), radian)
    exponents = house.file.create("IfcDimensionalExponents", 0, 0, 0, 0, 0, 0, 0)
    degree = house.file.create("IfcConversionBasedUnit", exponents, "PLANEANGLEUNIT", "DEGREE", factor)
    house.units.Units = [*others, degree]


@case("BIM-206", "fail", "none", "nothing")
def _(house: House) -> None:
    house.units.Units = house.units.Units[:3]


@case("BIM-207", "fail", "two-lengths", "nothing")
def _(house: House) -> None:
    second = house.file.create("IfcSIUnit", None, "LENGTHUNIT", "MILLI", "METRE")
    house.units.Units = [*house.units.Units, second]


def _derived(house: House, kind: str, exponent: int) -> Entity:
    element = house.file.create("IfcDerivedUnitElement", house.units.Units[0], exponent)
    return house.file.create("IfcDerivedUnit", [element], kind, f"to the power of {exponent}")


@case("BIM-207", "pass", "two-that-users-define", "nothing")
def _(house: House) -> None:
    house.units.Units = [*house.units.Units, *(_derived(house, "USERDEFINED", power) for power in (4, 5))]


@case("BIM-207", "fail", "one-derived-twice", "nothing")
def _(house: House) -> None:
    house.units.Units = [*house.units.Units, *(_derived(house, "MOMENTOFINERTIAUNIT", 4) for _ in range(2))]


@case("BIM-207", "fail", "two-currencies", "nothing")
def _(house: House) -> None:
    monies = [house.file.create("IfcMonetaryUnit", currency) for currency in ("SYP", "USD")]
    house.units.Units = [*house.units.Units, *monies]


@case("BIM-208", "pass", "at-the-limit", "nothing")
def _(house: House) -> None:
    house.file.context.Precision = 0.001


@case("BIM-208", "pass", "at-the-limit-in-millimetres", "nothing", millimetres=True)
def _(house: House) -> None:
    house.file.context.Precision = 1.0


@case("BIM-208", "fail", "beyond-the-limit", "nothing")
def _(house: House) -> None:
    house.file.context.Precision = 0.0011


@case("BIM-208", "fail", "finer-than-any-number", "nothing")
def _(house: House) -> None:
    house.file.context.Precision = 1e-12


@case("BIM-208", "fail", "unsaid", "nothing")
def _(house: House) -> None:
    house.file.context.Precision = None
