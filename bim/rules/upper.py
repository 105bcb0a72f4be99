"""SET-04, ANX-01 and ANX-02: setbacks of the upper floors, and the size and place of a roof annex (الملحق)."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator
from dataclasses import replace

from bim import measure
from bim.building import Building, Region, Storey, StoreyKind
from bim.findings import Finding
from bim.measures import storeys
from bim.rules.compare import Item, at_least, at_most, each, residual
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from gis.site import Site

_NEEDS = (Need.SITE, Need.PLACED, Need.GROUND, Need.STOREYS)


@rule("SET-04", needs=_NEEDS, by_sheet=True)
def upper_setbacks(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The outlines of the floors that the sheet asks more of, against the edges of each role."""
    band = site.sheet.band
    floors = () if band is None else building.floors()[band.from_floor - 1 :]
    if band is None or not floors:
        yield not_applicable("no_upper_setbacks")
        return
    if not all(storey.outline and storey.outline.closed for storey in floors):
        yield undecided("outline_open")
        return
    for role, limit in band.setbacks.items():
        edges = [edge.line for edge in site.edges_of(role)]
        items = [
            Item(min(measure.distance_to(storey.outline.region, line, site) for line in edges), limit, storey.id,
                 storey.id, role.value)
            for storey in floors if storey.outline and edges
        ]  # fmt: skip
        band_width = measure.LENGTH_TOLERANCE + residual(building, site)
        yield from each(items, "m", tolerance=band_width, method="storey_outline_to_edge")


def _annex(building: Building) -> tuple[Storey, Region, Region] | Finding:
    """The annex, its plan and that of the floor below, both inside their outer faces; or why they are not known."""
    if not building.storeys_of(StoreyKind.ANNEX) or not building.floors():
        return not_applicable("no_annex")
    return storeys.annex(building) or undecided("outline_open")


@rule("ANX-01", needs=(Need.GROUND, Need.STOREYS))
def annex_area(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The annex over the floor below."""
    known = _annex(building)
    if isinstance(known, Finding):
        yield known
        return
    annex, upper, lower = known
    share = storeys.annex_share(upper, lower)
    found = at_most(share, params["most"], "ratio", tolerance=2 * measure.AREA_SHARE * share, method="annex_over_floor")
    yield replace(found, elements=(annex.id,), storey=annex.id)


@rule("ANX-02", needs=(Need.GROUND, Need.STOREYS))
def annex_setback(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The annex stands back from the outer face of the floor below, on every side."""
    known = _annex(building)
    if isinstance(known, Finding):
        yield known
        return
    annex, upper, lower = known
    value = storeys.annex_setback(upper, lower)
    tolerance = measure.LENGTH_TOLERANCE
    found = at_least(value, params["least"], "m", tolerance=tolerance, method="annex_to_face_below")
    yield replace(found, elements=(annex.id,), storey=annex.id)
