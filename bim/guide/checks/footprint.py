"""Outlines in plan of vertical extrusions and of bodies of flat faces, read without a geometry kernel.

What is not read (curved edges, slanted extrusions, very many faces) is None, and a check that needs it
leaves its answer open.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bim.positions import Frame, axes, inside

if TYPE_CHECKING:  # loaded where an outline is made
    from shapely import Polygon

    from bim.guide.checks.subject import Entity, Subject

Corners = list[tuple[float, float]]
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
    """The plan of one item: an extrusion upwards or downwards, or a body of flat faces."""
    while item.is_a("IfcBooleanClippingResult"):
        item = item.FirstOperand  # a slanted cut above leaves the plan as it is
    if item.is_a("IfcFacetedBrep"):
        return _shadow(item.Outer.CfsFaces, frame, metre)
    if item.is_a("IfcFaceBasedSurfaceModel"):
        return _shadow([face for part in item.FbsmFaces for face in part.CfsFaces], frame, metre)
    if not item.is_a("IfcExtrudedAreaSolid"):
        return None
    within, corners = inside(frame, axes(item.Position)), profile(item.SweptArea)
    if corners is None or not _upright(within, item.ExtrudedDirection.DirectionRatios):
        return None
    holes = [_corners(curve) for curve in getattr(item.SweptArea, "InnerCurves", None) or ()]
    if any(hole is None for hole in holes):
        return None
    rings = [[_placed(within, (*corner, 0.0), metre) for corner in ring or ()] for ring in (corners, *holes)]
    return _polygon(rings)


def _polygon(rings: list[Corners]) -> Polygon | None:
    """The outer ring less the others; None where it is a line, or crosses itself so that its area is in doubt."""
    import shapely

    drawn = shapely.Polygon(rings[0], rings[1:])
    made = drawn if drawn.is_valid else shapely.make_valid(drawn)
    return made if made.area > 0 and math.isclose(made.area, drawn.area, rel_tol=1e-6) else None


def _shadow(faces: Sequence[Entity], frame: Frame, metre: float) -> Polygon | None:
    """The union of the faces as seen from above; None where they are very many or not bounded by straight lines."""
    import shapely

    loops = [bound.Bound for face in faces for bound in face.Bounds]
    if len(loops) > _MOST_FACES or not all(loop.is_a("IfcPolyLoop") for loop in loops):
        return None
    parts = []
    for face in faces:
        bounds = sorted(face.Bounds, key=lambda bound: not bound.is_a("IfcFaceOuterBound"))
        rings = [[_placed(frame, point.Coordinates, metre) for point in b.Bound.Polygon] for b in bounds]
        parts.append(_polygon(rings))
    flat = [part for part in parts if part is not None]  # an upright face is a line in plan
    return shapely.union_all(flat) if flat else None


def _upright(frame: Frame, direction: tuple[float, ...]) -> bool:
    """Whether the profile lies flat and is moved along the vertical."""
    x, y, z, _ = frame
    flat = abs(x[2]) + abs(y[2]) < 1e-6
    aside = [sum(axis[i] * d for axis, d in zip((x, y, z), direction, strict=True)) for i in (0, 1)]
    return flat and math.hypot(*aside) < 1e-6


def _placed(frame: Frame, point: Sequence[float], metre: float) -> tuple[float, float]:
    """A point of a frame in plan."""
    x, y, z, at = frame
    u, v, w = point
    return (
        (at[0] + u * x[0] + v * y[0] + w * z[0]) * metre,
        (at[1] + u * x[1] + v * y[1] + w * z[1]) * metre,
    )


def profile(area: Entity) -> Corners | None:
    """The outer corners of a profile of straight edges; None for any other."""
    kind = area.is_a()
    if kind == "IfcRectangleProfileDef":
        return _moved(area.Position, _rectangle(area.XDim, area.YDim))
    if kind in ("IfcArbitraryClosedProfileDef", "IfcArbitraryProfileDefWithVoids"):
        return _corners(area.OuterCurve)
    return None


def _rectangle(width: float, depth: float) -> Corners:
    x, y = width / 2, depth / 2
    return [(-x, -y), (x, -y), (x, y), (-x, y)]


def _moved(placement: Entity | None, corners: Corners) -> Corners:
    """Corners of a profile with a placement of its own."""
    x, y, _, at = axes(placement)
    return [(at[0] + u * x[0] + v * y[0], at[1] + u * x[1] + v * y[1]) for u, v in corners]


def _corners(curve: Entity) -> Corners | None:
    if curve.is_a("IfcPolyline"):
        return [point.Coordinates[:2] for point in curve.Points]
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
        part = _corners(segment.ParentCurve) if segment.ParentCurve.is_a("IfcPolyline") else None
        if part is None:
            return None
        corners += part if segment.SameSense else part[::-1]
    return corners
