"""DOR-01 to DOR-04: width and height of doors as declared, the building's entrance, and one for each dwelling."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator

from bim.building import Building, Door
from bim.findings import Finding
from bim.measures.ways import entrances
from bim.rules.compare import Item, each
from bim.rules.registry import Need, Params, rule, undecided
from gis.site import Site


@rule("DOR-01")
def door_width(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Every door has the width of its use; between the least and the room width an unknown use is undecided."""
    if not building.doors:
        yield undecided("no_doors")
        return
    by_limit: dict[float, list[Item]] = {}
    for door in building.doors:
        if door.use in params["other"]:
            continue
        limit, missing = _limit(door, params["least"])
        value = None if missing else door.width
        item = Item(value, limit, door.id, door.storey, door.name, missing or "no_width")
        by_limit.setdefault(limit, []).append(item)
    for items in by_limit.values():
        yield from each(items, "m", method="overall_width")


def _limit(door: Door, least: dict[str, float]) -> tuple[float, str]:
    """The limit of the door's use, and a reason where the use decides and is not known."""
    if door.use in least:
        return least[door.use], ""
    if "bathroom" in door.spaces:
        return least["bathroom"], ""
    if door.spaces or door.width is None:
        return least["room"], ""
    lowest, highest = min(least.values()), max(least.values())
    if lowest <= door.width < highest:
        return least["room"], "door_use_unknown"
    return (highest if door.width >= highest else lowest), ""


@rule("DOR-02")
def door_height(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Every door has the least height, hatches of no one's way left out by their use."""
    doors = [door for door in building.doors if door.use not in params["other"]]
    if not doors:
        yield undecided("no_doors")
        return
    items = [Item(d.height, params["least"], d.id, d.storey, d.name, "no_size") for d in doors]
    yield from each(items, "m", method="overall_height")


@rule("DOR-03")
def building_entrance(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The doors of the building's entrance have their own least width."""
    doors = [door for door in building.doors if door.use == "building_entrance"]
    if not doors:
        yield undecided("no_building_entrance")
        return
    items = [Item(d.width, params["least"], d.id, d.storey, d.name, "no_width") for d in doors]
    yield from each(items, "m", method="overall_width")


@rule("DOR-04", needs=(Need.SPACES,))
def dwelling_entrance(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Every dwelling has at least so many doors of an entrance at its rooms."""
    if not building.dwellings:
        yield undecided("no_dwellings")
        return
    if not any(door.use == "entrance" for door in building.doors):
        yield undecided("no_entrance_marked")
        return
    items = [
        Item(float(entrances(building, dwelling)), params["least"], dwelling.id, None, dwelling.name)
        for dwelling in building.dwellings
    ]
    yield from each(items, "count", method="entrances_at_rooms")
