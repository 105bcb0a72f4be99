"""Fit a local grid to a plane grid by control points: a similarity of four parameters, by least squares.

The datum shift of the country is known to about 5 m only; over a town, control points common to both grids give
centimetres, and their residuals say so.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gis.cadastre import CadastralPlot
from gis.crs import DATUM_OF, is_plane
from gis.remarks import Code, LayerRefused, Remark, listed, shortened

LEAST = 2
COINCIDENT = 0.01
"""Metres within which two control points are one."""

FARTHEST = 1e8
"""Metres beyond which a coordinate is none, of any grid."""

OUTLIER = 3.0
"""How many times the tolerance of the control points a point may miss the fit of the others."""

Points = NDArray[np.float64]
XY = tuple[float, float]


@dataclass(frozen=True)
class ControlPoint:
    """A point known in both grids, metres, x east and y north."""

    name: str
    local: XY
    plane: XY


@dataclass(frozen=True)
class Helmert:
    """local -> plane: x = a·u - b·v + east, y = b·u + a·v + north, u and v counted from `origin` of the local grid.

    Counting from the middle of the control points keeps the figures small, so that nothing is lost of millimetres.
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
        return shapely.transform(shape, self._forth)

    def to_local(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape of the plane grid in the local one."""
        return shapely.transform(shape, self._back)

    def _forth(self, points: Points) -> Points:
        u, v = (points - self.origin).T
        return np.column_stack([self.a * u - self.b * v + self.east, self.b * u + self.a * v + self.north])

    def _back(self, points: Points) -> Points:
        x, y = (points - (self.east, self.north)).T
        square = self.a**2 + self.b**2
        return np.column_stack([self.a * x + self.b * y, self.a * y - self.b * x]) / square + self.origin


@dataclass(frozen=True)
class Residual:
    """How far the fit misses a control point (plane minus fitted, metres), and how far the fit of the others does.

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


@dataclass(frozen=True)
class Fit:
    """A local grid fitted to `grid`; `sigma` is the standard error of one coordinate in metres.

    It is None with two points, which always fit: nothing checks them.
    """

    grid: str
    transform: Helmert
    residuals: tuple[Residual, ...]
    sigma: float | None

    @property
    def outliers(self) -> tuple[str, ...]:
        """Names of the points that the others contradict."""
        return tuple(residual.name for residual in self.residuals if residual.outlier)


def fit(points: Sequence[ControlPoint], grid: str, *, tolerance: float = 0.05) -> Fit:
    """The similarity that misses the control points least; `tolerance` is their one-sigma error in metres.

    A point is an outlier where the fit of the others misses it by more than `OUTLIER` times what the tolerance lets
    expect there. Of several that disagree only the worst is named, and the rest is judged again without it; of three
    points the contradiction is certain, and the one named is only the likeliest. Raises LayerRefused: grid_unusable,
    control_few, control_coincident, control_wrong.
    """
    _check(points, grid)
    local, plane = (
        np.array(side, dtype=np.float64) for side in zip(*((p.local, p.plane) for p in points), strict=True)
    )
    transform = _solve(local, plane)
    missed = plane - transform._forth(local)
    freedom = 2 * len(points) - 4
    sigma = math.sqrt(float((missed**2).sum()) / freedom) if freedom else None
    outliers = _outliers(local, plane, tolerance)
    return Fit(grid, transform, tuple(
        Residual(point.name, float(dx), float(dy), _left_out(at, local, plane),
                 at in outliers if outliers is not None else None)
        for at, (point, (dx, dy)) in enumerate(zip(points, missed, strict=True))
    ), sigma)  # fmt: skip


def place(plots: Sequence[CadastralPlot], fitted: Fit) -> tuple[CadastralPlot, ...]:
    """The plots of the local grid in `fitted.grid`; areas of record stay as they are."""
    return tuple(replace(plot, polygon=fitted.transform.to_plane(plot.polygon)) for plot in plots)


def _check(points: Sequence[ControlPoint], grid: str) -> None:
    if not is_plane(grid):
        # EPSG:22700 loads, and then every transformation of it fails: a fit to it would be a fit to nothing.
        raise LayerRefused(Remark(Code.GRID_UNUSABLE, value=grid, values={"known": listed(sorted(DATUM_OF))}))
    wrong = [point for point in points if not all(abs(value) <= FARTHEST for value in (*point.local, *point.plane))]
    if wrong:
        raise LayerRefused(*(Remark(Code.CONTROL_WRONG, value=shortened(point.name)) for point in wrong))
    if len(points) < LEAST:
        raise LayerRefused(Remark(Code.CONTROL_FEW, value=str(len(points)), values={"least": LEAST}))
    for side in ("local", "plane"):
        coordinates = np.array([getattr(point, side) for point in points])
        pairs = shapely.STRtree(shapely.points(coordinates)).query(
            shapely.points(coordinates), predicate="dwithin", distance=COINCIDENT
        )
        for first, second in pairs.T:
            if first < second:
                names = f"{points[first].name}, {points[second].name}"
                raise LayerRefused(Remark(Code.CONTROL_COINCIDENT, value=shortened(names)))


def _solve(local: Points, plane: Points) -> Helmert:
    """Least squares in closed form, from the middles of both sets."""
    origin, middle = local.mean(axis=0), plane.mean(axis=0)
    (u, v), (x, y) = (local - origin).T, (plane - middle).T
    square = float((u**2 + v**2).sum())
    a, b = float((u * x + v * y).sum()) / square, float((u * y - v * x).sum()) / square
    return Helmert(a, b, float(middle[0]), float(middle[1]), (float(origin[0]), float(origin[1])))


def _left_out(at: int, local: Points, plane: Points) -> float | None:
    """Metres by which the fit of the other points misses one; None where fewer than two others are left."""
    rest = np.arange(len(local)) != at
    if rest.sum() < LEAST:
        return None
    guess = _solve(local[rest], plane[rest])._forth(local[[at]])[0]
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
    transform = _solve(local[rest], plane[rest])
    missed = math.hypot(*(plane[at] - transform._forth(local[[at]])[0]))
    spread = local[rest] - local[rest].mean(axis=0)
    reach = local[at] - local[rest].mean(axis=0)
    expected = 1.0 + 1.0 / len(rest) + float(reach @ reach) / float((spread**2).sum())
    return missed / (tolerance * math.sqrt(2.0 * expected))
