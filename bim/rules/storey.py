"""STY-01, STY-02 and BSM-03: the height of floors from level to level, and the clear height of a basement."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator

from bim import measure
from bim.building import Building, StoreyKind
from bim.findings import Finding
from bim.measures import storeys
from bim.rules.compare import Item, each
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from gis.site import Site


def _heights(building: Building, limit: float) -> list[Item]:
    return [Item(value, limit, s.id, s.id, s.name, "no_roof_slab") for s, value in storeys.heights(building)]


@rule("STY-01", needs=(Need.GROUND, Need.STOREYS, Need.PLATES))
def least_height(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """No floor is lower than the least storey height."""
    yield from each(
        _heights(building, params["least"]), "m", tolerance=measure.LENGTH_TOLERANCE, method="level_to_level"
    )


@rule("STY-02", needs=(Need.GROUND, Need.STOREYS, Need.PLATES))
def greatest_height(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """No floor is so high that another could be hidden in it."""
    items = _heights(building, params["most"])
    yield from each(items, "m", most=True, tolerance=measure.LENGTH_TOLERANCE, method="level_to_level")


@rule("BSM-03", needs=(Need.GROUND, Need.SPACES))
def basement_height(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Floor to ceiling of the spaces in the basement, shafts and stairs left out."""
    basements = {storey.id for storey in building.storeys_of(StoreyKind.BASEMENT)}
    if not basements:
        yield not_applicable("no_basement")
        return
    spaces = [s for s in building.spaces if s.storey in basements and s.use not in params["other"]]
    if not spaces:
        yield undecided("no_spaces")
        return
    items = [Item(s.height, params["least"], s.id, s.storey, s.label, "no_shape") for s in spaces]
    yield from each(items, "m", tolerance=measure.CLEAR_TOLERANCE, method="space_height")
