"""DWL-01, DWL-02 and USE-02: the size and the rooms of a dwelling, and the share of shops in a building."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator

from bim import measure
from bim.building import Building
from bim.findings import Finding
from bim.measures.rooms import dwelling_area, shop_share, spaces_of
from bim.rules.compare import Item, at_most, each
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from gis.site import Site


@rule("DWL-01")
def area(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The rooms of a dwelling together, its balconies left out."""
    if not building.dwellings:
        yield undecided("no_dwellings")
        return
    items = []
    for dwelling in building.dwellings:
        value = dwelling_area([s for s in spaces_of(building, dwelling) if s.use not in params["other"]])
        items.append(Item(value, params["least"], dwelling.id, None, dwelling.name, "no_area"))
    yield from each(items, "m2", tolerance=measure.AREA_SHARE * params["least"], method="sum_of_spaces")


@rule("DWL-02")
def rooms(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """A dwelling has a room of each use that one needs."""
    if not building.dwellings:
        yield undecided("no_dwellings")
        return
    needed = set(params["uses"])
    items = []
    for dwelling in building.dwellings:
        uses = {space.use for space in spaces_of(building, dwelling)}
        value = None if "" in uses and not needed <= uses else float(len(needed & uses))
        items.append(Item(value, float(len(needed)), dwelling.id, None, dwelling.name, "space_uses_unsaid"))
    yield from each(items, "count", method="uses_of_spaces")


@rule("USE-02", needs=(Need.SITE, Need.GROUND, Need.SPACES), by_sheet=True)
def shops(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The spaces of commerce over the gross floor area, where the plot's use sets a limit to them."""
    most = params["most"].get(site.sheet.use)
    spaces = building.spaces_of(*params["uses"])
    if most is None or not spaces:
        yield not_applicable("no_limit_of_use" if most is None else "no_shop", use=site.sheet.use)
        return
    value = shop_share(building, spaces)
    if value is None:
        yield undecided("outline_open")
        return
    yield at_most(value, most, "ratio", tolerance=2 * measure.AREA_SHARE * value, method="spaces_over_gross_floor_area")
