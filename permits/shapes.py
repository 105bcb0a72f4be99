"""A shape as somebody gives it: GeoJSON in WGS84, or corners in a grid. Occupancies and properties are drawn so."""

import json
import math
from decimal import Decimal
from typing import Any

import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from gis.crs import from_display, ground_scale, to_display
from gis.site import Edge, EdgeRole
from permits.errors import Invalid

MOST_CORNERS = 500
LEAST_AREA, MOST_AREA = 0.25, 100_000.0
"""Square metres of what can stand on a pavement; less is a slip of the hand, more a mistaken unit."""

_MM, _CM2 = 0.001, Decimal("0.01")


def read_shape(text: str, grid: str, *, most: float = MOST_AREA) -> Polygon:
    """A polygon in the grid, to the millimetre, of GeoJSON in WGS84 or of a list of [x, y] in the grid itself.

    A Feature, or a FeatureCollection of one, is read by its geometry. Raises Invalid.
    """
    try:
        raw = json.loads(text)
        shape = from_display(_geojson(raw), grid) if isinstance(raw, dict) else Polygon(_corners(raw))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise Invalid("shape-unreadable") from error
    rounded = shapely.transform(shape, lambda points: (points / _MM).round() * _MM)
    return _sound(rounded, most)


def _geojson(raw: dict[str, Any]) -> BaseGeometry:
    while raw.get("type") in ("Feature", "FeatureCollection"):
        if raw["type"] == "FeatureCollection":
            (raw,) = raw["features"]
        else:
            raw = raw["geometry"]
    if raw.get("type") != "Polygon":
        raise ValueError("not a polygon")
    rings = [_corners(ring) for ring in raw["coordinates"]]
    if not all(abs(x) <= 180 and abs(y) <= 90 for ring in rings for x, y in ring):
        raise ValueError("not degrees")
    return Polygon(rings[0], rings[1:])


def _corners(raw: Any) -> list[tuple[float, float]]:
    points = [(float(point[0]), float(point[1])) for point in raw]
    if len(points) > MOST_CORNERS or not all(math.isfinite(x) and math.isfinite(y) for x, y in points):
        raise ValueError("too many corners, or none of this world")
    return points


def _sound(shape: BaseGeometry, most: float) -> Polygon:
    if not isinstance(shape, Polygon) or shape.is_empty or not shape.is_valid or shape.interiors:
        raise Invalid("shape-unsound")
    if not LEAST_AREA <= shape.area <= most:
        raise Invalid("shape-size", least=LEAST_AREA, most=most)
    return shapely.orient_polygons(shape)


def ground_area(shape: BaseGeometry, grid: str) -> Decimal:
    """Square metres on the ground, to the hundredth: those of the grid by its scale there."""
    middle = shape.centroid
    area = shape.area / ground_scale(float(middle.x), float(middle.y), grid) ** 2
    return Decimal(repr(float(area))).quantize(_CM2)


def standing_point(shape: BaseGeometry, grid: str) -> tuple[float, float]:
    """Longitude and latitude of a point in the shape."""
    point = to_display(shape.representative_point(), grid)
    return float(point.x), float(point.y)


def fronts_of(edges: tuple[Edge, ...]) -> list[BaseGeometry]:
    """The edges of a plot that lie on a street."""
    return [edge.line for edge in edges if edge.role is EdgeRole.FRONT]
