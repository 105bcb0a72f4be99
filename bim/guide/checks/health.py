"""Checks of the model's health: shapes, unused and far things."""

from collections.abc import Iterable

import numpy as np

from bim.guide.checks.registry import Checked, Params, check, ids
from bim.guide.checks.subject import Entity, Shape, Subject

_SWEPT = {
    "IfcExtrudedAreaSolid", "IfcExtrudedAreaSolidTapered", "IfcRevolvedAreaSolid", "IfcRevolvedAreaSolidTapered",
    "IfcSurfaceCurveSweptAreaSolid", "IfcFixedReferenceSweptAreaSolid", "IfcSweptDiskSolid",
    "IfcSweptDiskSolidPolygonal", "IfcDirectrixDerivedReferenceSweptAreaSolid",
}  # fmt: skip
_ITEMS = {
    "SweptSolid": _SWEPT,
    "Brep": {"IfcFacetedBrep", "IfcFacetedBrepWithVoids"},
    "Tessellation": {"IfcTriangulatedFaceSet", "IfcPolygonalFaceSet", "IfcTriangulatedIrregularNetwork"},
    "MappedRepresentation": {"IfcMappedItem"},
    "Clipping": {"IfcBooleanClippingResult"},
}
"""Classes of items by the type of their representation; types that hold many classes are not judged."""


@check("shapes")
def shapes(subject: Subject, _: Params) -> Checked:
    """Every physical element has a shape, or parts that have one."""
    bodies, elements = subject.bodies, subject.physical
    return Checked(len(elements), ids(e for e in elements if e.id() not in bodies and e.id() not in subject.parts))


@check("empty_representations")
def empty_representations(subject: Subject, _: Params) -> Checked:
    """Every representation of a physical element holds an item."""
    shaped = [e for e in subject.physical if e.id() in subject.shapes]
    return Checked(len(shaped), ids(e for e in shaped if not all(r.items for r in subject.shapes[e.id()])))


@check("one_body")
def one_body(subject: Subject, _: Params) -> Checked:
    """No physical element has two representations that are called Body."""
    shaped = [e for e in subject.physical if e.id() in subject.shapes]
    several = (e for e in shaped if sum(r.name == "Body" for r in subject.shapes[e.id()]) > 1)
    return Checked(len(shaped), ids(several))


@check("representation_types")
def representation_types(subject: Subject, _: Params) -> Checked:
    """Representations of the types of `_ITEMS` hold items of theirs and no other."""
    shaped = [e for e in subject.physical if e.id() in subject.shapes]
    wrong = (e for e in shaped if any(_is_mixed(shape) for shape in subject.shapes[e.id()]))
    return Checked(len(shaped), ids(wrong))


def _is_mixed(shape: Shape) -> bool:
    known = _ITEMS.get(shape.kind or "")
    return known is not None and any(item.is_a() not in known for item in shape.items)


@check("elements_placed")
def elements_placed(subject: Subject, _: Params) -> Checked:
    """Every physical element with a shape has a placement."""
    shaped = [e for e in subject.physical if e.id() in subject.shapes]
    return Checked(len(shaped), ids(e for e in shaped if e[5] is None))


@check("extrusions", least=float)
def extrusions(subject: Subject, params: Params) -> Checked:
    """Extruded solids are at least `least` metres deep, and rectangles have two sides of at least that."""
    least = params["least"] / subject.metre * (1 - 1e-9)
    solids = [(solid, solid[0], solid[3]) for solid in subject.of("IfcExtrudedAreaSolid")]
    wrong = [solid for solid, _, depth in solids if depth is None or depth < least]
    flat = {area.id() for area in subject.of("IfcRectangleProfileDef") if min(area[3] or 0.0, area[4] or 0.0) < least}
    wrong += [solid for solid, area, _ in solids if area is not None and area.id() in flat]
    return Checked(len(solids), ids(owner for solid in wrong for owner in _owners(subject, solid)))


def _owners(subject: Subject, item: Entity) -> list[Entity]:
    """The products that show an item, or the item itself where none does."""
    seen, ahead = {item.id()}, [item]
    found: list[Entity] = []
    while ahead:
        users: Iterable[Entity] = subject.model.get_inverse(ahead.pop())
        for user in users:
            if user.id() in seen:
                continue
            seen.add(user.id())
            (found if user.is_a("IfcProduct") else ahead).append(user)
    return found


@check("unused_types")
def unused_types(subject: Subject, _: Params) -> Checked:
    """Every type of elements has an occurrence."""
    used = {made.id() for made in subject.types.values()}
    types = subject.of("IfcElementType", "IfcDoorStyle", "IfcWindowStyle")
    return Checked(len(types), ids(made for made in types if made.id() not in used))


@check("empty_groups")
def empty_groups(subject: Subject, _: Params) -> Checked:
    """Every group has members."""
    groups = subject.of("IfcGroup")
    return Checked(len(groups), ids(group for group in groups if not subject.members.get(group.id())))


@check("far_elements", unit="m", metres=float)
def far_elements(subject: Subject, params: Params) -> Checked:
    """No element stands further than `metres` from the middle of them all."""
    placed = [e for e in subject.physical if e.id() in subject.points]
    if not placed:
        return Checked(0)
    points = np.array([subject.points[e.id()] for e in placed])
    away = np.linalg.norm(points - np.median(points, axis=0), axis=1)
    far = [e for e, distance in zip(placed, away.tolist(), strict=True) if distance > params["metres"]]
    return Checked(len(placed), ids(far), float(away.max()), params["metres"])


@check("one_representation")
def one_representation(subject: Subject, _: Params) -> Checked:
    """An element has one representation of an identifier."""
    names = {key: [shape.name for shape in made if shape.name] for key, made in subject.shapes.items()}
    double = {key for key, said in names.items() if len(said) > len(set(said))}
    return Checked(len(names), ids(e for e in subject.physical if e.id() in double))
