"""Doors, corridors, exits and the way to them on foot."""

import math
from collections.abc import Iterable, Iterator
from itertools import combinations

from bim import outlines, routes
from bim.building import Building, Door, Dwelling, Space, Storey, StoreyKind
from bim.measures.registry import CLEAR, EXACT, LENGTH, WAY, Group, Row, Seen, measured


def exits(building: Building, uses: Iterable[str]) -> list[Door]:
    """The doors of the ground storey that say by their use that they lead out."""
    ground, wanted = {storey.id for storey in building.storeys_of(StoreyKind.GROUND)}, set(uses)
    return [door for door in building.doors if door.storey in ground and door.use in wanted]


def travel(
    building: Building, doors: Iterable[Door], uses: Iterable[str]
) -> Iterator[tuple[Storey, str, float | None]]:
    """By storey and space the way from its farthest corner to a stair, on the ground floor to an exit, metres."""
    outside, wanted = [door.centre for door in doors if door.centre is not None], list(uses)
    for storey in building.floors():
        ground = storey.kind is StoreyKind.GROUND
        ways = routes.farthest(building, storey, wanted, outside if ground else routes.stairs_of(building, storey))
        yield from ((storey, space, way) for space, way in ways.items())


def separation(doors: Iterable[Door]) -> float | None:
    """Between the doors that are farthest apart, metres; None where there are not two."""
    places = [door.centre for door in doors if door.centre is not None]
    return max((math.dist(a, b) for a, b in combinations(places, 2)), default=None)


def passage(space: Space) -> float | None:
    """The least passage of a corridor or an aisle, metres."""
    return None if space.region is None else outlines.passage_width(space.region)


def entrances(building: Building, dwelling: Dwelling) -> int:
    """The doors of an entrance at a dwelling's rooms."""
    rooms = set(dwelling.spaces)
    return sum(bool(rooms & set(door.beside)) for door in building.doors if door.use == "entrance")


@measured("door_width", Group.DOORS, "m", EXACT, "overall_width", "DOR-01", "DOR-03")
def door_width(seen: Seen) -> Iterator[Row]:
    """Declared OverallWidth of a door."""
    yield from (Row(door.width, door.storey, door.name, door.id) for door in seen.building.doors)


@measured("door_height", Group.DOORS, "m", EXACT, "overall_height", "DOR-02")
def door_height(seen: Seen) -> Iterator[Row]:
    """Declared OverallHeight of a door."""
    yield from (Row(door.height, door.storey, door.name, door.id) for door in seen.building.doors)


@measured("dwelling_entrances", Group.DOORS, "count", EXACT, "entrances_at_rooms", "DOR-04")
def dwelling_entrances(seen: Seen) -> Iterator[Row]:
    """Doors of use entrance at the rooms of a dwelling, where the model marks entrances."""
    if any(door.use == "entrance" for door in seen.building.doors):
        for dwelling in seen.building.dwellings:
            yield Row(float(entrances(seen.building, dwelling)), subject=dwelling.name, element=dwelling.id)


@measured("corridor_width", Group.WAYS, "m", CLEAR, "passage_width", "COR-01")
def corridor_width(seen: Seen) -> Iterator[Row]:
    """Least passage of a corridor: the widest square that gets through nearly all of it."""
    for space in seen.building.spaces_of("corridor"):
        yield Row(passage(space), space.storey, space.label, space.id, space.name)


@measured("exits", Group.WAYS, "count", EXACT, "doors_that_lead_out", "EXT-01")
def exit_count(seen: Seen) -> Iterator[Row]:
    """Doors of the ground storey that lead out, by the uses that the code names; none where the model marks none."""
    if "EXT-01" in seen.params:
        yield Row(float(len(exits(seen.building, seen.params["EXT-01"]["exits"]))) or None)


@measured("travel_distance", Group.WAYS, "m", WAY, "shortest_way_on_foot", "EXT-02")
def travel_distance(seen: Seen) -> Iterator[Row]:
    """Way from the farthest corner of a room to a stair, on the ground floor to an exit; furniture is not seen."""
    if "EXT-02" not in seen.params:
        return
    doors = exits(seen.building, seen.params["EXT-02"]["exits"])
    spaces = {space.id: space for space in seen.building.spaces}
    if any(door.centre is not None for door in doors):
        for storey, key, way in travel(seen.building, doors, seen.params["EXT-02"]["uses"]):
            yield Row(way, storey.id, spaces[key].label, key, spaces[key].name)


@measured("exit_separation", Group.WAYS, "m", LENGTH, "between_middles_of_doors", "EXT-03")
def exit_separation(seen: Seen) -> Iterator[Row]:
    """Distance between the exits that are farthest from each other."""
    if "EXT-03" in seen.params:
        yield Row(separation(exits(seen.building, seen.params["EXT-03"]["exits"])))
