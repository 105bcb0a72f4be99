"""Cut solids by half-spaces and by each other.

The arithmetic is that of manifold3d, whose results are closed where its operands are.
"""

from collections.abc import Sequence

import numpy as np
from manifold3d import Error, Manifold, Mesh64, OpType
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Triangles = tuple[NDArray[np.float64], NDArray[np.int32]]
"""Vertices (N, 3), faces (M, 3) counter-clockwise from outside."""

_FILM = 1e-6
"""Share of a solid's size that is a thickness of nothing."""


def without_half_space(solid: Triangles, at: Vector, kept: Vector, within: Triangles | None = None) -> Triangles | None:
    """What of a solid lies on the side of the plane through `at` that `kept` points to.

    With `within`, only what lies in that solid too is taken off. None where nothing is left, or where an operand is
    not closed.
    """
    body = _manifold(solid)
    offset = float(kept @ at)
    if within is None:
        left = body.trim_by_plane(tuple(kept), offset)
    else:
        left = body - _manifold(within).trim_by_plane(tuple(-kept), -offset)
    return _triangles(left, solid)


def without_solids(solid: Triangles, taken: Sequence[Triangles]) -> Triangles | None:
    """What of a solid lies in none of the others; None where nothing is left, or where one of them is not closed."""
    others = [_manifold(other) for other in taken]
    if any(other.status() != Error.NoError for other in others):
        return None
    return _triangles(Manifold.batch_boolean([_manifold(solid), *others], OpType.Subtract), solid)


def _triangles(left: Manifold, solid: Triangles) -> Triangles | None:
    if left.is_empty() or left.status() != Error.NoError:
        return None
    # Where a face of what is taken off lies in one of the body's, films without thickness may stay behind.
    mesh = left.simplify(_FILM * float(np.ptp(solid[0], axis=0).max())).to_mesh64()
    return np.asarray(mesh.vert_properties)[:, :3].copy(), np.asarray(mesh.tri_verts).astype(np.int32)


def _manifold(solid: Triangles) -> Manifold:
    vertices, faces = solid
    return Manifold(Mesh64(vert_properties=np.ascontiguousarray(vertices), tri_verts=faces.astype(np.uint64)))
