"""Checks of the project: units, context and georeference."""

from bim.guide.checks.registry import Checked, Params, check
from bim.guide.checks.subject import Subject


@check("units")
def units(subject: Subject, _: Params) -> Checked:
    """Length, area and volume units are declared, and metric."""
    missing = {"LENGTHUNIT", "AREAUNIT", "VOLUMEUNIT"}
    for project in subject.of("IfcProject"):
        assignment = project.UnitsInContext
        for unit in assignment.Units if assignment else ():
            if unit.is_a("IfcSIUnit"):
                missing.discard(unit.UnitType)
    return Checked(3, tuple(sorted(missing)))


@check("georeference")
def georeference(subject: Subject, _: Params) -> Checked:
    """A map conversion to a projected system with a known code is declared."""
    declared = subject.declared
    if declared is None:
        return Checked(1, ("IfcMapConversion",))
    return Checked(1, () if subject.grid else ("IfcProjectedCRS",))
