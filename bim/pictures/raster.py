"""Which triangle is seen at each pixel: a depth buffer over all triangles at once, without perspective."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_PIXELS = 2_000_000
"""Pixels that are looked at for one picture; triangles beyond are left out, the last ones first."""
_THIN = 1e-6

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Seen:
    """Per pixel the index of the nearest triangle, -1 where there is none, and its distance (inf)."""

    owner: Integers
    away: Floats


@dataclass(frozen=True)
class _Rows:
    """Runs of pixels: triangle, row, first pixel and how many."""

    triangle: Integers
    row: Integers
    first: Integers
    count: Integers


def nearest(corners: Floats, width: int, height: int) -> Seen:
    """What is seen of triangles (N, 3, 3): x to the right and y downwards in pixels, and the distance."""
    area = _cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    kept = np.flatnonzero((np.abs(area) > _THIN) & _affordable(corners, width, height))
    corners, area = corners[kept], area[kept]
    rows = _rows(np.where((area > 0)[:, None, None], corners, corners[:, ::-1]), width, height)
    origin, right, down = _planes(corners, area)
    start = origin[rows.triangle] + down[rows.triangle] * (rows.row + 0.5)
    step = right[rows.triangle]
    # Along a run the pixels count up, and the distance grows by its step.
    before = np.cumsum(rows.count) - rows.count
    along = np.arange(rows.count.sum())
    away = np.repeat(start + step * (rows.first + 0.5 - before), rows.count)
    away += np.repeat(step, rows.count) * along
    pixel = np.repeat(rows.row * width + rows.first - before, rows.count) + along
    return _resolved(pixel, away, np.repeat(kept[rows.triangle], rows.count), (height, width))


def _cross(a: Floats, b: Floats) -> Floats:
    across: Floats = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    return across


def _affordable(corners: Floats, width: int, height: int) -> NDArray[np.bool_]:
    """The triangles, in their order, whose boxes in the picture come to `MOST_PIXELS` together."""
    limits = np.array([width, height])
    low = np.clip(corners[:, :, :2].min(axis=1), 0, limits)
    high = np.clip(corners[:, :, :2].max(axis=1), 0, limits)
    return np.cumsum((high - low + 1).prod(axis=1)) <= MOST_PIXELS


def _rows(corners: Floats, width: int, height: int) -> _Rows:
    """The runs of pixels whose centres lie in each triangle; its sides go round clockwise on the screen."""
    top, bottom = corners[:, :, 1].min(axis=1), corners[:, :, 1].max(axis=1)
    first = np.clip(np.ceil(top - 0.5), 0, height).astype(np.int64)
    last = np.clip(np.floor(bottom - 0.5), -1, height - 1).astype(np.int64)
    count = np.maximum(last - first + 1, 0)
    triangle = np.repeat(np.arange(len(corners)), count)
    row = first[triangle] + np.arange(len(triangle)) - np.repeat(np.cumsum(count) - count, count)
    low, high = np.full(len(row), 0.0), np.full(len(row), float(width))
    for side in range(3):  # the inside of a side is where slope * x <= rest
        start, end = corners[:, side], corners[:, (side + 1) % 3]
        slope = (end[:, 1] - start[:, 1])[triangle]
        rest = ((row + 0.5) - start[triangle, 1]) * (end[:, 0] - start[:, 0])[triangle] + slope * start[triangle, 0]
        with np.errstate(divide="ignore", invalid="ignore"):
            crossing = rest / slope
        high = np.where(slope > 0, np.minimum(high, crossing), high)
        low = np.where(slope < 0, np.maximum(low, crossing), low)
    begin = np.ceil(low - 0.5).astype(np.int64)
    end_at = np.minimum(np.floor(high - 0.5).astype(np.int64), width - 1)
    return _Rows(triangle, row, begin, np.maximum(end_at - begin + 1, 0))


def _planes(corners: Floats, area: Floats) -> tuple[Floats, Floats, Floats]:
    """The distance as a plane over the picture: at its corner, and its growth to the right and downwards."""
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    right = (first[:, 2] * second[:, 1] - second[:, 2] * first[:, 1]) / area
    down = (second[:, 2] * first[:, 0] - first[:, 2] * second[:, 0]) / area
    origin = corners[:, 0, 2] - right * corners[:, 0, 0] - down * corners[:, 0, 1]
    return origin, right, down


def _resolved(pixel: Integers, away: Floats, triangle: Integers, shape: tuple[int, int]) -> Seen:
    least = np.full(shape[0] * shape[1], np.inf)
    np.minimum.at(least, pixel, away)
    owner = np.full(len(least), -1, dtype=np.int64)
    wins = away == least[pixel]
    owner[pixel[wins]] = triangle[wins]
    return Seen(owner.reshape(shape), least.reshape(shape))
