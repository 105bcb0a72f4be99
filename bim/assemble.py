"""Put the building together: facts from the model, outlines from its meshes, all in the plot's grid."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import shapely

from bim import outlines, stairs
from bim.building import Building, Door, Geometry3D, Outline, Placement, Plate, Region, Space, StairFlight, Storey, Wall
from bim.building import StoreyKind as Kind
from bim.extract import Facts
from bim.findings import Reason
from bim.placement import Box, apply, level
from bim.shapes import PLATES, SPACES, STAIRS, WALLS, Mesh
from bim.storeys import classify
from gis.site import Site

OPEN_USES = {"balcony", "light_well", "parking_bay", "parking_aisle"}
"""Spaces that need no wall around them, so they tell nothing about whether an outline is closed."""
_OPEN_SHARE = 0.05
_THICKEST = 0.6
"""Metres of wall around a room, at most."""


@dataclass(frozen=True)
class Frame:
    """Model metres to grid metres; the identity where the building is not placed."""

    placement: Placement | None

    def region(self, region: Region) -> Region:
        """A plan region in the grid."""
        return apply(self.placement, region) if self.placement else region

    def level(self, z: float) -> float:
        """A level in the grid's heights."""
        return level(self.placement, z) if self.placement else z


def box_of(meshes: Sequence[Mesh]) -> Box | None:
    """The plan extent of walls and slabs, of anything where there are none."""
    chosen = [mesh for mesh in meshes if mesh.group in (WALLS, PLATES)] or list(meshes)
    if not chosen:
        return None
    low = np.min([mesh.vertices[:, :2].min(axis=0) for mesh in chosen], axis=0)
    high = np.max([mesh.vertices[:, :2].max(axis=0) for mesh in chosen], axis=0)
    return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def assemble(
    facts: Facts,
    meshes: Sequence[Mesh],
    geometry: Geometry3D,
    *,
    placed: tuple[Placement | None, Reason | None],
    site: Site | None,
    progress: Callable[[float], None],
) -> Building:
    """The building, placed if it can be; without meshes its outlines are None."""
    frame = Frame(placed[0])
    of = {group: [m for m in meshes if m.group == group] for group in (WALLS, PLATES, SPACES, STAIRS)}
    spaces = _spaces(facts.spaces, {mesh.id: mesh for mesh in of[SPACES]})
    plates = [_plate(mesh) for mesh in of[PLATES]]
    solid = [*of[WALLS], *of[PLATES]]  # a sloped roof closes an attic where no wall does
    progress(0.3)
    raised = [replace(storey, outline=_outline(storey, solid, spaces, plates)) for storey in facts.storeys]
    progress(0.6)
    zero = _zero(frame, site)
    storeys = classify(raised, zero, measured=geometry.problem is None and bool(of[WALLS]))
    local = Building(
        storeys=storeys,
        spaces=spaces,
        dwellings=facts.dwellings,
        doors=_doors(facts.doors, spaces),
        flights=_flights(facts.flights, {mesh.id: mesh for mesh in of[STAIRS]}),
        lifts=facts.lifts,
        plates=tuple(plates),
        placement=placed[0],
        placement_problem=placed[1],
        geometry=geometry,
    )
    return _in_grid(_with_outlines(local, of[WALLS]), frame)


def _zero(frame: Frame, site: Site | None) -> float:
    """The reference level in model metres; the model's own zero where it is not placed."""
    if frame.placement is None or site is None:
        return 0.0
    return (site.reference_level - frame.placement.height) / frame.placement.scale


def _spaces(spaces: Sequence[Space], meshes: dict[str, Mesh]) -> tuple[Space, ...]:
    return tuple(
        replace(s, region=outlines.shadow(meshes[s.id]), bottom=meshes[s.id].low, top=meshes[s.id].high)
        if s.id in meshes
        else s
        for s in spaces
    )


def _plate(mesh: Mesh) -> Plate:
    role = mesh.role if mesh.ifc_class == "IfcSlab" else "ROOF"
    return Plate(mesh.id, role, outlines.shadow(mesh), mesh.low, mesh.high)


def _outline(storey: Storey, solid: Sequence[Mesh], spaces: Sequence[Space], plates: Sequence[Plate]) -> Outline | None:
    """The outer face of the walls 1.2 m above the floor; wide gaps are bridged only where they must be."""
    at = storey.elevation + outlines.SECTION_HEIGHT
    cut = outlines.union([outlines.section(mesh, at) for mesh in solid if mesh.low < at < mesh.high])
    if cut.is_empty:
        return None
    inside = _must_enclose(storey, spaces, plates)
    region = outlines.filled(cut, outlines.SMALL_GAP)
    if _encloses(region, inside):
        return Outline(region, "section_1.2m")
    # Walls whose windows are cut out of their bodies: bridged as long as nothing but walls is added.
    with_rooms = outlines.union([cut, inside.buffer(_THICKEST)])
    for gap in outlines.WIDE_GAPS:
        bridged = outlines.filled(cut, gap)
        if _encloses(bridged, inside) and _encloses(with_rooms, bridged):
            return Outline(bridged, "section_1.2m_bridged")
    return Outline(region, "section_1.2m_open", closed=False)


