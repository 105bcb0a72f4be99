"""How plots lie to each other: overlaps, gaps, slivers, corners that only one of two neighbours has.

Everything goes through a tree of boxes and arrays of pairs; nothing compares every plot with every other.
"""

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis.quality.defects import Shapes

Pairs = NDArray[np.int64]
_TOUCH = 0.05  # metres from a gap within which a plot is named as lying at it


def overlaps(shapes: Shapes, least: float) -> Iterator[tuple[int, int, BaseGeometry]]:
    """(first, second, common area) of every two valid polygons that share more than `least` square metres."""
    pairs = _pairs(shapes)
    common = shapely.intersection(shapes[pairs[:, 0]], shapes[pairs[:, 1]])
    for at in np.flatnonzero(shapely.area(common) > least):
        yield int(pairs[at, 0]), int(pairs[at, 1]), common[at]


def _pairs(shapes: Shapes) -> Pairs:
    """Indices of shapes that meet, each pair once, the smaller first."""
    found = shapely.STRtree(shapes).query(shapes, predicate="intersects").T
    return np.asarray(found[found[:, 0] < found[:, 1]])


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
    edges = shapely.boundary(shapes)
    if not len(shapes) or not len(points):
        return np.empty((0, 2), dtype=np.int64), np.empty(0)
    found = shapely.STRtree(edges).query(points, predicate="dwithin", distance=near)
    corners = _corners(shapes)[found[1]]
    apart = shapely.distance(corners, points[found[0]]) > near
    off = shapely.distance(edges[found[1]], points[found[0]])
    return found[::-1].T[apart], off[apart]


def _corners(shapes: Shapes) -> Shapes:
    points, at = shapely.get_coordinates(shapes, return_index=True)
    return np.asarray(shapely.multipoints(shapely.points(points), indices=at))


def corner_points(shapes: Shapes) -> Shapes:
    """Every corner of any shape once."""
    return np.asarray(shapely.points(np.unique(shapely.get_coordinates(shapes), axis=0)))


def parts_of(shape: BaseGeometry) -> tuple[Polygon, ...]:
    """The polygons of a shape with one or several parts."""
    return tuple(shape.geoms) if isinstance(shape, MultiPolygon) else (shape,)
