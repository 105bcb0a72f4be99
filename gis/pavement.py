"""The pavement around a shape that stands on it, and the width it leaves to walkers.

Everything is in metres of the zone's plane grid. The pavement is the zone's own layer where the file has one; else
it is derived: the strip between a street's edge and the plots beside it. Where streets are drawn up to the plots
the file says nothing about pavements, and there is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from pathlib import Path

import shapely
from shapely import LineString, MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from gis import records
from gis.edges import CONTACT
from gis.errors import NotAZoneFile
from gis.layers import Box, Layers, open_layers
from gis.zone import Pavement, Street

PUBLIC = "public"
"""The kind of pavement that belongs to everybody."""

_THIN = 0.05
"""Metres; a gap between street and plots that is nowhere twice as wide is drawing, not pavement."""


class Source(StrEnum):
    """Where a pavement comes from."""

    LAYER = "layer"
    DERIVED = "derived"
    NONE = "none"


@dataclass(frozen=True)
class Surroundings:
    """What a zone file has near a shape; `residual` is the one-sigma position error of its survey."""

    grid: str
    residual: float
    streets: tuple[Street, ...]
    plots: Mapping[str, Polygon]
    pavement: tuple[Pavement, ...]
    has_layer: bool


def surroundings(layers: Path, shape: BaseGeometry, *, reach: float) -> Surroundings:
    """Streets, plots and pavement within `reach` of a shape; raises the errors of `gis.errors`."""
    left, low, right, high = shape.bounds
    near: Box = (left - reach, low - reach, right + reach, high + reach)
    with open_layers(layers) as file:
        has_layer = _has_pavement(file)
        zones = [records.planning_zone(row) for row in file.rows("zone")]
        return Surroundings(
            grid=file.grid(),
            residual=max((zone.residual for zone in zones), default=0.0),
            streets=tuple(records.street(row) for row in file.rows("streets", near=near)),
            plots={str(row["number"]): row["polygon"] for row in file.rows("plots", near=near)},
            pavement=tuple(records.pavement(row) for row in file.rows("pavement", near=near)) if has_layer else (),
            has_layer=has_layer,
        )


def _has_pavement(file: Layers) -> bool:
    """Whether the layer has a row; a file without it has no pavement, which is no fault."""
    try:
        return next(iter(file.rows("pavement")), None) is not None
    except NotAZoneFile:
        return False


def pavement_of(around: Surroundings, *, reach: float) -> tuple[BaseGeometry, Source]:
    """The public pavement, and where it comes from; no derived pavement is wider than `reach`."""
    if around.has_layer:
        strips = [strip.polygon for strip in around.pavement if strip.kind == PUBLIC]
        return shapely.union_all(strips), Source.LAYER
    streets = shapely.union_all([street.polygon for street in around.streets])
    if streets.is_empty or not around.plots:
        return Polygon(), Source.NONE
    plots = shapely.union_all(list(around.plots.values()))
    between = _closed(streets.union(plots), reach).difference(_closed(streets, reach)).difference(_closed(plots, reach))
    gap = between.buffer(-_THIN, join_style="mitre").buffer(_THIN, join_style="mitre")
    return gap, Source.NONE if gap.is_empty else Source.DERIVED


def _closed(shape: BaseGeometry, width: float) -> BaseGeometry:
    """The shape with its gaps filled that are narrower than `width`."""
    return shape.buffer(width / 2, join_style="mitre").buffer(-width / 2, join_style="mitre")


def corners(around: Surroundings) -> MultiPoint:
    """Where two streets meet, within CONTACT: the ends of the border they share. Pieces of one street make none."""
    points = []
    for one, other in combinations(around.streets, 2):
        if one.name == other.name:
            continue
        shared = one.polygon.buffer(CONTACT, join_style="mitre").intersection(other.polygon.boundary)
        for line in shapely.get_parts(shared if shared.geom_type == "LineString" else shapely.line_merge(shared)):
            if isinstance(line, LineString) and not line.is_empty:
                points += [line.coords[0], line.coords[-1]]
    return MultiPoint(points)


def beyond_frontage(plot: Polygon, fronts: Sequence[BaseGeometry], shape: BaseGeometry, *, depth: float) -> float:
    """Square metres of a shape that do not stand before the plot's own street edges.

    Before an edge is the rectangle over its length, `depth` metres out of the plot.
    """
    before = [front.buffer(depth, cap_style="flat") for front in fronts]
    return float(shape.difference(shapely.union_all([*before, plot])).area)
