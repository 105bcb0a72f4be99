"""PRK-01 to PRK-05: number and size of parking bays (مواقف السيارات), the aisle, and the accessible bays."""

# ruff: noqa: ARG001 - all rules share one signature

import math
from collections.abc import Callable, Iterator

from bim import measure
from bim.building import Building, Space
from bim.findings import Finding
from bim.measures.parking import bay_length as longer_side
from bim.measures.parking import bay_width as shorter_side
from bim.measures.parking import wide_bays
from bim.measures.ways import passage
from bim.rules.compare import Item, at_least, each
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from gis.site import Site


@rule("PRK-01", needs=(Need.SITE,), by_sheet=True)
def parking(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Parking bays against dwellings times the sheet's ratio, rounded up."""
    if site.sheet.parking_per_dwelling <= 0:
        yield not_applicable("no_parking_required")
        return
    if not building.dwellings:
        yield undecided("no_dwellings")
        return
    needed = math.ceil(len(building.dwellings) * site.sheet.parking_per_dwelling - 1e-9)
    yield at_least(len(building.spaces_of("parking_bay")), needed, "count", method="bays_against_dwellings")


def _sized(
    building: Building, use: str, limit: float, value: Callable[[Space], float | None], method: str
) -> Iterator[Finding]:
    """The spaces of a use against one limit."""
    spaces = building.spaces_of(use)
    if not spaces:
        yield not_applicable("no_parking_spaces", use=use)
        return
    items = [Item(value(s), limit, s.id, s.storey, s.label, "no_shape") for s in spaces]
    yield from each(items, "m", tolerance=measure.CLEAR_TOLERANCE, method=method)


@rule("PRK-02", needs=(Need.SPACES,))
def bay_width(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The shorter side of each bay."""
    least: float = params["least"]
    yield from _sized(building, "parking_bay", least, shorter_side, "least_rectangle")


@rule("PRK-03", needs=(Need.SPACES,))
def bay_length(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The longer side of each bay."""
    least: float = params["least"]
    yield from _sized(building, "parking_bay", least, longer_side, "least_rectangle")


@rule("PRK-04", needs=(Need.SPACES,))
def aisle_width(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The least passage of the aisle between the bays."""
    least: float = params["least"]
    yield from _sized(building, "parking_aisle", least, passage, "passage_width")


@rule("PRK-05", needs=(Need.SPACES,))
def accessible_bays(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The bays wide enough for a wheelchair beside the car, one for every so many bays."""
    bays = building.spaces_of("parking_bay")
    if len(bays) < params["from_bays"]:
        yield not_applicable("few_bays", bays=len(bays), limit=params["from_bays"])
        return
    if not all(bay.region for bay in bays):
        yield undecided("no_shape")
        return
    wide = wide_bays(bays, params["width"])
    yield at_least(wide, math.ceil(len(bays) / params["one_per"]), "count", method="wide_bays")
