"""SPS, SPA: the spatial structure, and the place of every element in it."""

from collections.abc import Iterator

from bim.extract import Entity
from bim.validity.facts import Facts
from bim.validity.registry import Fault, kind, normative, presence

PARENTS: dict[str, tuple[str, ...]] = {
    "IfcSite": ("IfcProject", "IfcSite"),
    "IfcBuilding": ("IfcProject", "IfcSite", "IfcBuilding", "IfcFacility", "IfcFacilityPart"),
    "IfcFacility": ("IfcProject", "IfcSite", "IfcFacility", "IfcFacilityPart"),
    "IfcFacilityPart": ("IfcFacility", "IfcFacilityPart"),
    "IfcBuildingStorey": ("IfcBuilding", "IfcBuildingStorey"),
    "IfcSpace": ("IfcSite", "IfcBuilding", "IfcBuildingStorey", "IfcSpace", "IfcFacility", "IfcFacilityPart"),
}
"""The spatial composition of IFC4 and later: what may aggregate what; the first class that fits counts."""
UNDER_PROJECT = ("IfcSpatialElement", "IfcPositioningElement", "IfcProject")
"""What a project may aggregate; of the spatial elements their own row in `PARENTS` says more."""
FACILITIES = ("IfcBridge", "IfcMarineFacility", "IfcRailway", "IfcRoad")
RELATIONS = {"Nests": "nest", "Decomposes": "whole", "ContainedInStructure": "container"}
"""Inverse attribute of an element, and the table of `Facts` that holds it."""

presence("SPA000", kind("IfcSpace", "IfcSpatialZone"))


def _coordination_view(facts: Facts) -> list[Facts]:
    """The model, where it was exported as the coordination view."""
    said = " ".join(facts.model.header.file_description.description or ())
    return [facts] if "CoordinationView_V2.0" in said else []


def _buildings_of_view(facts: Facts) -> list[Entity]:
    return facts.of("IfcBuilding") if _coordination_view(facts) else []


@normative("SPS001", _coordination_view, schemas=("IFC2X3",))
def sites_and_buildings(facts: Facts, _model: Facts) -> Iterator[Fault]:
    """There is at most one site and at least one building."""
    sites = facts.of("IfcSite")
    if len(sites) > 1:
        yield Fault("too_many", None, {"class": "IfcSite", "count": len(sites), "most": 1})
    if not facts.of("IfcBuilding"):
        yield Fault("missing", None, {"class": "IfcBuilding"})


@normative("SPS001", _buildings_of_view, schemas=("IFC2X3",))
def building_assigned(facts: Facts, building: Entity) -> Iterator[Fault]:
    """A building stands on the site, or under the project where there is none."""
    wanted = "IfcSite" if facts.of("IfcSite") else "IfcProject"
    parents = facts.whole.get(building.id(), [])
    if not any(parent.is_a(wanted) for parent in parents):
        yield Fault("wrong_parent", building, {"allowed": wanted, "found": _names(parents)})


@normative("SPS002", kind("IfcSpatialElement"), schemas=("IFC4", "IFC4X3"))
def spatial_parent(facts: Facts, element: Entity) -> Iterator[Fault]:
    """A spatial element is aggregated by one that may have it."""
    allowed = next((parents for name, parents in PARENTS.items() if element.is_a(name)), None)
    if allowed is None:
        return
    parents = facts.whole.get(element.id(), [])
    if not parents or not all(_is(parent, allowed) for parent in parents):
        yield Fault("wrong_parent", element, {"allowed": " ".join(allowed), "found": _names(parents)})


@normative("SPS002", kind("IfcProject"), schemas=("IFC4", "IFC4X3"))
def project_children(facts: Facts, project: Entity) -> Iterator[Fault]:
    """A project aggregates nothing but spatial and positioning elements."""
    for part in facts.parts.get(project.id(), []):
        if not _is(part, UNDER_PROJECT):
            yield Fault("wrong_parent", part, {"allowed": "", "found": "IfcProject"})


def _aggregated(facts: Facts) -> Iterator[Entity]:
    return (e for e in facts.of("IfcElement") if e.id() in facts.whole)


@normative("SPS003", _aggregated)
def part_not_contained(facts: Facts, element: Entity) -> Iterator[Fault]:
    """A part of another element is not also contained in the spatial structure."""
    if element.id() in facts.container:
        yield Fault("contained_part", element, {"whole": _names(facts.whole[element.id()])})


