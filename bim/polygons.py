"""Cut polygons of the plane into triangles, without a corner that was not there."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from bim.axes import NotPlain


def cut(points: NDArray[np.float64], lengths: Sequence[int]) -> NDArray[np.int_]:
    """Triangles over a ring and its holes, as numbers of points (N, 3), counter-clockwise.

    `points` (M, 2) are the rings one after the other, each of so many points as `lengths` says. Raises NotPlain
    where the rings cross or touch.
    """
    ends = np.cumsum([0, *lengths]).tolist()
    outer, *holes = (points[start:end] for start, end in pairwise(ends))
    polygon = shapely.Polygon(outer, holes)
    if not polygon.is_valid:
        raise NotPlain("crossing")
    at = {(x, y): index for index, (x, y) in enumerate(points.tolist())}
    triangles = shapely.get_parts(shapely.constrained_delaunay_triangles(polygon))
    corners = shapely.get_coordinates(triangles).reshape(-1, 4, 2)[:, :3]
    try:  # triangles come as corners, and are found again among the points
        found = np.array([[at[x, y] for x, y in corner] for corner in corners.tolist()])
    except KeyError as error:
        raise NotPlain("corner") from error
    a, b, c = (points[found[:, i]] for i in range(3))
    clockwise = (b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0] < 0
    found[clockwise] = found[clockwise][:, ::-1]
    return found
