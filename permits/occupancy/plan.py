"""The place of an occupancy drawn (SVG): streets, pavement, plots by number, other occupancies, and itself."""

from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from gis.pavement import PUBLIC, Surroundings
from permits.drawings import Sheet, label
from permits.i18n import translate

_MARGIN = 12.0
"""Metres of the surroundings that are shown."""

_STREET = 'fill="#dcdcd8" stroke="none"'
_PAVEMENT = 'fill="#f3dfae" stroke="#c9ae6a" stroke-width="1"'
_PLOT = 'fill="#f7f5ee" stroke="#8a8a84" stroke-width="1"'
_OTHER = 'fill="#b9c7d6" stroke="#5b7186" stroke-width="1"'
_OWN = 'fill="#b3541e" fill-opacity=".8" stroke="#7a3712" stroke-width="2"'


def place_plan(
    shape: Polygon, around: Surroundings, others: Mapping[str, BaseGeometry], language: str, *, font: str = ""
) -> str:  # fmt: skip
    """The drawing, north up; `font` is the family of its texts where nothing around it says so."""
    frame = shapely.box(*shape.buffer(_MARGIN).bounds)
    sheet = Sheet.around([frame])
    parts = [_drawn(sheet, frame, [street.polygon for street in around.streets], _STREET)]
    parts += [_drawn(sheet, frame, [p.polygon for p in around.pavement if p.kind == PUBLIC], _PAVEMENT)]
    parts += [_drawn(sheet, frame, around.plots.values(), _PLOT), _drawn(sheet, frame, others.values(), _OTHER)]
    parts += [_drawn(sheet, frame, [shape], _OWN)]
    parts += list(_numbers(sheet, frame, around))
    return sheet.drawing([*parts, sheet.scale_bar()], translate(language, "licence-plan"), font=font)


def _drawn(sheet: Sheet, frame: BaseGeometry, shapes: Iterable[BaseGeometry], style: str) -> str:
    return "".join(sheet.area(_rings(shape.intersection(frame)), style) for shape in shapes if shape.intersects(frame))


def _rings(region: Any) -> Iterable[Iterable[tuple[float, float]]]:
    for part in shapely.get_parts(region):
        if isinstance(part, Polygon):
            yield part.exterior.coords
            yield from (ring.coords for ring in part.interiors)


def _numbers(sheet: Sheet, frame: BaseGeometry, around: Surroundings) -> Iterable[str]:
    for number, plot in around.plots.items():
        seen = plot.intersection(frame)
        if seen.area > 1.0:
            point = seen.representative_point()
            yield label(*sheet.point(float(point.x), float(point.y)), number, "#555")
