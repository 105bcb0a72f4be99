"""The shape of a property before it is kept: its ground area, its place on the map, or that of a plot of the land."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from gis.geojson import GeoJson, collection
from permits.assets.inventory import LARGEST
from permits.errors import Invalid
from permits.land.zones import find_plot
from permits.shapes import ground_area, read_shape

Corner = Sequence[float]
"""Longitude and latitude."""

LEAST_CORNERS = 3


@dataclass(frozen=True)
class Measured:
    """A shape that can be kept: square metres on the ground, and its outline in WGS84 to be drawn."""

    area: Decimal
    outline: GeoJson


def measure(shape: str, grid: str) -> Measured:
    """What a shape comes to as `put_on_map` would read it. Raises Invalid."""
    polygon = read_shape(shape, grid, most=LARGEST)
    return Measured(ground_area(polygon, grid), collection([(polygon, {})], grid))


def shape_of_plot(session: Session, *, zone: str, number: str) -> str:
    """The corners of a plot in its grid, as text that `measure` reads. Raises NotFound, Invalid."""
    polygon = find_plot(session, zone=zone, number=number.strip()).polygon
    if len(polygon.interiors):
        raise Invalid("shape-unsound")
    return json.dumps([list(point[:2]) for point in list(polygon.exterior.coords)[:-1]])


def shape_of_corners(corners: Sequence[Corner]) -> str:
    """Corners that were pointed at on the map, as GeoJSON; empty while they enclose nothing."""
    if len(corners) < LEAST_CORNERS:
        return ""
    ring = [[round(float(x), 7), round(float(y), 7)] for x, y in corners]
    return json.dumps({"type": "Polygon", "coordinates": [[*ring, ring[0]]]})
