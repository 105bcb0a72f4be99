"""PAR-01, PAR-02 and FNC-01: parapets on the roof, railings of balconies, and fences (السور) on the plot."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator

from bim import measure
from bim.building import Building
from bim.findings import Finding
from bim.measures import barriers
from bim.rules.compare import Item, each, level_residual
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from gis.site import Site


@rule("PAR-01", needs=(Need.GROUND, Need.WALLS, Need.PLATES, Need.RAILINGS))
def parapet(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The low walls and railings on a flat roof slab, from its top."""
    plate = measure.roof(building)
    if plate is None:
        yield undecided("no_roof_slab")
    elif plate.top - plate.bottom > barriers.FLAT:
        yield not_applicable("sloped_roof")
    elif not building.parapets:
        yield undecided("no_parapet")
    else:
        items = [Item(value, params["least"], key) for key, value in barriers.parapets(building)]
        yield from each(items, "m", tolerance=measure.CLEAR_TOLERANCE, method="wall_top_above_roof_slab")


@rule("PAR-02", needs=(Need.GROUND, Need.SPACES, Need.PLATES, Need.RAILINGS))
def balcony_railing(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The railings at each balcony, from its floor; a wall around one is not seen."""
    balconies = barriers.balconies(building)
    if not balconies:
        yield not_applicable("no_balcony")
        return
    items = []
    for balcony in balconies:
        found = [Item(height, params["least"], key) for key, height in barriers.railings(building, balcony)]
        items += found or [Item(None, params["least"], balcony.id, missing="no_railing")]
    yield from each(items, "m", tolerance=measure.CLEAR_TOLERANCE, method="railing_top_above_floor")


@rule("FNC-01", needs=(Need.SITE, Need.PLACED, Need.LEVEL, Need.FENCES), by_sheet=True)
def fence(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Walls and railings of the site, from the reference level."""
    limit = site.sheet.fence_height
    if limit is None or not building.fences:
        yield not_applicable("no_fence_limit" if limit is None else "no_fence")
        return
    items = [Item(value, limit, key) for key, value in barriers.fences(building, site)]
    tolerance = measure.LENGTH_TOLERANCE + level_residual(building)
    yield from each(items, "m", most=True, tolerance=tolerance, method="top_above_reference")
