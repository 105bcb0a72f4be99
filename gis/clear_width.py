"""The width that an obstacle on a pavement leaves to walkers, measured across the pavement along its length.

Transects are laid across the pavement over the length of the obstacle. On each, the free stretches are what the
pavement has there and nothing stands on; a walker keeps to one stretch and goes over to the next transect where the
two overlap. The clear width is the narrowest place of the widest way.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import shapely
from shapely import LineString
from shapely.affinity import rotate
from shapely.geometry.base import BaseGeometry

STEP = 0.05
"""Metres between transects."""

MOST = 2000
"""Transects over one obstacle; a longer one has them farther apart."""

TOLERANCE = 0.01
"""Metres: a pavement that bends within one step is measured this well."""

_NEAR = 3.0
_INSIDE = 1e-3
Interval = tuple[float, float]


def clear_width(pavement: BaseGeometry, shape: BaseGeometry, others: BaseGeometry) -> float | None:
    """Metres left free beside `shape`, with `others` standing there too; None where it stands on no pavement."""
    parts = [part for part in shapely.get_parts(pavement) if part.intersection(shape).area > _INSIDE**2]
    if not parts:
        return None
    ground = shapely.union_all(parts)
    turn, centre = -_direction(ground, shape), shape.centroid
    ground, standing = (rotate(g, turn, origin=centre, use_radians=True) for g in (ground, shape))
    rest = rotate(others, turn, origin=centre, use_radians=True)
    return _narrowest(list(_stretches(ground, standing, ground.difference(shapely.union_all([standing, rest])))))


def _direction(ground: BaseGeometry, shape: BaseGeometry) -> float:
    """The pavement's direction near a shape, radians: the mean of its edges by length, either way along them."""
    edges = ground.boundary.intersection(shape.buffer(_NEAR))
    doubled = 0j
    for line in shapely.get_parts(edges):
        for (x0, y0), (x1, y1) in pairwise(line.coords if isinstance(line, LineString) else ()):
            length = math.hypot(x1 - x0, y1 - y0)
            doubled += length * complex(math.cos(a := 2 * math.atan2(y1 - y0, x1 - x0)), math.sin(a))
    return math.atan2(doubled.imag, doubled.real) / 2


def _stretches(ground: BaseGeometry, shape: BaseGeometry, free: BaseGeometry) -> Iterator[list[Interval]]:
    """The free stretches of each transect that crosses the shape on this pavement."""
    _, low, _, high = shapely.union_all([ground, shape]).bounds
    start, _, end, _ = shape.bounds
    count = int(min(MOST, max(2, math.ceil((end - start) / STEP) + 1)))
    inset = min(_INSIDE, (end - start) / 4)
    at = np.linspace(start + inset, end - inset, count)
    ends = np.array([[(x, low - 1.0), (x, high + 1.0)] for x in at])
    lines = shapely.linestrings(ends)
    cuts = [shapely.intersection(lines, one) for one in (ground, shape, free)]
    for own, taken, left_over in zip(*cuts, strict=True):
        here = _intervals(taken)
        mine = [one for one in _intervals(own) if any(_overlap(one, other) > 0 for other in here)]
        if mine:
            yield [one for one in _intervals(left_over) if any(_overlap(one, strip) > 0 for strip in mine)]


def _intervals(cut: BaseGeometry) -> list[Interval]:
    lines = (part for part in shapely.get_parts(cut) if isinstance(part, LineString) and not part.is_empty)
    return sorted((min(ys), max(ys)) for ys in ([y for _, y in line.coords] for line in lines))


def _overlap(one: Interval, other: Interval) -> float:
    return min(one[1], other[1]) - max(one[0], other[0])


def _narrowest(transects: Sequence[Sequence[Interval]]) -> float | None:
    """The widest way through all transects, by its narrowest place."""
    if not transects:
        return None
    widths = [end - start for start, end in transects[0]]
    for before, here in pairwise(transects):
        widths = [
            max((min(w, _overlap(old, new), new[1] - new[0]) for w, old in zip(widths, before, strict=True)), default=0)
            for new in here
        ]
    return max(0.0, max(widths, default=0.0))
