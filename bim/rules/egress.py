"""EXT-01 to EXT-03: the number of exits, the way to them on foot, and how far they are apart."""

# ruff: noqa: ARG001 - all rules share one signature

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from bim import measure, outlines, routes
from bim.building import Building, Door, StoreyKind
from bim.findings import Finding
from bim.rules.compare import Item, at_least, each
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from gis.site import Site

_WAY_SHARE = 0.05
"""What the middle of a door and the corners of a plan leave open of a way on foot."""


def _exits(building: Building, params: Params) -> list[Door]:
    """The doors of the ground storey that say that they lead out."""
    ground = {storey.id for storey in building.storeys_of(StoreyKind.GROUND)}
    return [door for door in building.doors if door.storey in ground and door.use in params["exits"]]


@rule("EXT-01", needs=(Need.GROUND,))
def exits(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """One exit of the building, or two from a number of floors on."""
    found = _exits(building, params)
    if not found:
        yield undecided("no_building_entrance")
        return
    needed = 2 if len(building.floors()) >= params["from_floors"] else 1
    finding = at_least(len(found), needed, "count", method="doors_that_lead_out")
    yield replace(finding, elements=tuple(sorted(door.id for door in found)))


@rule("EXT-02", needs=(Need.GROUND, Need.SPACES))
def travel(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """From the farthest corner of each room to a stair, and on the ground floor to an exit."""
    outside = [door.centre for door in _exits(building, params) if door.centre is not None]
    if not outside:
        yield undecided("no_building_entrance")
        return
    items = []
    names = {space.id: space.label for space in building.spaces}
    for storey in building.floors():
        ground = storey.kind is StoreyKind.GROUND
        ways = routes.farthest(
            building, storey, params["uses"], outside if ground else routes.stairs_of(building, storey)
        )
        items += [Item(way, params["most"], key, storey.id, names[key], "no_way_out") for key, way in ways.items()]
    if not items:
        yield undecided("no_spaces_of_use", uses=", ".join(params["uses"]))
        return
    yield from each(items, "m", most=True, tolerance=_WAY_SHARE * params["most"], method="shortest_way_on_foot")


@rule("EXT-03", needs=(Need.GROUND,))
def separation(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The exits that are farthest from each other, against the diagonal of the ground outline."""
    assert building.ground is not None  # noqa: S101 - Need.GROUND
    places = [door.centre for door in _exits(building, params) if door.centre is not None]
    if len(places) < 2:
        yield not_applicable("one_exit")
        return
    value = max(math.dist(a, b) for a, b in combinations(places, 2))
    limit = params["share"] * math.hypot(*outlines.sides(building.ground.region))
    yield at_least(value, limit, "m", tolerance=measure.LENGTH_TOLERANCE, method="between_middles_of_doors")
