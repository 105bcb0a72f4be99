"""Prisms as CityJSON 2.0 (OGC 20-072r5): a solid for each polygon, its faces told apart as ground, wall and roof."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from shapely.geometry.polygon import orient

from gis.envelope import Prism

_SCALE = 0.001
"""Metres of a step: vertices are whole numbers of it from `translate`."""
_SURFACES = ("GroundSurface", "RoofSurface", "WallSurface")
Point = tuple[int, int, int]


@dataclass(frozen=True)
class CityObject:
    """One object of the city model: its kind by the standard, what it is told of, its solids, and what it is part of.

    A kind that the standard only knows as part of another, as a BuildingUnit, has the id of the whole in `parent`.
    A `bare` one is written without any solid too.
    """

    id: str
    type: str
    prisms: tuple[Prism, ...]
    attributes: Mapping[str, str | float | int] = field(default_factory=dict)
    parent: str = ""
    bare: bool = False


def cityjson(objects: Sequence[CityObject], *, grid: str, title: str = "") -> bytes:
    """The document in `grid`, such as "EPSG:22770"; without a prism only what is bare or has parts is there."""
    wholes = {one.parent for one in objects if one.prisms}
    shown = [one for one in objects if one.prisms or one.bare or one.id in wholes]
    vertices = _Vertices(_corner(shown))
    authority, _, code = grid.partition(":")
    document: dict[str, Any] = {
        "type": "CityJSON",
        "version": "2.0",
        "transform": {"scale": [_SCALE] * 3, "translate": list(vertices.origin)},
        "metadata": {"referenceSystem": f"https://www.opengis.net/def/crs/{authority}/0/{code}", "title": title},
        "CityObjects": {one.id: {**_object(one, vertices), **_family(one, shown)} for one in shown},
        "vertices": [list(point) for point in vertices.numbers],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _family(one: CityObject, shown: Sequence[CityObject]) -> dict[str, list[str]]:
    """What it is part of, and what is part of it."""
    parts = [other.id for other in shown if other.parent == one.id]
    return {**({"parents": [one.parent]} if one.parent else {}), **({"children": parts} if parts else {})}


class _Vertices:
    """Points of the document, each once."""

    def __init__(self, origin: tuple[float, float, float]) -> None:
        self.origin = origin
        self.numbers: dict[Point, int] = {}

    def of(self, x: float, y: float, z: float) -> int:
        steps = [round((value - start) / _SCALE) for value, start in zip((x, y, z), self.origin, strict=True)]
        return self.numbers.setdefault((steps[0], steps[1], steps[2]), len(self.numbers))


def _corner(objects: Sequence[CityObject]) -> tuple[float, float, float]:
    bounds = [(*prism.region.bounds[:2], prism.bottom) for one in objects for prism in one.prisms]
    x, y, z = (min((bound[axis] for bound in bounds), default=0.0) for axis in range(3))
    return (round(x, 3), round(y, 3), round(z, 3))


def _object(one: CityObject, vertices: _Vertices) -> dict[str, Any]:
    solids = [
        _solid(polygon, prism, vertices)
        for prism in one.prisms
        for polygon in getattr(prism.region, "geoms", (prism.region,))
    ]
    return {"type": one.type, "attributes": dict(one.attributes), "geometry": solids}


def _solid(polygon: Any, prism: Prism, vertices: _Vertices) -> dict[str, Any]:
    """One shell, its faces seen counter-clockwise from outside."""
    outer, *holes = list(_rings(orient(polygon), vertices, prism.top))
    below, *wells = list(_rings(orient(polygon), vertices, prism.bottom))
    faces = [[ring[::-1] for ring in (below, *wells)], [outer, *holes]]
    for low, high in zip((below, *wells), (outer, *holes), strict=True):
        faces += [
            [[a, b, d, c]] for (a, b), (c, d) in zip(pairwise([*low, low[0]]), pairwise([*high, high[0]]), strict=True)
        ]
    kinds = [0, 1, *[2] * (len(faces) - 2)]
    return {
        "type": "Solid",
        "lod": "1.2",
        "boundaries": [faces],
        "semantics": {"surfaces": [{"type": name} for name in _SURFACES], "values": [kinds]},
    }


def _rings(polygon: Any, vertices: _Vertices, level: float) -> Iterator[list[int]]:
    """The outer ring, then the holes, without the repeated last point; points within a step of each other are one."""
    for ring in (polygon.exterior, *polygon.interiors):
        numbers = [vertices.of(x, y, level) for x, y, *_ in ring.coords]
        yield [number for before, number in pairwise([*numbers[-2:-1], *numbers[:-1]]) if number != before]
