"""A layer as it was handed over, before any meaning is given to its columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

import shapely
from shapely.geometry.base import BaseGeometry

from gis.crs import guess_grid
from gis.errors import UnknownGrid
from gis.remarks import Code, LayerRefused, Remark

Value = str | int | float | bool | None


@dataclass(frozen=True)
class Limits:
    """What a file may hold at most: bytes on disk (and unpacked), rows, columns."""

    bytes: int = 1 << 30
    rows: int = 1_000_000
    columns: int = 500


@dataclass(frozen=True)
class SourceRow:
    """One row: its number in the source from 1, its values by column, its geometry as drawn (perhaps not valid)."""

    number: int
    attributes: Mapping[str, Value]
    geometry: BaseGeometry | None = None


@dataclass(frozen=True)
class SourceLayer:
    """What a file gives.

    `grid` is an authority code such as "EPSG:22770" or None where the file names none; coordinates are those of the
    file (x first). `encoding` is that of its texts; `notes` tell what was guessed or left out.
    """

    name: str
    grid: str | None
    encoding: str
    fields: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    notes: tuple[Remark, ...] = ()


def refuse(code: Code, value: str = "", **values: str | float | int) -> LayerRefused:
    """The exception for a fault of the whole file."""
    return LayerRefused(Remark(code, value=value, values=values))


def grid_notes(rows: tuple[SourceRow, ...]) -> tuple[Remark, ...]:
    """Where a file names no grid: the Syrian grids in which its middle lies in the country."""
    shapes = [row.geometry for row in islice(rows, 10_000) if row.geometry is not None and not row.geometry.is_empty]
    if not shapes:
        return ()
    left, low, right, high = shapely.total_bounds(shapes)
    missing = Remark(Code.GRID_MISSING)
    try:
        found = guess_grid(float(left + right) / 2, float(low + high) / 2)
    except UnknownGrid as error:
        return missing, Remark(Code.GRID_NOWHERE, values=error.values)
    return missing, Remark(Code.GRID_CANDIDATES, value=", ".join(found))
