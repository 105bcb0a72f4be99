"""Extrusions, plain or clipped, which most walls, slabs and rooms are, as triangles without a geometry kernel.

What is read here is read strictly: a body of anything but extruded polygons and half-spaces, a placement that is not
quite one, a number that is none, and the element is left to a kernel. So nothing is guessed.
"""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import ifcopenshell
import numpy as np
import shapely
from numpy.typing import NDArray

from bim import clipping
from bim.clipping import Triangles
from bim.extract import Entity, unit_scale

Matrix = NDArray[np.float64]
Ring = list[tuple[float, float]]

_SMALLEST, _LARGEST = 1e-9, 1e9
_PARALLEL = 1e-6
_MOST_POINTS = 2000


class _NotPlain(Exception):
    """Something that only a kernel can shape, or that nothing can."""


class Extrusions:
    """Reads the elements of one model; placements and mapped bodies are read once."""

    def __init__(self, model: ifcopenshell.file) -> None:
        self._metre = unit_scale(model, "LENGTHUNIT")
        self._placed: dict[int, Matrix] = {}
        self._mapped: dict[int, list[Triangles]] = {}
        self._plain = _world_is_plain(model)

    def of(self, element: Entity, items: Sequence[Entity]) -> Triangles | None:
        """The element whose body has these items; None where a kernel must make it."""
        if not self._plain or not items:
            return None
        try:
            place = self._placement(element.ObjectPlacement)
            parts = [part for item in items for part in self._item(item)]
        except (_NotPlain, TypeError, ValueError, AttributeError, IndexError, RuntimeError, RecursionError):
            return None
        return _moved(_joined(parts), place, self._metre)

    def _item(self, item: Entity) -> list[Triangles]:
        kind = item.is_a()
        if kind == "IfcExtrudedAreaSolid":
            return [_extruded(item)]
        if kind == "IfcBooleanClippingResult":
            return [_clipped(_joined(self._item(item[1])), item[0], item[2])]
        if kind != "IfcMappedItem":
            raise _NotPlain(kind)
        source = item[0]
        if source.id() not in self._mapped:
            self._mapped[source.id()] = []  # a body that maps itself finds nothing in itself
            origin = _axes(source[0])
            inner = [part for one in source[1][3] for part in self._item(one)]
            if not inner:
                raise _NotPlain(kind)
            self._mapped[source.id()] = [_moved(part, origin) for part in inner]
        if not self._mapped[source.id()]:
            raise _NotPlain(kind)
        target = _operator(item[1])
        return [_moved(part, target) for part in self._mapped[source.id()]]

    def _placement(self, placement: Entity) -> Matrix:
        """World coordinates of a chain of local placements, in units of the model."""
        chain: list[Entity] = []
        while placement is not None and placement.id() not in self._placed:
            if placement.is_a() != "IfcLocalPlacement" or len(chain) > 100:
                raise _NotPlain(placement.is_a())
            chain.append(placement)
            placement = placement[0]
        matrix = np.eye(4) if placement is None else self._placed[placement.id()]
        for inner in reversed(chain):
            matrix = self._placed[inner.id()] = matrix @ _axes(inner[1])
        return matrix


def _world_is_plain(model: ifcopenshell.file) -> bool:
    """Whether no context turns or shifts its shapes, which is for a kernel to apply."""
    try:
        worlds = [context.WorldCoordinateSystem for context in model.by_type("IfcGeometricRepresentationContext")]
        return all(w is None or not w.is_a("IfcAxis2Placement3D") or np.allclose(_axes(w), np.eye(4)) for w in worlds)
    except (_NotPlain, TypeError, ValueError, AttributeError, IndexError, RuntimeError):
        return False


def _numbers(values: Sequence[Any], count: int) -> tuple[float, ...]:
    if len(values) != count or not all(isinstance(v, float) and -_LARGEST < v < _LARGEST for v in values):
        raise _NotPlain("number")
    return tuple(values)


