"""PLOT-02 and PLOT-03: the least frontage and area of a plot that may be built on."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator

from bim import measure
from bim.building import Building
from bim.findings import Finding
from bim.measures import land
from bim.rules.compare import at_least
from bim.rules.registry import Need, Params, not_applicable, rule
from gis.site import EdgeRole, Site


@rule("PLOT-02", needs=(Need.SITE,))
def frontage(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The longest of the plot's front edges; a corner plot has several."""
    value = land.frontage(site)
    if value is None:
        yield not_applicable("no_edge_of_role", role=EdgeRole.FRONT.value)
        return
    tolerance = measure.LENGTH_TOLERANCE
    yield at_least(value, params["least"], "m", tolerance=tolerance, residual=site.residual, method="longest_front")


@rule("PLOT-03", needs=(Need.SITE,))
def area(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The plot's computed area; its corners' error moves it by half of its length times that, or less."""
    value = float(site.polygon.area)
    error = site.residual * float(site.polygon.length) / 2
    yield at_least(
        value, params["least"], "m2", tolerance=measure.AREA_SHARE * value, residual=error, method="plot_polygon"
    )
