"""A corner of an element's body: coordinates of the map are often in the shape, not in the placement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bim.guide.checks.footprint import led, profile, uncut
from bim.positions import Vector, axes

if TYPE_CHECKING:
    from bim.guide.checks.subject import Entity, Subject


Known = dict[int, Vector | None]
"""Corners of what is mapped, from the origin that is mapped, by its source."""


def corner(subject: Subject, element: Entity, items: Sequence[Entity], known: Known) -> Vector | None:
    """A corner of the first item, metres of the model; None where it is not read or the element not placed."""
    frame, at = subject.frame(element), _of(items[0], known)
    if frame is None or at is None:
        return None
    x, y, z = led(frame, at)
    return (x * subject.metre, y * subject.metre, z * subject.metre)


def _of(item: Entity, known: Known) -> Vector | None:
    """A corner of an item in the coordinates of its representation; attributes by position, there are very many."""
    item, _ = uncut(item, "IfcBooleanResult")
    if item.is_a("IfcMappedItem"):
        return _mapped(item, known)
    if item.is_a("IfcSweptAreaSolid"):
        u, v = (profile(item[0]) or [(0.0, 0.0)])[0]
        return led(axes(item[1]), (u, v, 0.0))
    if item.is_a("IfcTessellatedFaceSet"):
        return _vector(item[0][0][0])
    point = _of_faces(item)
    return None if point is None else _vector(point[0])


def _of_faces(item: Entity) -> Entity | None:
    """The first point of a body of faces with straight edges."""
    if item.is_a("IfcManifoldSolidBrep"):
        shell = item.Outer
    elif item.is_a("IfcFaceBasedSurfaceModel"):
        shell = item.FbsmFaces[0]
    elif item.is_a("IfcShellBasedSurfaceModel"):
        shell = item.SbsmBoundary[0]
    else:
        return None
    bound = shell.CfsFaces[0].Bounds[0].Bound
    return bound.Polygon[0] if bound.is_a("IfcPolyLoop") else None


def _mapped(item: Entity, known: Known) -> Vector | None:
    """A corner of what is mapped, moved to its target; a turn leaves what is far as far."""
    source, target = item[0], item[1]
    if source.id() not in known:
        inner = source[1][3]
        known[source.id()] = _less(_of(inner[0], known) if inner else None, axes(source[0])[3])
    at, place = known[source.id()], target[2]
    if at is None or place is None:
        return at
    x, y, z = _vector(place[0])
    return (at[0] + x, at[1] + y, at[2] + z)


def _less(at: Vector | None, origin: Vector) -> Vector | None:
    return None if at is None else (at[0] - origin[0], at[1] - origin[1], at[2] - origin[2])


def _vector(values: Sequence[float]) -> Vector:
    return (values[0], values[1], values[2])
