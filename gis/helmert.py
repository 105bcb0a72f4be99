"""The plane similarity of four parameters: least squares, its residuals, and which points contradict the others.

Arithmetic alone: who may use it, and what is refused, is for those who call it to say.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

LEAST = 2
"""Points that a similarity needs."""

OUTLIER = 3.0
"""How many times the tolerance of the points one of them may miss the fit of the others."""

Points = NDArray[np.float64]
XY = tuple[float, float]


@dataclass(frozen=True)
class Helmert:
    """local -> plane: x = a·u - b·v + east, y = b·u + a·v + north, u and v counted from `origin` of the local grid.

    Counting from the middle of the points keeps the figures small, so that nothing is lost of millimetres.
    """

    a: float
    b: float
    east: float
    north: float
    origin: XY

    @property
    def scale(self) -> float:
        """Length in the plane grid over length in the local one."""
        return math.hypot(self.a, self.b)

    @property
    def rotation(self) -> float:
        """Degrees that the local grid is turned by, counter-clockwise."""
        return math.degrees(math.atan2(self.b, self.a))

    def to_plane(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape of the local grid in the plane one."""
        return shapely.transform(shape, self.forth)

    def to_local(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape of the plane grid in the local one."""
        return shapely.transform(shape, self.back)

    def forth(self, points: Points) -> Points:
        """Points (N, 2) of the local grid in the plane one."""
        u, v = (points - self.origin).T
        return np.column_stack([self.a * u - self.b * v + self.east, self.b * u + self.a * v + self.north])

    def back(self, points: Points) -> Points:
        """Points (N, 2) of the plane grid in the local one."""
        x, y = (points - (self.east, self.north)).T
        square = self.a**2 + self.b**2
        return np.column_stack([self.a * x + self.b * y, self.a * y - self.b * x]) / square + self.origin


@dataclass(frozen=True)
class Residual:
    """How far the fit misses a point (plane minus fitted, metres), and how far the fit of the others does.

    `left_out` and `outlier` are None where too few points are left to say.
    """

    name: str
    dx: float
    dy: float
    left_out: float | None
    outlier: bool | None

    @property
    def length(self) -> float:
        """Metres."""
        return math.hypot(self.dx, self.dy)


def solve(local: Points, plane: Points) -> Helmert:
    """Least squares in closed form, from the middles of both sets; the points (N, 2) must not all be one."""
    origin, middle = local.mean(axis=0), plane.mean(axis=0)
    (u, v), (x, y) = (local - origin).T, (plane - middle).T
    square = float((u**2 + v**2).sum())
    a, b = float((u * x + v * y).sum()) / square, float((u * y - v * x).sum()) / square
    return Helmert(a, b, float(middle[0]), float(middle[1]), (float(origin[0]), float(origin[1])))


def sigma(local: Points, plane: Points, transform: Helmert) -> float | None:
    """The standard error of one coordinate, metres; None with two points, which always fit: nothing checks them."""
    freedom = 2 * len(local) - 4
    missed = plane - transform.forth(local)
    return math.sqrt(float((missed**2).sum()) / freedom) if freedom else None


def residuals(
    names: Sequence[str], local: Points, plane: Points, transform: Helmert, tolerance: float
) -> tuple[Residual, ...]:
    """Of each point; `tolerance` is the one-sigma error of the points in metres."""
    outliers = _outliers(local, plane, tolerance)
    return tuple(
        Residual(name, float(dx), float(dy), _left_out(at, local, plane),
                 at in outliers if outliers is not None else None)
        for at, (name, (dx, dy)) in enumerate(zip(names, plane - transform.forth(local), strict=True))
    )  # fmt: skip


def coincident(points: Points, distance: float) -> tuple[int, int] | None:
    """The first two points (by index) that are nearer than `distance`; None where there are none."""
    made = shapely.points(points)
    pairs = shapely.STRtree(made).query(made, predicate="dwithin", distance=distance)
    return next(((int(first), int(second)) for first, second in pairs.T if first < second), None)


def _left_out(at: int, local: Points, plane: Points) -> float | None:
    """Metres by which the fit of the other points misses one; None where fewer than two others are left."""
    rest = np.arange(len(local)) != at
    if rest.sum() < LEAST:
        return None
    guess = solve(local[rest], plane[rest]).forth(local[[at]])[0]
    return float(math.hypot(*(plane[at] - guess)))


def _outliers(local: Points, plane: Points, tolerance: float) -> set[int] | None:
    """Indices of contradicted points, the worst first taken out; None with two points, which contradict nothing."""
    if len(local) <= LEAST:
        return None
    kept, found = list(range(len(local))), set[int]()
    while len(kept) > LEAST:
        scores = [_score(at, kept, local, plane, tolerance) for at in kept]
        worst = int(np.argmax(scores))
        if scores[worst] <= OUTLIER:
            break
        found.add(kept.pop(worst))
    return found


def _score(at: int, kept: list[int], local: Points, plane: Points, tolerance: float) -> float:
    """How far the fit of the other points misses one, in units of what their errors and its own let expect there."""
    rest = [other for other in kept if other != at]
    transform = solve(local[rest], plane[rest])
    missed = math.hypot(*(plane[at] - transform.forth(local[[at]])[0]))
    spread = local[rest] - local[rest].mean(axis=0)
    reach = local[at] - local[rest].mean(axis=0)
    expected = 1.0 + 1.0 / len(rest) + float(reach @ reach) / float((spread**2).sum())
    return missed / (tolerance * math.sqrt(2.0 * expected))
