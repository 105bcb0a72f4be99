"""Name the edges of a plot by what they face: street, side, rear."""

import math
from collections.abc import Sequence
from itertools import pairwise

from shapely import LineString, Point, Polygon
from shapely.geometry.polygon import orient

from gis.site import Edge, EdgeRole
from gis.zone import Street

CONTACT = 0.10  # metres between a plot and a street that still touch: cadastres close to a few centimetres
STRAIGHT = 0.02  # metres that a surveyed point may lie off the straight line through its neighbours
OPPOSITE = math.cos(math.radians(45.0))  # an edge within this of the front's opposite direction is a rear

Vector = tuple[float, float]


def named_edges(polygon: Polygon, streets: Sequence[Street]) -> tuple[Edge, ...]:
    """The edges of a plot in boundary order (counter-clockwise), collinear pieces merged.

    Front: at least half of it lies on a street. Rear: opposite to the front within 45 degrees; a plot whose
    fronts look in different directions (a corner plot, a plot between two streets) has none. Side: the rest.
    """
    pieces = _merged([(line, _street_of(line, streets)) for line in _sides(polygon)])
    fronts = [_outward(line) for line, street in pieces if street]
    return tuple(
        Edge(line, _role(line, street, fronts), street.code if street else None, street.width if street else None)
        for line, street in pieces
    )


def _sides(polygon: Polygon) -> list[LineString]:
    return [LineString(pair) for pair in pairwise(orient(polygon).exterior.coords)]


def _street_of(line: LineString, streets: Sequence[Street]) -> Street | None:
    """The street that most of an edge lies on; the wider one where two share it equally."""
    shares = [(line.intersection(s.polygon.buffer(CONTACT)).length, s.width, s.code, s) for s in streets]
    length, _, _, street = max(shares, key=lambda share: share[:3], default=(0.0, 0.0, "", None))
    return street if length >= line.length / 2 else None


def _merged(pieces: list[tuple[LineString, Street | None]]) -> list[tuple[LineString, Street | None]]:
    """Join consecutive pieces of one straight line that face the same street, or none."""
    turn = next((i for i in range(len(pieces)) if not _continues(pieces[i - 1], pieces[i])), 0)
    result: list[tuple[LineString, Street | None]] = []
    for piece in pieces[turn:] + pieces[:turn]:
        if result and _continues(result[-1], piece):
            start, street = result.pop()
            result.append((LineString([start.coords[0], piece[0].coords[-1]]), street))
        else:
            result.append(piece)
    return result


def _continues(first: tuple[LineString, Street | None], second: tuple[LineString, Street | None]) -> bool:
    chord = LineString([first[0].coords[0], second[0].coords[-1]])
    straight = chord.distance(Point(first[0].coords[-1])) <= STRAIGHT
    return first[1] == second[1] and straight and _cos(_outward(first[0]), _outward(second[0])) > 0


def _role(line: LineString, street: Street | None, fronts: Sequence[Vector]) -> EdgeRole:
    if street:
        return EdgeRole.FRONT
    one_direction = all(_cos(a, b) > OPPOSITE for a in fronts for b in fronts)
    away = (sum(x for x, _ in fronts), sum(y for _, y in fronts))
    opposite = fronts and one_direction and _cos(_outward(line), away) < -OPPOSITE
    return EdgeRole.REAR if opposite else EdgeRole.SIDE


def _outward(line: LineString) -> Vector:
    """The normal that points out of a counter-clockwise ring, as long as the edge."""
    (x0, y0), (x1, y1) = line.coords
    return y1 - y0, x0 - x1


def _cos(a: Vector, b: Vector) -> float:
    return (a[0] * b[0] + a[1] * b[1]) / (math.hypot(*a) * math.hypot(*b))
