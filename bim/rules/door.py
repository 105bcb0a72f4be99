"""DOR-01: the least width of dwelling entrances and room doors, as declared by OverallWidth."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Iterator

from bim.building import Building, Door
from bim.findings import Finding
from bim.rules.compare import Item, each
from bim.rules.registry import Params, rule, undecided
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
