"""Fit tie points by a plane similarity, before the model is opened, so that wrong ones are refused at once."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bim.refusals import RefusedError
from bim.tie_points import TiePoint
from gis.helmert import LEAST, Helmert, coincident, residuals, sigma, solve

UNITS = (1.0, 0.001, 0.3048)
"""Metres in one unit in which coordinates may have been written."""
SCALE_TOLERANCE = 0.01
"""Share by which a fitted scale may miss a unit: the grids' own scale is within a thousandth."""
MOST_RESIDUAL = 0.5
"""Metres of disagreement beyond which the points do not speak of one place."""
TOLERANCE = 0.05
"""One-sigma error of a surveyed point, metres, by which outliers are named."""
MOST = 100
"""Points at most: to look for outliers takes time that grows with the cube of their number."""
_COINCIDENT = 0.01
_FARTHEST = 1e11
"""A coordinate beyond is none, not even in millimetres."""

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Ties:
    """Fitted tie points: `transform` leads from metres of the model to the grid, whose scale is near one.

    `unit` is metres in one unit of the points as they were given; `rms` the root mean square of their residuals and
    `error` the one-sigma error of a coordinate amid them, metres; `spread` the root of the sum of their squared
    distances from their middle. `height` is that of the model's zero and `height_error` its error, None where no
    point gives one.
    """

    count: int
    unit: float
    transform: Helmert
    rms: float
    error: float
    spread: float
    outliers: tuple[str, ...]
    height: float | None
    height_error: float

    def error_at(self, points: Points) -> float:
        """The greatest one-sigma error of a coordinate at `points` (N, 2) of the model, metres: more, farther off."""
        reach = max(math.dist(point, self.transform.origin) for point in points.tolist())
        return self.error * max(1.0, math.sqrt(1.0 / self.count + (reach / self.spread) ** 2))


def fit(points: Sequence[TiePoint], *, tolerance: float = TOLERANCE) -> Ties:
    """The similarity that misses the points least; two of them fit exactly.

    With two, what their distance in the model misses of that in the grid is the only check, and half of it is taken
    for their error. Raises RefusedError: tie_few, tie_many, tie_unreadable, tie_coincident, tie_swapped, tie_disagree,
    tie_scale, tie_heights.
    """
    _check(points)
    given = np.array([(p.x, p.y) for p in points], dtype=np.float64)
    plane = np.array([(p.east, p.north) for p in points], dtype=np.float64)
    names = [p.name or str(number) for number, p in enumerate(points, 1)]
    rough = solve(given, plane)
    unit = _unit(rough.scale)
    if unit is None or _rms(given, plane, rough) > MOST_RESIDUAL:
        _refuse(given, plane, names, tolerance)
    local = given * (unit or 1.0)
    transform = solve(local, plane)
    found = residuals(names, local, plane, transform, tolerance)
    height, height_error = _height(points, unit or 1.0, transform.scale)
    return Ties(
        len(points), unit or 1.0, transform, _rms(local, plane, transform), _error(local, plane, transform),
        _spread(local), tuple(r.name for r in found if r.outlier), height, height_error,
    )  # fmt: skip


def _check(points: Sequence[TiePoint]) -> None:
    if len(points) < LEAST:
        raise RefusedError("tie_few", count=len(points), least=LEAST)
    if len(points) > MOST:
        raise RefusedError("tie_many", count=len(points), most=MOST)
    for point in points:
        numbers = (point.x, point.y, point.east, point.north, point.z or 0.0, point.height or 0.0)
        if not all(abs(value) <= _FARTHEST for value in numbers) or (point.z is None) != (point.height is None):
            raise RefusedError("tie_unreadable", value=str(numbers))
    for side in ([(p.x, p.y) for p in points], [(p.east, p.north) for p in points]):
        pair = coincident(np.array(side, dtype=np.float64), _COINCIDENT)
        if pair is not None:
            first, second = (points[at].name or str(at + 1) for at in pair)
            raise RefusedError("tie_coincident", first=first, second=second)


def _refuse(given: Points, plane: Points, names: Sequence[str], tolerance: float) -> None:
    """Say what is the matter with points that no similarity of a known unit fits."""
    rough = solve(given, plane)
    missed = _rms(given, plane, rough)
    turned = solve(given, plane[:, ::-1])
    if len(given) > LEAST and _unit(turned.scale) and _rms(given, plane[:, ::-1], turned) < min(missed, tolerance * 3):
        raise RefusedError("tie_swapped")
    if missed > MOST_RESIDUAL:
        outliers = [r.name for r in residuals(names, given, plane, rough, tolerance) if r.outlier]
        said = ", ".join(outliers) if len(given) > LEAST + 1 else "–"  # of three each may be the wrong one
        raise RefusedError("tie_disagree", residual=round(missed, 2), limit=MOST_RESIDUAL, points=said)
    raise RefusedError("tie_scale", scale=round(rough.scale, 6))


def _unit(scale: float) -> float | None:
    return next((unit for unit in UNITS if abs(scale / unit - 1.0) < SCALE_TOLERANCE), None)


def _rms(local: Points, plane: Points, transform: Helmert) -> float:
    missed = plane - transform.forth(local)
    return math.sqrt(float((missed**2).sum()) / len(local))


def _error(local: Points, plane: Points, transform: Helmert) -> float:
    """The larger of both usual figures, since few points flatter either."""
    standard = sigma(local, plane, transform)
    if standard is None:
        return abs(transform.scale - 1.0) * math.dist(local[0].tolist(), local[1].tolist()) / 2
    return max(standard, _rms(local, plane, transform))


def _spread(local: Points) -> float:
    return math.sqrt(float(((local - local.mean(axis=0)) ** 2).sum()))


def _height(points: Iterable[TiePoint], unit: float, scale: float) -> tuple[float | None, float]:
    """The height of the model's zero, the mean over the points, and their greatest distance from it."""
    zeros = [p.height - scale * unit * p.z for p in points if p.z is not None and p.height is not None]
    if not zeros:
        return None, 0.0
    mean = sum(zeros) / len(zeros)
    error = max(abs(zero - mean) for zero in zeros)
    if error > MOST_RESIDUAL:
        raise RefusedError("tie_heights", residual=round(error, 2), limit=MOST_RESIDUAL)
    return mean, error
