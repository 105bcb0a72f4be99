"""PRJ-01 to PRJ-04: projections (البروزات) of the upper storeys: depth, place, clearance and length."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator
from dataclasses import replace

from bim import measure
from bim.building import Building
from bim.findings import Finding, Outcome
from bim.measures import projections
from bim.rules.compare import Item, at_most, each, level_residual, outside, residual
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from bim.trespass import trespass
from gis.site import EdgeRole, Site


@rule("PRJ-01", needs=(Need.SITE, Need.PLACED, Need.GROUND, Need.PLATES), by_sheet=True)
def depth(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """How far upper storeys, balconies and eaves reach beyond the ground outline."""
    value = measure.projection_depth(building)
    if value is None:
        yield undecided("no_ground_outline")
        return
    limit = site.sheet.projection_depth
    # A building that projects nowhere is sure to keep a limit of nothing.
    tolerance = measure.LENGTH_TOLERANCE if value >= measure.LENGTH_TOLERANCE else 0.0
    found = at_most(value, limit, "m", tolerance=tolerance, method="reach_beyond_ground_outline")
    if found.outcome is Outcome.FAIL and building.ground is not None:
        allowed = building.ground.region.buffer(limit, join_style="mitre")
        found = replace(found, elements=measure.plates_beyond(building, allowed))
    yield found


@rule("PRJ-02", needs=(Need.SITE, Need.PLACED, Need.GROUND, Need.PLATES), by_sheet=True)
def over_street(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Nothing above the ground storey hangs over the plot's boundary."""
    if building.upper is None:
        yield undecided("no_ground_outline")
        return
    slack = measure.LENGTH_TOLERANCE + residual(building, site)
    found = outside(building.upper.region, site.polygon, slack=slack, method="upper_shadow_minus_plot")
    if found.outcome is Outcome.FAIL:
        over = measure.plates_beyond(building, site.polygon)
        found = replace(found, elements=over, reason=trespass(building.upper.region, site))
    yield found


@rule("PRJ-03", needs=(Need.SITE, Need.PLACED, Need.LEVEL, Need.GROUND, Need.PLATES), by_sheet=True)
def clearance(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The underside of each slab that projects, above the reference level."""
    limit = site.sheet.projection_clearance
    if limit is None:
        yield not_applicable("no_clearance_required")
        return
    beyond = projections.clearances(building, site)
    if not beyond:
        yield not_applicable("no_projection")
        return
    items = [Item(value, limit, key) for key, value in beyond]
    tolerance = measure.LENGTH_TOLERANCE + level_residual(building)
    yield from each(items, "m", tolerance=tolerance, method="underside_above_reference")


@rule("PRJ-04", needs=(Need.SITE, Need.PLACED, Need.GROUND, Need.PLATES))
def length(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The length of projections along each street over that of the façade, on the storey where it is most."""
    fronts = projections.fronts(site)
    if not fronts:
        yield not_applicable("no_edge_of_role", role=EdgeRole.FRONT.value)
        return
    taken = [(projections.facade(building, lines), projections.shares(building, lines)) for lines in fronts]
    if not any(shares for _, shares in taken):
        yield not_applicable("no_projection")
        return
    for facade, shares in taken:
        items = [Item(share, params["most"], storey.id, storey.id, storey.name) for storey, share in shares]
        tolerance = 2 * measure.LENGTH_TOLERANCE / facade if facade else 0.0
        yield from each(items, "ratio", most=True, tolerance=tolerance, method="length_along_front")
