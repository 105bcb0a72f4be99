"""Riser and clear width of a stair flight from its shape alone."""

import numpy as np
from numpy.typing import NDArray

from bim.shapes import Mesh

_FLAT = 0.99
_LEAST_TREAD = 0.02
_EVEN = 0.004


def riser(mesh: Mesh) -> float | None:
    """The even step between tread levels; None where fewer than three are found or no step is even.

    Treads of some thickness give two levels each, so that only every second difference is the riser.
    """
    levels = _tread_levels(mesh)
    for lag in (1, 2):
        steps = levels[lag:] - levels[:-lag]
        if len(steps) >= 2 and float(np.ptp(steps)) < _EVEN:
            return float(np.median(steps))
    return None


def width(mesh: Mesh) -> float | None:
    """Extent across the walking line, which is where the shape rises; None for a shape that does not."""
    points = mesh.vertices
    plan = np.column_stack([points[:, :2] - points[:, :2].mean(axis=0), np.ones(len(points))])
    (a, b, _), *_ = np.linalg.lstsq(plan, points[:, 2], rcond=None)
    slope = float(np.hypot(a, b))
    if slope < 0.1:
        return None
    across = points[:, :2] @ np.array([-b, a]) / slope
    return float(across.max() - across.min())


def _tread_levels(mesh: Mesh) -> NDArray[np.float64]:
    """Levels that hold enough horizontal surface to stand on, the lower faces of a waist slab left out."""
    triangles = mesh.vertices[mesh.faces]
    normals = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    length = np.linalg.norm(normals, axis=1)
    flat = (length > 1e-9) & (np.abs(normals[:, 2]) > _FLAT * length)
    levels = np.round(triangles[flat][:, :, 2].mean(axis=1), 3)
    found, where = np.unique(levels, return_inverse=True)
    areas = np.bincount(where.ravel(), weights=length[flat] / 2, minlength=len(found))
    return np.asarray(found[areas > _LEAST_TREAD])
