"""Read the layers of a zone's GeoPackage, which is an SQLite file by its standard (OGC 12-128r19)."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from gis.errors import BrokenRow, NotAZoneFile, WrongGrid

GRIDS = frozenset({"EPSG:22770", "EPSG:22780", "EPSG:32637"})
"""Grids of Syria, known without asking the projection library, which is slow to load."""

BATCH = 5000
_POLYGON, _MULTIPOLYGON = 3, 6  # types of the geometry library
ENVELOPE_BYTES = (0, 32, 48, 48, 64)  # of a geometry header, by its envelope code
LAYERS = ("zone", "streets", "plots", "planning_sheets", "parcels", "shares", "value_zones", "pavement")

Row = Mapping[str, Any]
Box = tuple[float, float, float, float]


class Layers:
    """An open zone file; rows come as mappings, the geometry of a row under "polygon"."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        connection.row_factory = sqlite3.Row
        try:
            self._geometry = dict(
                connection.execute("select table_name, column_name from gpkg_geometry_columns").fetchall()
            )
            self._tables = {name for (name,) in connection.execute("select table_name from gpkg_contents")}
        except sqlite3.DatabaseError as error:
            raise NotAZoneFile(path=path.name) from error

    def grid(self) -> str:
        """The one plane grid in metres, such as "EPSG:22770"; WrongGrid where it is none or layers differ."""
        found = self._connection.execute(
            "select c.table_name, s.organization || ':' || s.organization_coordsys_id"
            " from gpkg_geometry_columns c join gpkg_spatial_ref_sys s on s.srs_id = c.srs_id"
        ).fetchall()
        grids = {grid for _, grid in found}
        for layer, grid in found:
            if not _is_plane(grid) or len(grids) > 1:
                raise WrongGrid(layer=layer, grid=grid)
        if not grids:
            raise NotAZoneFile(path=self._path.name, layer="plots")
        return str(grids.pop())

    def rows(self, layer: str, *, near: Box | None = None, **equal: str) -> Iterator[Row]:
        """Rows of a layer whose columns equal the given texts, and whose bounds touch the box `near`."""
        if layer not in LAYERS or layer not in self._tables:
            raise NotAZoneFile(path=self._path.name, layer=layer)
        conditions = [f'"{column}" = ?' for column in equal]
        values: list[object] = list(equal.values())
        geometry = self._geometry.get(layer)
        if near is not None and self._has_index(layer):
            index = f"rtree_{layer}_{geometry}"
            bounds = "maxx >= ? and minx <= ? and maxy >= ? and miny <= ?"
            conditions.append(f'rowid in (select id from "{index}" where {bounds})')  # noqa: S608 - LAYERS names only
            values += [near[0], near[2], near[1], near[3]]
        where = f" where {' and '.join(conditions)}" if conditions else ""
        cursor = self._connection.execute(f'select * from "{layer}"{where} order by rowid', values)  # noqa: S608 - LAYERS only
        while batch := [dict(row) for row in cursor.fetchmany(BATCH)]:
            yield from self._with_polygons(layer, batch, geometry) if geometry else batch

    def table(self, layer: str) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
        """Columns and rows of a layer as they lie in the file: for a table so long that mappings cost too much."""
        if layer not in LAYERS or layer not in self._tables:
            raise NotAZoneFile(path=self._path.name, layer=layer)
        cursor = self._connection.cursor()
        cursor.row_factory = None
        cursor.execute(f'select * from "{layer}" order by rowid')  # noqa: S608 - LAYERS names only
        return tuple(str(column[0]) for column in cursor.description), cursor

    def _has_index(self, layer: str) -> bool:
        name = f"rtree_{layer}_{self._geometry[layer]}"
        return bool(self._connection.execute("select 1 from sqlite_master where name = ?", [name]).fetchone())

    def _with_polygons(self, layer: str, rows: list[dict[str, Any]], column: str) -> Iterator[Row]:
        """The rows with their polygons, counter-clockwise; many at once, since a call of the library costs most."""
        shapes = shapely.from_wkb(np.array([_wkb(row.pop(column)) for row in rows], dtype=object))
        alone = (shapely.get_type_id(shapes) == _MULTIPOLYGON) & (shapely.get_num_geometries(shapes) == 1)
        shapes[alone] = shapely.get_geometry(shapes[alone], 0)
        sound = (shapely.get_type_id(shapes) == _POLYGON) & shapely.is_valid(shapes) & ~shapely.is_empty(shapes)
        for at in np.flatnonzero(~sound)[:1]:
            raise BrokenRow(layer=layer, column=column, value=shapely.is_valid_reason(shapes[at]))
        for row, polygon in zip(rows, shapely.orient_polygons(shapes), strict=True):
            row["polygon"] = polygon
            yield row


def _is_plane(grid: str) -> bool:
    if grid in GRIDS:
        return True
    from gis.crs import is_plane

    return is_plane(grid)


@contextmanager
def open_layers(path: Path) -> Iterator[Layers]:
    """Open a zone's GeoPackage for reading; NotAZoneFile where it is none."""
    if not path.is_file():
        raise NotAZoneFile(path=path.name)
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        yield Layers(connection, path)


def _wkb(blob: bytes | None) -> bytes | None:
    """Strip the GeoPackage header: magic, version, flags, reference system, envelope."""
    return blob[8 + ENVELOPE_BYTES[(blob[3] >> 1) & 7] :] if blob else None
