"""STR-01 and STR-02: the riser and the clear width of stair flights."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator

from bim import measure
from bim.building import Building, StairFlight
from bim.findings import Finding
from bim.rules.compare import Item, each
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from gis.site import Site

_RISER_TOLERANCE = 0.002


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
    items = [Item(_riser(f), params["most"], f.id, f.storey, f.name, "no_riser") for f in building.flights]
    yield from each(items, "m", most=True, tolerance=_RISER_TOLERANCE, method="tread_levels")


def _riser(flight: StairFlight) -> float | None:
    return flight.riser if flight.measured_riser is None else flight.measured_riser


@rule("STR-02", needs=(Need.STAIRS,))
def width(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The flight's extent across the walking line."""
    if not building.flights:
        yield _absent(building)
        return
    items = [Item(f.width, params["least"], f.id, f.storey, f.name, "no_shape") for f in building.flights]
    yield from each(items, "m", tolerance=measure.CLEAR_TOLERANCE, method="extent_across_walking_line")
