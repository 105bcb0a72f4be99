"""BSM-01 and BSM-02: how far a basement (القبو) reaches and how high its ceiling stands."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator
from dataclasses import replace

from shapely import Polygon

from bim import measure, outlines
from bim.building import Building, Region, StoreyKind
from bim.findings import Finding
from bim.rules.compare import at_most, level_residual, outside, residual
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from gis.site import BasementRule, Site

_NEEDS = (Need.SITE, Need.PLACED, Need.LEVEL, Need.GROUND, Need.PLATES)


@rule("BSM-01", needs=_NEEDS, by_sheet=True)
def extent(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The basement outline within what the sheet permits."""
    basements = building.storeys_of(StoreyKind.BASEMENT)
    if not basements:
        yield not_applicable("no_basement")
        return
    if not all(storey.outline and storey.outline.closed for storey in basements):
        yield undecided("outline_open")
        return
    region = outlines.union([storey.outline.region for storey in basements if storey.outline])
    slack = measure.LENGTH_TOLERANCE + residual(building, site)
    found = outside(region, permitted(site), slack=slack, method="basement_outline_minus_permitted")
    yield replace(found, elements=tuple(storey.id for storey in basements), subject=site.sheet.basement.value)


def permitted(site: Site) -> Region:
    """Where a basement may be: nowhere, inside the building line, or on the whole plot."""
    if site.sheet.basement is BasementRule.NONE:
        return Polygon()
    if site.sheet.basement is BasementRule.WHOLE_PLOT:
        return site.polygon
    strips = [edge.line.buffer(site.sheet.setbacks.get(edge.role, 0.0)) for edge in site.edges]
    return site.polygon.difference(outlines.union(strips))


@rule("BSM-02", needs=_NEEDS, by_sheet=True)
def rise(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The top of the basement's ceiling above the reference level."""
    if not building.storeys_of(StoreyKind.BASEMENT):
        yield not_applicable("no_basement")
        return
    plate = measure.ground_slab(building)
    value = measure.basement_rise(building, site)
    if plate is None or value is None:
        yield undecided("no_ground_slab")
        return
    found = at_most(
        value, site.sheet.basement_rise, "m", tolerance=measure.LENGTH_TOLERANCE, residual=level_residual(building),
        method="slab_top_above_reference",
    )  # fmt: skip
    yield replace(found, elements=(plate.id,))
