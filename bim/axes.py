"""Axes and numbers of a model, read strictly: what is not quite one is left to a geometry kernel."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bim.clipping import Triangles
from bim.extract import Entity

Matrix = NDArray[np.float64]

SMALLEST, _LARGEST = 1e-9, 1e9
PARALLEL = 1e-6


class NotPlain(Exception):
    """Something that only a kernel can shape, or that nothing can."""


def numbers(values: Sequence[Any], count: int) -> tuple[float, ...]:
    if len(values) != count or not all(isinstance(v, float) and -_LARGEST < v < _LARGEST for v in values):
        raise NotPlain("number")
    return tuple(values)


def _cross(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of two vectors; the library's own is made for thousands of them."""
    (ax, ay, az), (bx, by, bz) = a.tolist(), b.tolist()
    return np.array((ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx))


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    length = math.hypot(*vector.tolist())
    if length < SMALLEST:
        raise NotPlain("direction")
    return vector / length


def direction(entity: Entity | None, default: tuple[float, float, float]) -> NDArray[np.float64]:
    return np.array(default) if entity is None else _unit(np.array(numbers(entity[0], 3)))


def axes(placement: Entity) -> Matrix:
    """IfcAxis2Placement3D as a matrix; the x axis is made square to z as the standard says."""
    if placement.is_a() != "IfcAxis2Placement3D":
        raise NotPlain(placement.is_a())
    z = direction(placement[1], (0.0, 0.0, 1.0))
    toward = direction(placement[2], (1.0, 0.0, 0.0))
    return _matrix(z, toward, numbers(placement[0][0], 3))


def _matrix(z: NDArray[np.float64], toward: NDArray[np.float64], origin: Sequence[float]) -> Matrix:
    x = toward - float(toward @ z) * z
    if math.hypot(*x.tolist()) < PARALLEL:
        raise NotPlain("axes")
    x = _unit(x)
    matrix = np.eye(4)
    matrix[:3, 0], matrix[:3, 1], matrix[:3, 2], matrix[:3, 3] = x, _cross(z, x), z, origin
    return matrix


def operator(operator: Entity) -> Matrix:
    """A right-handed IfcCartesianTransformationOperator3D with one scale."""
    if operator.is_a() != "IfcCartesianTransformationOperator3D":
        raise NotPlain(operator.is_a())
    x, y = direction(operator[0], (1.0, 0.0, 0.0)), direction(operator[1], (0.0, 1.0, 0.0))
    z = direction(operator[4], (0.0, 0.0, 1.0))
    if max(abs(x @ y), abs(y @ z), abs(z @ x)) > PARALLEL or float(_cross(x, y) @ z) < 0:
        raise NotPlain("axes")
    scale = 1.0 if operator[3] is None else numbers((operator[3],), 1)[0]
    if scale < SMALLEST:
        raise NotPlain("scale")
    matrix = _matrix(z, x, numbers(operator[2][0], 3))
    matrix[:3, :3] *= scale
    return matrix


def near(a: Sequence[float], b: Sequence[float]) -> bool:
    return abs(a[0] - b[0]) <= SMALLEST and abs(a[1] - b[1]) <= SMALLEST


def joined(parts: Sequence[Triangles]) -> Triangles:
    if len(parts) == 1:
        return parts[0]
    starts = np.cumsum([0, *(len(vertices) for vertices, _ in parts[:-1])])
    faces = [f + start for (_, f), start in zip(parts, starts, strict=True)]
    return np.concatenate([vertices for vertices, _ in parts]), np.concatenate(faces).astype(np.int32)


def moved(part: Triangles, matrix: Matrix, metre: float = 1.0) -> Triangles:
    vertices, faces = part
    return (vertices @ matrix[:3, :3].T + matrix[:3, 3]) * metre, faces
