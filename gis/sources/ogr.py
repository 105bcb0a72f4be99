"""Read one layer through GDAL into our rows."""

import math
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyogrio.raw
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

from gis.remarks import Code, Remark, shortened
from gis.sources.layer import Limits, SourceLayer, SourceRow, Value, grid_notes, refuse

# The last two: a name that is no UTF-8, and a grid that is no definition, on which the library stumbles.
BROKEN = (
    DataSourceError, DataLayerError, FeatureError, FieldError, GeometryError, ValueError, RuntimeError,
    UnicodeDecodeError, UnboundLocalError,
)  # fmt: skip
_MOST_REMARKS = 5


def layer_names(path: Path) -> tuple[str, ...]:
    """Every layer of a file that GDAL opens; refuses what it does not."""
    try:
        return tuple(str(name) for name, _ in pyogrio.list_layers(path))
    except BROKEN as error:
        raise refuse(Code.FILE_BROKEN, shortened(_plain(error, path))) from error


def read_utf8(path: Path, name: str, layer: str | None, limits: Limits) -> SourceLayer:
    """The rows of a layer of a format that is UTF-8 by its standard; refuses another encoding too."""
    try:
        return read(path, name, layer, limits)
    except UnicodeDecodeError as error:
        raise refuse(Code.WRONG_ENCODING, "utf-8") from error


def read(path: Path, name: str, layer: str | None, limits: Limits, *, encoding: str | None = None) -> SourceLayer:
    """The rows of a layer; UnicodeDecodeError where its texts are not of that encoding, else refuses."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            info = pyogrio.read_info(path, layer=layer, encoding=encoding, force_feature_count=True)
            _bound(int(info["features"]), len(info["fields"]), limits)
            meta, fids, shapes, columns = pyogrio.raw.read(
                path, layer=layer, encoding=encoding, force_2d=True, return_fids=True, datetime_as_string=True
            )
        except UnicodeDecodeError:
            raise
        except BROKEN as error:
            raise refuse(Code.FILE_BROKEN, shortened(_plain(error, path))) from error
    fields = tuple(map(str, meta["fields"]))
    rows, notes = _rows(fields, shapes, columns, len(fids))
    grid, about = _grid(meta["crs"], rows)
    notes += [Remark(Code.READER_REMARK, value=shortened(w.message)) for w in told[:_MOST_REMARKS]]
    return SourceLayer(name, grid, encoding or "utf-8", fields, rows, (*notes, *about))


def _bound(rows: int, columns: int, limits: Limits) -> None:
    if rows > limits.rows:
        raise refuse(Code.TOO_MANY_ROWS, count=rows, limit=limits.rows)
    if columns > limits.columns:
        raise refuse(Code.TOO_LARGE, size=columns, limit=limits.columns)


def _rows(fields: tuple[str, ...], shapes: Any, columns: Any, count: int) -> tuple[tuple[SourceRow, ...], list[Remark]]:
    wkb = np.full(count, None, dtype=object) if shapes is None else shapes
    with np.errstate(invalid="ignore"):  # coordinates that are no numbers are told below
        drawn = shapely.from_wkb(wkb, on_invalid="ignore")
    notes = [
        Remark(Code.GEOMETRY_UNREADABLE, row=at + 1)
        for at in range(count)
        if wkb[at] is not None and (drawn[at] is None or not np.isfinite(shapely.get_coordinates(drawn[at])).all())
    ]
    lost = {note.row for note in notes}
    values = [[_value(value) for value in column] for column in columns]
    rows = tuple(
        SourceRow(
            at + 1,
            {field: column[at] for field, column in zip(fields, values, strict=True)},
            None if at + 1 in lost else drawn[at],
        )
        for at in range(count)
    )
    return rows, notes


def _value(value: Any) -> Value:
    """A plain value; what is no number, and what has no place in a table, is None or its text."""
    plain = value.item() if isinstance(value, np.generic) else value
    if plain is None or (isinstance(plain, float) and math.isnan(plain)):
        return None
    return plain if isinstance(plain, str | int | float | bool) else shortened(plain)


def _grid(stated: str | None, rows: tuple[SourceRow, ...]) -> tuple[str | None, tuple[Remark, ...]]:
    if stated and stated.split(":")[0].isalnum():
        return stated, ()
    if stated:  # a definition in full that no register has
        name = stated.split('"')[1] if '"' in stated else stated
        return None, (Remark(Code.GRID_UNNAMED, value=shortened(name)), *grid_notes(rows))
    return None, grid_notes(rows)


def _plain(error: Exception, path: Path) -> str:
    """The message without the folder of this machine."""
    return str(error).replace(f"{path.parent}/", "")
