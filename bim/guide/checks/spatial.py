"""Checks of the spatial structure and of the storeys."""

from collections import Counter

from bim.guide.checks.registry import Checked, Params, check, ids
from bim.guide.checks.subject import Subject


@check("spatial_structure")
def spatial_structure(subject: Subject, _: Params) -> Checked:
    """Every physical element has its place in the spatial structure."""
    placed = set(subject.structure.parent) | set(subject.filled) | _dependent(subject)
    elements = subject.physical
    return Checked(len(elements), ids(e for e in elements if e.id() not in placed))


def _dependent(subject: Subject) -> set[int]:
    """Elements that project from another one or are nested in it have its place."""
    projects = {r[5].id() for r in subject.of("IfcRelProjectsElement") if r[5] is not None}
    return projects | {e.id() for r in subject.of("IfcRelNests") for e in r.RelatedObjects or ()}


@check("storeys")
def storeys(subject: Subject, _: Params) -> Checked:
    """Storeys have a name of their own and an elevation, and no two the same elevation."""
    found = subject.of("IfcBuildingStorey")
    names = Counter(storey.Name for storey in found)
    levels = Counter(round(s.Elevation, 6) for s in found if s.Elevation is not None)
    wrong = (s for s in found if not s.Name or names[s.Name] > 1 or s.Elevation is None)
    double = (s for s in found if s.Elevation is not None and levels[round(s.Elevation, 6)] > 1)
    return Checked(max(len(found), 1), ids([*wrong, *double]) if found else ("IfcBuildingStorey",))
