"""HGT-02, HGT-03, ROM-01, ROM-02, COR-01 and USE-01: height, area, width and permitted use of spaces."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Callable, Iterator

from bim import measure
from bim.building import Building, Space
from bim.findings import Finding, Outcome
from bim.measures.rooms import width
from bim.measures.ways import passage
from bim.rules.compare import Item, each
from bim.rules.registry import Need, Params, rule, undecided
from gis.site import Site


@rule("HGT-02", needs=(Need.SPACES,))
def clear_height(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Floor to ceiling of habitable rooms."""
    rooms = building.spaces_of(*params["uses"])
    if not rooms:
        yield undecided("no_spaces_of_use", uses=", ".join(params["uses"]))
        return
    items = [Item(room.height, params["least"], room.id, room.storey, room.label, "no_shape") for room in rooms]
    yield from each(items, "m", tolerance=measure.CLEAR_TOLERANCE, method="space_height")


@rule("HGT-03", needs=(Need.SPACES,))
def service_height(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Floor to ceiling of the rooms that are not lived in, by their use."""
    yield from _by_use(building, params["least"], lambda room: room.height, "no_shape", "m", "space_height")


@rule("ROM-01")
def room_area(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Least area of a room by its use, measured in plan; the declared quantity where there is no shape."""
    yield from _by_use(building, params["least"], lambda room: room.area, "no_area", "m2", "space_area")


@rule("ROM-02", needs=(Need.SPACES,))
def room_width(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Least width of a room by its use: the largest circle that it holds."""
    yield from _by_use(building, params["least"], width, "no_shape", "m", "inscribed_circle")


def _by_use(
    building: Building, least: dict[str, float], value: Callable[[Space], float | None], missing: str, unit: str,
    method: str,
) -> Iterator[Finding]:  # fmt: skip
    """Every room whose use has a limit, against that limit."""
    rooms = building.spaces_of(*least)
    if not rooms:
        yield undecided("no_spaces_of_use", uses=", ".join(least))
        return
    by_use: dict[str, list[Item]] = {}
    for room in rooms:
        item = Item(value(room), least[room.use], room.id, room.storey, room.label, missing)
        by_use.setdefault(room.use, []).append(item)
    for items in by_use.values():
        tolerance = measure.AREA_SHARE * items[0].limit if unit == "m2" else measure.CLEAR_TOLERANCE
        yield from each(items, unit, tolerance=tolerance, method=method)


@rule("COR-01", needs=(Need.SPACES,))
def corridor_width(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The least passage of corridors, in dwellings and in common."""
    corridors = building.spaces_of("corridor")
    if not corridors:
        yield undecided("no_spaces_of_use", uses="corridor")
        return
    inside = {space for dwelling in building.dwellings for space in dwelling.spaces}
    for kind in ("dwelling", "common"):
        items = [
            Item(passage(c), params[kind], c.id, c.storey, c.label, "no_shape")
            for c in corridors if (c.id in inside) == (kind == "dwelling")
        ]  # fmt: skip
        yield from each(items, "m", tolerance=measure.CLEAR_TOLERANCE, method="passage_width")


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
