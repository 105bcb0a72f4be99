"""Put a drawing into the zone's grid: as it is drawn there, or turned and moved onto tie points; never stretched."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from bim.building import Placement, Region
from bim.drawings.quantities import Tie
from bim.findings import Reason
from bim.placement import TIE_POINTS, apply
from bim.refusals import RefusedError
from bim.tie_points import TiePoint
from bim.ties import fit
from gis.site import Site

_STRETCH = 0.002
"""How much tie points may lie farther apart in the drawing than in the grid, as a share."""
_ASTRAY = 0.5
"""Metres between the drawn plot and that of the zone, beyond which the drawing is not of this plot."""


@dataclass(frozen=True)
class Placed:
    """The placement, or why there is none."""

    placement: Placement | None
    problem: Reason | None = None


def place(plot: Region, ties: Sequence[Tie], metre: float, site: Site | None) -> Placed:
    """Where the drawing stands: by its ties, or in the grid itself; held against the drawn outline of the plot.

    Its residual is the greater one of that of the ties and of how far the drawn plot lies from that of the zone.
    """
    if site is None:
        return Placed(None, Reason("no_plot"))
    by_ties = _fitted(ties, metre, site) if ties else Placement("drawing", site.grid, 0.0, 0.0, 0.0)
    astray = float(shapely.hausdorff_distance(apply(by_ties, plot), site.polygon, densify=0.05))
    if astray > _ASTRAY:
        return Placed(None, Reason("drawing_not_on_plot", {"distance": round(astray, 2)}))
    residual = max(by_ties.residual, astray)
    return Placed(replace(by_ties, residual=round(residual, 4)))


def _fitted(ties: Sequence[Tie], metre: float, site: Site) -> Placement:
    """The drawing on its tie points, in metres of its own unit; wrong points are refused as those of models are."""
    corners = list(site.polygon.exterior.coords[:-1])
    if any(tie.corner is not None and not 1 <= tie.corner <= len(corners) for tie in ties):
        raise RefusedError("tie_corner", corners=len(corners))
    points = [TiePoint(x * metre, y * metre, *_goal(tie, corners)) for tie in ties for x, y in [tie.drawing]]
    fitted = fit(points)
    stretch = fitted.unit * fitted.transform.scale
    if abs(stretch - 1) > _STRETCH:  # the unit of a drawing is declared, and its paper does not stretch
        raise RefusedError("tie_scale", scale=round(stretch, 4))
    # Its own scale, turned about the middle of the points.
    turn, (x, y) = math.radians(fitted.transform.rotation), fitted.transform.origin
    east, north = fitted.transform.forth(np.array([(x, y)]))[0]
    shift = (
        float(east - math.cos(turn) * x + math.sin(turn) * y),
        float(north - math.sin(turn) * x - math.cos(turn) * y),
    )
    drawn = np.array([(point.x, point.y) for point in points])
    goal = np.array([(point.east, point.north) for point in points])
    there = drawn @ np.array([(math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))]) + shift
    residual = math.sqrt(float(((goal - there) ** 2).sum(axis=1).mean()))
    return Placement(
        TIE_POINTS, site.grid, *shift, 0.0, fitted.transform.rotation,
        residual=residual, rms=residual, points=len(points), outliers=fitted.outliers,
    )  # fmt: skip


def _goal(tie: Tie, corners: Sequence[tuple[float, ...]]) -> tuple[float, float]:
    east, north = tie.grid if tie.grid is not None else corners[(tie.corner or 1) - 1][:2]
    return east, north