def _cross(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of two vectors; the library's own is made for thousands of them."""
    (ax, ay, az), (bx, by, bz) = a.tolist(), b.tolist()
    return np.array((ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx))


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    length = math.hypot(*vector.tolist())
    if length < _SMALLEST:
        raise _NotPlain("direction")
    return vector / length


def _direction(entity: Entity | None, default: tuple[float, float, float]) -> NDArray[np.float64]:
    return np.array(default) if entity is None else _unit(np.array(_numbers(entity[0], 3)))


def _axes(placement: Entity) -> Matrix:
    """IfcAxis2Placement3D as a matrix; the x axis is made square to z as the standard says."""
    if placement.is_a() != "IfcAxis2Placement3D":
        raise _NotPlain(placement.is_a())
    z = _direction(placement[1], (0.0, 0.0, 1.0))
    toward = _direction(placement[2], (1.0, 0.0, 0.0))
    return _matrix(z, toward, _numbers(placement[0][0], 3))


def _matrix(z: NDArray[np.float64], toward: NDArray[np.float64], origin: Sequence[float]) -> Matrix:
    x = toward - float(toward @ z) * z
    if math.hypot(*x.tolist()) < _PARALLEL:
        raise _NotPlain("axes")
    x = _unit(x)
    matrix = np.eye(4)
    matrix[:3, 0], matrix[:3, 1], matrix[:3, 2], matrix[:3, 3] = x, _cross(z, x), z, origin
    return matrix


def _operator(operator: Entity) -> Matrix:
    """A right-handed IfcCartesianTransformationOperator3D with one scale."""
    if operator.is_a() != "IfcCartesianTransformationOperator3D":
        raise _NotPlain(operator.is_a())
    x, y = _direction(operator[0], (1.0, 0.0, 0.0)), _direction(operator[1], (0.0, 1.0, 0.0))
    z = _direction(operator[4], (0.0, 0.0, 1.0))
    if max(abs(x @ y), abs(y @ z), abs(z @ x)) > _PARALLEL or float(_cross(x, y) @ z) < 0:
        raise _NotPlain("axes")
    scale = 1.0 if operator[3] is None else _numbers((operator[3],), 1)[0]
    if scale < _SMALLEST:
        raise _NotPlain("scale")
    matrix = _matrix(z, x, _numbers(operator[2][0], 3))
    matrix[:3, :3] *= scale
    return matrix


def _clipped(solid: Triangles, operator: str, half_space: Entity) -> Triangles:
    """A solid without what lies in a half-space, or in the part of one over a polygon."""
    kind = half_space.is_a()
    if operator != "DIFFERENCE" or kind not in ("IfcHalfSpaceSolid", "IfcPolygonalBoundedHalfSpace"):
        raise _NotPlain(kind)
    if half_space[0].is_a() != "IfcPlane":
        raise _NotPlain(half_space[0].is_a())
    plane = _axes(half_space[0][0])
    # The flag says that the normal points away from the material that is taken off.
    kept = plane[:3, 2] * (1 if half_space[1] else -1)
    within = None
    if kind == "IfcPolygonalBoundedHalfSpace":
        within = _over(half_space, solid, plane)
    clipped = clipping.without_half_space(solid, plane[:3, 3], kept, within)
    if clipped is None:
        raise _NotPlain("clipped away")
    return clipped


def _over(half_space: Entity, solid: Triangles, plane: Matrix) -> Triangles:
    """The polygon of a bounded half-space, swept both ways beyond the solid and the plane."""
    place = _axes(half_space[2])
    ring, _ = _simple(_ring(half_space[3]), [])
    far = np.abs(np.vstack([solid[0], plane[:3, 3]]) - place[:3, 3]).sum(axis=1).max() + 1.0
    vertices, faces = _prism(ring, [], np.array((0.0, 0.0, 2 * far)))
    return _moved((vertices - (0.0, 0.0, far), faces), place)


def _extruded(solid: Entity) -> Triangles:
    """An extruded polygon in the coordinates of its item."""
    outer, holes = _profile(solid[0])
    depth = _numbers((solid[3],), 1)[0]
    along = _direction(solid[2], (0.0, 0.0, 1.0))
    if depth < _SMALLEST or abs(along[2]) < _PARALLEL:
        raise _NotPlain("depth")
    local = _prism(outer, holes, along * depth)
    return local if solid[1] is None else _moved(local, _axes(solid[1]))


def _profile(profile: Entity) -> tuple[Ring, list[Ring]]:
    """The outer ring counter-clockwise, and holes clockwise, none with its repeated last point."""
    kind = profile.is_a()
    if profile[0] != "AREA":
        raise _NotPlain("profile")
    if kind == "IfcRectangleProfileDef":
        return _rectangle(profile), []
    if kind not in ("IfcArbitraryClosedProfileDef", "IfcArbitraryProfileDefWithVoids"):
        raise _NotPlain(kind)
    outer, *holes = _ring(profile[2]), *(_ring(hole) for hole in (profile[3] if kind.endswith("Voids") else ()))
    return _simple(outer, holes)


def _simple(outer: Ring, holes: list[Ring]) -> tuple[Ring, list[Ring]]:
    """The rings in their sense, where they make a polygon."""
    outer = _turned(outer, 1)
    if (holes or not _convex(outer)) and not shapely.Polygon(outer, holes).is_valid:
        raise _NotPlain("crossing")
    return outer, [_turned(ring, -1) for ring in holes]


def _rectangle(profile: Entity) -> Ring:
    width, height = _numbers((profile[3], profile[4]), 2)
    if min(width, height) < _SMALLEST:
        raise _NotPlain("rectangle")
    x, y = width / 2, height / 2
    ring = [(-x, -y), (x, -y), (x, y), (-x, y)]
    if profile[2] is None:
        return ring
    left, low = _numbers(profile[2][0][0], 2)
    c, s = (1.0, 0.0) if profile[2][1] is None else _numbers(profile[2][1][0], 2)
    length = math.hypot(c, s)
    if length < _SMALLEST:
        raise _NotPlain("direction")
    c, s = c / length, s / length
    return [(left + c * x - s * y, low + s * x + c * y) for x, y in ring]


def _ring(curve: Entity) -> Ring:
    """The corners of a closed polygon in the plane."""
    points = [_numbers(point, 2) for point in _points(curve)]
    if not 4 <= len(points) <= _MOST_POINTS or not _near(points[0], points[-1]):
        raise _NotPlain("ring")
    ring = [(x, y) for before, (x, y) in pairwise(points) if not _near(before, (x, y))]
    if len(ring) < 3:
        raise _NotPlain("ring")
    return ring


def _near(a: Sequence[float], b: Sequence[float]) -> bool:
    return abs(a[0] - b[0]) <= _SMALLEST and abs(a[1] - b[1]) <= _SMALLEST


def _points(curve: Entity) -> Iterator[Sequence[float]]:
    kind = curve.is_a()
    if kind == "IfcPolyline":
        yield from (point[0] for point in curve[0])
    elif kind == "IfcIndexedPolyCurve" and curve[1] is None:
        yield from curve[0][0]
    else:
        raise _NotPlain(kind)


def _turned(ring: Ring, sense: int) -> Ring:
    """Counter-clockwise for 1, clockwise for -1."""
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2
    if abs(area) < _SMALLEST:
        raise _NotPlain("area")
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
    faces = _faces_of_convex(len(outer)) if plain else _faces(outer, holes, flat)
    # Downwards the low cap is the upper one.
    return np.concatenate([low, low + along]), faces if along[2] > 0 else faces[:, ::-1]


@lru_cache
def _faces_of_convex(count: int) -> NDArray[np.int32]:
    cap = np.array([(0, at, at + 1) for at in range(1, count - 1)])
    return _closed(cap, [count])


def _faces(outer: Ring, holes: list[Ring], flat: NDArray[np.float64]) -> NDArray[np.int32]:
    """Of a prism over any polygon; triangles over the rings come as corners, and are found again among the points."""
    at = {(x, y): index for index, (x, y) in enumerate(flat.tolist())}
    triangles = shapely.get_parts(shapely.constrained_delaunay_triangles(shapely.Polygon(outer, holes)))
    corners = shapely.get_coordinates(triangles).reshape(-1, 4, 2)[:, :3]
    try:
        cap = np.array([[at[x, y] for x, y in corner] for corner in corners.tolist()])
    except KeyError as error:
        raise _NotPlain("cap") from error
    a, b, c = (flat[cap[:, i]] for i in range(3))
    clockwise = (b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0] < 0
    cap[clockwise] = cap[clockwise][:, ::-1]
    return _closed(cap, [len(ring) for ring in (outer, *holes)])


def _closed(cap: NDArray[np.int_], lengths: list[int]) -> NDArray[np.int32]:
    """A cap below, turned over, one above, and two triangles for each side of the rings."""
    count, start, sides = sum(lengths), 0, []
    for length in lengths:
        for at in range(length):
            a, b = start + at, start + (at + 1) % length
            sides += [(a, b, b + count), (a, b + count, a + count)]
        start += length
    return np.concatenate([cap[:, ::-1], cap + count, np.array(sides)]).astype(np.int32)


def _joined(parts: Sequence[Triangles]) -> Triangles:
    if len(parts) == 1:
        return parts[0]
    starts = np.cumsum([0, *(len(vertices) for vertices, _ in parts[:-1])])
    faces = [f + start for (_, f), start in zip(parts, starts, strict=True)]
    return np.concatenate([vertices for vertices, _ in parts]), np.concatenate(faces).astype(np.int32)


def _moved(part: Triangles, matrix: Matrix, metre: float = 1.0) -> Triangles:
    vertices, faces = part
    return (vertices @ matrix[:3, :3].T + matrix[:3, 3]) * metre, faces
