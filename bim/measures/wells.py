"""Light wells (المناور): side, area, what is free of them over all storeys, and what covers them."""

from collections.abc import Iterator
from functools import reduce

from bim import measure, outlines, overlay
from bim.building import Building, Region
from bim.measure import Well
from bim.measures.registry import AREA, CLEAR, Group, Row, Seen, Tolerance, measured


def area(well: Well) -> float:
    """Plan area on the storey where it is smallest, square metres."""
    return min(float(space.region.area) for space in well.spaces if space.region)


def common_area(building: Building, well: Well) -> float:
    """The plan area that is free on every floor from the well's lowest one to the highest, square metres."""
    bottom = min(space.bottom for space in well.spaces if space.bottom is not None)
    levels = [s.elevation + outlines.SECTION_HEIGHT for s in building.floors()]
    plans = [_plan(well, level) for level in levels if level > bottom]
    return reduce(overlay.common, plans).area if plans else 0.0


def _plan(well: Well, level: float) -> Region:
    return overlay.union([s.region for s in well.spaces if s.bottom is not None and s.bottom <= level < (s.top or 0)])


def _each(seen: Seen) -> Iterator[tuple[Well, str, str]]:
    for well in measure.wells(seen.building):
        yield well, well.spaces[0].name, well.spaces[0].id


@measured("light_well_side", Group.WELLS, "m", CLEAR, "least_rectangle", "LWL-01")
def side(seen: Seen) -> Iterator[Row]:
    """Shorter side of a light well, on the storey where it is narrowest."""
    for well, name, key in _each(seen):
        yield Row(well.side, subject=name, element=key)


@measured("light_well_area", Group.WELLS, "m2", AREA, "space_area", "LWL-02")
def least_area(seen: Seen) -> Iterator[Row]:
    """Plan area of a light well, on the storey where it is smallest."""
    for well, name, key in _each(seen):
        yield Row(area(well), subject=name, element=key)


@measured("light_well_common_area", Group.WELLS, "m2", AREA, "intersection_over_storeys", "LWL-03")
def common(seen: Seen) -> Iterator[Row]:
    """Plan area of a light well that is free on every floor from its foot to the top."""
    for well, name, key in _each(seen):
        yield Row(common_area(seen.building, well), subject=name, element=key)


@measured("light_well_covered", Group.WELLS, "ratio", Tolerance(measure.AREA_SHARE), "plates_above_well", "LWL-04")
def covered(seen: Seen) -> Iterator[Row]:
    """Share of a light well that slabs at or above its top cover: nothing where it is open to the sky."""
    for well, name, key in _each(seen):
        yield Row(measure.covered_share(seen.building, well), subject=name, element=key)
