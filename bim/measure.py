"""What several measures and rules take of a building on its plot, and what each is known to.

Lengths carry 2 cm, areas half a percent: what drafting and triangulation leave open. Counts and
declared dimensions are exact.
"""

from dataclasses import dataclass

import shapely

from bim import outlines, overlay
from bim.building import Building, Plate, Region, Space, Storey, StoreyKind
from gis.site import EdgeRole, Site

LENGTH_TOLERANCE = 0.02
CLEAR_TOLERANCE = 0.01
RISER_TOLERANCE, TREAD_TOLERANCE = 0.002, 0.005
SLOPE_TOLERANCE = 0.002
"""Rise over run."""
WAY_SHARE = 0.05
"""What the middle of a door and the corners of a plan leave open of a way on foot."""
AREA_SHARE = 0.005
_ROOF_GAP = 0.35
_HEADROOM = 1.5


@dataclass(frozen=True)
class Well:
    """A light well over all its storeys: the spaces that make it and the least side among them."""

    spaces: tuple[Space, ...]
    side: float


def wells(building: Building) -> tuple[Well, ...]:
    """Light wells: spaces called so, stacked where their plans overlap."""
    stacks: list[list[Space]] = []
    for space in building.spaces_of("light_well"):
        if space.region is None:
            continue
        for stack in stacks:
            if _overlap(stack[0].region, space.region) > 0.5 * float(space.region.area):
                stack.append(space)
                break
        else:
            stacks.append([space])
    return tuple(Well(tuple(s), min(outlines.least_side(space.region) for space in s)) for s in stacks)


def _overlap(first: Region, second: Region) -> float:
    return float(overlay.common(first, second).area)


def open_wells(building: Building, storey: Storey) -> Region:
    """The plan of the light wells that pass through the storey and that no roof covers."""
    level = storey.elevation + outlines.SECTION_HEIGHT
    open_ = [well for well in wells(building) if not _covered(building, well)]
    return overlay.union([s.region for well in open_ for s in well.spaces if _passes(s, level)])


def _passes(space: Space, level: float) -> bool:
    return space.bottom is not None and space.top is not None and space.bottom <= level < space.top


def _covered(building: Building, well: Well) -> bool:
    """Whether a slab lies over more than half of the well at its top."""
    return covered_share(building, well) > 0.5


def covered_share(building: Building, well: Well) -> float:
    """The share of the well's plan over which a slab lies at its top or above."""
    top = max(space.top for space in well.spaces if space.top is not None)
    region = overlay.union([space.region for space in well.spaces])
    over = overlay.union([p.region for p in building.plates if p.top > top - _ROOF_GAP])
    return float(overlay.common(region, over).area) / float(region.area)


def storey_area(building: Building, storey: Storey) -> float | None:
    """Area inside the outer face without light wells open to the sky; stairs and lifts are counted."""
    if storey.outline is None:
        return None
    return as_drawn(building, overlay.minus(storey.outline.region, open_wells(building, storey)).area)


def gross_floor_area(building: Building) -> float | None:
    """Sum over the floors above ground; basement and roof annex are not counted."""
    areas = [storey_area(building, storey) for storey in building.floors()]
    known = [area for area in areas if area is not None]
    return sum(known) if known and len(known) == len(areas) else None


def balcony_area(building: Building) -> float:
    """Plan of the spaces that are balconies, over all storeys."""
    regions = [space.region for space in building.spaces_of("balcony") if space.region is not None]
    return as_drawn(building, sum(float(region.area) for region in regions))


def setback(building: Building, site: Site, role: EdgeRole) -> float | None:
    """Least distance from the ground outline to the edges of `role`; None without edges or outline."""
    edges = site.edges_of(role)
    if building.ground is None or not edges:
        return None
    return min(distance_to(building.ground.region, edge.line, site) for edge in edges)


def nearest_walls(building: Building, site: Site, role: EdgeRole) -> tuple[str, ...]:
    """The walls that are as near to the edges of `role` as the outline is, within the length tolerance."""
    lines = shapely.union_all([edge.line for edge in site.edges_of(role)])
    away = {wall.id: float(wall.region.distance(lines)) for wall in building.walls}
    least = min(away.values(), default=0.0)
    return tuple(sorted(wall for wall, distance in away.items() if distance < least + LENGTH_TOLERANCE))


