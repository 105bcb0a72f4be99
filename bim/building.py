"""What a rule sees of the building: frozen dataclasses, metres and square metres, shapely outlines.

Once a building is placed, X is east and Y north in the zone's plane grid and levels are heights in
its height system; before that both are the model's own coordinates in metres.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from shapely import MultiPolygon, Polygon

from bim.findings import Reason

Region: TypeAlias = Any
"""A shapely Polygon or MultiPolygon; shapely publishes no types."""


class StoreyKind(StrEnum):
    """How a storey counts: annex (ملحق) and not counted ones are no floors, a basement is none either."""

    BASEMENT = "basement"
    GROUND = "ground"
    TYPICAL = "typical"
    ANNEX = "annex"
    NOT_COUNTED = "not_counted"


@dataclass(frozen=True)
class Outline:
    """A region with how it was made; `closed` is false where the walls leave it open and it is a guess."""

    region: Region
    method: str
    closed: bool = True


@dataclass(frozen=True)
class Doubt:
    """Why the kind of a storey is not sure; `ground` where that bears on which storey is the ground one."""

    reason: Reason
    ground: bool = False


@dataclass(frozen=True)
class Storey:
    """`elevation` is the floor level; `outline` the outer face of the walls 1.2 m above it, holes filled.

    `placed` is the level of its placement, metres of the model, where it has one: mostly the same.
    """

    id: str
    name: str
    elevation: float
    kind: StoreyKind
    outline: Outline | None = None
    doubt: Doubt | None = None
    placed: float | None = None


@dataclass(frozen=True)
class Space:
    """`use` is the ObjectType code; `declared_area` the NetFloorArea quantity; levels of floor and ceiling."""

    id: str
    name: str
    long_name: str
    use: str
    storey: str | None
    declared_area: float | None = None
    region: Region | None = None
    bottom: float | None = None
    top: float | None = None

    @property
    def label(self) -> str:
        """What people call it."""
        return self.long_name or self.name

    @property
    def area(self) -> float | None:
        """In plan, square metres; the declared quantity where there is no shape."""
        return self.declared_area if self.region is None else float(self.region.area)

    @property
    def height(self) -> float | None:
        """Floor to ceiling, metres."""
        return None if self.top is None or self.bottom is None else self.top - self.bottom


@dataclass(frozen=True)
class Dwelling:
    """An IfcZone of ObjectType "dwelling"; `spaces` are GlobalIds."""

    id: str
    name: str
    number: str
    spaces: tuple[str, ...]


@dataclass(frozen=True)
class Door:
    """`width` and `height` are OverallWidth and OverallHeight, metres; `use` the ObjectType code; `centre` in plan.

    `spaces` are the uses of the spaces it stands between, `beside` their GlobalIds.
    """

    id: str
    name: str
    use: str
    storey: str | None
    width: float | None
    centre: tuple[float, float] | None = None
    spaces: tuple[str, ...] = ()
    height: float | None = None
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Window:
    """`width` and `height` are OverallWidth and OverallHeight, metres; `beside` the spaces at it, nearest first."""

    id: str
    name: str
    storey: str | None
    width: float | None
    height: float | None
    centre: tuple[float, float] | None = None
    beside: tuple[str, ...] = ()

    @property
    def area(self) -> float | None:
        """Of the whole window, square metres."""
        return None if self.width is None or self.height is None else self.width * self.height


@dataclass(frozen=True)
class StairFlight:
    """Metres: `riser` and `tread` as declared; the measured ones and `width` (across the walking line) from the shape.

    `headroom` is the least height over its treads, None where nothing is above; `stair` the IfcStair it is part of.
    """

    id: str
    name: str
    storey: str | None
    riser: float | None
    measured_riser: float | None = None
    width: float | None = None
    tread: float | None = None
    measured_tread: float | None = None
    headroom: float | None = None
    stair: str | None = None


@dataclass(frozen=True)
class Ramp:
    """`use` is the ObjectType code; `slope` rise over run of its steepest part, `width` in metres, by its shape."""

    id: str
    name: str
    use: str
    storey: str | None
    slope: float | None = None
    width: float | None = None


@dataclass(frozen=True)
class Barrier:
    """A parapet of the roof, a railing or a fence of the site in plan, with the levels of its foot and its top."""

    id: str
    region: Region
    bottom: float
    top: float


@dataclass(frozen=True)
class Plate:
    """A slab or roof in plan with the levels of its underside and top; `role` is its PredefinedType."""

    id: str
    role: str
    region: Region
    bottom: float
    top: float


@dataclass(frozen=True)
class Wall:
    """A wall of the ground storey, cut 1.2 m above its floor."""

    id: str
    region: Region


@dataclass(frozen=True)
class Placement:
    """How model coordinates became grid coordinates.

    A point (x, y, z) in metres is turned by `rotation` degrees counter-clockwise, scaled by `scale` and
    shifted by `east`, `north`, `height` metres. `hypothesis` is the unit in which eastings were taken to
    be written, in metres; `residual` the one-sigma position error in metres. `points` is the number of tie
    points where they place it, `rms` the root mean square of what they miss, metres, and `outliers` the names of
    those that the others contradict; `height_residual` the error of the height, metres. Without `levelled` the height
    is not known, and the model's zero only taken to be the plot's reference level. `stretch` is the scale of heights
    over that of lengths.
    """

    method: str
    grid: str
    east: float
    north: float
    height: float
    rotation: float = 0.0
    scale: float = 1.0
    hypothesis: float = 1.0
    residual: float = 0.0
    points: int = 0
    rms: float = 0.0
    outliers: tuple[str, ...] = ()
    levelled: bool = True
    height_residual: float = 0.0
    stretch: float = 1.0


@dataclass(frozen=True)
class Sighting:
    """Where one declaration of the model would put the building.

    `level` is its level of georeference (LoGeoRef 20 to 50); `distance` metres from the plot and `apart` metres from
    where the building was put, None where that cannot be said; `default` the tool and its place where a position is
    only the tool's own.
    """

    method: str
    level: int
    grid: str
    distance: float | None = None
    apart: float | None = None
    default: str = ""


@dataclass(frozen=True)
class Geometry3D:
    """What became of the shapes: `problem` where none were made, `lost` the elements by class group."""

    problem: Reason | None = None
    requested: int = 0
    returned: int = 0
    lost: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Building:
    """One building. `ground`, `envelope`, `projection` and `upper` are plan outlines:

    the wall section of the ground storey, the union of the storeys above ground, everything that
    shadows the ground, and what lies above the ground storey.
    """

    storeys: tuple[Storey, ...] = ()
    spaces: tuple[Space, ...] = ()
    dwellings: tuple[Dwelling, ...] = ()
    doors: tuple[Door, ...] = ()
    windows: tuple[Window, ...] = ()
    flights: tuple[StairFlight, ...] = ()
    ramps: tuple[Ramp, ...] = ()
    lifts: tuple[str, ...] = ()
    plates: tuple[Plate, ...] = ()
    walls: tuple[Wall, ...] = ()
    parapets: tuple[Barrier, ...] = ()
    fences: tuple[Barrier, ...] = ()
    railings: tuple[Barrier, ...] = ()
    ground: Outline | None = None
    envelope: Outline | None = None
    projection: Outline | None = None
    upper: Outline | None = None
    placement: Placement | None = None
    placement_problem: Reason | None = None
    sightings: tuple[Sighting, ...] = ()
    remarks: tuple[Reason, ...] = ()
    geometry: Geometry3D = field(default_factory=Geometry3D)

    def storeys_of(self, *kinds: StoreyKind) -> tuple[Storey, ...]:
        """The storeys of `kinds`, from below."""
        return tuple(storey for storey in self.storeys if storey.kind in kinds)

    def floors(self) -> tuple[Storey, ...]:
        """The storeys that count as floors above ground."""
        return self.storeys_of(StoreyKind.GROUND, StoreyKind.TYPICAL)

    def doubts(self, *, ground: bool = False) -> tuple[Doubt, ...]:
        """The doubts of the storeys, from below; those alone that bear on the `ground` storey, or all."""
        return tuple(s.doubt for s in self.storeys if s.doubt is not None and (s.doubt.ground or not ground))

    def spaces_of(self, *uses: str) -> tuple[Space, ...]:
        """The spaces of `uses`, in the model's order."""
        return tuple(space for space in self.spaces if space.use in uses)


def region_of(geometry: Any) -> Region:
    """The polygons of `geometry`, lines and points dropped; empty polygon where there are none."""
    if isinstance(geometry, Polygon | MultiPolygon):
        return geometry
    parts = [part for part in getattr(geometry, "geoms", ()) if isinstance(part, Polygon | MultiPolygon)]
    flat = [polygon for part in parts for polygon in getattr(part, "geoms", (part,))]
    return MultiPolygon(flat) if flat else Polygon()
