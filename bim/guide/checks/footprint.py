"""Outlines in plan of vertical extrusions, read from the model without a geometry kernel.

What is not read (curved edges, breps, slanted solids) is None: a check that needs it leaves its answer open.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bim.positions import Frame, axes, inside

if TYPE_CHECKING:  # loaded where an outline is made
    from shapely import Polygon

    from bim.guide.checks.subject import Entity, Subject

Corners = list[tuple[float, float]]


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
    """The plan of one item that is extruded upwards or downwards."""
    import shapely

    while item.is_a("IfcBooleanClippingResult"):
        item = item.FirstOperand  # a slanted cut above leaves the plan as it is
    if not item.is_a("IfcExtrudedAreaSolid"):
        return None
    within = inside(frame, axes(item.Position))
    corners = profile(item.SweptArea)
    if corners is None or not _upright(within, item.ExtrudedDirection.DirectionRatios):
        return None
    made = shapely.Polygon([_placed(within, corner, metre) for corner in corners])
    return made if made.is_valid and made.area > 0 else None


def _upright(frame: Frame, direction: tuple[float, ...]) -> bool:
    """Whether the profile lies flat and is moved along the vertical."""
    x, y, z, _ = frame
    flat = abs(x[2]) + abs(y[2]) < 1e-6
    aside = [sum(axis[i] * d for axis, d in zip((x, y, z), direction, strict=True)) for i in (0, 1)]
    return flat and math.hypot(*aside) < 1e-6


def _placed(frame: Frame, corner: tuple[float, float], metre: float) -> tuple[float, float]:
    x, y, _, at = frame
    u, v = corner
    return ((at[0] + u * x[0] + v * y[0]) * metre, (at[1] + u * x[1] + v * y[1]) * metre)


def profile(area: Entity) -> Corners | None:
    """The corners of a profile of straight edges; None for any other, and for one with holes."""
    kind = area.is_a()
    if kind == "IfcRectangleProfileDef":
        return _moved(area.Position, _rectangle(area.XDim, area.YDim))
    if kind == "IfcArbitraryClosedProfileDef":
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
