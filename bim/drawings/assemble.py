"""The building of a drawing: storeys and outlines as drawn, heights and counts as declared.

Ids are the names of layers. A quantity that is declared stands for what a model would have: a roof slab at the declared
height, a bay for each one counted; which of the rules may look at them is said in `bim.drawings.judge`.
"""

from collections.abc import Iterator
from dataclasses import replace

import shapely

from bim import overlay
from bim.building import Building, Dwelling, Outline, Plate, Region, Space, Storey, StoreyKind
from bim.drawings.placing import Placed
from bim.drawings.quantities import Quantities
from bim.drawings.read import Drawing
from bim.placement import apply
from bim.refusals import RefusedError

METHOD = "drawing"


def assemble(drawing: Drawing, said: Quantities, placed: Placed, zero: float) -> Building:
    """The building; `zero` is the plot's reference level. Raise `RefusedError` where a storey has no plan."""
    place = placed.placement
    placed_drawn = (replace(d, region=apply(place, d.region)) if place else d for d in drawing.drawn)
    grid = replace(drawing, drawn=tuple(placed_drawn))
    floors = list(_floors(grid, said, zero))
    storeys = (*_basements(grid, said, zero), *floors, *_annexes(grid, said, zero))
    wells = _union(grid, "well")
    regions = [storey.outline.region for storey in floors if storey.outline]
    beyond = list(_projections(grid, floors))
    upper = overlay.union([*regions[1:], *(plate.region for plate in beyond)])
    return Building(
        storeys=storeys,
        spaces=(*_wells(floors, wells, said, zero), *_bays(said)),
        dwellings=tuple(Dwelling("", "", str(n + 1), ()) for n in range(said.dwellings or 0)),
        plates=(*beyond, *_declared(said, zero, regions, wells)),
        ground=Outline(regions[0], METHOD),
        envelope=Outline(overlay.union(regions), METHOD),
        projection=Outline(overlay.union([*regions, upper]), METHOD),
        upper=Outline(upper, METHOD),
        placement=place,
        placement_problem=placed.problem,
    )


def _floors(grid: Drawing, said: Quantities, zero: float) -> Iterator[Storey]:
    drawn = {1: grid.of("ground")[0], **{d.meaning.storey or 0: d for d in grid.of("storey")}}
    if max(drawn) > said.floors:
        raise RefusedError("drawing_more_storeys", drawn=max(drawn), floors=said.floors)
    for number in range(1, said.floors + 1):
        of = drawn.get(number) or drawn.get(said.same_plan.get(number, 0))
        if of is None:
            raise RefusedError("drawing_no_storey", storey=number)
        name = of.layer if number in drawn else f"{of.layer} ({number})"
        kind = StoreyKind.GROUND if number == 1 else StoreyKind.TYPICAL
        yield Storey(name, name, zero + said.level(number), kind, Outline(of.region, METHOD))


def _basements(grid: Drawing, said: Quantities, zero: float) -> Iterator[Storey]:
    for drawn in grid.of("basement"):
        if said.basement_height is None:
            raise RefusedError("quantity_missing", name="basement_height")
        level = zero + said.ground_level - said.basement_height
        yield Storey(drawn.layer, drawn.layer, level, StoreyKind.BASEMENT, Outline(drawn.region, METHOD))


def _annexes(grid: Drawing, said: Quantities, zero: float) -> Iterator[Storey]:
    for drawn in grid.of("annex"):
        level = zero + said.level(said.floors + 1)
        yield Storey(drawn.layer, drawn.layer, level, StoreyKind.ANNEX, Outline(drawn.region, METHOD))


def _projections(grid: Drawing, floors: list[Storey]) -> Iterator[Plate]:
    """What projects, on the storey that its layer names, or on every upper one."""
    for drawn in grid.of("projection"):
        numbers = [drawn.meaning.storey] if drawn.meaning.storey else range(2, len(floors) + 1)
        for number in numbers:
            if number > len(floors):
                raise RefusedError("drawing_more_storeys", drawn=number, floors=len(floors))
            level = floors[number - 1].elevation
            for part in getattr(drawn.region, "geoms", (drawn.region,)):
                yield Plate(drawn.layer, "FLOOR", part, level, level)


def _wells(floors: list[Storey], wells: Region, said: Quantities, zero: float) -> Iterator[Space]:
    if wells.is_empty:
        return
    for number, storey in enumerate(floors, 1):
        bottom, top = storey.elevation, zero + said.level(number + 1)
        yield Space("", "well", "", "light_well", storey.id, None, wells, bottom, top)


def _bays(said: Quantities) -> Iterator[Space]:
    for number in range(said.parking_bays or 0):
        yield Space("", str(number + 1), "", "parking_bay", None)


def _declared(said: Quantities, zero: float, regions: list[Region], wells: Region) -> Iterator[Plate]:
    """The roof slab at the declared height, and the basement's ceiling."""
    if said.height is not None:
        yield Plate("height", "ROOF", overlay.minus(regions[-1], wells), zero + said.height, zero + said.height)
    if said.basement_rise is not None:
        level = zero + said.basement_rise
        yield Plate("basement_rise", "FLOOR", overlay.minus(regions[0], wells), level, level)


def _union(grid: Drawing, kind: str) -> Region:
    found = [drawn.region for drawn in grid.of(kind)]
    return overlay.union(found) if found else shapely.Polygon()
