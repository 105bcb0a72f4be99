"""Fit a local grid to a plane grid by control points: a similarity of four parameters, by least squares.

The datum shift of the country is known to about 5 m only; over a town, control points common to both grids give
centimetres, and their residuals say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from gis.cadastre import CadastralPlot
from gis.crs import DATUM_OF, is_plane
from gis.helmert import LEAST, XY, Helmert, Residual, coincident, residuals, sigma, solve
from gis.remarks import Code, LayerRefused, Remark, listed, shortened

COINCIDENT = 0.01
"""Metres within which two control points are one."""

FARTHEST = 1e8
"""Metres beyond which a coordinate is none, of any grid."""


@dataclass(frozen=True)
class ControlPoint:
    """A point known in both grids, metres, x east and y north."""

    name: str
    local: XY
    plane: XY


@dataclass(frozen=True)
class Fit:
    """A local grid fitted to `grid`; `sigma` is the standard error of one coordinate in metres.

    It is None with two points, which always fit: nothing checks them.
    """

    grid: str
    transform: Helmert
    residuals: tuple[Residual, ...]
    sigma: float | None

    @property
    def outliers(self) -> tuple[str, ...]:
        """Names of the points that the others contradict."""
        return tuple(residual.name for residual in self.residuals if residual.outlier)


def fit(points: Sequence[ControlPoint], grid: str, *, tolerance: float = 0.05) -> Fit:
    """The similarity that misses the control points least; `tolerance` is their one-sigma error in metres.

    A point is an outlier where the fit of the others misses it by more than `OUTLIER` times what the tolerance lets
    expect there. Of several that disagree only the worst is named, and the rest is judged again without it; of three
    points the contradiction is certain, and the one named is only the likeliest. Raises LayerRefused: grid_unusable,
    control_few, control_coincident, control_wrong.
    """
    _check(points, grid)
    local, plane = (
        np.array(side, dtype=np.float64) for side in zip(*((p.local, p.plane) for p in points), strict=True)
    )
    transform = solve(local, plane)
    found = residuals([point.name for point in points], local, plane, transform, tolerance)
    return Fit(grid, transform, found, sigma(local, plane, transform))


def place(plots: Sequence[CadastralPlot], fitted: Fit) -> tuple[CadastralPlot, ...]:
    """The plots of the local grid in `fitted.grid`; areas of record stay as they are."""
    return tuple(replace(plot, polygon=fitted.transform.to_plane(plot.polygon)) for plot in plots)


def _check(points: Sequence[ControlPoint], grid: str) -> None:
    if not is_plane(grid):
        # EPSG:22700 loads, and then every transformation of it fails: a fit to it would be a fit to nothing.
        raise LayerRefused(Remark(Code.GRID_UNUSABLE, value=grid, values={"known": listed(sorted(DATUM_OF))}))
    wrong = [point for point in points if not all(abs(value) <= FARTHEST for value in (*point.local, *point.plane))]
    if wrong:
        raise LayerRefused(*(Remark(Code.CONTROL_WRONG, value=shortened(point.name)) for point in wrong))
    if len(points) < LEAST:
        raise LayerRefused(Remark(Code.CONTROL_FEW, value=str(len(points)), values={"least": LEAST}))
    for side in ("local", "plane"):
        coordinates = np.array([getattr(point, side) for point in points])
        pair = coincident(coordinates, COINCIDENT)
        if pair is not None:
            names = f"{points[pair[0]].name}, {points[pair[1]].name}"
            raise LayerRefused(Remark(Code.CONTROL_COINCIDENT, value=shortened(names)))
