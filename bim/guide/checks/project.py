"""Checks of the project: its units and its geometric context."""

from collections import Counter
from collections.abc import Iterator

from bim.guide.checks.registry import Checked, Params, check, found
from bim.guide.checks.subject import Entity, Subject


@check("one_project")
def one_project(subject: Subject, _: Params) -> Checked:
    """There is exactly one project."""
    return one(subject, "IfcProject")


def one(subject: Subject, kind: str) -> Checked:
    """There is exactly one entity of that class."""
    count = len(subject.of(kind))
    return Checked(1, () if count == 1 else (kind,), reason=found(count, 1))


def units_of(subject: Subject) -> Iterator[Entity]:
    """The units of the project."""
    for project in subject.of("IfcProject"):
        assignment = project.UnitsInContext
        yield from (assignment.Units or ()) if assignment else ()


def unit_name(unit: Entity) -> str:
    """ "MILLIMETRE" of an SI unit, "FOOT" of a conversion-based one."""
    return f"{getattr(unit, 'Prefix', None) or ''}{unit.Name or ''}".upper()


@check("units")
def units(subject: Subject, _: Params) -> Checked:
    """Length, area and volume units are declared, and metric."""
    metric = {unit.UnitType for unit in units_of(subject) if unit.is_a("IfcSIUnit")}
    return Checked(3, tuple(sorted({"LENGTHUNIT", "AREAUNIT", "VOLUMEUNIT"} - metric)))


@check("length_unit", accepted=list)
def length_unit(subject: Subject, params: Params) -> Checked:
    """Every length unit of the project is one of `accepted`."""
    names = [unit_name(u) for u in units_of(subject) if u.is_a("IfcNamedUnit") and u.UnitType == "LENGTHUNIT"]
    if not names:
        return Checked(1, ("LENGTHUNIT",))
    wrong = tuple(name for name in names if name not in params["accepted"])
    return Checked(len(names), wrong, reason=found(", ".join(names), ", ".join(params["accepted"])))


@check("plane_angle_unit")
def plane_angle_unit(subject: Subject, _: Params) -> Checked:
    """The plane angle unit is the radian or the degree."""
    angles = [u for u in units_of(subject) if u.is_a("IfcNamedUnit") and u.UnitType == "PLANEANGLEUNIT"]
    names = [unit_name(unit) for unit in angles]
    right = bool(names) and all(name in ("RADIAN", "DEGREE") for name in names)
    return Checked(1, () if right else ("PLANEANGLEUNIT",), reason=found(", ".join(names) or "-", "RADIAN, DEGREE"))


@check("units_once")
def units_once(subject: Subject, _: Params) -> Checked:
    """No kind of unit is assigned twice; there may be several of a kind that users define."""
    kinds = [getattr(unit, "UnitType", None) or unit.is_a() for unit in units_of(subject)]
    count = Counter(kind for kind in kinds if kind != "USERDEFINED")
    double = tuple(sorted(kind for kind, number in count.items() if number > 1))
    return Checked(len(count), double, reason=found(", ".join(f"{kind}: {count[kind]}" for kind in double), 1))


@check("context_precision", unit="m", least=float, most=float)
def context_precision(subject: Subject, params: Params) -> Checked:
    """Every model context states a precision from `least` to `most` metres."""
    contexts = [c for c in subject.of("IfcGeometricRepresentationContext") if _of_the_model(c)]
    unsaid = [c for c in contexts if c.Precision is None]
    if unsaid or not contexts:
        return Checked(max(len(contexts), 1), ("Precision",))
    said = [c.Precision * subject.metre for c in contexts]
    least, most = params["least"], params["most"]
    if min(said) < least * (1 - 1e-9):
        return Checked(len(said), ("Precision",), min(said), least)
    return Checked(len(said), ("Precision",) if max(said) > most * (1 + 1e-9) else (), max(said), most)


def _of_the_model(context: Entity) -> bool:
    whole = context.is_a() == "IfcGeometricRepresentationContext"
    return whole and (context.ContextType or "Model").lower() != "plan"