def _encloses(region: Region, inner: Region) -> bool:
    return float(inner.difference(region).area) <= _OPEN_SHARE * max(float(inner.area), 1.0)


def _must_enclose(storey: Storey, spaces: Sequence[Space], plates: Sequence[Plate]) -> Region:
    """What the walls should go around: the storey's rooms, or half of the slab it stands on where it has none."""
    rooms = [s.region for s in spaces if s.storey == storey.id and s.region and s.use not in OPEN_USES]
    if rooms:
        return outlines.union(rooms)
    floors = [p.region for p in plates if p.role != "ROOF" and abs(p.top - storey.elevation) < 0.5]
    inner = outlines.union(floors)
    return inner.buffer(-0.15 * float(inner.area) ** 0.5) if not inner.is_empty else inner


def _doors(doors: Sequence[Door], spaces: Sequence[Space]) -> tuple[Door, ...]:
    """Doors with the uses of the spaces within half a metre of their middle."""

    def beside(door: Door) -> tuple[str, ...]:
        if door.centre is None:
            return ()
        point = shapely.Point(door.centre)
        known = [s for s in spaces if s.use and s.region and s.storey == door.storey]
        near = [s.use for s in known if s.region and s.region.distance(point) < 0.5]
        return tuple(sorted(near))

    return tuple(replace(door, spaces=beside(door)) for door in doors)


def _flights(flights: Sequence[StairFlight], meshes: dict[str, Mesh]) -> tuple[StairFlight, ...]:
    return tuple(
        replace(f, measured_riser=stairs.riser(meshes[f.id]), width=stairs.width(meshes[f.id])) if f.id in meshes else f
        for f in flights
    )


def _with_outlines(building: Building, walls: Sequence[Mesh]) -> Building:
    """The plan outlines of the whole: ground, envelope, projection and what is above the ground storey."""
    ground = next((s for s in building.storeys if s.kind is Kind.GROUND), None)
    if ground is None or ground.outline is None:
        return building
    above = [s for s in building.storeys if s.elevation >= ground.elevation and s.outline is not None]
    envelope = outlines.filled(outlines.union([s.outline.region for s in above if s.outline]), 0)
    closed = all(s.outline.closed for s in building.floors() if s.outline)
    over = [m for m in walls if m.high > ground.elevation + outlines.SECTION_HEIGHT]
    plates = [p for p in building.plates if p.top > ground.elevation + outlines.SECTION_HEIGHT]
    upper_from = _ceiling(building, ground)
    upper_walls = [m for m in over if m.high > upper_from + 0.3]
    upper_plates = [p.region for p in plates if p.top > upper_from - 0.6]
    upper = outlines.union([*map(outlines.shadow, upper_walls), *upper_plates])
    shadow = outlines.union([ground.outline.region, upper, *map(outlines.shadow, over)])
    cuts = [Wall(m.id, outlines.section(m, ground.elevation + outlines.SECTION_HEIGHT)) for m in walls]
    return replace(
        building,
        walls=tuple(wall for wall in cuts if not wall.region.is_empty),
        ground=ground.outline,
        envelope=Outline(envelope, "union_of_sections", closed=closed),
        projection=Outline(shadow, "shadow"),
        upper=Outline(upper, "shadow"),
    )


def _ceiling(building: Building, ground: Storey) -> float:
    """The level at which the storey above the ground one begins."""
    for lower, upper in pairwise(s for s in building.storeys if s.kind is not Kind.NOT_COUNTED or s is ground):
        if lower is ground:
            return upper.elevation
    tops = [p.top for p in building.plates if p.bottom > ground.elevation + 1.5]
    return min(tops, default=ground.elevation + 2.5)


def _in_grid(building: Building, frame: Frame) -> Building:
    """Every region and level turned into the grid."""
    if frame.placement is None:
        return building

    def outline(value: Outline | None) -> Outline | None:
        return None if value is None else replace(value, region=frame.region(value.region))

    return replace(
        building,
        storeys=tuple(
            replace(s, elevation=frame.level(s.elevation), outline=outline(s.outline)) for s in building.storeys
        ),
        spaces=tuple(_space_in_grid(s, frame) for s in building.spaces),
        plates=tuple(
            replace(p, region=frame.region(p.region), bottom=frame.level(p.bottom), top=frame.level(p.top))
            for p in building.plates
        ),
        walls=tuple(replace(wall, region=frame.region(wall.region)) for wall in building.walls),
        ground=outline(building.ground),
        envelope=outline(building.envelope),
        projection=outline(building.projection),
        upper=outline(building.upper),
    )


def _space_in_grid(space: Space, frame: Frame) -> Space:
    if space.region is None or space.bottom is None or space.top is None:
        return space
    return replace(
        space,
        region=frame.region(space.region),
        bottom=frame.level(space.bottom),
        top=frame.level(space.top),
    )
