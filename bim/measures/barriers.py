"""Parapets of the roof, railings of balconies and fences (السور) of the plot."""

from collections.abc import Iterator
from dataclasses import dataclass

from bim import measure, overlay
from bim.building import Building, Plate, Region
from bim.measures.registry import CLEAR, LENGTH, Group, Row, Seen, measured, on_plot
from gis.site import Site

FLAT = 0.6
"""Metres from underside to top: a roof slab that is thicker slopes."""
_BESIDE, _FOOT = 0.25, 0.3
"""Metres in plan and in level between a balcony's floor and a railing at it."""
_LEAST_FLOOR = 1.0
"""Square metres: what projects less is a ledge or a sunshade."""


@dataclass(frozen=True)
class Balcony:
    """A space of that use, or a slab that projects where no such space is; `level` is that of its floor."""

    id: str
    name: str
    storey: str | None
    region: Region
    level: float


def balconies(building: Building) -> list[Balcony]:
    """The balconies: spaces first, then projecting slabs outside of the walls of their storey."""
    told = [
        Balcony(s.id, s.label, s.storey, s.region, s.bottom)
        for s in building.spaces_of("balcony") if s.region is not None and s.bottom is not None
    ]  # fmt: skip
    slabs = [p for p in measure.projecting(building) if p.role not in ("ROOF", "LANDING")]
    return told + [balcony for slab in slabs if (balcony := _of_slab(building, slab, told)) is not None]


def _of_slab(building: Building, slab: Plate, told: list[Balcony]) -> Balcony | None:
    storeys = [s for s in building.storeys if abs(s.elevation - slab.top) < _FOOT and s.outline is not None]
    inside = overlay.union([storey.outline.region for storey in storeys if storey.outline])
    free = overlay.minus(slab.region, inside)
    spoken_for = any(b.region.intersects(free) and abs(b.level - slab.top) < _FOOT for b in told)
    if spoken_for or not storeys or free.area < _LEAST_FLOOR:
        return None
    return Balcony(slab.id, storeys[0].name, storeys[0].id, free, slab.top)


def railings(building: Building, balcony: Balcony) -> list[tuple[str, float]]:
    """The railings at a balcony by GlobalId, and the height of their top above its floor, metres."""
    return [
        (railing.id, railing.top - balcony.level)
        for railing in building.railings
        if abs(railing.bottom - balcony.level) < _FOOT and railing.region.distance(balcony.region) < _BESIDE
    ]


def parapets(building: Building) -> list[tuple[str, float]]:
    """The parapets by GlobalId and their height above the roof slab's top, metres; none on a sloped roof."""
    plate = measure.roof(building)
    if plate is None or plate.top - plate.bottom > FLAT:
        return []
    return [(p.id, p.top - plate.top) for p in building.parapets]


def fences(building: Building, site: Site) -> list[tuple[str, float]]:
    """The fences by GlobalId and the height of their top above the reference level, metres."""
    return [(fence.id, fence.top - site.reference_level) for fence in building.fences]


@measured("parapet_height", Group.BARRIERS, "m", CLEAR, "wall_top_above_roof_slab", "PAR-01")
def parapet_height(seen: Seen) -> Iterator[Row]:
    """Height of the lowest wall or railing on a flat roof above the top of its slab."""
    yield Row(min((height for _, height in parapets(seen.building)), default=None))


@measured("balcony_railing_height", Group.BARRIERS, "m", CLEAR, "railing_top_above_floor", "PAR-02")
def balcony_railing_height(seen: Seen) -> Iterator[Row]:
    """Height of the lowest railing at a balcony above its floor; a balcony with none has no row."""
    for balcony in balconies(seen.building):
        least = min((height for _, height in railings(seen.building, balcony)), default=None)
        yield Row(least, balcony.storey, balcony.name, balcony.id)


@on_plot("fence_height", Group.BARRIERS, "m", LENGTH, "top_above_reference", "FNC-01")
def fence_height(building: Building, site: Site) -> Iterator[Row]:
    """Top of the highest wall or railing of the site above the plot's reference level."""
    yield Row(max((height for _, height in fences(building, site)), default=None))
