"""Read plots from a drawing (DXF): closed polylines of one of its layers, each with the text that stands in it."""

import io
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import ezdxf
import numpy as np
import shapely
from ezdxf.lldxf.encoding import decode_dxf_unicode, has_dxf_unicode
from ezdxf.math import bulge_to_arc
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from gis.remarks import Code, Remark, listed, shortened
from gis.sources.files import checked, decoded, head
from gis.sources.geopackage import chosen_layer
from gis.sources.layer import Limits, SourceLayer, SourceRow, grid_notes, refuse

CLOSING = 0.05
"""Metres between the ends of an outline that was meant to be closed."""

SAGITTA = 0.005
"""Metres by which a chord may lie off the arc that it stands for."""

MOST_BYTES = 64 << 20
"""Of a drawing, which takes some twenty times its size in memory; a hundred thousand plots take about half of it."""

FIELDS = ("layer", "text", "handle")
_MOST_CHORDS = 128
_FARTHEST = 1e9
_START = re.compile(rb"\s*(?:999\r?\n[^\r\n]*\r?\n\s*)*0\s*\r?\n\s*SECTION")
_CODE_PAGE = re.compile(rb"\$DWGCODEPAGE\s+3\s+ANSI_(\d+)", re.IGNORECASE)
_VERSION = re.compile(rb"\$ACADVER\s+1\s+AC(\d+)")
_UTF8_SINCE = 1021  # drawings of 2007 and later are UTF-8 whatever their code page says
_TEXTS = ("TEXT", "MTEXT", "ATTRIB")

Corner = tuple[float, float, float]
"""x, y, and the bulge of the arc to the next corner: a quarter of its angle's tangent, 0 of a straight line."""


