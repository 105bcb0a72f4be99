"""What a review of the sample models must find, computed from the design parameters and never from the models.

Definitions: the ground outline is the outer face of the external walls; a storey's gross area is the outline less the
light well open to the sky, which the basement does not have; coverage and floor-area ratio are over the plot's drawn
area; height is the top of the roof slab above the plot's reference level.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from sample_models import plan, records
from sample_models.building import Written
from sample_models.design import STOREY_HEIGHT, WIDTH, Design
from sample_models.placement import plot_polygon, setbacks_of
from sample_models.records import Brief
from sample_models.samples import Sample
from sample_models.sections import sections

Entry = dict[str, Any]

# Of the demonstration code pack; FICTITIOUS.
LEAST_BEDROOM, LEAST_WELL_SIDE, LEAST_ENTRANCE, GREATEST_RISER = 9.0, 2.0, 0.90, 0.180


def measures(design: Design, written: Written) -> Iterator[Entry]:
    """Every expected measure; `storey` is a GlobalId, or null for the whole building."""
    outline, storey = design.outline.area, storey_area(design)
    plot = plot_polygon(design.plot).area
    gross = design.floors * storey
    yield _measure("footprint_area", outline, "m2")
    yield _measure("envelope_area", outline, "m2")
    yield _measure("storey_count", design.floors, "count")
    yield _measure("projection_depth", greatest_balcony(design), "m")
    if not design.spaces:  # without spaces nothing tells the light well from a shaft, so areas are not expected
        return
    for number in range(design.floors):
        yield _measure("storey_area", storey, "m2", storey=written.storeys[str(number)])
    yield _measure("storey_area", outline, "m2", storey=written.storeys["basement"])
    yield _measure("gross_floor_area", gross, "m2")
    yield _measure("balcony_area", balcony_area(design), "m2")
    yield _measure("light_well_side", light_well_side(design), "m", subject="light well")
    yield _measure("dwellings", 2 * design.floors, "count")
    yield _measure("parking_bays", design.bays, "count")
    yield from _placed_measures(design, outline / plot, gross / plot)


def _placed_measures(design: Design, coverage: float, ratio: float) -> Iterator[Entry]:
    yield _measure("height", height(design), "m")
    yield _measure("basement_rise", design.ground_rise, "m")
    for role, value in setbacks_of(design)._asdict().items():
        yield _measure("setback", value, "m", subject=role)
    yield _measure("coverage", coverage, "ratio")
    yield _measure("floor_area_ratio", ratio, "ratio")


def violations(design: Design, written: Written) -> Iterator[Entry]:
    """Every planted violation: what of the design lies beyond its limit, with its elements."""
    yield from _of_the_sheet(design, written)
    yield from _of_the_code(design, written)
    if design.no_area:
        yield _violation("BIM-502", elements=[written.elements[name] for name in design.no_area])
    if design.no_material:
        yield _violation("BIM-603", elements=[written.elements[name] for name in design.no_material])


def _of_the_sheet(design: Design, written: Written) -> Iterator[Entry]:
    brief = brief_of(design)
    ratio = design.floors * storey_area(design) / plot_polygon(design.plot).area
    bays = 2 * design.floors * brief.parking_per_dwelling
    ids = written.elements
    if design.front_setback < brief.setback_front:
        limits = (design.front_setback, brief.setback_front, "m")
        yield _violation("SET-01", *limits, subject="front", elements=[ids["0/outer wall front"]])
        if brief.basement == "within_building_line":  # the basement lies under the whole building
            beyond = WIDTH * (brief.setback_front - design.front_setback)
            yield _violation("BSM-01", beyond, 0.0, "m2", elements=[written.storeys["basement"]])
    if design.floors > brief.max_floors:
        above = [written.storeys[str(number)] for number in range(design.floors)]
        yield _violation("FLR-01", design.floors, brief.max_floors, "count", elements=above)
    if height(design) > brief.max_height_m:
        yield _violation("HGT-01", height(design), brief.max_height_m, "m", elements=[ids["roof/roof slab"]])
    if ratio > brief.floor_area_ratio:
        yield _violation("FAR-01", ratio, brief.floor_area_ratio, "ratio")
    if design.ground_rise > brief.basement_rise_m:
        yield _violation("BSM-02", design.ground_rise, brief.basement_rise_m, "m", elements=[ids["0/floor slab"]])
    if greatest_balcony(design) > brief.projection_depth_m:
        slabs = [ids[f"{n}/balcony left slab"] for n, d in design.deep_balcony.items() if d > brief.projection_depth_m]
        yield _violation("PRJ-01", greatest_balcony(design), brief.projection_depth_m, "m", elements=slabs)
    if design.bays < bays:
        yield _violation("PRK-01", design.bays, bays, "count")


def _of_the_code(design: Design, written: Written) -> Iterator[Entry]:
    ids = written.elements
    if light_well_side(design) < LEAST_WELL_SIDE:
        wells = [ids[f"{number}/light well"] for number in range(design.floors)]
        limits = (light_well_side(design), LEAST_WELL_SIDE, "m")
        yield _violation("LWL-01", *limits, subject="light well", elements=wells)
    for number, risers in design.risers.items():
        flights = [ids[f"{number}/flight {part}"] for part in (1, 2)]
        yield _violation("STR-01", STOREY_HEIGHT / risers, GREATEST_RISER, "m", elements=flights)
    for number in design.bedroom_depth:
        room = next(r for r in plan.dwelling_rooms(design, number) if r.name == "bedroom 1 left")
        elements = [ids[f"{number}/{room.name}"]]
        yield _violation("ROM-01", room.rect.area, LEAST_BEDROOM, "m2", subject=room.name, elements=elements)
    for number, width in design.entrance_width.items():
        yield _violation("DOR-01", width, LEAST_ENTRANCE, "m", elements=[ids[f"{number}/entrance left"]])


def storey_area(design: Design) -> float:
    """Gross area of each storey above ground, square metres."""
    return design.outline.area - design.light_well.area


def height(design: Design) -> float:
    """Top of the roof slab above the reference level, metres."""
    return design.ground_rise + design.roof_level


def balcony_area(design: Design) -> float:
    """All balconies together, square metres."""
    rooms = [room for storey in range(design.floors) for room in plan.rooms(design, storey)]
    return sum(room.rect.area for room in rooms if room.use == "balcony")


def greatest_balcony(design: Design) -> float:
    """The deepest balcony, metres."""
    return max([design.balcony_depth, *design.deep_balcony.values()])


def light_well_side(design: Design) -> float:
    """The shorter side of the light well, metres."""
    well = design.light_well
    return min(well.x1 - well.x0, well.y1 - well.y0)


def brief_of(design: Design) -> Brief:
    """The planning sheet in force on the design's plot."""
    return records.BRIEFS[f"B{design.plot[0]}"]


