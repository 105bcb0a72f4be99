"""HGT-01 and FLR-01: the height of the roof slab and the number of floors."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator
from dataclasses import replace

from bim import measure
from bim.building import Building
from bim.findings import Finding
from bim.rules.compare import at_most, level_residual
from bim.rules.registry import Need, Params, rule, undecided
from gis.site import Site


@rule("HGT-01", needs=(Need.SITE, Need.PLACED, Need.LEVEL, Need.GROUND, Need.STOREYS, Need.PLATES), by_sheet=True)
def height(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The roof slab's top above the reference level."""
    plate = measure.roof(building)
    value = measure.height(building, site)
    if plate is None or value is None:
        yield undecided("no_roof_slab")
        return
    found = at_most(
        value, site.sheet.max_height, "m", tolerance=measure.LENGTH_TOLERANCE, residual=level_residual(building),
        method="roof_slab_top_above_reference",
    )  # fmt: skip
    yield replace(found, elements=(plate.id,))


@rule("FLR-01", needs=(Need.SITE, Need.PLACED, Need.LEVEL, Need.GROUND, Need.STOREYS), by_sheet=True)
def floors(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The number of floors above ground; a roof annex is none."""
    counted = building.floors()
    found = at_most(len(counted), site.sheet.max_floors, "count", method="levels_and_sections")
    yield replace(found, elements=tuple(storey.id for storey in counted))