@dataclass(frozen=True)
class _Drawn:
    """An entity of the drawing: a line, a text at a point, or with neither what is not read."""

    layer: str
    handle: str
    line: LineString | None = None
    text: str = ""
    point: Point | None = None


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
    there is none or more than one, which is told. `text_layer` limits where texts are looked for. Arcs become chords;
    blocks and paper space are not read, but for the attributes of blocks, which are texts.
    """
    bounds = limits or Limits()
    drawn, encoding, guessed = _entities(path, bounds)
    chosen = chosen_layer(_layers(drawn), layer)
    lines = [one for one in drawn if one.layer == chosen and one.line is not None]
    if len(lines) > bounds.rows:
        raise refuse(Code.TOO_MANY_ROWS, count=len(lines), limit=bounds.rows)
    outlines = [_outline(one.line, at, closing) for at, one in enumerate(lines, 1)]
    texts = _texts(drawn, text_layer, [shape for shape, _ in outlines])
    notes = list(guessed)
    rows = []
    for at, ((shape, remark), one) in enumerate(zip(outlines, lines, strict=True)):
        found = texts.get(at, [])
        rows.append(SourceRow(at + 1, {"layer": chosen, "text": found[0] if len(found) == 1 else None,
                                       "handle": one.handle}, shape))  # fmt: skip
        notes += [remark] if remark else []
        if isinstance(shape, Polygon) and len(found) != 1:
            notes.append(Remark(Code.TEXT_SEVERAL if found else Code.TEXT_MISSING, at + 1, "text", listed(found)))
    left = sum(one.layer == chosen and one.line is None and one.point is None for one in drawn)
    notes += [Remark(Code.OUTLINE_NOT_READ, value=chosen, values={"count": left})] if left else []
    return SourceLayer(chosen, None, encoding, FIELDS, tuple(rows), (*notes, *grid_notes(tuple(rows))))


def layers(path: Path) -> tuple[str, ...]:
    """The layers of the drawing that hold lines."""
    return _layers(_entities(path, Limits())[0])


def _layers(drawn: Sequence[_Drawn]) -> tuple[str, ...]:
    return tuple(sorted({one.layer for one in drawn if one.line is not None}))


def _entities(path: Path, limits: Limits) -> tuple[list[_Drawn], str, tuple[Remark, ...]]:
    """What lies in model space; refuses what is no drawing, cut off, damaged, or too large to read."""
    most = Limits(min(limits.bytes, MOST_BYTES), limits.rows, limits.columns)
    raw = checked(path, most).read_bytes()
    if not _START.match(head(path)):
        raise refuse(Code.FORMAT_UNKNOWN, path.name)
    if b"EOF" not in raw[-64:]:
        raise refuse(Code.FILE_TRUNCATED, path.name)
    text, encoding, notes = _text(raw)
    try:
        space = ezdxf.read(io.StringIO(text)).modelspace()  # type: ignore[attr-defined] # exported without saying so
        return [one for entity in space for one in _drawn(entity)], encoding, notes
    except Exception as error:
        # A damaged drawing fails wherever it is first looked at, with whatever the library beneath raises.
        raise refuse(Code.FILE_BROKEN, shortened(f"{type(error).__name__}: {error}")) from error


def _text(raw: bytes) -> tuple[str, str, tuple[Remark, ...]]:
    """The drawing as text, its encoding, and whether that was guessed."""
    version, page = _VERSION.search(raw, 0, 1 << 16), _CODE_PAGE.search(raw, 0, 1 << 16)
    stated = None
    if version and int(version[1]) >= _UTF8_SINCE:
        stated = "utf-8"
    elif page and not raw.isascii():
        stated = f"cp{int(page[1])}"
    try:
        text, encoding, guessed = decoded(raw, stated)
    except LookupError as error:
        raise refuse(Code.WRONG_ENCODING, stated or "") from error
    plain = text.replace("\r\n", "\n")
    plain = decode_dxf_unicode(plain) if has_dxf_unicode(plain) else plain
    return plain, encoding, (Remark(Code.ENCODING_GUESSED, value=encoding),) if guessed else ()


def _drawn(entity: Any) -> Iterator[_Drawn]:
    """What an entity is to us, and the attributes of a block beside it."""
    layer, handle, kind = str(entity.dxf.layer), str(entity.dxf.handle), entity.dxftype()
    if kind in _TEXTS:
        aligned = entity.dxf.get("align_point") if kind != "MTEXT" else None
        x, y, _ = aligned or entity.dxf.insert
        yield _Drawn(layer, handle, text=str(entity.plain_text()), point=Point(x, y))
        return
    corners = list(_corners(entity, kind))
    flat = entity.dxf.get("extrusion", (0, 0, 1))[2]
    if not corners or abs(flat) < 1 - 1e-9 or max(abs(value) for corner in corners for value in corner) > _FARTHEST:
        yield _Drawn(layer, handle)
    else:
        closed = bool(entity.closed if kind == "LWPOLYLINE" else entity.is_closed)
        yield _Drawn(layer, handle, line=_line([(x * flat, y, bulge * flat) for x, y, bulge in corners], closed=closed))
    for attribute in entity.attribs if kind == "INSERT" else ():
        yield from _drawn(attribute)


def _corners(entity: Any, kind: str) -> Iterator[Corner]:
    """The corners of a polyline; none of what is no polyline, or one of less than two corners."""
    found: list[Corner] = []
    if kind == "LWPOLYLINE":
        found = [(x, y, bulge) for x, y, bulge in entity.get_points("xyb")]
    elif kind == "POLYLINE" and (entity.is_2d_polyline or entity.is_3d_polyline):
        flat = entity.is_2d_polyline
        found = [(v.dxf.location.x, v.dxf.location.y, v.dxf.bulge if flat else 0.0) for v in entity.vertices]
    return iter(found if len(found) > 1 and np.isfinite(found).all() else [])


def _line(corners: Sequence[Corner], *, closed: bool) -> LineString:
    """The corners with the chords of their arcs; a closed one runs back to its first corner."""
    around = [*corners, corners[0]] if closed else [*corners]
    points = [around[0][:2]]
    for (x, y, bulge), (u, v, _) in pairwise(around):
        points += [*_chords((x, y), (u, v), bulge), (u, v)]
    return LineString(points)


def _chords(start: tuple[float, float], end: tuple[float, float], bulge: float) -> Iterator[tuple[float, float]]:
    """The points between the ends of an arc, so close that no chord lies off it by more than SAGITTA."""
    if abs(bulge) < 1e-9 or math.dist(start, end) < 1e-9:
        return
    middle, first, last, radius = bulge_to_arc(start, end, bulge)
    angle = (last - first) % math.tau
    step = 2 * math.acos(max(1 - SAGITTA / radius, -1.0)) if radius > SAGITTA else math.pi / 4
    count = min(max(math.ceil(angle / step), 2), _MOST_CHORDS)
    turns = range(1, count) if bulge > 0 else range(count - 1, 0, -1)
    for turn in turns:
        at = first + angle * turn / count
        yield middle[0] + radius * math.cos(at), middle[1] + radius * math.sin(at)


def _outline(line: LineString | None, at: int, closing: float) -> tuple[BaseGeometry, Remark | None]:
    """The polygon of a line, or the line where it stays open."""
    ends = shapely.get_point(line, 0), shapely.get_point(line, -1)
    gap = float(shapely.distance(*ends))
    points = shapely.get_coordinates(line)
    if gap > closing or len(np.unique(points, axis=0)) < 3:
        return line, Remark(Code.OUTLINE_OPEN, at, value=f"{gap:.3f}")
    remark = Remark(Code.OUTLINE_CLOSED, at, value=f"{gap:.3f}") if gap > 0 else None
    return Polygon(points), remark


def _texts(drawn: Sequence[_Drawn], layer: str | None, shapes: Sequence[BaseGeometry]) -> dict[int, list[str]]:
    """Texts by the index of the smallest outline around them."""
    found = [one for one in drawn if one.text and layer in (None, one.layer)]
    closed = [at for at, shape in enumerate(shapes) if isinstance(shape, Polygon)]
    tree = shapely.STRtree([shapes[at] for at in closed])
    around: dict[int, list[int]] = defaultdict(list)
    for text, outline in tree.query(np.array([one.point for one in found], dtype=object), predicate="within").T:
        around[int(text)].append(closed[int(outline)])
    result: dict[int, list[str]] = defaultdict(list)
    for text, candidates in around.items():
        smallest = min(candidates, key=lambda at: (shapes[at].area, at))
        result[smallest].append(" ".join(shortened(found[text].text).split()))
    return result
