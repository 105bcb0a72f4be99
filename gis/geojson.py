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


def geometry(shape: BaseGeometry, grid: str) -> GeoJson:
    """One shape as a geometry, rounded corner by corner, so that the thinnest sliver is still there."""
    drawn: GeoJson = shapely.geometry.mapping(_rounded(to_display(shape, grid)))
    return drawn


def box(bounds: Sequence[float], grid: str) -> list[float]:
    """Left, low, right and high of a grid in WGS84; raises UnusableGrid."""
    return list(_rounded(to_display(shapely.box(*bounds), grid)).bounds)


def _rounded(shapes: Any) -> Any:
    return shapely.transform(shapes, lambda points: np.round(points, 7))


def features_text(shapes: Sequence[BaseGeometry], properties: Iterable[Mapping[str, Any]], grid: str) -> str:
    """The features of many shapes as JSON, parted by commas: in one pass, for a whole city; raises UnusableGrid."""
    rounded = _rounded(to_display(np.array(shapes, dtype=object), grid))
    said = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in properties)
    return ",".join(
        f'{{"type":"Feature","properties":{one},"geometry":{drawn}}}'
        for one, drawn in zip(said, shapely.to_geojson(rounded), strict=True)
    )
