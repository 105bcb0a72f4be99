"""Where a closed chain of straight edges meets itself."""

import numpy as np
from numpy.typing import NDArray

from bim.validity.loops import Floats, Integers

Flags = NDArray[np.bool_]
MOST = 2_000
"""Edges of one chain that are compared pairwise in one go; longer chains are compared in strips."""


def touching(points: Floats, precision: float) -> bool:
    """Whether the closed chain through `points` (n, 3) touches, crosses or doubles itself.

    Edges that do not follow each other must stay `precision` apart; edges that do may not fold back.
    """
    points = _closed(points, precision)
    if len(points) < 3:
        return False
    ends = np.roll(points, -1, axis=0)
    return bool(_folds(points, ends, precision).any()) or _meets(points, ends, precision)


def _closed(points: Floats, precision: float) -> Floats:
    """The points without the last one where it repeats the first."""
    twice = len(points) > 1 and np.linalg.norm(points[0] - points[-1]) < precision
    return points[:-1] if twice else points


def _folds(begin: Floats, end: Floats, precision: float) -> Flags:
    """Per edge: whether the next one runs back over it."""
    ahead = end - begin
    following = np.roll(ahead, -1, axis=0)
    lengths = np.linalg.norm(ahead, axis=1), np.linalg.norm(following, axis=1)
    across = np.linalg.norm(np.cross(ahead, following), axis=1)
    shorter = np.minimum(*lengths)
    flat = across <= precision * np.maximum(*lengths)
    return np.asarray(flat & ((ahead * following).sum(axis=1) < 0) & (shorter > precision))


def _meets(begin: Floats, end: Floats, precision: float) -> bool:
    """Whether two edges that do not follow each other are closer than `precision`."""
    count = len(begin)
    low, high = np.minimum(begin, end) - precision, np.maximum(begin, end) + precision
    for strip in range(0, count, MOST):
        rows = np.arange(strip, min(strip + MOST, count))
        near = ((low[rows, None] <= high[None]) & (low[None] <= high[rows, None])).all(axis=2)
        first, second = np.nonzero(near)
        first = rows[first]
        apart = second - first
        keep = (apart > 1) & (apart < count - 1)
        pairs = first[keep], second[keep]
        if pairs[0].size and (_distance(begin, end, *pairs) < precision).any():
            return True
    return False


def _distance(begin: Floats, end: Floats, first: Integers, second: Integers) -> Floats:
    """The distance between edges `first` and `second`, pair by pair."""
    p, u = begin[first], end[first] - begin[first]
    q, v = begin[second], end[second] - begin[second]
    ends = [_to_edge(p, q, v), _to_edge(p + u, q, v), _to_edge(q, p, u), _to_edge(q + v, p, u)]
    return np.asarray(np.minimum.reduce([*ends, _between(p, u, q, v)]))


def _between(p: Floats, u: Floats, q: Floats, v: Floats) -> Floats:
    """The distance of the lines where both come closest within their edges, else infinity."""
    uu, uv, vv = (u * u).sum(axis=1), (u * v).sum(axis=1), (v * v).sum(axis=1)
    r = q - p
    ru, rv = (r * u).sum(axis=1), (r * v).sum(axis=1)
    square = uu * vv - uv * uv
    slanted = square > 1e-12 * uu * vv
    square = np.where(slanted, square, 1.0)
    s, t = (ru * vv - rv * uv) / square, (ru * uv - rv * uu) / square
    within = slanted & (s >= 0) & (s <= 1) & (t >= 0) & (t <= 1)
    gap = np.linalg.norm(r + t[:, None] * v - s[:, None] * u, axis=1)
    return np.where(within, gap, np.inf)


def _to_edge(points: Floats, begin: Floats, along: Floats) -> Floats:
    """The distance of each point to its edge."""
    square = np.maximum((along * along).sum(axis=1), 1e-300)
    share = np.clip(((points - begin) * along).sum(axis=1) / square, 0, 1)
    return np.asarray(np.linalg.norm(points - begin - share[:, None] * along, axis=1))


def plainly_simple(points: Floats, precision: float) -> Flags:
    """Per closed chain of `points` (k, n, 3): whether it is convex and nowhere thinner than `precision`.

    Such a chain does not meet itself. The distance from an edge of a convex chain to what does not touch it is
    least at the next point but one on either side.
    """
    ahead = np.roll(points, -1, axis=1) - points
    turns = np.cross(ahead, np.roll(ahead, -1, axis=1))
    normal = turns.sum(axis=1)
    length = np.linalg.norm(normal, axis=1, keepdims=True)
    signed = (turns * (normal / np.where(length > 0, length, 1.0))[:, None]).sum(axis=2)
    edges = np.linalg.norm(ahead, axis=2)
    longer = np.maximum(edges, np.roll(edges, -1, axis=1))
    following = np.roll(ahead, -1, axis=1)
    angles = np.arctan2(signed, (ahead * following).sum(axis=2)).sum(axis=1)
    return np.asarray((signed > precision * longer).all(axis=1) & (np.abs(angles - 2 * np.pi) < 1e-3))