def plates_beyond(building: Building, allowed: Region) -> tuple[str, ...]:
    """The slabs above the ground storey that reach out of `allowed`."""
    ground = building.storeys_of(StoreyKind.GROUND)
    above = [p for p in building.plates if ground and p.bottom > ground[0].elevation + 1.5]
    return tuple(sorted(p.id for p in above if overlay.minus(p.region, allowed).area > 1e-3))


def projecting(building: Building) -> tuple[Plate, ...]:
    """The slabs above the ground storey that reach out of the ground outline by more than the length tolerance."""
    ground = building.storeys_of(StoreyKind.GROUND)
    if building.ground is None or not ground:
        return ()
    within = outlines.filled(building.ground.region, 0).buffer(LENGTH_TOLERANCE, join_style="mitre")
    above = [p for p in building.plates if p.bottom > ground[0].elevation + 1.5]
    return tuple(p for p in above if overlay.minus(p.region, within).area > 1e-3)


def distance_to(region: Region, line: shapely.LineString, site: Site) -> float:
    """Distance to an edge; negative where the region passes over it, by how far it does."""
    outside = overlay.minus(region, site.polygon)
    near = outside.intersection(line.buffer(10.0, cap_style="flat")) if not outside.is_empty else outside
    if near.is_empty or not region.intersects(line):
        return float(region.distance(line))
    return -max(float(line.distance(shapely.Point(p))) for p in shapely.get_coordinates(near))


def as_drawn(building: Building, area: float) -> float:
    """An area of the building's grid regions in square metres of its model, which are on the ground."""
    return area if building.placement is None else area / building.placement.scale**2


def coverage(building: Building, site: Site) -> float | None:
    """Enclosed envelope over the plot's computed area, both on the ground."""
    if building.envelope is None:
        return None
    return as_drawn(building, float(building.envelope.region.area)) / site.ground_area


def floor_area_ratio(building: Building, site: Site) -> float | None:
    """Gross floor area over the plot's computed area, both on the ground."""
    area = gross_floor_area(building)
    return None if area is None else area / site.ground_area


def roof(building: Building) -> Plate | None:
    """The slab that closes the last counted floor: the highest one, an annex and what it carries left out.

    Where no slab lies above a person's head all over, the highest pitched roof is it, whose eaves may reach lower.
    """
    floors = building.floors()
    if not floors:
        return None
    annex = building.storeys_of(StoreyKind.ANNEX)
    ceiling = annex[0].elevation + _ROOF_GAP if annex else float("inf")
    above = [p for p in building.plates if p.top > floors[-1].elevation + _HEADROOM and p.top < ceiling]
    flat = [p for p in above if p.bottom > floors[-1].elevation + _HEADROOM]
    pitched = [p for p in above if p.role == "ROOF"]
    return max(flat or pitched, key=lambda plate: plate.top, default=None)


def height(building: Building, site: Site) -> float | None:
    """Top of the roof slab above the plot's reference level."""
    plate = roof(building)
    return None if plate is None else plate.top - site.reference_level


def projection_depth(building: Building) -> float | None:
    """How far anything above the ground storey reaches out of the ground outline."""
    if building.ground is None or building.upper is None:
        return None
    return outlines.largest_reach(building.upper.region, outlines.filled(building.ground.region, 0))


def ground_slab(building: Building) -> Plate | None:
    """The slab of the ground floor, which is the basement's ceiling: the highest top at that level."""
    ground = building.storeys_of(StoreyKind.GROUND)
    if not ground:
        return None
    near = [p for p in building.plates if p.role != "LANDING" and abs(p.top - ground[0].elevation) < 0.5]
    return max(near, key=lambda plate: (plate.region.area > 5.0, plate.top), default=None)


def basement_rise(building: Building, site: Site) -> float | None:
    """Top of the basement's ceiling above the reference level; None without a basement or its slab."""
    plate = ground_slab(building) if building.storeys_of(StoreyKind.BASEMENT) else None
    return None if plate is None else plate.top - site.reference_level
