"""Checks of a model against the companions it was handed in with; a model that came alone has nothing to compare."""

import math
from collections.abc import Callable
from functools import wraps

from bim.findings import Reason
from bim.guide.checks.project import unit_name, units_of
from bim.guide.checks.registry import Checked, Function, Params, check, found, ids
from bim.guide.checks.subject import Entity, Subject
from bim.guids import guid

STRUCTURE, SERVICES, ARCHITECTURE = "structure", "mep", "architecture"
_ALONE = Reason("no_companion")


def _together(function: Function) -> Function:
    """Not applicable to a model that came alone."""

    @wraps(function)
    def judged(subject: Subject, params: Params) -> Checked:
        return function(subject, params) if subject.others else Checked(0, reason=_ALONE)

    return judged


def _same(subject: Subject, what: str, of: Callable[[Subject], str]) -> Checked:
    """Whether something is the same text in all models; `what` names it where it differs."""
    ours, theirs = of(subject), [of(other) for other in subject.others]
    differ = [said for said in theirs if said != ours]
    return Checked(len(theirs), (what,) if differ else (), reason=found(", ".join(differ) or "-", ours or "-"))


@check("same_project")
@_together
def same_project(subject: Subject, _: Params) -> Checked:
    """The projects have one name."""
    return _same(subject, "IfcProject.Name", lambda s: ", ".join(sorted(p.Name or "" for p in s.of("IfcProject"))))


@check("same_units")
@_together
def same_units(subject: Subject, _: Params) -> Checked:
    """The models have one length unit."""
    return _same(subject, "LENGTHUNIT", _length_unit)


def _length_unit(subject: Subject) -> str:
    units = [u for u in units_of(subject) if u.is_a("IfcNamedUnit") and u.UnitType == "LENGTHUNIT"]
    return ", ".join(sorted(map(unit_name, units)))


@check("same_georeference", unit="m", tolerance=float)
@_together
def same_georeference(subject: Subject, params: Params) -> Checked:
    """Grids are the same and conversions lead to the same place, turned alike, within `tolerance` metres at 100 m."""
    grids = {s.grid if s.declared is not None else "-" for s in (subject, *subject.others)}
    if len(grids) > 1 or "-" in grids:
        reason = found(", ".join(sorted(grids)), subject.grid or "-")
        return Checked(len(subject.others), ("IfcProjectedCRS",), reason=reason)
    ours = _corner(subject)
    away = max(max(math.dist(a, b) for a, b in zip(ours, _corner(o), strict=True)) for o in subject.others)
    wrong = ("IfcMapConversion",) if away > params["tolerance"] + 1e-9 else ()
    return Checked(len(subject.others), wrong, away, params["tolerance"])


def _corner(subject: Subject) -> list[tuple[float, float, float]]:
    """Where the conversion puts the model's origin and a point 100 m along its x axis."""
    made = subject.declared
    if made is None:
        return []
    unit, turn = made.unit or 1.0, math.atan2(made.ordinate, made.abscissa)
    east, north, height = made.eastings * unit, made.northings * unit, made.height * unit
    return [(east, north, height), (east + 100 * math.cos(turn), north + 100 * math.sin(turn), height)]


@check("same_storeys", tolerance=float)
@_together
def same_storeys(subject: Subject, params: Params) -> Checked:
    """Every storey is in each companion, of the same name and of an elevation within `tolerance` metres."""
    theirs = [{level.storey.Name: level.height for level in other.levels} for other in subject.others]
    if any(level.height is None for level in subject.levels):
        return Checked(0, undecided=Reason("no_elevation"))
    most = params["tolerance"] + 1e-9
    levels = [(level.storey, level.height or 0.0) for level in subject.levels]
    wrong = (s for s, height in levels for known in theirs if not _near(known.get(s.Name), height, most))
    return Checked(len(levels), ids(wrong))


def _near(theirs: float | None, ours: float, most: float) -> bool:
    return theirs is not None and abs(theirs - ours) <= most


@check("same_extents", unit="m", metres=float)
@_together
def same_extents(subject: Subject, params: Params) -> Checked:
    """The boxes of the elements' placements lie at most `metres` apart, in each direction."""
    ours, theirs = _box(subject), [_box(other) for other in subject.others]
    if ours is None or any(box is None for box in theirs):
        return Checked(0, undecided=Reason("no_extent"))
    gaps = [max(max(a - d, c - b) for (a, b), (c, d) in zip(ours, box or (), strict=True)) for box in theirs]
    apart = max(0.0, *gaps)
    wrong = ("IfcElement",) if apart > params["metres"] + 1e-9 else ()
    return Checked(len(theirs), wrong, apart, params["metres"])


def _box(subject: Subject) -> list[tuple[float, float]] | None:
    """Least and greatest x, y and z of the placements, metres of the model."""
    points = list(subject.origins.values())
    return [(min(axis), max(axis)) for axis in zip(*points, strict=True)] if points else None


@check("ids_not_shared")
@_together
def ids_not_shared(subject: Subject, _: Params) -> Checked:
    """No element's GlobalId is that of a companion's element."""
    ours = set(map(guid, subject.physical))
    theirs = {guid(element) for other in subject.others for element in other.physical}
    return Checked(len(ours), tuple(sorted(ours & theirs)))


def _companions(subject: Subject, discipline: str) -> list[Subject]:
    return [other for other in subject.others if other.discipline == discipline]


@check("bearing_once", classes=list, tolerance=float)
def bearing_once(subject: Subject, params: Params) -> Checked:
    """No element of `classes` stands within `tolerance` metres of one of its class in the structural model."""
    structure = _companions(subject, STRUCTURE)
    if not structure or subject.discipline == STRUCTURE:
        return Checked(0, reason=_ALONE)
    theirs = [placed for other in structure for placed in _placed(other, params["classes"])]
    ours, near = _placed(subject, params["classes"]), params["tolerance"] + 1e-9
    double = (e for e, at in ours if any(o.is_a() == e.is_a() and math.dist(at, there) <= near for o, there in theirs))
    return Checked(len(ours), ids(double))


def _placed(subject: Subject, classes: list[str]) -> list[tuple[Entity, tuple[float, float, float]]]:
    """Elements of those classes with their places."""
    return [(e, subject.origins[e.id()]) for e in subject.of(*classes) if e.id() in subject.origins]


@check("structure_present", unit="count", classes=list, least=int)
def structure_present(subject: Subject, params: Params) -> Checked:
    """The structural models hold at least `least` elements of `classes` between them."""
    structure = [s for s in (subject, *subject.others) if s.discipline == STRUCTURE]
    if not structure:
        return Checked(0, reason=_ALONE)
    count = sum(len(s.of(*params["classes"])) for s in structure)
    wrong = tuple(params["classes"]) if count < params["least"] else ()
    return Checked(1, wrong, float(count), float(params["least"]))


@check("services_apart", classes=list)
def services_apart(subject: Subject, params: Params) -> Checked:
    """Beside a model of the services the architectural one holds no element of `classes`."""
    if subject.discipline != ARCHITECTURE or not _companions(subject, SERVICES):
        return Checked(0, reason=_ALONE)
    return Checked(1, ids(subject.of(*params["classes"])))
