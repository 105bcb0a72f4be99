"""Checks for elements that are there twice, by placement and shape.

A shape is known by what it is made of: what is mapped and to where, an extrusion's profile and depth, the corners of a
body of flat faces, the sides of a cut. Only elements that share a placement are looked at, and of those all corners
are counted only where the first item looks the same.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from bim.guide.checks.footprint import Face, corners_of, count_faces, faces_of, profile
from bim.guide.checks.registry import Checked, Params, check, ids
from bim.guide.checks.subject import Entity, Subject
from bim.positions import axes

Depth = Literal["first", "own", "mapped"]
"""The first item by its count of faces; all items by their corners; what is mapped by its corners too."""


@check("duplicates")
def duplicates(subject: Subject, _: Params) -> Checked:
    """No two elements of one class share placement and shape."""
    wrong = [e for alike in subject.alike for e in alike if sum(o.is_a() == e.is_a() for o in alike) > 1]
    return Checked(len(subject.bodies), ids(wrong))


@check("coincident")
def coincident(subject: Subject, _: Params) -> Checked:
    """No two elements of different classes share placement and shape."""
    wrong = [e for alike in subject.alike if len({e.is_a() for e in alike}) > 1 for e in alike]
    return Checked(len(subject.bodies), ids(wrong))


def by_shape(subject: Subject) -> list[list[Entity]]:
    """Groups of physical elements that share placement and shape."""
    likely = [g for elements in _by_place(subject) for g in _grouped(subject, elements, "first")]
    return [group for elements in likely for group in _grouped(subject, elements, _depth(subject, elements))]


def _depth(subject: Subject, elements: list[Entity]) -> Depth:
    """How deep to look: into what is mapped only where it is mapped from several sources."""
    bodies = [subject.bodies[element.id()] for element in elements]
    sources = {tuple(i.MappingSource.id() for i in items if i.is_a("IfcMappedItem")) for items in bodies}
    return "own" if len(sources) == 1 else "mapped"


def _grouped(subject: Subject, elements: list[Entity], depth: Depth) -> list[list[Entity]]:
    """Groups of two and more whose bodies have as many items and are alike as far as `depth`."""
    alike: dict[tuple[int, str], list[Entity]] = defaultdict(list)
    for element in elements:
        items = subject.bodies[element.id()]
        looked = items[:1] if depth == "first" else items
        alike[len(items), "; ".join(_signature(item, subject.metre, depth) for item in looked)].append(element)
    return [group for group in alike.values() if len(group) > 1]


def _by_place(subject: Subject) -> list[list[Entity]]:
    """Groups of elements with a body that share a placement, to a tenth of a millimetre."""
    framed = [(e, subject.frame(e)) for e in subject.physical if e.id() in subject.bodies]
    placed = [(element, frame) for element, frame in framed if frame is not None]
    if not placed:
        return []
    rows = np.array([(*(v * subject.metre for v in at), *x, *y) for _, (x, y, _, at) in placed])
    keys = np.rint(rows * 1e4).astype(np.int64)
    groups: dict[bytes, list[Entity]] = defaultdict(list)
    for (element, _), key in zip(placed, keys, strict=True):
        groups[key.tobytes()].append(element)
    return [group for group in groups.values() if len(group) > 1]


def _signature(item: Entity, metre: float, depth: Depth) -> str:
    """What an item is made of, so that a copy has the same."""
    made: Any
    if item.is_a("IfcMappedItem"):
        made = _mapped(item, metre, depth)
    elif item.is_a("IfcExtrudedAreaSolid"):
        made = [_profile(item[0], metre), _frame(item[1], metre), _rounded((item[3],), metre), item[2].DirectionRatios]
    elif item.is_a("IfcBooleanResult"):
        made = [item.Operator, *(_signature(o, metre, depth) for o in (item.FirstOperand, item.SecondOperand))]
    elif item.is_a("IfcHalfSpaceSolid") and item.BaseSurface.is_a("IfcPlane"):
        made = [_frame(item.BaseSurface.Position, metre), item.AgreementFlag, _bounds(item, metre)]
    else:
        made = count_faces(item)
        faces = None if depth == "first" else faces_of(item)
        made = item.id() if made is None else made if faces is None else _corners(faces, metre)
    return f"{item.is_a()} {made}"


def _mapped(item: Entity, metre: float, depth: Depth) -> Any:
    """Where it is mapped to, and what is mapped; a copied type maps a copy."""
    target = item.MappingTarget
    place = _rounded(target.LocalOrigin.Coordinates, metre), target.Scale
    made = [place, *(axis and axis.DirectionRatios for axis in (target.Axis1, target.Axis2))]
    if depth == "mapped":
        made += [_signature(i, metre, depth) for i in item.MappingSource.MappedRepresentation.Items or ()]
    return made


def _corners(faces: Sequence[Face], metre: float) -> Any:
    """How many corners there are, their box and their sum, to a tenth of a millimetre each."""
    points = np.array([point for rings in faces for ring in rings for point in ring]) * metre
    told = [*points.min(axis=0), *points.max(axis=0), *points.mean(axis=0)]
    return [len(faces), len(points), _rounded(told, 1.0)]


def _bounds(item: Entity, metre: float) -> Any:
    """The polygon that bounds a half space, where there is one."""
    if not item.is_a("IfcPolygonalBoundedHalfSpace"):
        return None
    known = corners_of(item.PolygonalBoundary)
    line = item.PolygonalBoundary.id() if known is None else [_rounded(corner, metre) for corner in known]
    return [_frame(item.Position, metre), line]


def _frame(placement: Entity, metre: float) -> Any:
    x, y, _, at = axes(placement)
    return _rounded((*x, *y), 1.0), _rounded(at, metre)


def _profile(area: Entity, metre: float) -> Any:
    corners = profile(area)
    return area.id() if corners is None else [_rounded(corner, metre) for corner in corners]


def _rounded(values: Any, scale: float) -> tuple[float, ...]:
    return tuple(round(value * scale, 4) + 0.0 for value in values)
