"""PJS001: units that are converted, by their name and factor."""

import math
from collections.abc import Iterator

from bim.extract import Entity
from bim.validity.facts import Facts
from bim.validity.registry import Fault, normative

FOOT = 0.3048
YARD = 3 * FOOT
INCH = FOOT / 12
MILE = 1760 * YARD
POUND = 0.45359237
GALLON_UK = 0.00454609
GALLON_US = 231 * INCH**3
FORCE = POUND * 9.80665
NAMED: dict[str, dict[str, float]] = {
    "LENGTHUNIT": {"inch": INCH, "foot": FOOT, "yard": YARD, "mile": MILE},
    "AREAUNIT": {
        "square inch": INCH**2,
        "square foot": FOOT**2,
        "square yard": YARD**2,
        "acre": 4840 * YARD**2,
        "square mile": MILE**2,
    },
    "VOLUMEUNIT": {
        "cubic inch": INCH**3,
        "cubic foot": FOOT**3,
        "cubic yard": YARD**3,
        "litre": 0.001,
        "fluid ounce uk": GALLON_UK / 160,
        "fluid ounce us": GALLON_US / 128,
        "pint uk": GALLON_UK / 8,
        "pint us": GALLON_US / 8,
        "gallon uk": GALLON_UK,
        "gallon us": GALLON_US,
    },
    "PLANEANGLEUNIT": {"degree": math.pi / 180},
    "FORCEUNIT": {"lbf": FORCE, "kip": 1000 * FORCE},
    "PRESSUREUNIT": {"psi": FORCE / INCH**2, "ksi": 1000 * FORCE / INCH**2},
    "TIMEUNIT": {"minute": 60.0, "hour": 3600.0, "day": 86400.0},
    "ENERGYUNIT": {"btu": 1055.056},
}
"""The names that the documentation of IfcConversionBasedUnit recommends, in lower case, with the factor to SI by
the definition of the unit (inches, pounds and gallons are defined exactly). Masses are left out: SI's own unit
of mass has a prefix, and writers differ on it."""
SURVEY_FOOT = 1200 / 3937
"""Named by IFC4X3 and later."""
SI_NAMES = {
    "LENGTHUNIT": "METRE",
    "AREAUNIT": "SQUARE_METRE",
    "VOLUMEUNIT": "CUBIC_METRE",
    "PLANEANGLEUNIT": "RADIAN",
}
"""Unit types whose names are closed, and the SI unit each is converted to."""
POWER = {"AREAUNIT": 2, "VOLUMEUNIT": 3}
PREFIXES = {"KILO": 1e3, "HECTO": 1e2, "DECA": 10.0, "DECI": 0.1, "CENTI": 1e-2, "MILLI": 1e-3, "MICRO": 1e-6}
TOLERANCE = 1e-6
"""Relative; factors are often written with few digits."""


def _converted(facts: Facts) -> Iterator[Entity]:
    for project in facts.of("IfcProject"):
        assignment = project.UnitsInContext
        for unit in assignment.Units if assignment else ():
            if unit.is_a("IfcConversionBasedUnit"):
                yield unit


def _names(facts: Facts, unit_type: str) -> dict[str, float]:
    known = NAMED.get(unit_type, {})
    later = facts.schema == "IFC4X3" and unit_type == "LENGTHUNIT"
    return {**known, "us survey foot": SURVEY_FOOT} if later else known


@normative("PJS001", _converted)
def named(facts: Facts, unit: Entity) -> Iterator[Fault]:
    """Units of length, area, volume and angle have a name from the list."""
    if unit.UnitType in SI_NAMES and (unit.Name or "").lower() not in _names(facts, unit.UnitType):
        yield Fault("unit_name", unit, {"type": unit.UnitType, "name": unit.Name})


@normative("PJS001", _converted)
def based_on_si(_facts: Facts, unit: Entity) -> Iterator[Fault]:
    """A unit is converted to the SI unit of its kind."""
    base = unit.ConversionFactor.UnitComponent
    wanted = SI_NAMES.get(unit.UnitType)
    if not base.is_a("IfcSIUnit") or (wanted is not None and base.Name != wanted):
        yield Fault("unit_base", unit, {"name": unit.Name, "base": getattr(base, "Name", None), "allowed": wanted})


@normative("PJS001", _converted)
def factor(facts: Facts, unit: Entity) -> Iterator[Fault]:
    """The factor is that of the unit's definition."""
    base = unit.ConversionFactor.UnitComponent
    defined = _names(facts, unit.UnitType).get((unit.Name or "").lower())
    if defined is None or not base.is_a("IfcSIUnit"):
        return
    prefix = PREFIXES.get(base.Prefix, 1.0) ** POWER.get(unit.UnitType, 1)
    said, wanted = unit.ConversionFactor.ValueComponent.wrappedValue, defined / prefix
    if not math.isclose(said, wanted, rel_tol=TOLERANCE):
        yield Fault("unit_factor", unit, {"name": unit.Name, "value": said, "limit": wanted})
