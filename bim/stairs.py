"""Riser, tread, clear width and headroom of a stair flight, and slope of a ramp, from shapes alone."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bim.shapes import Mesh

_FLAT = 0.99
_LEAST_TREAD = 0.02
_EVEN = 0.004
_NOT_ABOVE = 0.5
"""Metres: what is nearer over a tread is the next one or its finish."""
_PART, _LEVEL = 0.05, 0.01


def riser(mesh: Mesh) -> float | None:
    """The even step between tread levels; None where fewer than three are found or no step is even.

    Treads of some thickness give two levels each, so that only every second difference is the riser.
    """
    levels = _treads(mesh)[:, 2]
    lag = _lag(levels)
    return None if lag is None else float(np.median(levels[lag:] - levels[:-lag]))


def tread(mesh: Mesh) -> float | None:
    """The going from tread to tread in plan; None where the risers are not even."""
    treads = _treads(mesh)
    lag = _lag(treads[:, 2])
    if lag is None:
        return None
    return float(np.median(np.linalg.norm(treads[lag:, :2] - treads[:-lag, :2], axis=1)))


def _lag(levels: NDArray[np.float64]) -> int | None:
    for lag in (1, 2):
        steps = levels[lag:] - levels[:-lag]
        if len(steps) >= 2 and float(np.ptp(steps)) < _EVEN:
            return lag
    return None


def headroom(mesh: Mesh, others: Sequence[Mesh]) -> float | None:
    """The least height over the treads, by rays from their front, middle and back; None where nothing is above."""
    treads = _treads(mesh)
    if len(treads) < 2:
        return None
    along = treads[-1, :2] - treads[0, :2]
    step = 0.4 * along / (len(treads) - 1)
    feet = np.vstack([treads + np.array([*(share * step), 0.0]) for share in (-1.0, 0.0, 1.0)])
    low, high = feet[:, :2].min(axis=0), feet[:, :2].max(axis=0)
    least = float("inf")
    for other in others:
        corners = other.vertices
        apart = (corners[:, :2].max(axis=0) < low).any() or (corners[:, :2].min(axis=0) > high).any()
        if other.id == mesh.id or apart or other.high < mesh.low + _NOT_ABOVE:
            continue
        triangles = corners[other.faces]
        for foot in feet:
            gaps = _hits(foot, triangles) - foot[2]
            least = min([least, *gaps[gaps > _NOT_ABOVE]])
    return float(least) if np.isfinite(least) else None


def _hits(foot: NDArray[np.float64], triangles: NDArray[np.float64]) -> NDArray[np.float64]:
    """The levels at which the upright through a point passes triangles."""
    a, b, c = (triangles[:, i] for i in range(3))
    ab, ac, at = b[:, :2] - a[:, :2], c[:, :2] - a[:, :2], foot[:2] - a[:, :2]
    area = ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]
    flat = np.abs(area) > 1e-9
    whole = np.where(flat, area, 1.0)
    u = (at[:, 0] * ac[:, 1] - at[:, 1] * ac[:, 0]) / whole
    v = (ab[:, 0] * at[:, 1] - ab[:, 1] * at[:, 0]) / whole
    inside = flat & (u >= -1e-9) & (v >= -1e-9) & (u + v <= 1 + 1e-9)
    levels = a[:, 2] + u * (b[:, 2] - a[:, 2]) + v * (c[:, 2] - a[:, 2])
    return np.asarray(levels[inside])


def slope(mesh: Mesh) -> float | None:
    """Rise over run of the steepest part that is more than a twentieth of the shape's plan; None where it is level."""
    triangles = mesh.vertices[mesh.faces]
    normals = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    plan = np.abs(normals[:, 2])
    standing = plan > 1e-9
    slopes = np.round(np.linalg.norm(normals[standing, :2], axis=1) / plan[standing], 4)
    found, where = np.unique(slopes, return_inverse=True)
    shares = np.bincount(where.ravel(), weights=plan[standing], minlength=len(found)) / plan.sum()
    sloped = found[(shares > _PART) & (found > _LEVEL) & (found < 1.0)]
    return float(sloped.max()) if len(sloped) else None


def width(mesh: Mesh, least_slope: float = 0.1) -> float | None:
    """Extent across the walking line, which is where the shape rises; None for a shape that does not."""
    points = mesh.vertices
    plan = np.column_stack([points[:, :2] - points[:, :2].mean(axis=0), np.ones(len(points))])
    (a, b, _), *_ = np.linalg.lstsq(plan, points[:, 2], rcond=None)
    steepness = float(np.hypot(a, b))
    if steepness <= least_slope:
        return None
    across = points[:, :2] @ np.array([-b, a]) / steepness
    return float(across.max() - across.min())


def _treads(mesh: Mesh) -> NDArray[np.float64]:
    """Middle and level (N, 3) of what is horizontal and enough to stand on, from below; no lower faces of a waist."""
    triangles = mesh.vertices[mesh.faces]
    normals = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    size = np.linalg.norm(normals, axis=1)
    flat = (size > 1e-9) & (np.abs(normals[:, 2]) > _FLAT * size)
    middles = triangles[flat].mean(axis=1)
    found, where = np.unique(np.round(middles[:, 2], 3), return_inverse=True)
    areas = np.bincount(where.ravel(), weights=size[flat] / 2, minlength=len(found))
    sums = [np.bincount(where.ravel(), weights=size[flat] / 2 * middles[:, i], minlength=len(found)) for i in (0, 1)]
    enough = areas > _LEAST_TREAD
    return np.column_stack([*(s[enough] / areas[enough] for s in sums), found[enough]])
