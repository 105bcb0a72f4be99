"""Oracles of the spatial structure: parents by the library's utilities, one element after the other."""

import ifcopenshell.util.element as element_util

from tests.oracles.model import Entity, Model
from tests.oracles.registry import Answer, Params, ids, names, oracle

INTO = {
    "IfcSite": ("IfcProject", "IfcSite"),
    "IfcBuilding": ("IfcSite", "IfcBuilding"),
    "IfcBuildingStorey": ("IfcBuilding", "IfcBuildingStorey"),
    "IfcSpace": ("IfcBuildingStorey", "IfcSpace", "IfcSite"),
}


@oracle("spatial_structure")
def spatial_structure(model: Model, _: Params) -> Answer:
    """Elements that have some parent of any relation."""
    loose = [e for e in model.physical if element_util.get_parent(e) is None and not _projects(e)]
    return Answer(len(model.physical), ids(loose))


def _projects(element: Entity) -> bool:
    return bool(getattr(element, "ProjectsElements", ()))


@oracle("decomposition")
def decomposition(model: Model, _: Params) -> Answer:
    """Spatial elements whose parent is of the proper class and leads to the project."""
    looked = [(e, parents) for kind, parents in INTO.items() for e in model.of(kind)]
    return Answer(len(looked), ids(e for e, parents in looked if not _in_chain(e, parents)))


def _in_chain(element: Entity, parents: tuple[str, ...]) -> bool:
    above = element_util.get_aggregate(element) or element_util.get_container(element, should_get_direct=True)
    if above is None or not any(above.is_a(kind) for kind in parents):
        return False
    seen = {element.id()}
    while above is not None and above.id() not in seen:
        seen.add(above.id())
        last, above = above, element_util.get_parent(above)
    return bool(last.is_a("IfcProject"))


@oracle("contained_once")
def contained_once(model: Model, _: Params) -> Answer:
    """Relations of containment, counted at each element."""
    held = [p for p in model.of("IfcProduct") if getattr(p, "ContainedInStructure", ())]
    wrong = (e for e in held if len(e.ContainedInStructure) > 1 or element_util.get_aggregate(e) is not None)
    return Answer(len(held), ids(wrong))


@oracle("contained_in_storey")
def contained_in_storey(model: Model, _: Params) -> Answer:
    """The class of the direct container."""
    held = [(p, element_util.get_container(p, should_get_direct=True)) for p in model.physical]
    inside = [(p, place) for p, place in held if place is not None]
    right = ("IfcBuildingStorey", "IfcSpace", "IfcSite", "IfcExternalSpatialElement")
    return Answer(len(inside), ids(p for p, place in inside if place.is_a() not in right))


@oracle("model_not_empty")
def model_not_empty(model: Model, params: Params) -> Answer:
    """The elements, counted."""
    count = len(model.physical)
    return Answer(1, names("IfcElement") if count < params["least"] else names(), float(count))
