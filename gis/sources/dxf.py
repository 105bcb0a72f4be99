"""Read plots from a drawing (DXF): outlines of one of its layers, each with the text that stands in it."""

import re
from collections import defaultdict
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import pyogrio
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from gis.remarks import Code, Remark, listed, shortened
from gis.sources import ogr
from gis.sources.files import checked, decoded, head, neutral
from gis.sources.geopackage import chosen_layer
from gis.sources.layer import Limits, SourceLayer, SourceRow, grid_notes, refuse

CLOSING = 0.05
"""Metres between the ends of an outline that was meant to be closed."""

FIELDS = ("layer", "text", "handle")
_START = re.compile(rb"\s*(?:999\r?\n[^\r\n]*\r?\n\s*)*0\s*\r?\n\s*SECTION")
_CODE_PAGE = re.compile(rb"\$DWGCODEPAGE\s+3\s+ANSI_(\d+)", re.IGNORECASE)
_VERSION = re.compile(rb"\$ACADVER\s+1\s+AC(\d+)")
_UTF8_SINCE = 1021  # drawings of 2007 and later are UTF-8 whatever their code page says
_SETTING = Lock()  # the encoding of a drawing is a setting of the whole library


def read(
    path: Path,
    layer: str | None = None,
    limits: Limits | None = None,
    *,
    text_layer: str | None = None,
    closing: float = CLOSING,
) -> SourceLayer:
    """Outlines of a layer of the drawing; an outline whose ends lie within `closing` metres is closed, and told.

    The column `text` holds the one text inside an outline (of the smallest, where they lie in each other), None where
    there is none or more than one, which is told. `text_layer` limits where texts are looked for.
    """
    drawing, encoding, guessed = _entities(checked(path, limits or Limits()), limits or Limits())
    lines = [row for row in drawing.rows if isinstance(row.geometry, LineString)]
    chosen = chosen_layer(tuple(sorted({_of(row, "Layer") for row in lines})), layer)
    outlines = [_outline(row, at, closing) for at, row in enumerate((r for r in lines if _of(r, "Layer") == chosen), 1)]
    texts = _texts(drawing, text_layer, [shape for shape, _, _ in outlines])
    notes = list(guessed)
    rows = []
    for at, (shape, handle, remark) in enumerate(outlines):
        found = texts.get(at, [])
        rows.append(SourceRow(at + 1, {"layer": chosen, "text": found[0] if len(found) == 1 else None,
                                       "handle": handle}, shape))  # fmt: skip
        notes += [remark] if remark else []
        if isinstance(shape, Polygon) and len(found) != 1:
            notes.append(Remark(Code.TEXT_SEVERAL if found else Code.TEXT_MISSING, at + 1, "text", listed(found)))
    left = sum(_of(r, "Layer") == chosen for r in drawing.rows) - len(outlines) - _count_texts(drawing, chosen)
    notes += [Remark(Code.OUTLINE_NOT_READ, value=chosen, values={"count": left})] if left else []
    return SourceLayer(chosen, None, encoding, FIELDS, tuple(rows), (*notes, *grid_notes(tuple(rows))))


def layers(path: Path) -> tuple[str, ...]:
    """The layers of the drawing that hold lines."""
    drawing, _, _ = _entities(checked(path, Limits()), Limits())
    return tuple(sorted({_of(row, "Layer") for row in drawing.rows if isinstance(row.geometry, LineString)}))


def _entities(path: Path, limits: Limits) -> tuple[SourceLayer, str, tuple[Remark, ...]]:
    raw = path.read_bytes()
    if not _START.match(head(path)):
        raise refuse(Code.FORMAT_UNKNOWN, path.name)
    if b"EOF" not in raw[-64:]:
        raise refuse(Code.FILE_TRUNCATED, path.name)
    encoding, notes = _encoding(raw)
    with _SETTING, neutral({".dxf": path}) as folder:
        before = pyogrio.get_gdal_config_option("DXF_ENCODING")
        pyogrio.set_gdal_config_options({"DXF_ENCODING": encoding.upper()})
        try:
            return ogr.read_utf8(folder / "layer.dxf", path.stem, None, limits), encoding, notes
        finally:
            pyogrio.set_gdal_config_options({"DXF_ENCODING": before})


def _encoding(raw: bytes) -> tuple[str, tuple[Remark, ...]]:
    version, page = _VERSION.search(raw, 0, 1 << 16), _CODE_PAGE.search(raw, 0, 1 << 16)
    if version and int(version[1]) >= _UTF8_SINCE:
        return decoded(raw, "utf-8")[1], ()
    if page and not raw.isascii():
        return f"cp{int(page[1])}", ()
    _, encoding, guessed = decoded(raw)
    return encoding, (Remark(Code.ENCODING_GUESSED, value=encoding),) if guessed else ()


def _outline(row: SourceRow, at: int, closing: float) -> tuple[BaseGeometry, Any, Remark | None]:
    """The polygon of a line, or the line where it stays open."""
    line, handle = row.geometry, row.attributes.get("EntityHandle")
    assert isinstance(line, LineString)  # noqa: S101 - the caller picked lines
    ends = shapely.get_point(line, 0), shapely.get_point(line, -1)
    gap = float(shapely.distance(*ends))
    corners = np.unique(shapely.get_coordinates(line), axis=0)
    if gap > closing or len(corners) < 3:
        return line, handle, Remark(Code.OUTLINE_OPEN, at, value=f"{gap:.3f}")
    remark = Remark(Code.OUTLINE_CLOSED, at, value=f"{gap:.3f}") if gap > 0 else None
    return Polygon(line.coords), handle, remark


def _texts(drawing: SourceLayer, layer: str | None, shapes: list[BaseGeometry]) -> dict[int, list[str]]:
    """Texts by the index of the smallest outline around them."""
    found = [row for row in drawing.rows if _is_text(row) and layer in (None, _of(row, "Layer"))]
    closed = [at for at, shape in enumerate(shapes) if isinstance(shape, Polygon)]
    tree = shapely.STRtree([shapes[at] for at in closed])
    around: dict[int, list[int]] = defaultdict(list)
    for text, outline in tree.query(np.array([row.geometry for row in found], dtype=object), predicate="within").T:
        around[int(text)].append(closed[int(outline)])
    result: dict[int, list[str]] = defaultdict(list)
    for text, candidates in around.items():
        smallest = min(candidates, key=lambda at: (shapes[at].area, at))
        result[smallest].append(" ".join(shortened(found[text].attributes["Text"]).split()))
    return result


def _is_text(row: SourceRow) -> bool:
    return bool(row.attributes.get("Text")) and isinstance(row.geometry, shapely.Point)


def _count_texts(drawing: SourceLayer, layer: str) -> int:
    return sum(_is_text(row) and _of(row, "Layer") == layer for row in drawing.rows)


def _of(row: SourceRow, field: str) -> str:
    return str(row.attributes.get(field) or "")
