"""LFT-01 to LFT-03: a lift from a number of floors on, the size of its shaft, and one for so many dwellings."""

# ruff: noqa: ARG001 - all rules share one signature

import math
from collections.abc import Iterator

from bim import measure
from bim.building import Building
from bim.findings import Finding
from bim.measures.parking import lifts, shaft_side
from bim.rules.compare import Item, at_least, each
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from gis.site import Site


@rule("LFT-01", needs=(Need.GROUND, Need.STOREYS))
def lift(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Lift shafts (spaces) or transport elements; not applicable below the number of floors."""
    floors = len(building.floors())
    if floors < params["from_floors"]:
        yield not_applicable("few_floors", floors=floors, limit=params["from_floors"])
        return
    yield at_least(lifts(building), 1, "count", method="lift_spaces_and_elements")


@rule("LFT-02", needs=(Need.SPACES,))
def shaft(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The shorter side of each lift shaft between its walls; the car in it is not measured."""
    shafts = building.spaces_of("lift")
    if not shafts:
        yield undecided("no_spaces_of_use", uses="lift") if building.lifts else not_applicable("no_lift")
        return
    items = [Item(shaft_side(s), params["least"], s.id, s.storey, s.label, "no_shape") for s in shafts]
    yield from each(items, "m", tolerance=measure.CLEAR_TOLERANCE, method="least_rectangle")


@rule("LFT-03", needs=(Need.GROUND, Need.STOREYS))
def for_dwellings(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """One lift for every so many dwellings, where a lift is required."""
    floors = len(building.floors())
    if floors < params["from_floors"]:
        yield not_applicable("few_floors", floors=floors, limit=params["from_floors"])
        return
    if not building.dwellings:
        yield undecided("no_dwellings")
        return
    needed = math.ceil(len(building.dwellings) / params["dwellings"])
    yield at_least(lifts(building), needed, "count", method="lift_spaces_and_elements")
