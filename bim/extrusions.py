"""Extruded polygons, plain or clipped by half-spaces, as triangles without a geometry kernel."""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from bim import clipping
from bim.axes import PARALLEL, SMALLEST, Matrix, NotPlain, axes, direction, moved, near, numbers
from bim.clipping import Triangles
from bim.extract import Entity
from bim.polygons import cut

Ring = list[tuple[float, float]]

_MOST_POINTS = 2000


def clipped(solid: Triangles, operator: str, half_space: Entity) -> Triangles:
    """A solid without what lies in a half-space, or in the part of one over a polygon."""
    kind = half_space.is_a()
    if operator != "DIFFERENCE" or kind not in ("IfcHalfSpaceSolid", "IfcPolygonalBoundedHalfSpace"):
        raise NotPlain(kind)
    if half_space[0].is_a() != "IfcPlane":
        raise NotPlain(half_space[0].is_a())
    plane = axes(half_space[0][0])
    # The flag says that the normal points away from the material that is taken off.
    kept = plane[:3, 2] * (1 if half_space[1] else -1)
    within = None
    if kind == "IfcPolygonalBoundedHalfSpace":
        within = _over(half_space, solid, plane)
    left = clipping.without_half_space(solid, plane[:3, 3], kept, within)
    if left is None:
        raise NotPlain("clipped away")
    return left


def _over(half_space: Entity, solid: Triangles, plane: Matrix) -> Triangles:
    """The polygon of a bounded half-space, swept both ways beyond the solid and the plane."""
    place = axes(half_space[2])
    ring, _ = _simple(_ring(half_space[3]), [])
    far = np.abs(np.vstack([solid[0], plane[:3, 3]]) - place[:3, 3]).sum(axis=1).max() + 1.0
    vertices, faces = _prism(ring, [], np.array((0.0, 0.0, 2 * far)))
    return moved((vertices - (0.0, 0.0, far), faces), place)


def extruded(solid: Entity) -> Triangles:
    """An extruded polygon in the coordinates of its item."""
    outer, holes = _profile(solid[0])
    depth = numbers((solid[3],), 1)[0]
    along = direction(solid[2], (0.0, 0.0, 1.0))
    if depth < SMALLEST or abs(along[2]) < PARALLEL:
        raise NotPlain("depth")
    local = _prism(outer, holes, along * depth)
    return local if solid[1] is None else moved(local, axes(solid[1]))


def _profile(profile: Entity) -> tuple[Ring, list[Ring]]:
    """The outer ring counter-clockwise, and holes clockwise, none with its repeated last point."""
    kind = profile.is_a()
    if profile[0] != "AREA":
        raise NotPlain("profile")
    if kind == "IfcRectangleProfileDef":
        return _rectangle(profile), []
    if kind not in ("IfcArbitraryClosedProfileDef", "IfcArbitraryProfileDefWithVoids"):
        raise NotPlain(kind)
    outer, *holes = _ring(profile[2]), *(_ring(hole) for hole in (profile[3] if kind.endswith("Voids") else ()))
    return _simple(outer, holes)


def _simple(outer: Ring, holes: list[Ring]) -> tuple[Ring, list[Ring]]:
    """The rings in their sense, where they make a polygon."""
    outer = _turned(outer, 1)
    if (holes or not _convex(outer)) and not shapely.Polygon(outer, holes).is_valid:
        raise NotPlain("crossing")
    return outer, [_turned(ring, -1) for ring in holes]


def _rectangle(profile: Entity) -> Ring:
    width, height = numbers((profile[3], profile[4]), 2)
    if min(width, height) < SMALLEST:
        raise NotPlain("rectangle")
    x, y = width / 2, height / 2
    ring = [(-x, -y), (x, -y), (x, y), (-x, y)]
    if profile[2] is None:
        return ring
    left, low = numbers(profile[2][0][0], 2)
    c, s = (1.0, 0.0) if profile[2][1] is None else numbers(profile[2][1][0], 2)
    length = math.hypot(c, s)
    if length < SMALLEST:
        raise NotPlain("direction")
    c, s = c / length, s / length
    return [(left + c * x - s * y, low + s * x + c * y) for x, y in ring]


def _ring(curve: Entity) -> Ring:
    """The corners of a closed polygon in the plane."""
    points = [numbers(point, 2) for point in _points(curve)]
    if not 4 <= len(points) <= _MOST_POINTS or not near(points[0], points[-1]):
        raise NotPlain("ring")
    ring = [(x, y) for before, (x, y) in pairwise(points) if not near(before, (x, y))]
    if len(ring) < 3:
        raise NotPlain("ring")
    return ring


def _points(curve: Entity) -> Iterator[Sequence[float]]:
    kind = curve.is_a()
    if kind == "IfcPolyline":
        yield from (point[0] for point in curve[0])
    elif kind == "IfcIndexedPolyCurve" and curve[1] is None:
        yield from curve[0][0]
    else:
        raise NotPlain(kind)


def _turned(ring: Ring, sense: int) -> Ring:
    """Counter-clockwise for 1, clockwise for -1."""
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2
    if abs(area) < SMALLEST:
        raise NotPlain("area")
    return ring if area * sense > 0 else ring[::-1]


def _convex(ring: Ring) -> bool:
    """Whether a counter-clockwise triangle or quadrangle turns left at every corner."""
    if len(ring) > 4:
        return False
    corners = zip(ring, [*ring[1:], ring[0]], [*ring[2:], *ring[:2]], strict=True)
    return all((x1 - x0) * (y2 - y1) - (y1 - y0) * (x2 - x1) > 0 for (x0, y0), (x1, y1), (x2, y2) in corners)


def _prism(outer: Ring, holes: list[Ring], along: NDArray[np.float64]) -> Triangles:
    """Both caps and the sides of the rings swept along a vector."""
    flat = np.array([point for ring in (outer, *holes) for point in ring])
    low = np.zeros((len(flat), 3))
    low[:, :2] = flat
    plain = not holes and _convex(outer)
    lengths = [len(ring) for ring in (outer, *holes)]
    faces = _faces_of_convex(len(outer)) if plain else _closed(cut(flat, lengths), lengths)
    # Downwards the low cap is the upper one.
    return np.concatenate([low, low + along]), faces if along[2] > 0 else faces[:, ::-1]


@lru_cache
def _faces_of_convex(count: int) -> NDArray[np.int32]:
    cap = np.array([(0, at, at + 1) for at in range(1, count - 1)])
    return _closed(cap, [count])


def _closed(cap: NDArray[np.int_], lengths: list[int]) -> NDArray[np.int32]:
    """A cap below, turned over, one above, and two triangles for each side of the rings."""
    count, start, sides = sum(lengths), 0, []
    for length in lengths:
        for at in range(length):
            a, b = start + at, start + (at + 1) % length
            sides += [(a, b, b + count), (a, b + count, a + count)]
        start += length
    return np.concatenate([cap[:, ::-1], cap + count, np.array(sides)]).astype(np.int32)
