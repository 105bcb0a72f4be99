"""LWL-01 to LWL-04: the least side and area of light wells (المناور), their way through all storeys, the sky above."""

# ruff: noqa: ARG001 - all rules share one signature

from collections.abc import Callable, Iterator
from dataclasses import replace

from bim import measure, outlines
from bim.building import Building, Space
from bim.findings import Finding
from bim.measure import Well
from bim.measures import wells
from bim.rules.compare import Item, each
from bim.rules.registry import Need, Params, not_applicable, rule, undecided
from gis.site import Site


@rule("LWL-01", needs=(Need.SPACES,))
def light_well(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The shorter side of each well, on the storey where it is narrowest."""
    yield from _each_well(
        building,
        params["least"],
        lambda well: well.side,
        "m",
        measure.CLEAR_TOLERANCE,
        "least_rectangle",
        at=_narrowest,
    )


def _narrowest(well: Well) -> Space:
    return min(well.spaces, key=lambda s: (round(outlines.least_side(s.region), 4), s.bottom, s.id))


def _first(well: Well) -> Space:
    return well.spaces[0]


def _each_well(
    building: Building, limit: float, value: Callable[[Well], float], unit: str, tolerance: float, method: str,
    *, most: bool = False, at: Callable[[Well], Space] = _first,
) -> Iterator[Finding]:  # fmt: skip
    """One comparison for every well, told of the storey of the space `at`, with all of its spaces."""
    if not building.spaces:
        yield undecided("no_spaces")
        return
    if not building.spaces_of("light_well"):
        yield not_applicable("no_light_well")
        return
    of = {at(well).id: well for well in measure.wells(building)}
    items = [Item(value(w), limit, at(w).id, at(w).storey, at(w).name) for w in of.values()]
    for found in each(items, unit, most=most, tolerance=tolerance, method=method):
        spaces = {space.id for key in found.elements for space in of[key].spaces}
        yield replace(found, elements=tuple(sorted(spaces)))


@rule("LWL-02", needs=(Need.SPACES,))
def area(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The plan area of each well, on the storey where it is smallest."""
    tolerance = measure.AREA_SHARE * params["least"]
    yield from _each_well(building, params["least"], wells.area, "m2", tolerance, "space_area")


@rule("LWL-03", needs=(Need.SPACES, Need.GROUND))
def continuity(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The plan area that is free on every floor from the well's lowest one to the highest."""

    def common(well: Well) -> float:
        return wells.common_area(building, well)

    tolerance = measure.AREA_SHARE * params["least"]
    yield from _each_well(building, params["least"], common, "m2", tolerance, "intersection_over_storeys")


@rule("LWL-04", needs=(Need.SPACES, Need.PLATES))
def open_to_the_sky(building: Building, site: Site, params: Params) -> Iterator[Finding]:
    """The share of the well that slabs at or above its top cover."""

    def covered(well: Well) -> float:
        return measure.covered_share(building, well)

    yield from _each_well(
        building, params["most"], covered, "ratio", measure.AREA_SHARE, "plates_above_well", most=True
    )
