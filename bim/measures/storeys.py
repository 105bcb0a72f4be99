"""Storeys: how many of each kind, their gross and net areas, heights, and the roof annex."""

from collections.abc import Iterator
from itertools import pairwise

from bim import measure
from bim.building import Building, Region, Storey, StoreyKind
from bim.measures.registry import AREA, EXACT, LENGTH, RATIO, Group, Row, Seen, measured, on_plot
from gis.site import Site

_LOWEST = 1.5
"""Metres above the last floor below which a roof's underside makes it a pitched one."""
_OPEN = ("light_well", "parking_bay", "parking_aisle", "balcony")
"""Spaces that are no floor inside the walls."""


def heights(building: Building) -> list[tuple[Storey, float | None]]:
    """Level to level of the floors; the last one reaches to the roof slab's top, and under a pitched roof to none."""
    plate = measure.roof(building)
    floors = building.floors()
    if not floors:
        return []
    flat = plate is not None and plate.bottom > floors[-1].elevation + _LOWEST
    tops = [upper.elevation for _, upper in pairwise(floors)] + [plate.top if plate and flat else None]
    return [(s, None if top is None else top - s.elevation) for s, top in zip(floors, tops, strict=True)]


def annex_share(upper: Region, lower: Region) -> float:
    """The annex over the floor below."""
    return float(upper.area) / float(lower.area)


def annex_setback(upper: Region, lower: Region) -> float:
    """How far the annex stands back from the face of the floor below, metres; nothing where it reaches out."""
    return float(upper.distance(lower.boundary)) if lower.covers(upper) else 0.0


def annex(building: Building) -> tuple[Storey, Region, Region] | None:
    """The annex, its plan and that of the floor below; None where there is none, or where walls leave them open."""
    found = building.storeys_of(StoreyKind.ANNEX)
    if not found or not building.floors():
        return None
    upper, lower = found[0].outline, building.floors()[-1].outline
    known = upper and lower and upper.closed and lower.closed
    return (found[0], upper.region, lower.region) if known and upper and lower else None


@measured("storey_count", Group.STOREYS, "count", EXACT, "levels_and_sections", "FLR-01")
def storey_count(seen: Seen) -> Iterator[Row]:
    """Floors above ground: ground and typical storeys, without basement and annex."""
    if seen.building.envelope is not None:
        yield Row(float(len(seen.building.floors())))


@measured("storeys_of_kind", Group.STOREYS, "count", EXACT, "levels_and_sections", "FLR-01")
def storeys_of_kind(seen: Seen) -> Iterator[Row]:
    """Storeys of each kind (basement, ground, typical, annex, not counted), by levels and section areas."""
    for kind in StoreyKind:
        number = len(seen.building.storeys_of(kind))
        yield Row(float(number) if number else None, subject=kind.value)


@measured("storey_area", Group.STOREYS, "m2", AREA, "section_1.2m", "FAR-01", "STR-07")
def storey_area(seen: Seen) -> Iterator[Row]:
    """Gross area of a storey inside the outer face of its walls, without light wells open to the sky."""
    for storey in seen.building.storeys:
        if storey.outline is not None:
            area = measure.storey_area(seen.building, storey)
            yield Row(area, storey.id, element=storey.id, method=storey.outline.method)


@measured("gross_floor_area", Group.STOREYS, "m2", AREA, "sum_of_storey_areas", "FAR-01", "USE-02")
def gross_floor_area(seen: Seen) -> Iterator[Row]:
    """Sum of the gross areas of the floors above ground; basement and roof annex are not counted."""
    yield Row(measure.gross_floor_area(seen.building))


@measured("net_area", Group.STOREYS, "m2", AREA, "sum_of_spaces")
def net_area(seen: Seen) -> Iterator[Row]:
    """Net area of a storey: its spaces in plan, without balconies, light wells, parking bays and aisles."""
    for storey in seen.building.storeys:
        inside = [s.area for s in seen.building.spaces if s.storey == storey.id and s.use not in _OPEN]
        known = [area for area in inside if area is not None]
        yield Row(sum(known) if known else None, storey.id, element=storey.id)


@measured("net_area_of_use", Group.STOREYS, "m2", AREA, "sum_of_spaces", "USE-01", "USE-02")
def net_area_of_use(seen: Seen) -> Iterator[Row]:
    """Net area of a storey by use (ObjectType of its spaces), every use for itself."""
    for storey in seen.building.storeys:
        areas: dict[str, float] = {}
        for space in seen.building.spaces:
            if space.storey == storey.id and space.use and space.area is not None:
                areas[space.use] = areas.get(space.use, 0.0) + space.area
        for use in sorted(areas):
            yield Row(areas[use], storey.id, use)


@measured("balcony_area", Group.STOREYS, "m2", AREA, "spaces")
def balcony_area(seen: Seen) -> Iterator[Row]:
    """Plan of the spaces that are balconies, over all storeys."""
    if seen.building.spaces:
        yield Row(measure.balcony_area(seen.building))


@measured("annex_share", Group.STOREYS, "ratio", RATIO, "annex_over_floor", "ANX-01")
def annex_over_floor(seen: Seen) -> Iterator[Row]:
    """Roof annex over the gross outline of the floor below it."""
    known = annex(seen.building)
    if known is not None:
        yield Row(annex_share(*known[1:]), known[0].id)


@measured("annex_setback", Group.STOREYS, "m", LENGTH, "annex_to_face_below", "ANX-02")
def annex_back(seen: Seen) -> Iterator[Row]:
    """Least distance of the roof annex from the outer face of the floor below."""
    known = annex(seen.building)
    if known is not None:
        yield Row(annex_setback(*known[1:]), known[0].id)


@on_plot("height", Group.LEVELS, "m", LENGTH, "slab_top_above_reference_level", "HGT-01")
def height(building: Building, site: Site) -> Iterator[Row]:
    """Top of the roof slab, or of a pitched roof, above the plot's reference level."""
    yield Row(measure.height(building, site))


@measured("storey_height", Group.LEVELS, "m", LENGTH, "level_to_level", "STY-01", "STY-02")
def storey_height(seen: Seen) -> Iterator[Row]:
    """Level to level of a floor above ground; of the last one to the top of a flat roof slab."""
    for storey, value in heights(seen.building):
        yield Row(value, storey.id, element=storey.id)
