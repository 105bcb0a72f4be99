"""PRJ-01 and PRJ-02: projections (البروزات) of the upper storeys."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator

from bim import measure
from bim.building import Building
from bim.findings import Finding
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
    if value < measure.LENGTH_TOLERANCE:
        yield at_most(value, limit, "m", method="reach_beyond_ground_outline")
    else:
        yield at_most(
            value, limit, "m", tolerance=measure.LENGTH_TOLERANCE, method="reach_beyond_ground_outline"
        )


@rule("PRJ-02", needs=(Need.SITE, Need.PLACED, Need.GROUND, Need.PLATES), by_sheet=True)
def over_street(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Nothing above the ground storey hangs over the plot's boundary."""
    if building.upper is None:
        yield undecided("no_ground_outline")
        return
    slack = measure.LENGTH_TOLERANCE + residual(building, site)
    yield outside(building.upper.region, site.polygon, slack=slack, method="upper_shadow_minus_plot")
