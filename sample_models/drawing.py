"""The building that complies, as its designer hands it in without a model: a drawing and declared quantities."""

from pathlib import Path
from typing import Any

import yaml

from bim.drawings.template import write_drawing
from sample_models import land, manifest, plan
from sample_models.design import BASEMENT_HEIGHT, STOREY_HEIGHT, Design, Rect
from sample_models.placement import placement_of, plot_polygon
from sample_models.samples import COMPLIES

DRAWING, QUANTITIES = "complies.dxf", "complies-quantities.yaml"
Ring = list[tuple[float, float]]


def outlines(design: Design) -> dict[str, list[Ring]]:
    """The closed lines of every layer in the grid; the upper storeys are all like the first of them."""
    balconies = [room.rect for room in plan.rooms(design, 1) if room.use == "balcony"]
    return {
        "RUKHSA-PLOT": [list(land.on_grid(plot_polygon(design.plot)).exterior.coords)[:-1]],
        "RUKHSA-GROUND": [_ring(design, design.outline_of(0))],
        "RUKHSA-STOREY-2": [_ring(design, design.outline)],
        "RUKHSA-BASEMENT": [_ring(design, design.outline)],
        "RUKHSA-PROJECTION": [_ring(design, rect) for rect in balconies],
        "RUKHSA-LIGHT-WELL": [_ring(design, design.light_well)],
    }


def quantities(design: Design) -> dict[str, Any]:
    """What is declared beside the drawing."""
    return {
        "floors": design.floors,
        "ground_level": design.ground_rise,
        "storey_heights": [STOREY_HEIGHT],
        "height": round(manifest.height(design), 3),
        "dwellings": 2 * design.floors,
        "parking_bays": design.bays,
        "basement_rise": design.ground_rise,
        "basement_height": BASEMENT_HEIGHT,
        "storey_areas": {1: round(manifest.storey_area(design), 2)},
        "without": ["annex"],
        "same_plan": dict.fromkeys(range(3, design.floors + 1), 2),
    }


def generate(folder: Path) -> list[Path]:
    """Write the drawing and its quantities below `folder`; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    drawing, said = folder / DRAWING, folder / QUANTITIES
    write_drawing(drawing, outlines(COMPLIES), fixed=True)
    text = yaml.safe_dump(quantities(COMPLIES), allow_unicode=True, sort_keys=False)
    said.write_text(f"# Declared by a fictitious designer for {DRAWING}.\n{text}", encoding="utf-8")
    return [drawing, said]


def _ring(design: Design, rect: Rect) -> Ring:
    place = placement_of(design)
    corners = ((rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x1, rect.y1), (rect.x0, rect.y1))
    return [
        (round(place.easting + x * place.cosine - y * place.sine, 4),
         round(place.northing + x * place.sine + y * place.cosine, 4))
        for x, y in corners
    ]  # fmt: skip