def entry(sample: Sample, written: Written) -> Entry:
    """All about one model."""
    design = sample.design
    judged = design.georeferenced and design.spaces
    return {
        "file": sample.file,
        "schema": sample.schema,
        "plot": design.plot,
        "storeys": written.storeys,
        "measures": list(measures(design, written)),
        "violations": list(violations(design, written)) if judged else [],
        "sections": sections(design, written) if design.spaces else [],
    }


def write(entries: list[Entry], path: Path) -> None:
    """Write the manifest."""
    head = {"status": "fictitious", "zone": "zone/zone.gpkg", "on": "2026-11-01", "models": entries}
    path.write_text(yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")


def _measure(name: str, value: float, unit: str, *, storey: str | None = None, subject: str = "") -> Entry:
    return {"name": name, "storey": storey, "subject": subject, "value": round(float(value), 6), "unit": unit}


def _violation(
    rule: str,
    value: float | None = None,
    limit: float | None = None,
    unit: str = "",
    *,
    subject: str = "",
    elements: list[str] | None = None,
) -> Entry:
    numbers = {"value": value, "limit": limit}
    rounded = {name: None if n is None else round(float(n), 6) for name, n in numbers.items()}
    return {"rule": rule, "subject": subject, **rounded, "unit": unit, "elements": elements or []}
