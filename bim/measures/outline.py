"""The three named outlines, what they enclose, coverage, floor-area ratio, and the distance between buildings."""

from collections.abc import Iterator
from itertools import combinations

from bim import measure
from bim.building import Building, Outline, Region
from bim.measures.registry import AREA, LENGTH, Group, Row, Seen, measured, on_plot
from gis.site import Site

_LEAST_AREA = 4.0
"""Square metres: what is smaller is a pier or a post and no building."""


def between_buildings(region: Region) -> float | None:
    """The least distance between the separate parts of an outline, metres; None where it is one."""
    parts = [part for part in getattr(region, "geoms", (region,)) if part.area > _LEAST_AREA]
    return min((float(a.distance(b)) for a, b in combinations(parts, 2)), default=None)


def _area(building: Building, outline: Outline | None) -> Iterator[Row]:
    if outline is not None:
        yield Row(measure.as_drawn(building, float(outline.region.area)), method=outline.method)


@measured("footprint_area", Group.OUTLINES, "m2", AREA, "section_1.2m", "PLOT-01", "SET-01", "SET-02", "SET-03")
def footprint_area(seen: Seen) -> Iterator[Row]:
    """Area of the ground outline: the outer face of the ground storey's walls, holes filled."""
    yield from _area(seen.building, seen.building.ground)


@measured("envelope_area", Group.OUTLINES, "m2", AREA, "union_of_sections", "COV-01")
def envelope_area(seen: Seen) -> Iterator[Row]:
    """Area of the enclosed envelope: the outlines of all storeys above ground together."""
    yield from _area(seen.building, seen.building.envelope)


@measured("projection_area", Group.OUTLINES, "m2", AREA, "shadow", "PRJ-02")
def projection_area(seen: Seen) -> Iterator[Row]:
    """Area of the full projection: all that shadows the ground, balconies and eaves included."""
    yield from _area(seen.building, seen.building.projection)


@measured("building_distance", Group.OUTLINES, "m", LENGTH, "between_ground_outlines", "DST-01")
def building_distance(seen: Seen) -> Iterator[Row]:
    """Least distance between the separate parts of the ground outline, each larger than 4 m²."""
    if seen.building.ground is not None:
        yield Row(between_buildings(seen.building.ground.region))


@on_plot("coverage", Group.OUTLINES, "ratio", AREA, "area_over_plot_area", "COV-01")
def coverage(building: Building, site: Site) -> Iterator[Row]:
    """Enclosed envelope over the plot's computed area on the ground."""
    yield Row(measure.coverage(building, site))


@on_plot("floor_area_ratio", Group.OUTLINES, "ratio", AREA, "area_over_plot_area", "FAR-01")
def floor_area_ratio(building: Building, site: Site) -> Iterator[Row]:
    """Gross floor area over the plot's computed area on the ground."""
    yield Row(measure.floor_area_ratio(building, site))
