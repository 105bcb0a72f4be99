"""Read GeoJSON (RFC 7946), also that of before with another grid in "crs"."""

from pathlib import Path

from gis.remarks import Code
from gis.sources import ogr
from gis.sources.files import checked, head, neutral
from gis.sources.layer import Limits, SourceLayer, refuse

_STEP = 1 << 20


def read(path: Path, limits: Limits | None = None) -> SourceLayer:
    """The one layer of the file; its texts must be UTF-8, as the standard asks."""
    bounds = limits or Limits()
    start = head(checked(path, bounds)).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"{"):
        raise refuse(Code.FORMAT_UNKNOWN, path.name)
    _check_encoding(path)
    with neutral({".geojson": path}) as folder:
        return ogr.read_utf8(folder / "layer.geojson", path.stem, None, bounds)


def _check_encoding(path: Path) -> None:
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(_STEP):
                pass
    except UnicodeDecodeError as error:
        raise refuse(Code.WRONG_ENCODING, "UTF-8") from error
