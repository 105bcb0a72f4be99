"""Read a layer of a GeoPackage (OGC 12-128r19)."""

import sqlite3
from contextlib import closing
from pathlib import Path

from gis.remarks import Code, listed, shortened
from gis.sources import ogr
from gis.sources.files import checked, head, neutral
from gis.sources.layer import Limits, SourceLayer, refuse

MAGIC = b"SQLite format 3\0"


def layers(path: Path) -> tuple[str, ...]:
    """Tables with and without geometry, by name."""
    with neutral({".gpkg": _sound(path, Limits())}) as folder:
        return ogr.layer_names(folder / "layer.gpkg")


def read(path: Path, layer: str | None = None, limits: Limits | None = None) -> SourceLayer:
    """One layer: the named one, or the only one; refuses with a code."""
    bounds = limits or Limits()
    with neutral({".gpkg": _sound(path, bounds)}) as folder:
        names = ogr.layer_names(folder / "layer.gpkg")
        chosen = chosen_layer(names, layer)
        return ogr.read_utf8(folder / "layer.gpkg", chosen, chosen, bounds)


def chosen_layer(names: tuple[str, ...], layer: str | None) -> str:
    """The layer that is meant; refuses where it is unknown, or none is named and there are several."""
    if not names:
        raise refuse(Code.NO_LAYER)
    if layer is None and len(names) == 1:
        return names[0]
    if layer is None:
        raise refuse(Code.LAYER_NEEDED, listed(names))
    if layer not in names:
        raise refuse(Code.LAYER_UNKNOWN, layer, known=listed(names))
    return layer


def _sound(path: Path, limits: Limits) -> Path:
    """An SQLite file with the contents table and without tables that call other programs."""
    if head(checked(path, limits), len(MAGIC)) != MAGIC:
        raise refuse(Code.FORMAT_UNKNOWN, path.name)
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            # Index tables are the only virtual ones that the standard knows; another may read what it likes.
            foreign = connection.execute(
                "select name from sqlite_master where sql like 'create virtual%' and sql not like '%using rtree%'"
            ).fetchone()
            connection.execute("select count(*) from gpkg_contents").fetchone()
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise refuse(Code.FILE_BROKEN, shortened(error)) from error
    if foreign:
        raise refuse(Code.FOREIGN_TABLE, str(foreign[0]))
    return path
