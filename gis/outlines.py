"""Judge the outlines of a layer that comes in: where they lie, and whether each is a polygon to reckon with."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GeometryCollection, MultiPoint, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis.crs import COUNTRY, DATUM_OF, from_display, guess_grid, to_display
from gis.errors import UnknownGrid
from gis.mapping_file import DEGREES, AxisOrder, LayerMapping
from gis.mapping_targets import UNITS
from gis.remarks import Code, Remark

LEAST_AREA = 0.01
"""Square metres below which an outline is none: a line drawn to and fro."""

TOWN, FEW = 10_000.0, 0.1
"""Metres from its middle that a town reaches, and the part of its rows that may lie beyond for it to be one."""

Shapes = NDArray[Any]
Flags = NDArray[np.bool_]


def in_order(shapes: Shapes, mapping: LayerMapping) -> Shapes:
    """The shapes with x first and in metres, as the mapping reads its files."""
    factor = UNITS[mapping.coordinate_unit]
    order = [1, 0] if mapping.axis_order is AxisOrder.YX else [0, 1]
    if factor == 1.0 and order == [0, 1]:
        return shapes
    return np.asarray(shapely.transform(shapes, lambda points: points[:, order] * factor))


def place_faults(shapes: Shapes, rows: Sequence[int], mapping: LayerMapping) -> Iterator[Remark]:
    """What lies elsewhere than the mapping says, with the likeliest reason."""
    bounds = shapely.bounds(shapes)
    middle = (bounds[:, :2] + bounds[:, 2:]) / 2
    drawn = np.isfinite(middle).all(axis=1)
    small = (np.abs(middle[:, 0]) <= 180.0) & (np.abs(middle[:, 1]) <= 90.0)
    if mapping.grid == DEGREES:
        yield from (_at(Code.METRES_AS_DEGREES, rows[int(at)], middle[at]) for at in np.flatnonzero(drawn & ~small))
        drawn &= small
    inside = _within(middle, drawn, mapping)
    if inside is None:
        return
    yield from (_at(Code.AXES_SWAPPED, rows[int(at)], middle[at]) for at in _astray(middle, inside))
    swapped = _within(middle[:, ::-1], drawn & ~inside, mapping)
    for at in np.flatnonzero(drawn & ~inside):
        if mapping.grid != DEGREES and small[at]:
            yield _at(Code.DEGREES_AS_METRES, rows[int(at)], middle[at])
        elif swapped is not None and swapped[at]:
            yield _at(Code.AXES_SWAPPED, rows[int(at)], middle[at])
        else:
            yield _elsewhere(rows[int(at)], middle[at], mixed=bool(inside.any()))


def _astray(middle: NDArray[np.float64], inside: Flags) -> NDArray[np.int64]:
    """The few of a town's rows that lie far off, and in the town once their axes are exchanged.

    Where north and east are alike, as around Damascus in the Lambert grid, such a row still lies in the country.
    """
    if not inside.any():
        return np.empty(0, dtype=np.int64)
    town = np.median(middle[inside], axis=0)
    far = inside & (np.linalg.norm(middle - town, axis=1) > TOWN)
    back = far & (np.linalg.norm(middle[:, ::-1] - town, axis=1) <= TOWN)
    return np.flatnonzero(back) if far.sum() <= FEW * inside.sum() else np.empty(0, dtype=np.int64)


def _within(points: NDArray[np.float64], asked: Flags, mapping: LayerMapping) -> Flags | None:
    """Which of the asked points lie where they must; None where nobody says where that is."""
    result = np.zeros(len(points), dtype=bool)
    chosen = np.ascontiguousarray(points[asked])
    if mapping.extent:
        left, low, right, high = mapping.extent
        x, y = chosen.T
        result[asked] = (x >= left) & (x <= right) & (y >= low) & (y <= high)
    elif mapping.grid == DEGREES or mapping.grid in DATUM_OF:
        if len(chosen):
            degrees = chosen if mapping.grid == DEGREES else _degrees(chosen, mapping.grid)
            result[asked] = np.isfinite(degrees).all(axis=1) & shapely.contains_xy(COUNTRY, degrees)
    else:
        return None
    return result


def _degrees(points: NDArray[np.float64], grid: str) -> NDArray[np.float64]:
    return np.asarray(shapely.get_coordinates(to_display(MultiPoint(points), grid)))


def _elsewhere(row: int, point: NDArray[np.float64], *, mixed: bool) -> Remark:
    try:
        candidates = guess_grid(*map(float, point))
    except UnknownGrid:
        candidates = ()
    if mixed and candidates:
        return _at(Code.MIXED_GRIDS, row, point, candidates=", ".join(candidates))
    return _at(Code.OUTSIDE, row, point)


def _at(code: Code, row: int, point: NDArray[np.float64], **values: str) -> Remark:
    return Remark(code, row, value=f"{point[0]:.2f} {point[1]:.2f}", values=values)


def in_plane(shapes: Shapes, mapping: LayerMapping) -> Shapes:
    """The shapes in the plane grid; from degrees it is as good as the country's datum shift, about 5 m."""
    if mapping.grid != DEGREES:
        return shapes
    return np.asarray(from_display(shapes, mapping.to))  # one call for all: the projection is slow to call


def polygon_of(shape: BaseGeometry | None, row: int, mapping: LayerMapping) -> Polygon | MultiPolygon | list[Remark]:
    """The polygon of a row, or all that is wrong with it."""
    if shape is None or shape.is_empty:
        return [Remark(Code.GEOMETRY_MISSING, row)]
    parts = _parts(shape)
    if not parts:
        return [Remark(Code.NOT_A_POLYGON, row, value=shape.geom_type)]
    whole = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    return [*_faults(whole, parts, row, mapping)] or whole


def _parts(shape: BaseGeometry) -> list[Polygon]:
    """The polygons that make up a shape; none where anything in it is none."""
    parts = list(shape.geoms) if isinstance(shape, MultiPolygon | GeometryCollection) else [shape]
    return parts if all(isinstance(part, Polygon) for part in parts) else []


def _faults(whole: BaseGeometry, parts: list[Polygon], row: int, mapping: LayerMapping) -> Iterator[Remark]:
    holes = sum(len(part.interiors) for part in parts)
    if whole.area < LEAST_AREA and shapely.convex_hull(whole).area < LEAST_AREA:
        yield Remark(Code.NO_AREA, row, value=f"{whole.area:.4f}")
    elif not whole.is_valid:
        yield Remark(Code.SELF_CROSSING, row, value=_where(whole))
    if len(parts) > 1 and not mapping.multipart:
        yield Remark(Code.MULTI_PART, row, value=str(len(parts)))
    if holes and not mapping.holes:
        yield Remark(Code.HOLE, row, value=str(holes))


def _where(shape: BaseGeometry) -> str:
    """The point that the check of validity names, to the centimetre."""
    place = str(shapely.is_valid_reason(shape)).partition("[")[2].rstrip("]").split()
    return " ".join(f"{float(number):.2f}" for number in place)
