"""Layers as offices hand them over: one reader for each format, one shape of result."""

from collections.abc import Callable
from pathlib import Path

from gis.remarks import Code
from gis.sources import dxf, geojson, geopackage, ifc, shapefile, sheet
from gis.sources.layer import Limits, SourceLayer, refuse

Reader = Callable[[Path, str | None, Limits], SourceLayer]

READERS: dict[str, Reader] = {
    ".gpkg": geopackage.read,
    ".shp": lambda path, _, limits: shapefile.read(path, limits),
    ".geojson": lambda path, _, limits: geojson.read(path, limits),
    ".json": lambda path, _, limits: geojson.read(path, limits),
    ".dxf": dxf.read,
    ".csv": lambda path, _, limits: sheet.read_csv(path, limits),
    ".xlsx": sheet.read_workbook,
    ".ifc": lambda path, _, limits: ifc.read(path, limits),
}


def read_layer(path: Path, layer: str | None = None, limits: Limits | None = None) -> SourceLayer:
    """A layer of any format by the suffix of its file; `layer` names one of several. Raises `LayerRefused`."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise refuse(Code.FORMAT_UNKNOWN, path.name)
    return reader(path, layer, limits or Limits())
