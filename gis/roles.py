"""Roles of plot edges that the office has corrected (a rear that will be a street, a second front), laid on the edges.

An edge is told by its two end points in metres of the grid, so that a correction outlives a new import of the land
wherever the edge is still there.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gis.site import Edge, EdgeRole

SAME = 0.05
"""Metres that either end of an edge may lie off the one that was corrected."""

Point = tuple[float, float]


@dataclass(frozen=True)
class CorrectedRole:
    """The edge from `start` to `end` (metres of the grid) has `role`, whatever it faces."""

    start: Point
    end: Point
    role: EdgeRole


def corrected(edges: Sequence[Edge], roles: Sequence[CorrectedRole]) -> tuple[Edge, ...]:
    """The edges with their corrected roles; of several corrections of one edge the last counts."""
    return tuple(_corrected(edge, roles) for edge in edges)


def lost(edges: Sequence[Edge], roles: Sequence[CorrectedRole]) -> tuple[CorrectedRole, ...]:
    """The corrections in force whose edge is no longer there."""
    return tuple(role for role in in_force(roles) if not any(_tells(role, *ends(edge)) for edge in edges))


def in_force(roles: Sequence[CorrectedRole]) -> tuple[CorrectedRole, ...]:
    """Without those that a later one of the same edge replaces."""
    return tuple(
        role for at, role in enumerate(roles, 1) if not any(_tells(role, new.start, new.end) for new in roles[at:])
    )


def ends(edge: Edge) -> tuple[Point, Point]:
    """The two end points of an edge, in boundary order."""
    start, end = edge.line.coords[0], edge.line.coords[-1]
    return (float(start[0]), float(start[1])), (float(end[0]), float(end[1]))


def _corrected(edge: Edge, roles: Sequence[CorrectedRole]) -> Edge:
    role = next((told.role for told in reversed(roles) if _tells(told, *ends(edge))), edge.role)
    return edge if role is edge.role else replace(edge, role=role, corrected=True)


def _tells(told: CorrectedRole, start: Point, end: Point) -> bool:
    """Whether both ends lie on those of the corrected edge, whichever way round it is drawn."""
    return any(
        math.dist(told.start, first) <= SAME and math.dist(told.end, last) <= SAME
        for first, last in ((start, end), (end, start))
    )
