"""GEM002 to GEM005, GEM051, GEM052: shapes of products, and the contexts they are in."""

from collections import Counter
from collections.abc import Iterator

from bim.extract import Entity
from bim.validity.facts import Facts, Shape
from bim.validity.registry import Fault, kind, normative

_NAMED = "CoG Box Annotation Axis FootPrint Profile Surface Reference Body Body-Fallback Clearance Lighting"
IDENTIFIERS = frozenset(_NAMED.split())
"""The identifiers that the documentation of IfcShapeRepresentation names."""
OLDER_IDENTIFIERS = IDENTIFIERS | {"Boundary", "WalkingLine"}
"""IFC2X3 names two more, for flights of stairs and ramps."""
_TYPES_2X3 = (
    "Curve2D GeometricSet GeometricCurveSet Annotation2D SurfaceModel SolidModel SweptSolid Brep CSG Clipping "
    "AdvancedSweptSolid BoundingBox SectionedSpine MappedRepresentation"
)
_TYPES_4 = (
    "Point PointCloud Curve Curve3D Surface Surface2D Surface3D FillArea Text AdvancedSurface Tessellation "
    "AdvancedBrep LightSource SurfaceOrSolidModel"
)
SHAPE_TYPES = {
    "IFC2X3": frozenset(_TYPES_2X3.split()),
    "IFC4": frozenset(f"{_TYPES_2X3} {_TYPES_4}".split()),
    "IFC4X3": frozenset(f"{_TYPES_2X3} {_TYPES_4} Segment SectionedSurface".split()),
}
"""The types that the schema's function IfcShapeRepresentationTypes tells apart."""
TOPOLOGY_TYPES = frozenset({"Vertex", "Edge", "Path", "Face", "Shell", "Undefined"})
SPACE_BODIES = ("SweptSolid", "Clipping", "Brep", "Tessellation")
CONTEXT_TYPES = ("Model", "Plan", "NotDefined")


def _shapes(product: Entity) -> list[Entity]:
    return list(product.Representation.Representations or ()) if product.Representation else []


@normative("GEM002", kind("IfcSpace"))
def space_body(_facts: Facts, space: Entity) -> Iterator[Fault]:
    """A space has one body, of a kind that any reader can build."""
    bodies = [shape.RepresentationType for shape in _shapes(space) if shape.RepresentationIdentifier == "Body"]
    if len(bodies) != 1:
        yield Fault("bodies", space, {"count": len(bodies)})
    elif bodies[0] not in SPACE_BODIES:
        yield Fault("body_type", space, {"type": bodies[0]})


@normative("GEM002", kind("IfcSpace"))
def space_footprint(_facts: Facts, space: Entity) -> Iterator[Fault]:
    """A space whose body is given by faces has a footprint besides."""
    shapes = {(shape.RepresentationIdentifier, shape.RepresentationType) for shape in _shapes(space)}
    if ("Body", "Brep") in shapes and not any(identifier == "FootPrint" for identifier, _ in shapes):
        yield Fault("no_footprint", space)


def _shaped(facts: Facts) -> list[tuple[Entity, list[Shape]]]:
    return facts.shaped


@normative("GEM003", _shaped)
def unique_identifiers(_facts: Facts, subject: tuple[Entity, list[Shape]]) -> Iterator[Fault]:
    """A product has one representation of an identifier."""
    product, shapes = subject
    count = Counter(identifier for _, identifier, _ in shapes)
    for identifier, uses in count.items():
        if identifier is not None and uses > 1:
            yield Fault("double_identifier", product, {"identifier": identifier, "count": uses})


@normative("GEM004", _shaped)
def known_identifiers(facts: Facts, subject: tuple[Entity, list[Shape]]) -> Iterator[Fault]:
    """Identifiers and types of representations are among those that the schema knows."""
    identifiers = OLDER_IDENTIFIERS if facts.schema == "IFC2X3" else IDENTIFIERS
    for shape, identifier, said in subject[1]:
        types = SHAPE_TYPES[facts.schema] if shape.is_a("IfcShapeRepresentation") else TOPOLOGY_TYPES
        if identifier is not None and identifier not in identifiers:
            yield Fault("unknown_identifier", shape, {"identifier": identifier})
        if said is not None and said not in types:
            yield Fault("unknown_type", shape, {"type": said})


@normative("GEM005", kind("IfcBuilding"))
def empty_building(facts: Facts, building: Entity) -> Iterator[Fault]:
    """A building that holds nothing has a body of its own."""
    if building.id() in facts.parts or building.ContainsElements:
        return
    if not any(shape.RepresentationIdentifier == "Body" for shape in _shapes(building)):
        yield Fault("no_body", building)


@normative("GEM051", kind("IfcProject"), practice=True)
def geometric_context(_facts: Facts, project: Entity) -> Iterator[Fault]:
    """A project has contexts for geometry, and they say whether they are of the model or a plan."""
    contexts = project.RepresentationContexts or ()
    if not any(context.is_a("IfcGeometricRepresentationContext") for context in contexts):
        yield Fault("no_context", project)
    for context in contexts:
        if context.ContextType not in CONTEXT_TYPES:
            yield Fault("context_type", context, {"type": context.ContextType})


def _contexts(facts: Facts) -> list[Entity]:
    return list(facts.model.by_type("IfcGeometricRepresentationContext", include_subtypes=False))


@normative("GEM052", _contexts, schemas=("IFC4", "IFC4X3"), practice=True)
def subcontexts(_facts: Facts, context: Entity) -> Iterator[Fault]:
    """A context is divided by what its shapes are for."""
    if not context.HasSubContexts:
        yield Fault("no_subcontext", context)


@normative("GEM052", kind("IfcGeometricRepresentationSubContext"), schemas=("IFC4", "IFC4X3"), practice=True)
def subcontext_identifier(_facts: Facts, context: Entity) -> Iterator[Fault]:
    """A subcontext says what for."""
    if context.ContextIdentifier not in IDENTIFIERS:
        yield Fault("context_identifier", context, {"identifier": context.ContextIdentifier})
