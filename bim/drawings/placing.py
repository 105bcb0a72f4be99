"""Put a drawing into the zone's grid: as it is drawn there, or turned and moved onto tie points; never stretched."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from bim.building import Placement, Region
from bim.drawings.quantities import Tie
from bim.findings import Reason
from bim.placement import apply
from bim.refusals import RefusedError
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
    kept = (by_ties.method, by_ties.grid, by_ties.east, by_ties.north, 0.0, by_ties.rotation)
    return Placed(Placement(*kept, residual=round(residual, 4)))


def _fitted(ties: Sequence[Tie], metre: float, site: Site) -> Placement:
    """The rigid motion that brings the points of the drawing nearest to theirs, by least squares."""
    corners = [complex(x, y) for x, y in site.polygon.exterior.coords[:-1]]
    if any(tie.corner is not None and not 1 <= tie.corner <= len(corners) for tie in ties):
        raise RefusedError("tie_corner", corners=len(corners))
    goal = np.array([_goal(tie, corners) for tie in ties])
    drawn = np.array([complex(*tie.drawing) * metre for tie in ties])
    about, to = drawn.mean(), goal.mean()
    size = float((abs(drawn - about) ** 2).sum())
    turn = complex((np.conj(drawn - about) * (goal - to)).sum())
    if len(ties) < 2 or size < 1.0 or abs(turn) == 0:
        raise RefusedError("tie_few")
    stretch = abs(turn) / size
    if abs(stretch - 1) > _STRETCH:
        raise RefusedError("tie_stretch", scale=round(stretch, 4))
    turn /= abs(turn)
    shift = to - turn * about
    residual = math.sqrt(float((abs(goal - turn * drawn - shift) ** 2).mean()))
    angle = math.degrees(math.atan2(turn.imag, turn.real))
    return Placement("ties", site.grid, shift.real, shift.imag, 0.0, angle, residual=residual)


def _goal(tie: Tie, corners: list[complex]) -> complex:
    return complex(*tie.grid) if tie.grid is not None else corners[(tie.corner or 1) - 1]
