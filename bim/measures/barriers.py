"""Parapets of the roof and fences (السور) of the plot."""

from collections.abc import Iterator

from bim import measure
from bim.building import Building
from bim.measures.registry import CLEAR, LENGTH, Group, Row, Seen, measured, on_plot
from gis.site import Site

FLAT = 0.6
"""Metres from underside to top: a roof slab that is thicker slopes."""


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
    """Height of the lowest parapet of a flat roof above the top of its slab."""
    yield Row(min((height for _, height in parapets(seen.building)), default=None))


@on_plot("fence_height", Group.BARRIERS, "m", LENGTH, "top_above_reference", "FNC-01")
def fence_height(building: Building, site: Site) -> Iterator[Row]:
    """Top of the highest wall or railing of the site above the plot's reference level."""
    yield Row(max((height for _, height in fences(building, site)), default=None))