def _contained_or_positioned(facts: Facts) -> Iterator[Entity]:
    return (e for e in facts.of("IfcProduct") if e.id() in facts.container or e.PositionedRelativeTo)


@normative("SPS004", _contained_or_positioned, schemas=("IFC4X3",))
def contained_or_positioned(facts: Facts, product: Entity) -> Iterator[Fault]:
    """A product is contained or positioned, not both."""
    if product.id() in facts.container and product.PositionedRelativeTo:
        yield Fault("contained_and_positioned", product)


def _solid(facts: Facts) -> Iterator[Entity]:
    """Elements but openings and other features, which go with the element that they change."""
    return (e for e in facts.of("IfcElement") if not e.is_a("IfcFeatureElement"))


def _relations(facts: Facts, element: Entity) -> list[str]:
    """The relations that give an element its place."""
    found = [name for name, table in RELATIONS.items() if element.id() in getattr(facts, table)]
    return [*found, *(["AdheresToElement"] if facts.said(element, "AdheresToElement") else [])]


@normative("SPS005", _solid)
def one_place(facts: Facts, element: Entity) -> Iterator[Fault]:
    """An element has its place by exactly one relation."""
    found = _relations(facts, element)
    if not found:
        yield Fault("no_place", element)
    elif len(found) > 1:
        yield Fault("several_places", element, {"relations": " ".join(found)})


@normative("SPS006", kind("IfcElement"), schemas=("IFC4X3",))
def positioned_and_referenced(_facts: Facts, element: Entity) -> Iterator[Fault]:
    """An element that is positioned is also referenced in the spatial structure."""
    if element.PositionedRelativeTo and not element.ReferencedInStructures:
        yield Fault("not_referenced", element)


@normative("SPS007", kind("IfcGrid", "IfcAnnotation"))
def annotation_contained(facts: Facts, product: Entity) -> Iterator[Fault]:
    """Grids and annotations are contained in the spatial structure, or belong to one that is."""
    if product.id() not in facts.container and product.id() not in facts.nest:
        yield Fault("not_contained", product)


def _whole_elements(facts: Facts) -> Iterator[Entity]:
    return (e for e in _solid(facts) if not {"Nests", "Decomposes", "AdheresToElement"} & set(_relations(facts, e)))


@normative("SPS007", _whole_elements)
def element_contained(facts: Facts, element: Entity) -> Iterator[Fault]:
    """An element that is no part of another is contained in the spatial structure."""
    if element.id() not in facts.container:
        yield Fault("not_contained", element)


@normative("SPS007", _aggregated)
def part_contained_through_whole(facts: Facts, element: Entity) -> Iterator[Fault]:
    """A part of another element is contained through it alone."""
    if element.id() in facts.container and any(w.is_a("IfcElement") for w in facts.whole[element.id()]):
        yield Fault("contained_part", element, {"whole": _names(facts.whole[element.id()])})


def _others(facts: Facts) -> Iterator[Entity]:
    placed = ("IfcElement", "IfcGrid", "IfcAnnotation")
    return (e for e in facts.of("IfcProduct") if not _is(e, placed))


@normative("SPS007", _others)
def line_not_contained(facts: Facts, product: Entity) -> Iterator[Fault]:
    """Alignments and referents belong to the project and are contained in nothing."""
    if product.is_a("IfcPositioningElement") and product.id() in facts.container:
        yield Fault("contained_line", product)


@normative("SPS008", kind("IfcBuildingStorey"), practice=True)
def storey_without_shape(_facts: Facts, storey: Entity) -> Iterator[Fault]:
    """A storey has no shape of its own."""
    yield from _shapeless(storey)


@normative("SPS008", kind("IfcSite"), schemas=("IFC4", "IFC4X3"), practice=True)
def site_without_shape(_facts: Facts, site: Entity) -> Iterator[Fault]:
    """A site has no shape of its own; its terrain is a geographic element on it."""
    yield from _shapeless(site)


@normative("SPS008", kind(*FACILITIES), schemas=("IFC4X3",), practice=True)
def facility_without_shape(_facts: Facts, facility: Entity) -> Iterator[Fault]:
    """A facility has no shape of its own."""
    yield from _shapeless(facility)


def _shapeless(element: Entity) -> Iterator[Fault]:
    if element.Representation:
        yield Fault("own_shape", element)


def _is(entity: Entity, names: tuple[str, ...]) -> bool:
    return any(entity.is_a(name) for name in names)


def _names(entities: list[Entity]) -> str:
    return " ".join(entity.is_a() for entity in entities)
