"""Checks of the spatial structure: what lies in what."""

from bim.guide.checks.project import one
from bim.guide.checks.registry import Checked, Params, check, ids
from bim.guide.checks.subject import Entity, Subject

_INTO = {
    "IfcSite": ("IfcProject", "IfcSite"),
    "IfcBuilding": ("IfcSite", "IfcBuilding"),
    "IfcBuildingStorey": ("IfcBuilding", "IfcBuildingStorey"),
    "IfcSpace": ("IfcBuildingStorey", "IfcSpace", "IfcSite"),
}
"""Where each class of the spatial structure may lie; spaces on a site are outside the building."""


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


@check("one_site")
def one_site(subject: Subject, _: Params) -> Checked:
    """There is exactly one site."""
    return one(subject, "IfcSite")


@check("one_building")
def one_building(subject: Subject, _: Params) -> Checked:
    """There is exactly one building."""
    return one(subject, "IfcBuilding")


@check("decomposition")
def decomposition(subject: Subject, _: Params) -> Checked:
    """Every spatial element lies in one of its proper class, and all of them in the project."""
    spatial = [(e, parents) for kind, parents in _INTO.items() for e in subject.of(kind)]
    return Checked(len(spatial), ids(e for e, parents in spatial if not _in_chain(subject, e, parents)))


def _in_chain(subject: Subject, element: Entity, parents: tuple[str, ...]) -> bool:
    above = list(subject.structure.above(element))
    return bool(above) and any(above[0].is_a(parent) for parent in parents) and above[-1].is_a("IfcProject")


@check("contained_once")
def contained_once(subject: Subject, _: Params) -> Checked:
    """No element is contained in two places, or contained and a part too."""
    parts = {part.id() for whole in subject.parts.values() for part in whole}
    held = subject.contained
    twice = [i for i, places in held.items() if len(places) > 1 or i in parts]
    return Checked(len(held), ids(map(subject.model.by_id, twice)))


@check("contained_in_storey")
def contained_in_storey(subject: Subject, _: Params) -> Checked:
    """Elements are contained in storeys, in spaces, or on the site where they are outside; a grid need not be."""
    physical = {e.id() for e in subject.physical}
    held = [(i, places[0]) for i, places in subject.contained.items() if places[0] is not None and i in physical]
    kinds = {place.id(): place.is_a() for _, place in held}
    right = {"IfcBuildingStorey", "IfcSpace", "IfcSite", "IfcExternalSpatialElement"}
    loose = [i for i, place in held if kinds[place.id()] not in right]
    return Checked(len(held), ids(map(subject.model.by_id, loose)))


@check("model_not_empty", unit="count", least=int)
def model_not_empty(subject: Subject, params: Params) -> Checked:
    """There are at least `least` physical elements."""
    count = len(subject.physical)
    return Checked(1, ("IfcElement",) if count < params["least"] else (), float(count), float(params["least"]))
