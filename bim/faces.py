"""Flat faces, of which surface models and boundary representations are made, as triangles without a geometry kernel."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bim.axes import SMALLEST, NotPlain, numbers
from bim.clipping import Triangles
from bim.extract import Entity
from bim.polygons import cut

_FLAT = 1e-5
"""How far a corner may lie beside the plane of its face, as a share of the item's size."""
_MOST_CORNERS = 2000

Vectors = NDArray[np.float64]
Corners = NDArray[np.int_]
Loop = list[int]


def _of_surfaces(item: Entity) -> Iterator[Entity]:
    for surface in item[0]:  # face sets or shells
        yield from surface[0]


FACETED: dict[str, Callable[[Entity], Iterator[Entity]]] = {
    "IfcFaceBasedSurfaceModel": _of_surfaces,
    "IfcShellBasedSurfaceModel": _of_surfaces,
    "IfcFacetedBrep": lambda item: iter(item[0][0]),
}
"""The faces of each kind of item that has flat ones."""


def faceted(item: Entity) -> Triangles:
    """The triangles of an item of FACETED in its own coordinates; corners at the same place are one."""
    at: dict[tuple[float, ...], int] = {}
    faces = [_loops(face, at) for face in FACETED[item.is_a()](item)]
    if not faces:
        raise NotPlain("faces")
    points = np.array(list(at))
    hair = _FLAT * float(np.ptp(points, axis=0).max())
    triangles = [face[0] for face in faces if len(face) == 1 and len(face[0]) == 3]
    quadrangles = [face[0] for face in faces if len(face) == 1 and len(face[0]) == 4]
    parts = [np.array(triangles, int).reshape(-1, 3), _halved(points, np.array(quadrangles, int).reshape(-1, 4), hair)]
    parts += [_cut(points, face, hair) for face in faces if len(face) > 1 or len(face[0]) > 4]
    return points, np.concatenate(parts).astype(np.int32)


def _loops(face: Entity, at: dict[tuple[float, ...], int]) -> list[Loop]:
    """The loops of a face, the outer one first, each in the sense of its bound."""
    if face.is_a() != "IfcFace":
        raise NotPlain(face.is_a())
    bounds = face[0]
    if len(bounds) > 1:
        bounds = sorted(bounds, key=lambda bound: bound.is_a() != "IfcFaceOuterBound")
        if [bound.is_a() == "IfcFaceOuterBound" for bound in bounds[:2]] != [True, False]:
            raise NotPlain("outer bounds")
    return [_loop(bound, at) for bound in bounds]


def _loop(bound: Entity, at: dict[tuple[float, ...], int]) -> Loop:
    if bound[0].is_a() != "IfcPolyLoop":
        raise NotPlain(bound[0].is_a())
    loop = [at.setdefault(numbers(point[0], 3), len(at)) for point in bound[0][0]]
    if not 3 <= len(loop) <= _MOST_CORNERS or len(set(loop)) != len(loop):
        raise NotPlain("loop")
    return loop if bound[1] else loop[::-1]


def _halved(points: Vectors, quadrangles: Corners, hair: float) -> Corners:
    """Two triangles for each quadrangle, along the diagonal that lies in it."""
    a, b, c, d = (points[quadrangles[:, i]] for i in range(4))
    abc, acd = np.cross(b - a, c - a), np.cross(c - a, d - a)
    abd, bcd = np.cross(b - a, d - a), np.cross(c - b, d - b)
    normal = abc + acd  # twice the area, whatever the diagonal
    length = np.linalg.norm(normal, axis=1)
    if (length < SMALLEST).any():
        raise NotPlain("area")
    normal /= length[:, None]
    if (np.abs([_dot(corner - a, normal) for corner in (b, c, d)]) > hair).any():
        raise NotPlain("not flat")
    over_ac = (_dot(abc, normal) > 0) & (_dot(acd, normal) > 0)
    over_bd = (_dot(abd, normal) > 0) & (_dot(bcd, normal) > 0)
    if not (over_ac | over_bd).all():
        raise NotPlain("crossing")
    first = np.where(over_ac[:, None], quadrangles[:, [0, 1, 2]], quadrangles[:, [0, 1, 3]])
    second = np.where(over_ac[:, None], quadrangles[:, [0, 2, 3]], quadrangles[:, [1, 2, 3]])
    return np.concatenate([first, second])


def _dot(a: Vectors, b: Vectors) -> Any:
    return np.einsum("ij,ij->i", a, b)


def _cut(points: Vectors, face: Sequence[Loop], hair: float) -> Corners:
    """Any other face as triangles that turn as its outer loop does."""
    names = np.array([corner for loop in face for corner in loop])
    corners = points[names]
    ring = corners[: len(face[0])] - corners[0]
    normal = np.cross(ring, np.roll(ring, -1, axis=0)).sum(axis=0)
    length = float(np.linalg.norm(normal))
    if length < SMALLEST:
        raise NotPlain("area")
    normal /= length
    if float(np.abs((corners - corners[0]) @ normal).max()) > hair:
        raise NotPlain("not flat")
    x = np.cross(np.eye(3)[np.abs(normal).argmin()], normal)
    x /= np.linalg.norm(x)
    return names[cut(np.stack([corners @ x, corners @ np.cross(normal, x)], axis=1), [len(loop) for loop in face])]
