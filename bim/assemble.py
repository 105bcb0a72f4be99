"""Put the building together: facts from the model, outlines from its meshes, all in the plot's grid."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import shapely

from bim import measure, outlines, overlay, stairs
from bim.building import (
    Barrier,
    Building,
    Door,
    Geometry3D,
    Outline,
    Placement,
    Plate,
    Ramp,
    Region,
    Space,
    StairFlight,
    Storey,
    Wall,
    Window,
)
from bim.building import StoreyKind as Kind
from bim.extract import Facts
from bim.findings import Reason
from bim.georeference import Box
from bim.grid import Frame, in_grid
from bim.shapes import FENCES, GROUPS, PLATES, RAILINGS, RAMPS, SPACES, STAIRS, WALLS, Mesh
from bim.storeys import Levels, classify
from gis.site import Site

OPEN_USES = {"balcony", "light_well", "parking_bay", "parking_aisle"}
"""Spaces that need no wall around them, so they tell nothing about whether an outline is closed."""
_OPEN_SHARE = 0.05
_THICKEST = 0.6
"""Metres of wall around a room, at most."""
_BESIDE = 0.5
_WHOLE, _BEYOND = 0.95, 1.2
"""Shares of the plot that terrain covers of it, and that it is as large as."""
_ON_ROOF, _HIGHEST_PARAPET = 0.1, 2.0


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
    of = {group: [m for m in meshes if m.group == group] for group in GROUPS}
    of[PLATES], terrain = _without_terrain(of[PLATES], frame, site)
    spaces = _spaces(facts.spaces, {mesh.id: mesh for mesh in of[SPACES]})
    plates = [_plate(mesh) for mesh in of[PLATES]]
    solid = [*of[WALLS], *of[PLATES]]  # a sloped roof closes an attic where no wall does
    progress(0.3)
    raised = [replace(storey, outline=_outline(storey, solid, spaces, plates)) for storey in facts.storeys]
    progress(0.6)
    zero = _zero(frame, site)
    measured = geometry.problem is None and bool(of[WALLS])
    storeys = classify(raised, Levels(zero, measured, _level_error(frame, site), plates))
    local = Building(
        storeys=storeys,
        spaces=spaces,
        dwellings=facts.dwellings,
        doors=_doors(facts.doors, spaces),
        windows=_windows(facts.windows, spaces),
        flights=_flights(facts.flights, {mesh.id: mesh for mesh in of[STAIRS]}, [*of[STAIRS], *of[PLATES]]),
        ramps=_ramps(facts.ramps, {mesh.id: mesh for mesh in of[RAMPS]}),
        fences=tuple(map(_barrier, of[FENCES])),
        railings=tuple(map(_barrier, of[RAILINGS])),
        lifts=facts.lifts,
        plates=tuple(plates),
        placement=placed[0],
        placement_problem=placed[1],
        geometry=geometry,
        remarks=(Reason("terrain_as_building", {"count": terrain}),) if terrain else (),
    )
    local = replace(local, parapets=_parapets(local, [*of[WALLS], *of[RAILINGS]]))
    return in_grid(_with_outlines(local, of[WALLS]), frame)


def _without_terrain(plates: list[Mesh], frame: Frame, site: Site | None) -> tuple[list[Mesh], int]:
    """The slabs that are no terrain, and how many are: at or under the ground, over the whole plot and far beyond."""
    if frame.placement is None or site is None:
        return plates, 0
    zero = _zero(frame, site)
    kept = [m for m in plates if m.low > zero + _BESIDE or not _is_terrain(frame.region(outlines.shadow(m)), site)]
    return kept, len(plates) - len(kept)


def _is_terrain(region: Region, site: Site) -> bool:
    """A cellar's raft may fill the plot; what goes on beyond it on all sides is land."""
    plot = site.polygon
    over = overlay.common(region, plot).area > _WHOLE * float(plot.area)
    return over and float(region.area) > _BEYOND * float(plot.area)


def _zero(frame: Frame, site: Site | None) -> float:
    """The reference level in model metres; the model's own zero where it is not placed."""
    if frame.placement is None or site is None:
        return 0.0
    placement = frame.placement
    return (site.reference_level - placement.height) / (placement.scale * placement.stretch)


def _level_error(frame: Frame, site: Site | None) -> float:
    """Metres to which the reference level is known in the model."""
    if frame.placement is None or site is None:
        return 0.0
    return site.residual + frame.placement.height_residual


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
    cut = overlay.union([outlines.section(mesh, at) for mesh in solid if mesh.low < at < mesh.high])
    if cut.is_empty:
        return None
    inside = _must_enclose(storey, spaces, plates)
    region = outlines.filled(cut, outlines.SMALL_GAP)
    if _encloses(region, inside):
        return Outline(region, "section_1.2m")
    # Walls whose windows are cut out of their bodies: bridged as long as nothing but walls is added.
    with_rooms = overlay.union([cut, inside.buffer(_THICKEST)])
    for gap in outlines.WIDE_GAPS:
        bridged = outlines.filled(cut, gap)
        if _encloses(bridged, inside) and _encloses(with_rooms, bridged):
            return Outline(bridged, "section_1.2m_bridged")
    return Outline(region, "section_1.2m_open", closed=False)


