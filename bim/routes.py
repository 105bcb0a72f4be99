"""Ways on foot through a storey: shortest paths on the free floor of spaces, from space to space through doors.

Metres. A space is crossed by the shortest way inside its plan, doors at their middle; spaces that touch along at least
a passage with no wall between them are one. Furniture is not seen.
"""

import heapq
from collections.abc import Iterable, Sequence
from itertools import combinations

import shapely
import shapely.ops
from shapely import LineString, Point

from bim import overlay
from bim.building import Building, Region, Space, Storey

_TOUCH, _PASSAGE = 0.05, 0.6
_SLACK = 1e-3
_SHAFTS = ("light_well", "lift")
_MOST_CORNERS = 40
Place = tuple[float, float]
Graph = dict[Place, dict[Place, float]]


def farthest(
    building: Building, storey: Storey, uses: Iterable[str], exits: Sequence[Place]
) -> dict[str, float | None]:
    """For each space of `uses` on the storey the way from its farthest corner to the nearest exit, None where none."""
    spaces = [s for s in building.spaces if s.storey == storey.id and s.region and s.use not in _SHAFTS]
    graph = _graph(building, spaces)
    away = _distances(graph, [place for place in exits if place in graph])
    wanted = set(uses)
    return {s.id: _most(away.get(corner) for corner in _corners(s.region)) for s in spaces if s.use in wanted}


def stairs_of(building: Building, storey: Storey) -> list[Place]:
    """The corners of the stairs' spaces on a storey: to stand in one is to have left the storey."""
    spaces = [s for s in building.spaces_of("stair") if s.storey == storey.id and s.region]
    return [corner for space in spaces for corner in _corners(space.region)] + [
        link for space in spaces for link in _links(building, space, building.spaces)
    ]


def _most(values: Iterable[float | None]) -> float | None:
    found = list(values)
    known = [value for value in found if value is not None]
    return max(known) if known and len(known) == len(found) else None


def _corners(region: Region) -> list[Place]:
    """The corners of the outer ring; a plan with very many is taken as a coarser one."""
    whole = max(getattr(region, "geoms", (region,)), key=lambda part: part.area)
    rings = whole if len(whole.exterior.coords) <= _MOST_CORNERS else whole.simplify(0.1)
    return [(float(x), float(y)) for x, y in rings.exterior.coords[:-1]]


def _graph(building: Building, spaces: Sequence[Space]) -> Graph:
    """Corners, doors and passages as places, joined where one sees the other inside a space."""
    graph: Graph = {}
    for space in spaces:
        region: Region = space.region
        places = list(dict.fromkeys([*_corners(region), *_links(building, space, spaces)]))
        free = region.buffer(_SLACK, join_style="mitre")
        feet = {place: _foot(region, place) for place in places}
        for a, b in combinations(places, 2):
            if free.covers(LineString([feet[a], feet[b]])):
                way = _apart(a, feet[a]) + _apart(feet[a], feet[b]) + _apart(feet[b], b)
                for one, other in ((a, b), (b, a)):
                    graph.setdefault(one, {})[other] = min(way, graph.get(one, {}).get(other, way))
    return graph


def _foot(region: Region, place: Place) -> Place:
    """The point of the space that is nearest to a door's middle."""
    near = shapely.ops.nearest_points(region, Point(place))[0]
    return (float(near.x), float(near.y))


def _apart(a: Place, b: Place) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)


def _links(building: Building, space: Space, spaces: Sequence[Space]) -> list[Place]:
    """The doors of a space, and the middles of what it has in common with spaces that touch it."""
    doors = [door.centre for door in building.doors if door.centre is not None and space.id in door.beside]
    return doors + [
        place
        for other in spaces
        if other.id != space.id and other.storey == space.storey and other.region
        for place in _passage(space, other)
    ]


def _passage(space: Space, other: Space) -> list[Place]:
    """The middle of the open side between two spaces; the same whichever is named first."""
    one: Region
    two: Region
    one, two = (s.region for s in sorted((space, other), key=lambda s: s.id))
    if one.distance(two) > _TOUCH:
        return []
    common = overlay.common(one.buffer(_TOUCH), two.buffer(_TOUCH))
    box = shapely.minimum_rotated_rectangle(common)
    if box.length / 2 < _PASSAGE:
        return []
    middle = common.centroid
    return [(round(float(middle.x), 6), round(float(middle.y), 6))]


def _distances(graph: Graph, starts: Iterable[Place]) -> dict[Place, float]:
    """The shortest way from the nearest start to every place (Dijkstra)."""
    best: dict[Place, float] = dict.fromkeys(starts, 0.0)
    heap = [(0.0, place) for place in best]
    heapq.heapify(heap)
    while heap:
        away, place = heapq.heappop(heap)
        if away > best[place]:
            continue
        for other, way in graph[place].items():
            if away + way < best.get(other, float("inf")):
                best[other] = away + way
                heapq.heappush(heap, (away + way, other))
    return best
