"""Outlines in plan of extrusions and of bodies of flat faces, read without a geometry kernel.

What is not read (curved edges, bodies cut through at both ends, very many faces) is None, and a check that needs it
leaves its answer open.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from bim.positions import Frame, Vector, axes, inside

if TYPE_CHECKING:  # loaded where an outline is made
    from shapely import Polygon

    from bim.guide.checks.subject import Entity, Subject

Corners = list[tuple[float, float]]
Face = Sequence[Sequence[Sequence[float]]]
"""The rings of a face, each of points in space."""
_MOST_FACES = 400


def footprint(subject: Subject, product: Entity) -> Polygon | None:
    """The outline in plan, square metres of the model; None where some part of the shape is not read."""
    import shapely

    from bim.shapes import body_items

    frame, items = subject.frame(product), body_items(product)
    if frame is None or not items:
        return None
    made = [_outline(item, frame, subject.metre) for item in items]
    if any(part is None for part in made):
        return None
    whole = shapely.union_all([part for part in made if part is not None])
    return None if whole.is_empty else whole


def _outline(item: Entity, frame: Frame, metre: float) -> Polygon | None:
    """The plan of one item: an extrusion, whole at one end if it is cut, or a body of flat faces."""
    item, cuts = uncut(item, "IfcBooleanClippingResult")
    if item.is_a("IfcExtrudedAreaSolid"):
        return _extruded(item, cuts, frame, metre)
    if cuts or (count_faces(item) or 0) > _MOST_FACES:
        return None
    faces = faces_of(item)
    return None if faces is None else _shadow(faces, frame, metre)


def uncut(item: Entity, kind: str) -> tuple[Entity, list[Entity]]:
    """The body that booleans of a kind begin with, and what they cut it with; one that cuts itself stays a boolean."""
    cuts, seen = [], set()
    while item.is_a(kind) and item.id() not in seen:
        seen.add(item.id())
        cuts.append(item.SecondOperand)
        item = item.FirstOperand
    return item, cuts


def _extruded(item: Entity, cuts: list[Entity], frame: Frame, metre: float) -> Polygon | None:
    """The plan of an extrusion; a cut leaves it as it is where it takes nothing from one end of an upright one."""
    within, profiles = axes(item.Position), _rings(item.SweptArea)
    if profiles is None or not item.Depth > 0:
        return None
    move = tuple(item.Depth * ratio for ratio in _unit(item.ExtrudedDirection.DirectionRatios))
    ends = [[[led(within, (u + a, v + b, c)) for u, v in ring] for ring in profiles] for a, b, c in ((0, 0, 0), move)]
    if cuts and not any(_spared([point for ring in end for point in ring], cuts) for end in ends):
        return None
    first, last = ends
    if _upright(inside(frame, within), item.ExtrudedDirection.DirectionRatios):
        return _polygon([[_placed(frame, point, metre) for point in ring] for ring in first])
    sides = [
        [[a, b, d, c]]
        for low, high in zip(first, last, strict=True)
        for (a, b), (c, d) in zip(pairwise([*low, low[0]]), pairwise([*high, high[0]]), strict=True)
    ]
    return None if cuts else _shadow([first, last, *sides], frame, metre)


def _rings(area: Entity) -> list[Corners] | None:
    """The outer corners of a profile, then those of its holes; None where some edge is not straight."""
    rings = [profile(area), *map(corners_of, getattr(area, "InnerCurves", None) or ())]
    known = [ring for ring in rings if ring]
    return known if len(known) == len(rings) else None


def _spared(points: list[Vector], cuts: list[Entity]) -> bool:
    """Whether no point lies in what is cut off; the part of a half space is taken for the whole."""
    if not all(cut.is_a("IfcHalfSpaceSolid") and cut.BaseSurface.is_a("IfcPlane") for cut in cuts):
        return False
    planes = [(axes(cut.BaseSurface.Position), 1.0 if cut.AgreementFlag else -1.0) for cut in cuts]
    return all(
        sign * sum(n * (p - o) for n, p, o in zip(normal, point, at, strict=True)) > -1e-6
        for (_, _, normal, at), sign in planes
        for point in points
    )


def _polygon(rings: list[Corners]) -> Polygon | None:
    """The outer ring less the others; None where it is a line, or crosses itself so that its area is in doubt."""
    import shapely

    drawn = shapely.Polygon(rings[0], rings[1:])
    made = drawn if drawn.is_valid else shapely.make_valid(drawn)
    return made if made.area > 0 and math.isclose(made.area, drawn.area, rel_tol=1e-6) else None


def _shadow(faces: Sequence[Face], frame: Frame, metre: float) -> Polygon | None:
    """The union of the faces as seen from above; an upright face is a line in plan."""
    import shapely

    parts = [_polygon([[_placed(frame, point, metre) for point in ring] for ring in rings]) for rings in faces]
    flat = [part for part in parts if part is not None]
    return shapely.union_all(flat) if flat else None


def faces_of(item: Entity) -> list[Face] | None:
    """The rings of each face of a body, the outer one first; None of a body of curved edges or of another kind."""
    if item.is_a("IfcTriangulatedFaceSet"):
        return [_indexed(item, (ring,)) for ring in item.CoordIndex]
    if item.is_a("IfcPolygonalFaceSet"):
        rings = [(f.CoordIndex, *(getattr(f, "InnerCoordIndices", None) or ())) for f in item.Faces]
        return [_indexed(item, indices) for indices in rings]
    shells = _shells(item)
    return None if shells is None else _bounded([face for shell in shells for face in shell.CfsFaces])


def count_faces(item: Entity) -> int | None:
    """How many faces `faces_of` would give."""
    if item.is_a("IfcTessellatedFaceSet"):
        return len(item.CoordIndex if item.is_a("IfcTriangulatedFaceSet") else item.Faces)
    shells = _shells(item)
    return None if shells is None else sum(len(shell.CfsFaces) for shell in shells)


def _shells(item: Entity) -> Sequence[Entity] | None:
    """The sets of faces that a body is made of."""
    if item.is_a("IfcFacetedBrep"):
        return (item.Outer,)
    if item.is_a("IfcFaceBasedSurfaceModel"):
        return tuple(item.FbsmFaces)
    return tuple(item.SbsmBoundary) if item.is_a("IfcShellBasedSurfaceModel") else None


def _bounded(faces: Sequence[Entity]) -> list[Face] | None:
    if not all(bound.Bound.is_a("IfcPolyLoop") for face in faces for bound in face.Bounds):
        return None
    outer_first = (sorted(face.Bounds, key=lambda bound: not bound.is_a("IfcFaceOuterBound")) for face in faces)
    return [[[point.Coordinates for point in bound.Bound.Polygon] for bound in bounds] for bounds in outer_first]


def _indexed(item: Entity, indices: Sequence[Sequence[int]]) -> Face:
    """Rings by the numbers of their points, which count from one; an index of its own may stand between."""
    points, between = item.Coordinates.CoordList, getattr(item, "PnIndex", None)
    return [[points[(between[i - 1] if between else i) - 1] for i in ring] for ring in indices]


def _upright(frame: Frame, direction: tuple[float, ...]) -> bool:
    """Whether the profile lies flat and is moved along the vertical."""
    x, y, z, _ = frame
    flat = abs(x[2]) + abs(y[2]) < 1e-6
    aside = [sum(axis[i] * d for axis, d in zip((x, y, z), direction, strict=True)) for i in (0, 1)]
    return flat and math.hypot(*aside) < 1e-6


def led(frame: Frame, point: Sequence[float]) -> Vector:
    """A point of a frame in the coordinates around it."""
    x, y, z, at = frame
    u, v, w = point
    return (
        at[0] + u * x[0] + v * y[0] + w * z[0],
        at[1] + u * x[1] + v * y[1] + w * z[1],
        at[2] + u * x[2] + v * y[2] + w * z[2],
    )


def _unit(direction: Sequence[float]) -> Vector:
    length = math.hypot(*direction) or 1.0
    return (direction[0] / length, direction[1] / length, direction[2] / length)


def _placed(frame: Frame, point: Sequence[float], metre: float) -> tuple[float, float]:
    """A point of a frame in plan."""
    x, y, _ = led(frame, point)
    return (x * metre, y * metre)


def profile(area: Entity) -> Corners | None:
    """The outer corners of a profile of straight edges; None for any other. Attributes by position, for speed."""
    kind = area.is_a()
    if kind == "IfcRectangleProfileDef":
        return _moved(area[2], _rectangle(area[3], area[4]))
    if kind in ("IfcArbitraryClosedProfileDef", "IfcArbitraryProfileDefWithVoids"):
        return corners_of(area[2])
    return None


def _rectangle(width: float, depth: float) -> Corners:
    x, y = width / 2, depth / 2
    return [(-x, -y), (x, -y), (x, y), (-x, y)]


def _moved(placement: Entity | None, corners: Corners) -> Corners:
    """Corners of a profile with a placement of its own."""
    x, y, _, at = axes(placement)
    return [(at[0] + u * x[0] + v * y[0], at[1] + u * x[1] + v * y[1]) for u, v in corners]


def corners_of(curve: Entity) -> Corners | None:
    """The corners of a plane curve of straight edges; None for any other."""
    if curve.is_a("IfcPolyline"):
        return [point[0][:2] for point in curve[0]]
    if curve.is_a("IfcIndexedPolyCurve"):
        straight = all(s.is_a("IfcLineIndex") for s in curve.Segments or ())
        return [tuple(row[:2]) for row in curve.Points.CoordList] if straight else None
    if curve.is_a("IfcCompositeCurve"):
        return _joined(curve.Segments)
    return None


def _joined(segments: tuple[Entity, ...]) -> Corners | None:
    """The corners of polylines one after the other."""
    corners: Corners = []
    for segment in segments:
        part = corners_of(segment.ParentCurve) if segment.ParentCurve.is_a("IfcPolyline") else None
        if part is None:
            return None
        corners += part if segment.SameSense else part[::-1]
    return corners
