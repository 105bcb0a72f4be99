"""STR-01 to STR-07: riser, width, tread, pace, landings and headroom of stairs, and how many there are."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator
from dataclasses import replace

from bim import measure, outlines
from bim.building import Building
from bim.findings import Finding
from bim.measures import stairs
from bim.rules.compare import Item, at_least, each
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from gis.site import Site


def _absent(building: Building) -> Finding:
    if len(building.storeys) <= 1:
        return not_applicable("one_storey")
    return undecided("no_stair_flights")


@rule("STR-01")
def riser(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The riser by the shape of the flight; the declared one where the shape tells none."""
    if not building.flights:
        yield _absent(building)
        return
    items = [Item(stairs.riser(f), params["most"], f.id, f.storey, f.name, "no_riser") for f in building.flights]
    yield from each(items, "m", most=True, tolerance=measure.RISER_TOLERANCE, method="tread_levels")


@rule("STR-02", needs=(Need.STAIRS,))
def width(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The flight's extent across the walking line."""
    if not building.flights:
        yield _absent(building)
        return
    items = [Item(f.width, params["least"], f.id, f.storey, f.name, "no_shape") for f in building.flights]
    yield from each(items, "m", tolerance=measure.CLEAR_TOLERANCE, method="extent_across_walking_line")


@rule("STR-03")
def tread(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The going by the shape of the flight; the declared one where the shape tells none."""
    if not building.flights:
        yield _absent(building)
        return
    items = [Item(stairs.tread(f), params["least"], f.id, f.storey, f.name, "no_tread") for f in building.flights]
    yield from each(items, "m", tolerance=measure.TREAD_TOLERANCE, method="tread_to_tread")


@rule("STR-04")
def pace(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Two risers and a tread make a pace of comfortable length."""
    if not building.flights:
        yield _absent(building)
        return
    for most, limit in ((False, params["least"]), (True, params["most"])):
        items = [Item(stairs.pace(f), limit, f.id, f.storey, f.name, "no_tread") for f in building.flights]
        yield from each(items, "m", most=most, tolerance=measure.TREAD_TOLERANCE, method="two_risers_and_tread")


@rule("STR-05", needs=(Need.PLATES,))
def landing(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The shorter side of each landing."""
    landings = stairs.landings(building)
    if not landings:
        yield not_applicable("no_landing")
        return
    items = [Item(outlines.least_side(plate.region), params["least"], plate.id) for plate in landings]
    yield from each(items, "m", tolerance=measure.CLEAR_TOLERANCE, method="least_rectangle")


@rule("STR-06", needs=(Need.STAIRS, Need.PLATES))
def headroom(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The least height over the treads of each flight that has something above it."""
    if not building.flights:
        yield _absent(building)
        return
    below = [f for f in building.flights if f.headroom is not None]
    if not below:
        yield not_applicable("nothing_above_stairs")
        return
    items = [Item(f.headroom, params["least"], f.id, f.storey, f.name) for f in below]
    yield from each(items, "m", tolerance=measure.LENGTH_TOLERANCE, method="rays_from_treads")


@rule("STR-07", needs=(Need.GROUND,))
def number(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The stairs of the floor that has fewest, the top one left out; two are needed by height or by area."""
    floors = building.floors()
    if len(floors) <= 1 or not building.flights:
        yield _absent(building) if len(floors) > 1 else not_applicable("one_storey")
        return
    areas = [measure.storey_area(building, storey) or 0.0 for storey in floors]
    needed = 2 if len(floors) >= params["from_floors"] or max(areas) >= params["from_area"] else 1
    begun = stairs.of_floors(building).values()
    without = [storey for storey, number in begun if not number]
    if without:  # a stair through several storeys may be contained in the lowest alone
        yield replace(undecided("floor_without_stair", storey=without[0].name), storey=without[0].id)
        return
    yield at_least(min(number for _, number in begun), needed, "count", method="stairs_of_floors")