def _encloses(region: Region, inner: Region) -> bool:
    return float(overlay.minus(inner, region).area) <= _OPEN_SHARE * max(float(inner.area), 1.0)


def _must_enclose(storey: Storey, spaces: Sequence[Space], plates: Sequence[Plate]) -> Region:
    """What the walls should go around: the storey's rooms, or half of the slab it stands on where it has none."""
    rooms = [s.region for s in spaces if s.storey == storey.id and s.region and s.use not in OPEN_USES]
    if rooms:
        return overlay.union(rooms)
    floors = [p.region for p in plates if p.role != "ROOF" and abs(p.top - storey.elevation) < 0.5]
    inner = overlay.union(floors)
    return inner.buffer(-0.15 * float(inner.area) ** 0.5) if not inner.is_empty else inner


def _beside(of: Door | Window, spaces: Sequence[Space]) -> list[Space]:
    """The spaces of the storey within half a metre of the middle of a door or window, nearest first."""
    if of.centre is None:
        return []
    point = shapely.Point(of.centre)
    away = [(float(s.region.distance(point)), s.id, s) for s in spaces if s.region and s.storey == of.storey]
    return [space for distance, _, space in sorted(away, key=lambda found: found[:2]) if distance < _BESIDE]


def _doors(doors: Sequence[Door], spaces: Sequence[Space]) -> tuple[Door, ...]:
    found = [(door, _beside(door, spaces)) for door in doors]
    return tuple(
        replace(door, spaces=tuple(sorted(s.use for s in near if s.use)), beside=tuple(s.id for s in near))
        for door, near in found
    )


def _windows(windows: Sequence[Window], spaces: Sequence[Space]) -> tuple[Window, ...]:
    return tuple(replace(window, beside=tuple(s.id for s in _beside(window, spaces))) for window in windows)


def _flights(flights: Sequence[StairFlight], meshes: dict[str, Mesh], above: Sequence[Mesh]) -> tuple[StairFlight, ...]:
    return tuple(
        replace(
            f,
            measured_riser=stairs.riser(meshes[f.id]),
            width=stairs.width(meshes[f.id]),
            measured_tread=stairs.tread(meshes[f.id]),
            headroom=stairs.headroom(meshes[f.id], above),
        )
        if f.id in meshes
        else f
        for f in flights
    )


def _ramps(ramps: Sequence[Ramp], meshes: dict[str, Mesh]) -> tuple[Ramp, ...]:
    return tuple(
        replace(r, slope=stairs.slope(meshes[r.id]), width=stairs.width(meshes[r.id], least_slope=0.01))
        if r.id in meshes
        else r
        for r in ramps
    )


def _barrier(mesh: Mesh) -> Barrier:
    return Barrier(mesh.id, outlines.shadow(mesh), mesh.low, mesh.high)


def _parapets(building: Building, upright: Sequence[Mesh]) -> tuple[Barrier, ...]:
    """The low walls and the railings that stand on the roof slab."""
    plate = measure.roof(building)
    if plate is None:
        return ()
    on_it = [m for m in upright if abs(m.low - plate.top) < _ON_ROOF and m.high - m.low < _HIGHEST_PARAPET]
    return tuple(map(_barrier, on_it))


def _with_outlines(building: Building, walls: Sequence[Mesh]) -> Building:
    """The plan outlines of the whole: ground, envelope, projection and what is above the ground storey."""
    ground = next((s for s in building.storeys if s.kind is Kind.GROUND), None)
    if ground is None or ground.outline is None:
        return building
    above = [s for s in building.storeys if s.elevation >= ground.elevation and s.outline is not None]
    envelope = outlines.filled(overlay.union([s.outline.region for s in above if s.outline]), 0)
    closed = all(s.outline.closed for s in building.floors() if s.outline)
    over = [m for m in walls if m.high > ground.elevation + outlines.SECTION_HEIGHT]
    plates = [p for p in building.plates if p.top > ground.elevation + outlines.SECTION_HEIGHT]
    upper_from = _ceiling(building, ground)
    upper_walls = [m for m in over if m.high > upper_from + 0.3]
    upper_plates = [p.region for p in plates if p.top > upper_from - 0.6]
    upper = overlay.union([*map(outlines.shadow, upper_walls), *upper_plates])
    shadow = overlay.union([ground.outline.region, upper, *map(outlines.shadow, over)])
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
