"""COV-01 and FAR-01: coverage (نسبة البناء) and floor-area ratio (عامل الاستثمار)."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator

from bim import measure
from bim.building import Building
from bim.findings import Finding
from bim.rules.compare import at_most, residual
from bim.rules.registry import Need, Params, rule, undecided
from gis.site import Site

_NEEDS = (Need.SITE, Need.PLACED, Need.GROUND)


@rule("COV-01", needs=_NEEDS, by_sheet=True)
def coverage(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The enclosed envelope over the plot area."""
    value = measure.coverage(building, site)
    if building.envelope is None or value is None or not building.envelope.closed:
        yield undecided("outline_open")
        return
    yield at_most(
        value,
        site.sheet.coverage,
        "ratio",
        tolerance=measure.AREA_SHARE * value,
        residual=_ratio_error(building, site, value),
        method="envelope_over_plot",
    )


@rule("FAR-01", needs=(*_NEEDS, Need.LEVEL, Need.STOREYS, Need.PLATES), by_sheet=True)
def floor_area_ratio(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The floors above ground over the plot area."""
    value = measure.floor_area_ratio(building, site)
    if value is None or not all(s.outline and s.outline.closed for s in building.floors()):
        yield undecided("outline_open")
        return
    yield at_most(
        value,
        site.sheet.floor_area_ratio,
        "ratio",
        tolerance=measure.AREA_SHARE * value,
        residual=_ratio_error(building, site, value),
        method="gross_floor_area_over_plot",
    )


def _ratio_error(building: Building, site: Site, value: float) -> float:
    """What the plot's corner error does to the ratio: independent corners move the area by half of this or less."""
    share = residual(building, site) * float(site.polygon.length) / (2 * float(site.polygon.area))
    return value * share
