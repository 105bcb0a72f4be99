"""Lifts, parking bays (مواقف السيارات), their aisle, and ramps."""

from collections.abc import Iterator

from bim import measure, outlines
from bim.building import Building, Space
from bim.measures.registry import CLEAR, EXACT, SLOPE, Group, Row, Seen, measured
from bim.measures.ways import passage


def lifts(building: Building) -> int:
    """Transport elements; where there is none, the shafts of the storey that has most."""
    storeys = [space.storey for space in building.spaces_of("lift")]
    return len(building.lifts) or max(map(storeys.count, storeys), default=0)


def shaft_side(space: Space) -> float | None:
    """The shorter side of a lift's shaft, metres; the car is narrower by its walls and clearances."""
    return outlines.least_side(space.region) if space.region else None


def bay_width(space: Space) -> float | None:
    """The shorter side of a bay, metres."""
    return outlines.sides(space.region)[0] if space.region else None


def bay_length(space: Space) -> float | None:
    """The longer side of a bay, metres."""
    return outlines.sides(space.region)[1] if space.region else None


def wide_bays(bays: tuple[Space, ...], least: float) -> int:
    """How many bays are wide enough for a wheelchair beside the car."""
    return sum((bay_width(bay) or 0.0) >= least - measure.CLEAR_TOLERANCE for bay in bays)


def _of(space: Space, value: float | None) -> Row:
    return Row(value, space.storey, space.label, space.id, space.name)


@measured("lifts", Group.LIFTS, "count", EXACT, "lift_spaces_and_elements", "LFT-01", "LFT-03")
def lift_count(seen: Seen) -> Iterator[Row]:
    """Lifts: transport elements, or where there is none the shafts of the storey that has most."""
    yield Row(float(lifts(seen.building)))


@measured("lift_shaft_side", Group.LIFTS, "m", CLEAR, "least_rectangle", "LFT-02")
def lift_shaft_side(seen: Seen) -> Iterator[Row]:
    """Shorter side of a lift's shaft between its walls; of the shaft, not of the car that travels in it."""
    yield from (_of(space, shaft_side(space)) for space in seen.building.spaces_of("lift"))


@measured("parking_bays", Group.PARKING, "count", EXACT, "spaces", "PRK-01")
def parking_bays(seen: Seen) -> Iterator[Row]:
    """Parking bays: spaces of that use."""
    yield Row(float(len(seen.building.spaces_of("parking_bay"))))


@measured("parking_bay_width", Group.PARKING, "m", CLEAR, "least_rectangle", "PRK-02")
def parking_bay_width(seen: Seen) -> Iterator[Row]:
    """Shorter side of a parking bay's smallest rectangle."""
    yield from (_of(space, bay_width(space)) for space in seen.building.spaces_of("parking_bay"))


@measured("parking_bay_length", Group.PARKING, "m", CLEAR, "least_rectangle", "PRK-03")
def parking_bay_length(seen: Seen) -> Iterator[Row]:
    """Longer side of a parking bay's smallest rectangle."""
    yield from (_of(space, bay_length(space)) for space in seen.building.spaces_of("parking_bay"))


@measured("wide_parking_bays", Group.PARKING, "count", EXACT, "wide_bays", "PRK-05")
def wide_parking_bays(seen: Seen) -> Iterator[Row]:
    """Parking bays as wide as the code asks of accessible ones."""
    bays = seen.building.spaces_of("parking_bay")
    if bays and "PRK-05" in seen.params and all(bay.region for bay in bays):
        yield Row(float(wide_bays(bays, seen.params["PRK-05"]["width"])))


@measured("parking_aisle_width", Group.PARKING, "m", CLEAR, "passage_width", "PRK-04")
def parking_aisle_width(seen: Seen) -> Iterator[Row]:
    """Least passage of the aisle between the bays: the widest square that gets through nearly all of it."""
    yield from (_of(space, passage(space)) for space in seen.building.spaces_of("parking_aisle"))


@measured("ramp_slope", Group.PARKING, "ratio", SLOPE, "slope_of_faces", "RMP-01")
def ramp_slope(seen: Seen) -> Iterator[Row]:
    """Rise over run of the steepest part of a ramp."""
    yield from (Row(ramp.slope, ramp.storey, ramp.name, ramp.id) for ramp in seen.building.ramps)


@measured("ramp_width", Group.PARKING, "m", CLEAR, "extent_across_walking_line", "RMP-02")
def ramp_width(seen: Seen) -> Iterator[Row]:
    """Extent of a ramp across its way."""
    yield from (Row(ramp.width, ramp.storey, ramp.name, ramp.id) for ramp in seen.building.ramps)
