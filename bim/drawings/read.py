"""Read the closed outlines of the layers that are ours from a DXF; in a confined child only."""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from ezdxf.filemanagement import readfile
from ezdxf.lldxf.const import DXFError
from ezdxf.path import make_path
from shapely import Polygon
from shapely.errors import ShapelyError
from shapely.validation import explain_validity

from bim import overlay
from bim.building import Region
from bim.drawings.layers import REQUIRED, Meaning, meaning, names
from bim.drawings.quantities import UNITS
from bim.refusals import RefusedError

MOST_OUTLINES = 20_000
_METRES = {1: 0.0254, 2: 0.3048, 4: 0.001, 5: 0.01, 6: 1.0}
"""Metres in one unit by the drawing's $INSUNITS."""
_SAGITTA = 0.002
"""Metres that a straight piece may stand off the arc it is drawn for."""
_LINES = {"LWPOLYLINE", "POLYLINE", "CIRCLE", "ELLIPSE", "SPLINE"}
_OPEN = {"LINE", "ARC"}
_CLOSING = 0.001
_FARTHEST = 1e8
_BROKEN = (
    DXFError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError, StopIteration, RuntimeError,
    AssertionError, ShapelyError,
)  # fmt: skip
"""What the library raises for a drawing that is damaged: it trusts its input."""


@dataclass(frozen=True)
class Drawn:
    """What one layer holds: the union of its outlines in metres of the drawing, and their handles."""

    layer: str
    meaning: Meaning
    region: Region
    handles: tuple[str, ...]


@dataclass(frozen=True)
class Drawing:
    """The outlines of a drawing; `metre` is metres in one unit of it, `version` of the format."""

    drawn: tuple[Drawn, ...]
    metre: float
    version: str

    def of(self, kind: str, storey: int | None = None) -> tuple[Drawn, ...]:
        """What was drawn of a kind, of one storey where a number is given."""
        return tuple(d for d in self.drawn if d.meaning.kind == kind and storey in (None, d.meaning.storey))


def read(path: Path, unit: str | None) -> Drawing:
    """The outlines of our layers; `unit` overrides what the drawing says.

    Raise `RefusedError` for a drawing that is broken, has no unit, lacks a layer, or leaves an outline open.
    """
    try:
        document = readfile(path)
        metre = UNITS[unit] if unit else _METRES.get(int(document.header.get("$INSUNITS", 0)))
        if metre is None:
            raise RefusedError("drawing_unit", known=", ".join(UNITS))
        layers = _by_layer(document.modelspace())
        drawn = tuple(_drawn(layer, entities, metre) for layer, entities in sorted(layers.items()))
    except _BROKEN as error:
        raise RefusedError("drawing_broken", error=type(error).__name__) from error
    missing = [kind for kind in REQUIRED if not any(d.meaning.kind == kind for d in drawn)]
    if missing:
        wanted = ", ".join(names()[kind][0] for kind in missing)
        raise RefusedError("drawing_no_layer", layers=wanted)
    return Drawing(drawn, metre, str(document.dxfversion))


def _by_layer(entities: Any) -> dict[str, list[Any]]:
    """The lines of our layers by the layer's name; texts, hatches and dimensions are left aside."""
    found: dict[str, list[Any]] = defaultdict(list)
    count = 0
    for entity in entities:
        layer = str(entity.dxf.layer)
        kind = entity.dxftype()
        if kind not in _LINES | _OPEN | {"INSERT"} or meaning(layer) is None:
            continue
        count += 1
        if count > MOST_OUTLINES:
            raise RefusedError("drawing_too_many", limit=MOST_OUTLINES)
        if kind == "INSERT":
            raise RefusedError("drawing_block", layer=layer)
        if kind in _OPEN:
            raise RefusedError("drawing_open", layer=layer, handle=str(entity.dxf.handle))
        found[layer].append(entity)
    return found


def _drawn(layer: str, entities: list[Any], metre: float) -> Drawn:
    said = meaning(layer)
    assert said is not None  # noqa: S101 - only such layers were kept
    regions = [_outline(layer, entity, metre) for entity in entities]
    handles = tuple(str(entity.dxf.handle) for entity in entities)
    return Drawn(layer, said, overlay.union(regions), handles)


def _outline(layer: str, entity: Any, metre: float) -> Polygon:
    """The closed outline of an entity, its arcs as pieces, in metres."""
    where = {"layer": layer, "handle": str(entity.dxf.handle)}
    path = make_path(entity)
    points = list(_points(path, metre))
    if any(not math.isfinite(v) or abs(v) > _FARTHEST for point in points for v in point):
        raise RefusedError("drawing_far", **where)
    closed = bool(getattr(entity, "is_closed", False)) or entity.dxftype() == "CIRCLE"
    if len(points) < 3 or not (closed or math.dist(points[0], points[-1]) <= _CLOSING):
        raise RefusedError("drawing_open", **where)
    polygon = Polygon(points)
    if not polygon.is_valid or polygon.area < 1e-4:
        raise RefusedError("drawing_crossing", **where, detail=explain_validity(polygon)[:80])
    return shapely.remove_repeated_points(polygon, _CLOSING)


def _points(path: Any, metre: float) -> Iterator[tuple[float, float]]:
    for point in path.flattening(_SAGITTA / metre):
        yield point.x * metre, point.y * metre
