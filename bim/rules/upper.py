"""SET-04, ANX-01 and ANX-02: setbacks of the upper floors, and the size and place of a roof annex (الملحق)."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator
from dataclasses import replace

from bim import measure
from bim.building import Building, Storey, StoreyKind
from bim.findings import Finding
from bim.rules.compare import Item, at_least, at_most, each, residual
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from gis.site import Site

_NEEDS = (Need.SITE, Need.PLACED, Need.GROUND)


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


def _annex(building: Building) -> tuple[Storey, Storey] | None:
    """The annex and the floor below it."""
    annex = building.storeys_of(StoreyKind.ANNEX)
    return (annex[0], building.floors()[-1]) if annex and building.floors() else None


@rule("ANX-01", needs=(Need.GROUND,))
def annex_area(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The annex over the floor below, both inside their outer faces."""
    pair = _annex(building)
    if pair is None:
        yield not_applicable("no_annex")
        return
    annex, below = pair
    if not (annex.outline and below.outline and annex.outline.closed and below.outline.closed):
        yield undecided("outline_open")
        return
    share = float(annex.outline.region.area) / float(below.outline.region.area)
    found = at_most(share, params["most"], "ratio", tolerance=2 * measure.AREA_SHARE * share, method="annex_over_floor")
    yield replace(found, elements=(annex.id,), storey=annex.id)


@rule("ANX-02", needs=(Need.GROUND,))
def annex_setback(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The annex stands back from the outer face of the floor below, on every side."""
    pair = _annex(building)
    if pair is None:
        yield not_applicable("no_annex")
        return
    annex, below = pair
    if not (annex.outline and below.outline and annex.outline.closed and below.outline.closed):
        yield undecided("outline_open")
        return
    inside = below.outline.region.covers(annex.outline.region)
    value = float(annex.outline.region.distance(below.outline.region.boundary)) if inside else 0.0
    tolerance = measure.LENGTH_TOLERANCE
    found = at_least(value, params["least"], "m", tolerance=tolerance, method="annex_to_face_below")
    yield replace(found, elements=(annex.id,), storey=annex.id)
