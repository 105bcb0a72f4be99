"""Changes of a model that must move its measures in one known way, and mostly not at all."""

import math
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import ifcopenshell
import ifcopenshell.guid
import ifcopenshell.util.unit
import numpy as np
from shapely import box

from bim.assemble import assemble
from bim.building import Plate
from bim.extract import Structure, extract
from bim.findings import Reason
from tests.accuracy.measured import Measured, of

SHIFT = (123.456, -78.9, 0.0)
"""Level zero of a model without a plot is its own, so that it stays where it is."""
TURN = math.radians(37.0)


@dataclass(frozen=True)
class Move:
    """What is done to a model, and how a point (x, y, z) in metres is moved by it."""

    apply: Callable[[Measured], Measured]
    point: Callable[[float, float, float], tuple[float, float, float]] = lambda x, y, z: (x, y, z)


def _copy(measured: Measured) -> ifcopenshell.file:
    return ifcopenshell.file.from_string(measured.model.to_string())


def _placed(measured: Measured, turn: float, shift: tuple[float, float, float]) -> Measured:
    """Every outermost placement turned about the vertical through the origin and shifted, metres."""
    model = _copy(measured)
    metre = ifcopenshell.util.unit.calculate_unit_scale(model)
    outermost = [p for p in model.by_type("IfcLocalPlacement") if p.PlacementRelTo is None]
    free = [p for p in model.by_type("IfcProduct") if p.Representation is not None and p.ObjectPlacement is None]
    cos, sin = math.cos(turn), math.sin(turn)
    for product in free:
        axes = model.create_entity("IfcAxis2Placement3D", model.create_entity("IfcCartesianPoint", (0.0, 0.0, 0.0)))
        product.ObjectPlacement = model.create_entity("IfcLocalPlacement", None, axes)
        outermost.append(product.ObjectPlacement)
    for placement in outermost:
        old = placement.RelativePlacement
        x, y, *rest = old.Location.Coordinates
        z = rest[0] if rest else 0.0
        ax, ay, az = old.Axis.DirectionRatios if old.Axis else (0.0, 0.0, 1.0)
        u, v, *w = old.RefDirection.DirectionRatios if old.RefDirection else (1.0, 0.0, 0.0)
        dx, dy, dz = (part / metre for part in shift)
        make = model.create_entity
        placement.RelativePlacement = make(
            "IfcAxis2Placement3D",
            make("IfcCartesianPoint", (cos * x - sin * y + dx, sin * x + cos * y + dy, z + dz)),
            make("IfcDirection", (cos * ax - sin * ay, sin * ax + cos * ay, az)),
            make("IfcDirection", (cos * u - sin * v, sin * u + cos * v, w[0] if w else 0.0)),
        )
    for storey in model.by_type("IfcBuildingStorey"):
        if storey.Elevation is not None:
            storey.Elevation += shift[2] / metre
    return of(model)


def _in_feet(measured: Measured) -> Measured:
    """All lengths of the file converted."""
    return of(ifcopenshell.util.unit.convert_file_length_units(_copy(measured), "FOOT"))


def _renamed(measured: Measured) -> Measured:
    """Every GlobalId made anew."""
    model = _copy(measured)
    for root in model.by_type("IfcRoot"):
        root.GlobalId = ifcopenshell.guid.new()
    return of(model)


def _reordered(measured: Measured) -> Measured:
    """The entities in another order under other numbers."""
    text = measured.model.to_string()
    head, data = text.split("DATA;", 1)
    body, tail = data.rsplit("ENDSEC;", 1)
    lines = [line for line in body.splitlines() if line.strip()]
    numbers = [line.split("=", 1)[0][1:] for line in lines]
    others = random.Random(7).sample(numbers, len(numbers))  # noqa: S311 - no secret
    new = dict(zip(numbers, others, strict=True))
    # Strings may hold a number sign.
    parts = re.compile(r"('(?:[^']|'')*')")
    mixed = [_renumbered(line, new, parts) for line in lines]
    random.Random(8).shuffle(mixed)  # noqa: S311 - the same
    return of(ifcopenshell.file.from_string("\n".join([f"{head}DATA;", *mixed, f"ENDSEC;{tail}"])))


def _renumbered(line: str, new: Mapping[str, str], strings: re.Pattern[str]) -> str:
    pieces = strings.split(line)
    return "".join(
        piece if index % 2 else re.sub(r"#(\d+)", lambda found: f"#{new[found[1]]}", piece)
        for index, piece in enumerate(pieces)
    )


