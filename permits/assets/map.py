"""Council property as GeoJSON in WGS84, by a box and with a limit; for drawing only."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.crs import from_display, to_display
from gis.geojson import GeoJson
from permits.assets.inventory import Stage
from permits.assets.tables import Asset
from permits.errors import Invalid
from permits.people.actor import STAFF, Actor, Role
from permits.spatial import Box, touching

MOST = 20_000
_DEGREES = 7
"""Decimals of a degree: about a centimetre."""

WORLD: Box = (-180.0, -90.0, 180.0, 90.0)


def read_box(text: str) -> Box:
    """West, south, east, north in degrees, comma between; raises Invalid."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise Invalid("box-unreadable") from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise Invalid("box-unreadable")
    return west, south, east, north


def assets_in(
    session: Session, *, actor: Actor, box: Box | None = None, stage: Stage | None = None, limit: int = MOST
) -> GeoJson:  # fmt: skip
    """The mapped properties whose bounds meet a box of degrees, at most `limit`; "more" says whether some are left."""
    actor.need(*STAFF, Role.SYSTEM)
    limit = max(1, min(limit, MOST))
    features: list[dict[str, Any]] = []
    for grid in session.scalars(select(Asset.grid).where(Asset.grid.is_not(None)).distinct().order_by(Asset.grid)):
        query = select(Asset.number, Asset.name, Asset.stage, Asset.domain, Asset.polygon).where(Asset.grid == grid)
        if stage is not None:
            query = query.where(Asset.stage == str(stage))
        if box is not None:
            query = query.where(touching(session, Asset, _in_grid(box, str(grid))))
        left = limit + 1 - len(features)
        rows = session.execute(query.order_by(Asset.number).limit(left)).all()
        features += _features(rows, str(grid))
    return {"type": "FeatureCollection", "features": features[:limit], "more": len(features) > limit}


def _in_grid(box: Box, grid: str) -> Box:
    """The bounds in a grid of a box of degrees, its sides followed, since they are no straight lines there."""
    west, south, east, north = box
    side = shapely.segmentize(shapely.box(west, south, east, north), max((east - west) / 8, (north - south) / 8))
    left, low, right, high = from_display(side, grid).bounds
    return left, low, right, high


def _features(rows: Sequence[Any], grid: str) -> list[dict[str, Any]]:
    """All corners go through the projection as one line: one by one, that costs most of the time."""
    if not rows:
        return []
    shapes = np.array([row.polygon for row in rows], dtype=object)
    ends = [0, *np.cumsum(shapely.get_num_coordinates(shapes)).tolist()]
    corners = shapely.linestrings(shapely.get_coordinates(shapes))
    degrees = np.round(shapely.get_coordinates(to_display(corners, grid)), _DEGREES).tolist()
    return [_feature(row, degrees[start:end]) for row, (start, end) in zip(rows, pairwise(ends), strict=True)]


def _feature(row: Any, ring: list[list[float]]) -> dict[str, Any]:
    """A property has one ring: shapes with holes are refused when they are drawn."""
    return {
        "type": "Feature",
        "properties": {
            "kind": "plot", "number": row.number, "name": row.name, "stage": row.stage, "domain": row.domain,
        },
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }  # fmt: skip
