"""Basements (القبو): extent, what lies outside of the permitted place, and the rise of their ceiling."""

from collections.abc import Iterator

from shapely import Polygon

from bim import measure, overlay
from bim.building import Building, Region, StoreyKind
from bim.measures.registry import AREA, LENGTH, Group, Row, Seen, measured, on_plot
from gis.site import BasementRule, Site


def extent(building: Building) -> Region | None:
    """The outlines of all basement storeys together; None without one, or where one has no outline."""
    storeys = building.storeys_of(StoreyKind.BASEMENT)
    regions = [storey.outline.region for storey in storeys if storey.outline]
    return overlay.union(regions) if storeys and len(regions) == len(storeys) else None


def permitted(site: Site) -> Region:
    """Where a basement may be: nowhere, inside the building line, or on the whole plot."""
    if site.sheet.basement is BasementRule.NONE:
        return Polygon()
    if site.sheet.basement is BasementRule.WHOLE_PLOT:
        return site.polygon
    strips = [edge.line.buffer(site.sheet.setbacks.get(edge.role, 0.0)) for edge in site.edges]
    return overlay.minus(site.polygon, overlay.union(strips))


@measured("basement_area", Group.BASEMENT, "m2", AREA, "union_of_sections", "BSM-01")
def area(seen: Seen) -> Iterator[Row]:
    """Extent of the basement: the outlines of its storeys together."""
    region = extent(seen.building)
    yield Row(None if region is None else float(region.area))


@on_plot("basement_beyond", Group.BASEMENT, "m2", AREA, "basement_outline_minus_permitted", "BSM-01")
def beyond(building: Building, site: Site) -> Iterator[Row]:
    """Extent of the basement outside of where the planning sheet permits one."""
    region = extent(building)
    yield Row(None if region is None else overlay.minus(region, permitted(site)).area)


@on_plot("basement_rise", Group.BASEMENT, "m", LENGTH, "slab_top_above_reference_level", "BSM-02")
def rise(building: Building, site: Site) -> Iterator[Row]:
    """Top of the basement's ceiling, the ground floor's slab, above the plot's reference level."""
    yield Row(measure.basement_rise(building, site))
