"""Layers as offices hand them over: one reader for each format, one shape of result."""

from collections.abc import Callable
from pathlib import Path

from gis.remarks import Code
from gis.sources.layer import Limits, SourceLayer, refuse

Reader = Callable[[Path, str | None, Limits], SourceLayer]

# Each format brings a heavy library, which is loaded by its first file: a server starts without any.


def _geopackage(path: Path, layer: str | None, limits: Limits) -> SourceLayer:
    from gis.sources import geopackage

    return geopackage.read(path, layer, limits)


def _shapefile(path: Path, _: str | None, limits: Limits) -> SourceLayer:
    from gis.sources import shapefile

    return shapefile.read(path, limits)


def _geojson(path: Path, _: str | None, limits: Limits) -> SourceLayer:
    from gis.sources import geojson

    return geojson.read(path, limits)


def _dxf(path: Path, layer: str | None, limits: Limits) -> SourceLayer:
    from gis.sources import dxf

    return dxf.read(path, layer, limits)


def _csv(path: Path, _: str | None, limits: Limits) -> SourceLayer:
    from gis.sources import sheet

    return sheet.read_csv(path, limits)


def _workbook(path: Path, layer: str | None, limits: Limits) -> SourceLayer:
    from gis.sources import sheet

    return sheet.read_workbook(path, layer, limits)


def _ifc(path: Path, _: str | None, limits: Limits) -> SourceLayer:
    from gis.sources import ifc

    return ifc.read(path, limits)


READERS: dict[str, Reader] = {
    ".gpkg": _geopackage,
    ".shp": _shapefile,
    ".geojson": _geojson,
    ".json": _geojson,
    ".dxf": _dxf,
    ".csv": _csv,
    ".xlsx": _workbook,
    ".ifc": _ifc,
}


def read_layer(path: Path, layer: str | None = None, limits: Limits | None = None) -> SourceLayer:
    """A layer of any format by the suffix of its file; `layer` names one of several. Raises `LayerRefused`."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise refuse(Code.FORMAT_UNKNOWN, path.name)
    return reader(path, layer, limits or Limits())
