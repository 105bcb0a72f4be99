"""RMP-01 and RMP-02: the slope and the width of ramps (رامب) for cars and for people."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Callable, Iterator

from bim import measure
from bim.building import Building, Ramp
from bim.findings import Finding
from bim.rules.compare import Item, each
from bim.rules.registry import Need, Params, not_applicable, rule
from gis.site import Site


def _kind(ramp: Ramp, params: Params) -> str:
    """For whom a ramp is: as it says, or by its width."""
    if ramp.use in ("car", "people"):
        return ramp.use
    return "car" if ramp.width is not None and ramp.width >= params["car_from"] else "people"


def _each_ramp(
    building: Building, params: Params, value: Callable[[Ramp], float | None], unit: str, tolerance: float, method: str,
    *, most: bool,
) -> Iterator[Finding]:  # fmt: skip
    if not building.ramps:
        yield not_applicable("no_ramp")
        return
    for kind in ("car", "people"):
        ramps = [ramp for ramp in building.ramps if _kind(ramp, params) == kind]
        items = [Item(value(ramp), params[kind], ramp.id, ramp.storey, ramp.name, "no_shape") for ramp in ramps]
        yield from each(items, unit, most=most, tolerance=tolerance, method=method)


@rule("RMP-01", needs=(Need.RAMPS,))
def slope(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The steepest part of each ramp."""
    yield from _each_ramp(
        building, params, lambda ramp: ramp.slope, "ratio", measure.SLOPE_TOLERANCE, "slope_of_faces", most=True
    )


@rule("RMP-02", needs=(Need.RAMPS,))
def width(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The extent of each ramp across its way."""
    tolerance = measure.CLEAR_TOLERANCE
    yield from _each_ramp(
        building, params, lambda ramp: ramp.width, "m", tolerance, "extent_across_walking_line", most=False
    )