def _mirrored(measured: Measured) -> Measured:
    """Every shape mirrored at the plane x = 0; a placement cannot do that, so triangles and middles of doors are."""
    meshes = [
        replace(mesh, vertices=mesh.vertices * (-1.0, 1.0, 1.0), faces=mesh.faces[:, ::-1]) for mesh in measured.meshes
    ]
    facts = extract(measured.model, Structure(measured.model))
    facts = replace(
        facts,
        doors=tuple(replace(d, centre=d.centre and (-d.centre[0], d.centre[1])) for d in facts.doors),
        windows=tuple(replace(w, centre=w.centre and (-w.centre[0], w.centre[1])) for w in facts.windows),
    )
    building = assemble(
        facts, meshes, measured.building.geometry, placed=(None, Reason("no_plot")), site=None, progress=lambda _: None
    )
    return Measured(measured.model, tuple(meshes), building)


def _split(measured: Measured) -> Measured:
    """The largest flat slab cut into two halves that touch."""
    plate = largest_flat(measured)
    model = _copy(measured)
    metre = ifcopenshell.util.unit.calculate_unit_scale(model)
    slab = model.by_guid(plate.id)
    left, low, right, high = plate.region.bounds
    middle = (left + right) / 2.0
    context = slab.Representation.Representations[0].ContextOfItems
    for half in (box(left - 1, low - 1, middle, high + 1), box(middle, low - 1, right + 1, high + 1)):
        region = plate.region.intersection(half)
        other = model.create_entity(slab.is_a(), ifcopenshell.guid.new(), slab.OwnerHistory, slab.Name)
        other.PredefinedType = slab.PredefinedType
        other.Representation = _extruded(model, context, region, plate, metre)
        axes = model.create_entity("IfcAxis2Placement3D", model.create_entity("IfcCartesianPoint", (0.0, 0.0, 0.0)))
        other.ObjectPlacement = model.create_entity("IfcLocalPlacement", None, axes)
        for relation in slab.ContainedInStructure or ():
            relation.RelatedElements = [*relation.RelatedElements, other]
    model.remove(slab)
    return of(model)


def largest_flat(measured: Measured) -> Plate:
    """The largest slab whose shape is a prism standing on its plan."""
    volumes = {mesh.id: _volume(mesh) for mesh in measured.meshes}
    contained = {s.GlobalId for s in measured.model.by_type("IfcSlab") if s.ContainedInStructure}
    flat = [
        p
        for p in measured.building.plates
        if p.id in contained and abs(volumes[p.id] - p.region.area * (p.top - p.bottom)) < 1e-3 * volumes[p.id]
    ]
    return max(flat, key=lambda plate: plate.region.area)


def _volume(mesh: Any) -> float:
    a, b, c = (mesh.vertices[mesh.faces[:, index]] - mesh.vertices.mean(axis=0) for index in range(3))
    return abs(float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum())) / 6.0


def _extruded(model: ifcopenshell.file, context: Any, region: Any, plate: Plate, metre: float) -> Any:
    make = model.create_entity

    def curve(ring: Any) -> Any:
        points = [make("IfcCartesianPoint", (x / metre, y / metre)) for x, y, *_ in list(ring.coords)[:-1]]
        return make("IfcPolyline", [*points, points[0]])

    solids = []
    for polygon in getattr(region, "geoms", (region,)):
        holes = [curve(ring) for ring in polygon.interiors]
        outer = curve(polygon.exterior)
        profile = (
            make("IfcArbitraryProfileDefWithVoids", "AREA", None, outer, holes)
            if holes
            else make("IfcArbitraryClosedProfileDef", "AREA", None, outer)
        )
        axes = make("IfcAxis2Placement3D", make("IfcCartesianPoint", (0.0, 0.0, plate.bottom / metre)))
        up = make("IfcDirection", (0.0, 0.0, 1.0))
        solids.append(make("IfcExtrudedAreaSolid", profile, axes, up, (plate.top - plate.bottom) / metre))
    shown = make("IfcShapeRepresentation", context, "Body", "SweptSolid", solids)
    return make("IfcProductDefinitionShape", None, None, [shown])


def _turned(x: float, y: float, z: float) -> tuple[float, float, float]:
    return (math.cos(TURN) * x - math.sin(TURN) * y, math.sin(TURN) * x + math.cos(TURN) * y, z)


def _shifted(x: float, y: float, z: float) -> tuple[float, float, float]:
    return (x + SHIFT[0], y + SHIFT[1], z + SHIFT[2])


MOVES: Mapping[str, Move] = {
    "shifted": Move(lambda m: _placed(m, 0.0, SHIFT), _shifted),
    "turned by 37 degrees": Move(lambda m: _placed(m, TURN, (0.0, 0.0, 0.0)), _turned),
    "mirrored": Move(_mirrored, lambda x, y, z: (-x, y, z)),
    "in feet": Move(_in_feet),
    "entities in another order": Move(_reordered),
    "GlobalIds made anew": Move(_renamed),
    "largest slab in two": Move(_split),
}
