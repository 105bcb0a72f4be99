"""Shapes of a grid as GeoJSON (RFC 7946): WGS84 longitude and latitude, for display only."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
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


def features_text(shapes: Sequence[BaseGeometry], properties: Iterable[Mapping[str, Any]], grid: str) -> str:
    """The features of many shapes as JSON, parted by commas: in one pass, for a whole city; raises UnusableGrid."""
    placed = to_display(np.array(shapes, dtype=object), grid)
    rounded = shapely.transform(placed, lambda points: np.round(points, 7))
    said = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in properties)
    return ",".join(
        f'{{"type":"Feature","properties":{one},"geometry":{drawn}}}'
        for one, drawn in zip(said, shapely.to_geojson(rounded), strict=True)
    )
