"""What the floor-wise division of a sample building must find, computed from its design and never from the model.

A dwelling's wall to the core is shared with common parts but where it borders the light well or lies inside the
dwelling, whose kitchen is behind the well; the walls of light wells are façades.
"""

from typing import Any

from sample_models import plan
from sample_models.building import Written
from sample_models.design import CORE, DEPTH, EXTERNAL, Design

Entry = dict[str, Any]
PARTY = 8.50  # the middle of the wall between the two kitchens
SHARED = plan.CORE_LEFT - CORE / 2  # that of the wall between the left dwelling and the core


def sections(design: Design, written: Written) -> list[Entry]:
    """Every section by its number, areas in square metres; `storey` is a GlobalId."""
    found = []
    for storey in range(design.floors):
        for index, side in enumerate(("left", "right")):
            rooms = [room for room in plan.rooms(design, storey) if room.dwelling == side]
            found.append(
                {
                    "number": str(2 * storey + index + 1),
                    "kind": "dwelling",
                    "storey": written.storeys[str(storey)],
                    "net": _sum(room.rect.area for room in rooms if room.use != "balcony"),
                    "open": _sum(room.rect.area for room in rooms if room.use == "balcony"),
                    "mid_wall": round(_reaching(design, EXTERNAL / 2, CORE / 2), 6),
                    "gross": round(_reaching(design, 0.0, CORE), 6),
                    "shares": 2400 // (2 * design.floors),
                }
            )
    return found


def _reaching(design: Design, facade: float, well_wall: float) -> float:
    """A dwelling from that far inside the outer faces, with so much of the walls of the light well."""
    behind, back = design.light_well.y1 + CORE - well_wall, DEPTH - facade
    beside_core = (SHARED - facade) * (back - facade)
    at_well = (well_wall - CORE / 2) * (behind - design.light_well.y0)
    return beside_core + at_well + (PARTY - SHARED) * (back - behind)


def _sum(areas: Any) -> float:
    return round(float(sum(areas)), 6)
