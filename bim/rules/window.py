"""WIN-01 to WIN-03 and VNT-01: light, open air and ventilation of rooms, and windows that look at a neighbour."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Callable, Iterable, Iterator

from bim import light, measure
from bim.building import Building, Space, Window
from bim.findings import Finding
from bim.measures.rooms import glass, to_neighbours, window_share
from bim.rules.compare import Item, each, residual
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from gis.site import Site

_NEEDS = (Need.SPACES, Need.GROUND, Need.PLATES)


def _by_room(
    building: Building, uses: Iterable[str], least: Callable[[Space], float],
    value: Callable[[Space, list[Window]], float | None], unit: str, tolerance: float,
) -> Iterator[Finding]:  # fmt: skip
    """Each room of the uses by its windows to open air; undecided where the model has no window at all."""
    rooms = building.spaces_of(*uses)
    if not rooms:
        yield undecided("no_spaces_of_use", uses=", ".join(uses))
        return
    if not building.windows:
        yield undecided("no_windows")
        return
    seen = light.views(building)
    for limit in sorted({least(room) for room in rooms}):
        items = [
            Item(value(r, light.windows_of(building, r, seen)), limit, r.id, r.storey, r.label, "no_size")
            for r in rooms if least(r) == limit
        ]  # fmt: skip
        yield from each(items, unit, tolerance=tolerance, method="windows_to_open_air")


@rule("WIN-01", needs=_NEEDS)
def light_share(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The windows of a habitable room over its floor."""
    tolerance = 2 * measure.AREA_SHARE * params["least"]
    yield from _by_room(building, params["uses"], lambda _room: params["least"], window_share, "ratio", tolerance)


@rule("WIN-02", needs=_NEEDS)
def open_air(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """A habitable room has a window to the open plot or to a light well that is open above."""
    yield from _by_room(
        building, params["uses"], lambda _room: params["least"], lambda _r, ws: float(len(ws)), "count", 0.0
    )


@rule("VNT-01", needs=_NEEDS)
def ventilation(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Kitchens and bathrooms have windows of enough area to open air, by their use."""
    least = params["least"]
    yield from _by_room(building, least, lambda r: least[r.use], lambda _r, ws: glass(ws), "m2", 0.0)


@rule("WIN-03", needs=(Need.SITE, Need.PLACED, *_NEEDS))
def toward_neighbours(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """Straight out of a window, the way to a side or rear edge of the plot."""
    items = [
        Item(way, params["least"], window.id, window.storey, window.name, "window_outside_plot")
        for window, way in to_neighbours(building, site)
    ]
    if not items:
        yield not_applicable("no_window_to_neighbours") if building.windows else undecided("no_windows")
        return
    tolerance = measure.LENGTH_TOLERANCE + residual(building, site)
    yield from each(items, "m", tolerance=tolerance, method="sight_to_edge")
