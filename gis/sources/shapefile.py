"""Read a shapefile: three files that belong together, an encoding that may be stated, a grid that may be."""

import codecs
import re
from pathlib import Path

from gis.remarks import Code, Remark, shortened
from gis.sources import ogr
from gis.sources.files import checked, head, neutral, parts
from gis.sources.layer import Limits, SourceLayer, refuse

MAGIC = b"\x00\x00\x27\x0a"
_NEEDED = (".shp", ".shx", ".dbf")
_READ = (*_NEEDED, ".prj")


def read(path: Path, limits: Limits | None = None) -> SourceLayer:
    """The layer in the encoding of its .cpg, else UTF-8 where its texts are that, else Windows-1256."""
    bounds = limits or Limits()
    found = parts(checked(path, bounds))
    _check_sizes(found, bounds)
    stated, notes = _stated(found.get(".cpg"))
    with neutral({suffix: found[suffix] for suffix in _READ if suffix in found}) as folder:
        for encoding in [stated] if stated else ["utf-8", "cp1256"]:
            try:
                layer = ogr.read(folder / "layer.shp", path.stem, None, bounds, encoding=encoding)
            except UnicodeDecodeError:
                continue
            guessed = () if stated or encoding == "utf-8" else (Remark(Code.ENCODING_GUESSED, value="cp1256"),)
            return SourceLayer(layer.name, layer.grid, encoding, layer.fields, layer.rows,
                               (*notes, *guessed, *layer.notes))  # fmt: skip
    raise refuse(Code.WRONG_ENCODING, stated or "")


def _check_sizes(found: dict[str, Path], limits: Limits) -> None:
    """What the headers say must be there and agree, before any reader trusts it."""
    for suffix in _NEEDED:
        if suffix not in found:
            raise refuse(Code.PART_MISSING, suffix)
        checked(found[suffix], limits)
    for suffix in (".shp", ".shx"):
        start = head(found[suffix], 100)
        if start[:4] != MAGIC:
            raise refuse(Code.FORMAT_UNKNOWN, found[suffix].name)
        if len(start) < 100 or int.from_bytes(start[24:28], "big") * 2 > found[suffix].stat().st_size:
            raise refuse(Code.FILE_TRUNCATED, found[suffix].name)
    table = head(found[".dbf"], 32)
    count, start_of_rows, width = (int.from_bytes(table[a:b], "little") for a, b in ((4, 8), (8, 10), (10, 12)))
    if len(table) < 32 or start_of_rows + count * width > found[".dbf"].stat().st_size:
        raise refuse(Code.FILE_TRUNCATED, found[".dbf"].name)
    shapes = (int.from_bytes(head(found[".shx"], 100)[24:28], "big") * 2 - 100) // 8
    if shapes != count:
        raise refuse(Code.COUNTS_DIFFER, found[".dbf"].name, shapes=shapes, rows=count)


def _stated(cpg: Path | None) -> tuple[str | None, tuple[Remark, ...]]:
    """The codec that a .cpg names ("UTF-8", "1256", "ANSI 1256"); a note where it is none."""
    if cpg is None:
        return None, ()
    said = head(cpg, 64).decode("ascii", "replace").strip().strip("\0")
    number = re.search(r"(?:^|\D)(8?\d{3,5})$", said)
    for name in (said, f"cp{number[1]}" if number else said, said.replace("8859", "iso8859-", 1)):
        try:
            return codecs.lookup(name).name, ()
        except (LookupError, ValueError):
            continue
    return None, (Remark(Code.ENCODING_UNKNOWN, value=shortened(said)),)
