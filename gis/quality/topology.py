"""How plots lie to each other: overlaps, gaps, slivers, corners that only one of two neighbours has.

Everything goes through a tree of boxes and arrays of pairs; nothing compares every plot with every other.
"""

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon, box
from shapely.geometry.base import BaseGeometry

from gis.quality.defects import Shapes

Pairs = NDArray[np.int64]
_TOUCH = 0.05  # metres from a gap within which a plot is named as lying at it


def overlaps(shapes: Shapes, least: float) -> Iterator[tuple[int, int, BaseGeometry]]:
    """(first, second, common area) of every two valid polygons that share more than `least` square metres.

    Large ones are compared by their pieces: a street's parcel may have all others for neighbours.
    """
    pieces, owner = divided(shapes)
    a, b = shapely.STRtree(pieces).query(pieces, predicate="intersects")
    twice = owner[a] < owner[b]
    a, b = a[twice], b[twice]
    common = shapely.intersection(pieces[a], pieces[b])
    inside = shapely.area(common) > 0
    a, b, common = owner[a[inside]], owner[b[inside]], common[inside]
    pairs, at = np.unique(np.column_stack([a, b]), axis=0, return_inverse=True)
    shared = np.bincount(at.ravel(), weights=shapely.area(common), minlength=len(pairs))
    order = np.argsort(at.ravel(), kind="stable")
    ends = np.searchsorted(at.ravel()[order], np.arange(len(pairs) + 1))
    for pair in np.flatnonzero(shared > least):
        parts = common[order[ends[pair] : ends[pair + 1]]]
        yield int(pairs[pair, 0]), int(pairs[pair, 1]), parts[0] if len(parts) == 1 else shapely.union_all(parts)


def gaps(shapes: Shapes, within: BaseGeometry | None, least: float) -> tuple[Polygon, ...]:
    """Parts of more than `least` square metres that no shape covers: of `within`, else what shapes wholly enclose."""
    if not len(shapes):
        return ()
    covered = shapely.union_all(shapes)
    whole = within if within is not None else _filled(covered)
    # A corner that only one neighbour has leaves hairs of no area; the limit takes them out.
    left = shapely.get_parts(shapely.difference(whole, covered))
    return tuple(part for part in left if isinstance(part, Polygon) and part.area > least)


def _filled(shape: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
    return shapely.union_all([Polygon(part.exterior) for part in parts])


def neighbours_of(pieces: tuple[Polygon, ...], shapes: Shapes) -> list[tuple[int, ...]]:
    """For each piece, the indices of the shapes around it."""
    found: list[list[int]] = [[] for _ in pieces]
    if pieces:
        tree = shapely.STRtree(shapes)
        for piece, shape in tree.query(np.array(pieces, dtype=object), predicate="dwithin", distance=_TOUCH).T:
            found[int(piece)].append(int(shape))
    return [tuple(sorted(around)) for around in found]


def width(shapes: Shapes) -> NDArray[np.float64]:
    """Metres across, of a long thin shape: the short side of the rectangle that has its area and perimeter."""
    half, area = shapely.length(shapes) / 2, shapely.area(shapes)
    return np.asarray((half - np.sqrt(np.maximum(half**2 - 4 * area, 0.0))) / 2)


def missing_vertices(shapes: Shapes, points: Shapes, near: float) -> tuple[Pairs, NDArray[np.float64]]:
    """Pairs (shape, point) where a point lies on a boundary that has no corner there, and how far off the line, metres.

    A point lies on a boundary within `near` metres; a corner nearer than that to it is the same corner.
    """
    if not len(shapes) or not len(points):
        return np.empty((0, 2), dtype=np.int64), np.empty(0)
    edges, tree = shapely.boundary(shapes), shapely.STRtree(points)
    on = tree.query(edges, predicate="dwithin", distance=near)
    corners, owner = shapely.get_coordinates(shapes, return_index=True)
    corner, point = tree.query(shapely.points(corners), predicate="dwithin", distance=near)
    has = np.unique(owner[corner] * len(points) + point)
    lacking = on[:, ~np.isin(on[0] * len(points) + on[1], has)]
    return lacking.T, np.asarray(shapely.distance(edges[lacking[0]], points[lacking[1]]))


def divided(shapes: Shapes, most: int = 256) -> tuple[Shapes, NDArray[np.int64]]:
    """The same area in pieces of at most about `most` corners, cut by halves, and the index of the shape of each."""
    done: list[tuple[BaseGeometry, int]] = []
    rest = [(shape, at) for at, shape in enumerate(shapes) if not shape.is_empty]
    while rest:
        shape, at = rest.pop()
        left, low, right, high = shape.bounds
        if shapely.get_num_coordinates(shape) <= most or max(right - left, high - low) < 1.0:
            done.append((shape, at))
            continue
        x, y = (left + right) / 2, (low + high) / 2
        upright = (box(left, low, x, high), box(x, low, right, high))
        level = (box(left, low, right, y), box(left, y, right, high))
        halves = upright if right - left > high - low else level
        rest += [(part, at) for half in halves if not (part := shape.intersection(half)).is_empty]
    return np.array([shape for shape, _ in done], dtype=object), np.array([at for _, at in done], dtype=np.int64)


def corner_points(shapes: Shapes) -> Shapes:
    """Every corner of any shape once."""
    return np.asarray(shapely.points(np.unique(shapely.get_coordinates(shapes), axis=0)))
