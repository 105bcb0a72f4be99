"""Stairs: width, riser, tread, pace and headroom of each flight, landings, and how many stairs a floor has."""

from collections.abc import Iterator

from bim import outlines
from bim.building import Building, Plate, StairFlight, Storey
from bim.measures.registry import CLEAR, EXACT, LENGTH, RISER, TREAD, Group, Row, Seen, measured


def riser(flight: StairFlight) -> float | None:
    """By the shape of the flight, metres; the declared one where the shape tells none."""
    return flight.riser if flight.measured_riser is None else flight.measured_riser


def tread(flight: StairFlight) -> float | None:
    """The going by the shape of the flight, metres; the declared one where the shape tells none."""
    return flight.tread if flight.measured_tread is None else flight.measured_tread


def pace(flight: StairFlight) -> float | None:
    """Two risers and a tread, metres."""
    rise, going = riser(flight), tread(flight)
    return None if rise is None or going is None else 2 * rise + going


def landings(building: Building) -> list[Plate]:
    """The slabs that are landings."""
    return [plate for plate in building.plates if plate.role == "LANDING"]


def of_floors(building: Building) -> dict[str, tuple[Storey, int]]:
    """By GlobalId each floor above ground but the top one, and how many stairs begin on it."""
    floors = building.floors()[:-1]
    of = {s.id: {f.stair or f.id for f in building.flights if f.storey == s.id} for s in floors}
    return {storey.id: (storey, len(of[storey.id])) for storey in floors}


def _row(flight: StairFlight, value: float | None) -> Row:
    return Row(value, flight.storey, flight.name, flight.id)


@measured("stair_width", Group.STAIRS, "m", CLEAR, "extent_across_walking_line", "STR-02")
def stair_width(seen: Seen) -> Iterator[Row]:
    """Width of a flight across its walking line."""
    yield from (_row(flight, flight.width) for flight in seen.building.flights)


@measured("stair_riser", Group.STAIRS, "m", RISER, "tread_levels", "STR-01")
def stair_riser(seen: Seen) -> Iterator[Row]:
    """Even step between the levels of a flight's treads; the declared one where its shape tells none."""
    yield from (_row(flight, riser(flight)) for flight in seen.building.flights)


@measured("stair_tread", Group.STAIRS, "m", TREAD, "tread_to_tread", "STR-03")
def stair_tread(seen: Seen) -> Iterator[Row]:
    """Going of a flight from tread to tread in plan; the declared one where its shape tells none."""
    yield from (_row(flight, tread(flight)) for flight in seen.building.flights)


@measured("stair_pace", Group.STAIRS, "m", TREAD, "two_risers_and_tread", "STR-04")
def stair_pace(seen: Seen) -> Iterator[Row]:
    """Two risers and a tread of a flight."""
    yield from (_row(flight, pace(flight)) for flight in seen.building.flights)


@measured("stair_headroom", Group.STAIRS, "m", LENGTH, "rays_from_treads", "STR-06")
def stair_headroom(seen: Seen) -> Iterator[Row]:
    """Least height over the treads of a flight that has something above it."""
    yield from (_row(flight, flight.headroom) for flight in seen.building.flights)


@measured("landing_side", Group.STAIRS, "m", CLEAR, "least_rectangle", "STR-05")
def landing_side(seen: Seen) -> Iterator[Row]:
    """Shorter side of a landing, numbered from the lowest one."""
    sides = [(round(p.top, 3), outlines.least_side(p.region), p.id) for p in landings(seen.building)]
    for number, (_, side, key) in enumerate(sorted(sides), start=1):
        yield Row(side, subject=str(number), element=key)


@measured("stairs_of_floor", Group.STAIRS, "count", EXACT, "stairs_of_floors", "STR-07")
def stairs_of_floor(seen: Seen) -> Iterator[Row]:
    """Stairs that begin on a floor above ground, the top floor left out."""
    for key, (_, number) in of_floors(seen.building).items():
        yield Row(float(number) if number else None, key)
