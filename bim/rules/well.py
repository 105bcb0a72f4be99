"""LWL-01: the least side of light wells (المناور)."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator
from dataclasses import replace

from bim import measure, outlines
from bim.building import Building
from bim.findings import Finding
from bim.rules.compare import Item, each
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from gis.site import Site


@rule("LWL-01", needs=(Need.SPACES,))
def light_well(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The shorter side of each well, on the storey where it is narrowest."""
    if not building.spaces:
        yield undecided("no_spaces")
        return
    if not building.spaces_of("light_well"):
        yield not_applicable("no_light_well")
        return
    items: list[Item] = []
    stacks: dict[str, tuple[str, ...]] = {}
    for well in measure.wells(building):
        narrowest = min(well.spaces, key=lambda s: (round(outlines.least_side(s.region), 4), s.bottom, s.id))
        stacks[narrowest.id] = tuple(sorted(space.id for space in well.spaces))
        items.append(Item(well.side, params["least"], narrowest.id, narrowest.storey, narrowest.name))
    for found in each(items, "m", tolerance=measure.CLEAR_TOLERANCE, method="least_rectangle"):
        yield replace(found, elements=tuple(space for key in found.elements for space in stacks[key]))
