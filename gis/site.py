"""What a rule sees of the land: one plot with its named edges and its planning sheet (منهاج الوجائب).

Every length is in metres and every area in square metres of the zone's plane grid;
ratios are fractions of one. Geometry is shapely, X east and Y north in that grid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # who only names a status or a role need not load the geometry
    from shapely import LineString, Polygon

    from gis.roles import CorrectedRole


class EdgeRole(StrEnum):
    """What a plot edge faces; the setback of the planning sheet is given per role."""

    FRONT = "front"
    SIDE = "side"
    REAR = "rear"


class BasementRule(StrEnum):
    """How far a basement may reach."""

    NONE = "none"
    WITHIN_BUILDING_LINE = "within_building_line"
    WHOLE_PLOT = "whole_plot"


class Attachment(StrEnum):
    """How many of its side edges a building must touch: none, at least one, or each (بناء متصل)."""

    DETACHED = "detached"
    SEMI_ATTACHED = "semi_attached"
    ATTACHED = "attached"


class SheetStatus(StrEnum):
    """How sure the numbers of a planning sheet or a legal act are."""

    CONFIRMED = "confirmed"
    PROVISIONAL = "provisional"
    FICTITIOUS = "fictitious"


class ZoneState(StrEnum):
    """State of a planning zone; cases in a frozen zone are judged but cannot be approved."""

    IN_FORCE = "in_force"
    FROZEN = "frozen"
    IN_PREPARATION = "in_preparation"


@dataclass(frozen=True)
class Edge:
    """One side of a plot, street width in metres where it faces a street.

    `corrected` where the office gave it another role than what it faces (`gis/roles.py`).
    """

    line: LineString
    role: EdgeRole
    street: str | None = None
    street_width: float | None = None
    corrected: bool = False


@dataclass(frozen=True)
class SetbackBand:
    """Setbacks, metres by role, of the floors above ground from number `from_floor` on (1 is the ground floor)."""

    from_floor: int
    setbacks: Mapping[EdgeRole, float]


@dataclass(frozen=True)
class PlanningSheet:
    """The planning brief of one plot, in force from `valid_from` until before `valid_to`.

    `coverage` and `floor_area_ratio` are ratios to the plot area; `max_height` and `basement_rise`
    are metres above the plot's reference level; `parking_per_dwelling` is bays for each dwelling.
    `band` asks more of the upper floors; `fence_height` is the most and `projection_clearance` the
    least, metres above the reference level; None where the sheet says nothing.
    """

    use: str
    setbacks: Mapping[EdgeRole, float]
    coverage: float
    floor_area_ratio: float
    max_floors: int
    max_height: float
    projection_depth: float
    parking_per_dwelling: float
    basement: BasementRule
    basement_rise: float
    legal_act: str
    clause: str
    status: SheetStatus
    valid_from: date
    valid_to: date | None = None
    attachment: Attachment = Attachment.DETACHED
    band: SetbackBand | None = None
    fence_height: float | None = None
    projection_clearance: float | None = None


@dataclass(frozen=True)
class Sky:
    """Where the sun is seen from: degrees of WGS84, and the bearing of true north in the grid, clockwise.

    A bearing from true north plus `true_north` is one from grid north.
    """

    latitude: float
    longitude: float
    true_north: float


@dataclass(frozen=True)
class Neighbour:
    """A plot that shares a boundary with this one."""

    number: str
    polygon: Polygon


@dataclass(frozen=True)
class Site:
    """The prepared view of one plot.

    `grid` is an EPSG code such as "EPSG:22770"; `reference_level` is the kerb level (منسوب الصفر) in
    metres of the local height system; `residual` is the one-sigma position error of the plot's
    corners in metres; `official_area` is the area of record, `polygon.area` the computed one; `lost_roles` are
    corrections of edges that are no longer there; `scale` is grid length over ground length at the plot
    (gis.crs.ground_scale), None where that is not known.
    """

    plot: str
    zone: str
    zone_name: Mapping[str, str]
    zone_state: ZoneState
    fictitious: bool
    grid: str
    polygon: Polygon
    official_area: float
    edges: tuple[Edge, ...]
    sheet: PlanningSheet
    reference_level: float
    residual: float
    neighbours: tuple[Neighbour, ...] = ()
    lost_roles: tuple[CorrectedRole, ...] = ()
    scale: float | None = None

    @property
    def ground_area(self) -> float:
        """The computed area on the ground, square metres; that of the grid where its scale is not known."""
        return float(self.polygon.area) / (self.scale or 1.0) ** 2

    def edges_of(self, role: EdgeRole) -> tuple[Edge, ...]:
        """The edges that have `role`, in boundary order."""
        return tuple(edge for edge in self.edges if edge.role is role)
