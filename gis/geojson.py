"""Shapes of a grid as GeoJSON (RFC 7946): WGS84 longitude and latitude, for display only."""

from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from gis.crs import to_display

GeoJson = dict[str, Any]
_DEGREES = 1e-7
"""About a centimetre."""


def collection(shapes: Iterable[tuple[BaseGeometry, Mapping[str, Any]]], grid: str) -> GeoJson:
    """A FeatureCollection of shapes with their properties; raises UnusableGrid."""
    features = [
        {
            "type": "Feature",
            "properties": dict(properties),
            "geometry": shapely.geometry.mapping(shapely.set_precision(to_display(shape, grid), _DEGREES)),
        }
        for shape, properties in shapes
    ]
    return {"type": "FeatureCollection", "features": features}
