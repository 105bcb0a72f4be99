"""PRK-01: parking bays (مواقف السيارات) against dwellings."""

# ruff: noqa: ARG001 - all rules share one signature

import math
from collections.abc import Iterator

from bim.building import Building
from bim.findings import Finding
from bim.rules.compare import at_least
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
