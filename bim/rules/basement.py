"""BSM-01 and BSM-02: how far a basement (القبو) reaches and how high its ceiling stands."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator
from dataclasses import replace

from bim import measure
from bim.building import Building, StoreyKind
from bim.findings import Finding
from bim.measures import basement
from bim.rules.compare import at_most, level_residual, outside, residual
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from gis.site import Site

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
    region = basement.extent(building)
    slack = measure.LENGTH_TOLERANCE + residual(building, site)
    found = outside(region, basement.permitted(site), slack=slack, method="basement_outline_minus_permitted")
    yield replace(found, elements=tuple(storey.id for storey in basements), subject=site.sheet.basement.value)


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
