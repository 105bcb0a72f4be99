"""Checks for elements that are there twice, by placement and shape.

A shape is known by what it is made of: the source of a mapped item, an extrusion's profile and depth, the count and
first corner of a brep's or mesh's faces. Only elements that share a placement are looked at.
"""

from collections import defaultdict
from typing import Any

import numpy as np

from bim.guide.checks.footprint import profile
from bim.guide.checks.registry import Checked, Params, check, ids
from bim.guide.checks.subject import Entity, Subject
from bim.positions import axes


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
    likely = [g for elements in _by_place(subject) for g in _grouped(subject, elements, 1)]  # by the first item
    return [group for elements in likely for group in _grouped(subject, elements, None)]


def _grouped(subject: Subject, elements: list[Entity], count: int | None) -> list[list[Entity]]:
    """Groups of two and more whose bodies have as many items, of which the first `count` (or all) are alike."""
    alike: dict[tuple[int, str], list[Entity]] = defaultdict(list)
    for element in elements:
        items = subject.bodies[element.id()]
        alike[len(items), "; ".join(_signature(item, subject.metre) for item in items[:count])].append(element)
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


def _signature(item: Entity, metre: float) -> str:
    """What an item is made of, so that a copy has the same."""
    kind = item.is_a()
    if kind == "IfcMappedItem":
        target = item.MappingTarget
        made = [item.MappingSource.id(), _rounded(target.LocalOrigin.Coordinates, metre)]
        made += [axis and axis.DirectionRatios for axis in (target.Axis1, target.Axis2)]
    elif kind == "IfcExtrudedAreaSolid":
        x, y, _, at = axes(item[1])
        place = _rounded((*x, *y), 1.0), _rounded(at, metre)
        made = [_profile(item[0], metre), place, _rounded((item[3],), metre), item[2].DirectionRatios]
    elif item.is_a("IfcManifoldSolidBrep"):
        faces = item.Outer.CfsFaces
        bound = faces[0].Bounds[0].Bound
        corners = bound.Polygon if bound.is_a("IfcPolyLoop") else None
        made = [len(faces), corners[0].Coordinates if corners else item.id()]
    elif item.is_a("IfcTessellatedFaceSet"):
        corners = item.Coordinates.CoordList
        made = [len(corners), corners[0], corners[-1]]
    else:
        made = [item.id()]  # of other kinds a copy is not told from another shape
    return f"{kind} {made}"


def _profile(area: Entity, metre: float) -> Any:
    corners = profile(area)
    return area.id() if corners is None else [_rounded(corner, metre) for corner in corners]


def _rounded(values: Any, scale: float) -> tuple[float, ...]:
    return tuple(round(value * scale, 4) + 0.0 for value in values)
