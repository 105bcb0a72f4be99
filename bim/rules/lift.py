"""LFT-01: a lift from a number of floors on."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator

from bim.building import Building
from bim.findings import Finding
from bim.rules.compare import at_least
from bim.rules.registry import Need, Params, not_applicable, rule
from gis.site import Site


@rule("LFT-01", needs=(Need.GROUND,))
def lift(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Lift shafts (spaces) or transport elements; not applicable below the number of floors."""
    floors = len(building.floors())
    if floors < params["from_floors"]:
        yield not_applicable("few_floors", floors=floors, limit=params["from_floors"])
        return
    storeys = {space.storey for space in building.spaces_of("lift")}
    found = len(building.lifts) or min(len(storeys), 1)
    yield at_least(found, 1, "count", method="lift_spaces_and_elements")
