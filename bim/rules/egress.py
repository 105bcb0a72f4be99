"""EXT-01 to EXT-03: the number of exits, the way to them on foot, and how far they are apart."""

# ruff: noqa: ARG001 - all rules share one signature

import math
from collections.abc import Iterator
from dataclasses import replace

from bim import measure, outlines
from bim.building import Building
from bim.findings import Finding
from bim.measures import ways
from bim.rules.compare import Item, at_least, each
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from gis.site import Site


@rule("EXT-01", needs=(Need.GROUND,))
def exits(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """One exit of the building, or two from a number of floors on."""
    found = ways.exits(building, params["exits"])
    if not found:
        yield undecided("no_building_entrance")
        return
    needed = 2 if len(building.floors()) >= params["from_floors"] else 1
    finding = at_least(len(found), needed, "count", method="doors_that_lead_out")
    yield replace(finding, elements=tuple(sorted(door.id for door in found)))


@rule("EXT-02", needs=(Need.GROUND, Need.SPACES))
def travel(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """From the farthest corner of each room to a stair, and on the ground floor to an exit."""
    doors = [door for door in ways.exits(building, params["exits"]) if door.centre is not None]
    if not doors:
        yield undecided("no_building_entrance")
        return
    names = {space.id: space.label for space in building.spaces}
    items = [
        Item(way, params["most"], key, storey.id, names[key], "no_way_out")
        for storey, key, way in ways.travel(building, doors, params["uses"])
    ]
    if not items:
        yield undecided("no_spaces_of_use", uses=", ".join(params["uses"]))
        return
    yield from each(items, "m", most=True, tolerance=measure.WAY_SHARE * params["most"], method="shortest_way_on_foot")


@rule("EXT-03", needs=(Need.GROUND,))
def separation(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The exits that are farthest from each other, against the diagonal of the ground outline."""
    assert building.ground is not None  # noqa: S101 - Need.GROUND
    value = ways.separation(ways.exits(building, params["exits"]))
    if value is None:
        yield not_applicable("one_exit")
        return
    limit = params["share"] * math.hypot(*outlines.sides(building.ground.region))
    yield at_least(value, limit, "m", tolerance=measure.LENGTH_TOLERANCE, method="between_middles_of_doors")
