"""PRJ-01 and PRJ-02: projections (البروزات) of the upper storeys."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator
from dataclasses import replace

from bim import measure
from bim.building import Building
from bim.findings import Finding, Outcome
from bim.rules.compare import at_most, outside, residual
from bim.rules.registry import Need, Params, rule, undecided
from gis.site import Site


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
    failed = found.outcome is Outcome.FAIL
    yield replace(found, elements=measure.plates_beyond(building, site.polygon) if failed else ())
