"""Where elements stand: local placements followed to the world, each one computed once.

Plain tuples, since a model has thousands of placements and a numpy call costs more than the sum.
"""

import math
from typing import Any

Entity = Any
Vector = tuple[float, float, float]
Frame = tuple[Vector, Vector, Vector, Vector]
"""The x, y and z axes and the origin, in the coordinates of the world."""

_WORLD: Frame = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (0.0, 0.0, 0.0))
_DEEPEST = 200


class Positions:
    """A table from placement id to its frame in model units; None for grid, linear, cyclic and infinite ones."""

    def __init__(self) -> None:
        self._frames: dict[int, Frame | None] = {}

    def origin(self, element: Entity, along: float = 0.0) -> Vector | None:
        """The element's origin moved `along` its x axis; None where it is not placed locally."""
        frame = self.frame(element)
        if frame is None:
            return None
        x, _, _, at = frame
        return (at[0] + along * x[0], at[1] + along * x[1], at[2] + along * x[2])

    def frame(self, element: Entity) -> Frame | None:
        """The element's frame; None where it is not placed locally."""
        placement = element[5]  # by position, here and below: there are very many
        return None if placement is None else self._frame(placement, 0)

    def _frame(self, placement: Entity, depth: int) -> Frame | None:
        if depth > _DEEPEST or not placement.is_a("IfcLocalPlacement"):
            return None
        key = placement.id()
        if key not in self._frames:
            parent = placement[0]
            outer = _WORLD if parent is None else self._frame(parent, depth + 1)
            frame = None if outer is None else inside(outer, axes(placement[1]))
            self._frames[key] = frame if frame is not None and _finite(frame) else None
        return self._frames[key]


def _finite(frame: Frame) -> bool:
    """Whether it is anywhere: sums of what is infinite or no number are so too."""
    x, y, z, at = frame
    return math.isfinite(sum(at) + sum(x) + sum(y) + sum(z))


def axes(placement: Entity) -> Frame:
    """The frame of an IfcAxis2Placement in its parent; defaults of the standard where axes are not given."""
    if placement is None or placement[0] is None:
        return _WORLD
    at = _vector(placement[0][0])
    flat = placement.is_a("IfcAxis2Placement2D")
    upright, reference = (None, placement[1]) if flat else (placement[1], placement[2])
    if upright is None and reference is None:
        return (*_WORLD[:3], at)
    axis, along = _direction(upright, _WORLD[2]), _direction(reference, _WORLD[0])
    projected = along[0] * axis[0] + along[1] * axis[1] + along[2] * axis[2]
    x = _unit((along[0] - projected * axis[0], along[1] - projected * axis[1], along[2] - projected * axis[2]))
    y = (axis[1] * x[2] - axis[2] * x[1], axis[2] * x[0] - axis[0] * x[2], axis[0] * x[1] - axis[1] * x[0])
    return (x, y, axis, at)


def inside(outer: Frame, inner: Frame) -> Frame:
    """An inner frame in the coordinates of the outer one's parent."""
    if outer is _WORLD:
        return inner
    moved, at = _turn(outer, inner[3]), outer[3]
    place = (at[0] + moved[0], at[1] + moved[1], at[2] + moved[2])
    if inner[0] is _WORLD[0] and inner[2] is _WORLD[2]:
        return (*outer[:3], place)
    return (_turn(outer, inner[0]), _turn(outer, inner[1]), _turn(outer, inner[2]), place)


def _turn(frame: Frame, v: Vector) -> Vector:
    x, y, z, _ = frame
    return (
        v[0] * x[0] + v[1] * y[0] + v[2] * z[0],
        v[0] * x[1] + v[1] * y[1] + v[2] * z[1],
        v[0] * x[2] + v[1] * y[2] + v[2] * z[2],
    )


def _direction(direction: Entity, default: Vector) -> Vector:
    return default if direction is None else _unit(_vector(direction[0]))


def _vector(ratios: tuple[float, ...]) -> Vector:
    return (ratios[0], ratios[1], ratios[2] if len(ratios) > 2 else 0.0)


def _unit(v: Vector) -> Vector:
    length = math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2])
    return (v[0] / length, v[1] / length, v[2] / length) if length > 0 else (1.0, 0.0, 0.0)
