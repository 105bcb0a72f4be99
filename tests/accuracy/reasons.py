"""Why ours is not the declared quantity, each reason proved from the model's own numbers and never taken on trust."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from bim import outlines
from bim.building import Space
from bim.shapes import Mesh
from tests.accuracy.declared import AREA, Pair
from tests.accuracy.measured import Measured

NEAR, EXACT = 0.005, 1e-4
WALL = 0.45
"""Metres from a room's face to beyond the middle of its walls."""
LOOKS_UP = 0.02
"""Least cosine to the vertical: less is an upright face with the noise of its corners."""
UNEXPLAINED = "unexplained"

TEXTS: Mapping[str, str] = {
    "unit": "declared in another unit than the model's: the two differ by a power of a thousand",
    "deductions": "net of deductions that the tool chose; the gross area declared of the same room is ours",
    "slope": "declared along the slope, ours in plan: the upper faces have the declared area",
    "openings": "some of the openings that the shape has are not deducted in the declared area",
    "half": "the tool counts this room by half",
    "walls": "declared by a standard that takes part of the walls to the room: more than our room, less than with its "
    "walls",
    "cut": "declared before the roof cut the room: its body is a clipping",
    "attic": "declared to the eaves; ours is the section 1.2 m above the floor, where the roof has come in",
    "top": "declared of the roof's top face alone, in plan; ours is the shadow of the whole, whose slanting edges "
    "reach out beyond that face",
    UNEXPLAINED: "not explained",
}


def reason(pair: Pair, pairs: Sequence[Pair], measured: Measured) -> str:
    """The first reason that is proved; `UNEXPLAINED` where none is."""
    return next((code for code, proved in _REASONS.items() if proved(pair, pairs, measured)), UNEXPLAINED)


def _near(value: float, wanted: float) -> bool:
    return abs(value - wanted) <= NEAR * abs(wanted)


def _unit(pair: Pair, _pairs: Sequence[Pair], _measured: Measured) -> bool:
    return bool(pair.ours) and any(_near(pair.declared / (pair.ours or 1.0), 1000.0**power) for power in (-2, -1, 1, 2))


def _deductions(pair: Pair, pairs: Sequence[Pair], _measured: Measured) -> bool:
    gross = [p for p in pairs if p.element == pair.element and p.quantity == "GrossFloorArea"]
    return pair.quantity == "NetFloorArea" and any(p.agrees and p.declared > pair.declared for p in gross)


def _slope(pair: Pair, _pairs: Sequence[Pair], measured: Measured) -> bool:
    return pair.ifc_class == "IfcSlab" and any(
        _near(_upper_faces(mesh), pair.declared) for mesh in measured.meshes if mesh.id == pair.element
    )


def _upper_faces(mesh: Mesh) -> float:
    """Area of the faces that look up, as they lie."""
    corners = mesh.vertices[mesh.faces]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]) / 2.0
    areas = np.linalg.norm(normals, axis=1)
    return float(areas[normals[:, 2] > LOOKS_UP * areas].sum())


def _top(pair: Pair, _pairs: Sequence[Pair], measured: Measured) -> bool:
    """The declared area is that of the largest face that looks up, in plan, to a hundredth of a percent."""
    mesh = next((mesh for mesh in measured.meshes if mesh.id == pair.element), None)
    if mesh is None or pair.ifc_class != "IfcSlab" or pair.declared >= (pair.ours or 0.0):
        return False
    return abs(_top_face(mesh) - pair.declared) <= EXACT * pair.declared


def _top_face(mesh: Mesh) -> float:
    """Area in plan of the faces of one direction that are the largest of those that look up."""
    corners = mesh.vertices[mesh.faces]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]) / 2.0
    areas = np.linalg.norm(normals, axis=1)
    up = normals[:, 2] > LOOKS_UP * areas
    normals, areas = normals[up], areas[up]
    directions = np.round(normals / areas[:, None], 3)
    alike = [(directions == direction).all(axis=1) for direction in directions]
    faces = [(float(areas[same].sum()), float(normals[same, 2].sum())) for same in alike]
    return max(faces, default=(0.0, 0.0))[1]


def _openings(pair: Pair, _pairs: Sequence[Pair], measured: Measured) -> bool:
    """The declared area is that of the shape with some of its holes filled."""
    for plate in measured.building.plates:
        if plate.id == pair.element:
            holes = [float(outlines.filled(plate.region, 0).area - plate.region.area)]
            for polygon in getattr(plate.region, "geoms", (plate.region,)):
                holes += [_ring_area(ring.coords) for ring in polygon.interiors]
            return any(_near(pair.declared, (pair.ours or 0.0) + hole) for hole in holes if hole > 0)
    return False


def _ring_area(points: Any) -> float:
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0, *_), (x1, y1, *_) in pairwise(points))) / 2.0


def _half(pair: Pair, _pairs: Sequence[Pair], _measured: Measured) -> bool:
    return pair.ifc_class == "IfcSpace" and pair.unit == AREA and _near(2.0 * pair.declared, pair.ours or 0.0)


def _walls(pair: Pair, _pairs: Sequence[Pair], measured: Measured) -> bool:
    space = _space(pair, measured)
    if space is None or space.region is None or pair.quantity != "GSA BIM Area":
        return False
    return float(space.region.area) < pair.declared < float(space.region.buffer(WALL, join_style="mitre").area)


def _cut(pair: Pair, _pairs: Sequence[Pair], measured: Measured) -> bool:
    if _space(pair, measured) is None or pair.unit == AREA or pair.declared <= (pair.ours or 0.0):
        return False
    shape = measured.model.by_guid(pair.element).Representation
    items = [item for shown in shape.Representations for item in shown.Items]
    return any(item.is_a("IfcBooleanResult") or item.is_a("IfcFacetedBrep") for item in items)


def _attic(pair: Pair, pairs: Sequence[Pair], measured: Measured) -> bool:
    """A sloped roof begins below the section of the storey; the whole building is short by what its storeys are."""
    if pair.ifc_class == "IfcBuilding":
        short = [p for p in pairs if p.ifc_class == "IfcBuildingStorey" and not p.agrees]
        return bool(short) and all(_attic(p, pairs, measured) for p in short)
    storey = next((s for s in measured.building.storeys if s.id == pair.element), None)
    if storey is None or pair.ours is None or pair.declared <= pair.ours:
        return False
    level = storey.elevation + outlines.SECTION_HEIGHT
    roofs = [m for m in measured.meshes if m.role == "ROOF" or m.ifc_class == "IfcRoof"]
    return any(mesh.low < level < mesh.high for mesh in roofs)


def _space(pair: Pair, measured: Measured) -> Space | None:
    return next((space for space in measured.building.spaces if space.id == pair.element), None)


_REASONS: Mapping[str, Callable[[Pair, Sequence[Pair], Measured], bool]] = {
    "unit": _unit,
    "deductions": _deductions,
    "slope": _slope,
    "top": _top,
    "openings": _openings,
    "half": _half,
    "walls": _walls,
    "cut": _cut,
    "attic": _attic,
}
