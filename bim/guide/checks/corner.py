"""A corner of an element's body: coordinates of the map are often in the shape, not in the placement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bim.guide.checks.footprint import led, profile, uncut
from bim.positions import Vector, axes

if TYPE_CHECKING:
    from bim.guide.checks.subject import Entity, Subject


Known = dict[int, Vector | None]
"""Corners of what is mapped, by its source."""


def corner(subject: Subject, element: Entity, items: Sequence[Entity], known: Known) -> Vector | None:
    """A corner of the first item, metres of the model; None where it is not read or the element not placed."""
    frame, at = subject.frame(element), _of(items[0], known)
    if frame is None or at is None:
        return None
    x, y, z = led(frame, at)
    return (x * subject.metre, y * subject.metre, z * subject.metre)


def _of(item: Entity, known: Known) -> Vector | None:
    """A corner of an item in the coordinates of its representation."""
    item, _ = uncut(item, "IfcBooleanResult")
    if item.is_a("IfcMappedItem"):
        return _mapped(item, known)
    if item.is_a("IfcSweptAreaSolid"):
        u, v = (profile(item.SweptArea) or [(0.0, 0.0)])[0]
        return led(axes(item.Position), (u, v, 0.0))
    if item.is_a("IfcTessellatedFaceSet"):
        return _vector(item.Coordinates.CoordList[0])
    point = _of_faces(item)
    return None if point is None else _vector(point.Coordinates)


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
    mapped = item.MappingSource
    if mapped.id() not in known:
        inner = mapped.MappedRepresentation.Items
        known[mapped.id()] = _of(inner[0], known) if inner else None
    at, place, source = known[mapped.id()], item.MappingTarget.LocalOrigin, axes(mapped.MappingOrigin)[3]
    if at is None or place is None:
        return at
    x, y, z = (a + b - c for a, b, c in zip(at, _vector(place.Coordinates), source, strict=True))
    return (x, y, z)


def _vector(values: Sequence[float]) -> Vector:
    return (values[0], values[1], values[2])
