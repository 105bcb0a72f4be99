"""HGT-02, ROM-01 and USE-01: clear height, least area and permitted use of spaces."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator

from bim import measure
from bim.building import Building, Space
from bim.findings import Finding, Outcome
from bim.rules.compare import Item, each
from bim.rules.registry import Need, Params, rule, undecided
from gis.site import Site


def _label(space: Space) -> str:
    return space.long_name or space.name


@rule("HGT-02", needs=(Need.SPACES,))
def clear_height(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Floor to ceiling of habitable rooms."""
    rooms = building.spaces_of(*params["uses"])
    if not rooms:
        yield undecided("no_spaces_of_use", uses=", ".join(params["uses"]))
        return
    items = [Item(_clear(room), params["least"], room.id, room.storey, _label(room), "no_shape") for room in rooms]
    yield from each(items, "m", tolerance=measure.CLEAR_TOLERANCE, method="space_height")


def _clear(space: Space) -> float | None:
    return None if space.top is None or space.bottom is None else space.top - space.bottom


@rule("ROM-01")
def room_area(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Least area of a room by its use, measured in plan; the declared quantity where there is no shape."""
    least = params["least"]
    rooms = building.spaces_of(*least)
    if not rooms:
        yield undecided("no_spaces_of_use", uses=", ".join(least))
        return
    by_use: dict[str, list[Item]] = {}
    for room in rooms:
        item = Item(_area(room), least[room.use], room.id, room.storey, _label(room), "no_area")
        by_use.setdefault(room.use, []).append(item)
    for items in by_use.values():
        tolerance = measure.AREA_SHARE * items[0].limit
        yield from each(items, "m2", tolerance=tolerance, method="space_area")


def _area(space: Space) -> float | None:
    return space.declared_area if space.region is None else float(space.region.area)


@rule("USE-01", needs=(Need.SITE,), by_sheet=True)
def permitted_use(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Every space has a use that the planning sheet's use permits."""
    permitted = params["permitted"].get(site.sheet.use)
    if permitted is None:
        yield undecided("use_unknown", use=site.sheet.use)
        return
    if not building.spaces:
        yield undecided("no_spaces")
        return
    wrong = [space for space in building.spaces if space.use and space.use not in permitted]
    unsaid = tuple(space.id for space in building.spaces if not space.use)
    for space in wrong:
        yield Finding("", Outcome.FAIL, "", elements=(space.id,), storey=space.storey, subject=space.use)
    if unsaid:
        found = undecided("space_use_missing", count=len(unsaid))
        yield Finding("", found.outcome, "", elements=unsaid, reason=found.reason)
    elif not wrong:
        yield Finding("", Outcome.PASS, "", method="object_types", elements=tuple(s.id for s in building.spaces))
