"""Oracles of spaces: outlines are the shadows of the kernel's meshes."""

import itertools
from collections.abc import Iterable
from typing import Any

import ifcopenshell.util.element as element_util
import numpy as np
import shapely

from tests.oracles.model import Entity, Model
from tests.oracles.registry import Answer, Params, ids, oracle


def _doors(model: Model) -> set[int]:
    """The storeys that have doors."""
    return {s.id() for s in map(model.storey, model.of("IfcDoor")) if s is not None}


def missing(model: Model, spaces: Iterable[Entity]) -> Answer:
    """Storeys with doors where none of the spaces is."""
    there = {s.id() for s in map(model.storey, spaces) if s is not None}
    used = _doors(model)
    return Answer(len(used), ids(map(model.file.by_id, used - there)))


@oracle("spaces_on_storeys")
def spaces_on_storeys(model: Model, _: Params) -> Answer:
    """Storeys of doors less storeys of spaces."""
    return missing(model, model.of("IfcSpace"))


@oracle("space_numbers")
def space_numbers(model: Model, _: Params) -> Answer:
    """Each space against every other of its storey."""
    return unique(model, model.of("IfcSpace"))


def unique(model: Model, things: list[Entity]) -> Answer:
    """Things without a name, and those that share one on their storey."""
    named = [(t, model.storey(t), (t.Name or "").strip()) for t in things]
    wrong = {t for t, _, name in named if not name}
    pairs = itertools.combinations(named, 2)
    wrong |= {t for a, b in pairs if a[1:] == b[1:] for t in (a[0], b[0])}
    return Answer(len(things), ids(wrong))


@oracle("space_shapes", meshed=True)
def space_shapes(model: Model, _: Params) -> Answer:
    """Spaces of which the kernel makes nothing."""
    spaces = model.of("IfcSpace")
    return Answer(len(spaces), ids(s for s in spaces if s.id() not in model.meshes))


@oracle("space_overlaps", meshed=True)
def space_overlaps(model: Model, params: Params) -> Answer:
    """Shadows of every two spaces of a storey, cut with each other."""
    spaces = model.of("IfcSpace")
    known = [(s, model.storey(s), model.plans[s.id()]) for s in spaces if s.id() in model.plans]
    common = [(a[0], b[0], a[2].intersection(b[2]).area) for a, b in itertools.combinations(known, 2) if a[1] == b[1]]
    wrong = ids(s for a, b, area in common if area > params["tolerance"] for s in (a, b))
    most = max((area for *_, area in common), default=0.0)
    return Answer(len(spaces), wrong, most, open=len(known) < len(spaces))


def dwellings(model: Model, params: Params) -> list[tuple[Entity, list[Entity]]]:
    """Zones of the object types asked for, with the spaces grouped in them."""
    zones = [z for z in model.of("IfcZone") if z.ObjectType in params["zones"]]
    grouped = [(z, element_util.get_grouped_by(z, is_recursive=False)) for z in zones]
    return [(z, [m for m in members if m.is_a("IfcSpace")]) for z, members in grouped]


@oracle("rooms_in_dwelling")
def rooms_in_dwelling(model: Model, params: Params) -> Answer:
    """Groups of each room, as the room says them."""
    rooms = [s for s in model.of("IfcSpace") if s.ObjectType in params["uses"]]
    count = {r: sum(g.ObjectType in params["zones"] for g in _zones(r)) for r in rooms}
    return Answer(len(rooms), ids(r for r in rooms if count[r] != 1))


def _zones(room: Entity) -> list[Entity]:
    return [g for g in element_util.get_groups(room) if g.is_a("IfcZone")]


@oracle("dwellings_with_rooms")
def dwellings_with_rooms(model: Model, params: Params) -> Answer:
    """Dwellings without a space."""
    found = dwellings(model, params)
    return Answer(len(found), ids(z for z, spaces in found if not spaces))


@oracle("dwelling_entrance", meshed=True)
def dwelling_entrance(model: Model, params: Params) -> Answer:
    """The middle of each door's placement and width against the shadows of the dwelling's spaces."""
    found = [(z, spaces) for z, spaces in dwellings(model, params) if spaces]
    doors = [d for d in model.of("IfcDoor") if d.ObjectType in params["doors"]]
    shut = [(z, s) for z, s in found if not any(_at(model, d, room, params["reach"]) for d in doors for room in s)]
    unknown = [z for z, spaces in shut if doors and any(s.id() not in model.plans for s in spaces)]
    return Answer(len(found), ids(z for z, _ in shut if z not in unknown), open=bool(unknown))


def _at(model: Model, door: Entity, space: Entity, reach: float) -> bool:
    matrix, outline = model.matrix(door), model.plans.get(space.id())
    if matrix is None or outline is None or model.storey(door) != model.storey(space):
        return False
    middle = matrix @ np.array([(door.OverallWidth or 0.0) * model.metre / 2, 0.0, 0.0, 1.0])
    return bool(shapely.dwithin(outline, shapely.Point(middle[:2]), reach))


@oracle("declared_areas", meshed=True)
def declared_areas(model: Model, params: Params) -> Answer:
    """The quantity as the library reads it against the area of the shadow."""
    said = [(s, declared(model, s)) for s in model.of("IfcSpace")]
    known = [(s, area) for s, area in said if area is not None]
    drawn = [(s, area, model.plans[s.id()].area) for s, area in known if s.id() in model.plans]
    away = [(s, abs(area / shadow - 1.0)) for s, area, shadow in drawn]
    wrong = ids(s for s, share in away if share > params["tolerance"])
    return Answer(len(known), wrong, max((a for _, a in away), default=0.0), open=len(away) < len(known))


def declared(model: Model, space: Entity) -> float | None:
    """The gross, or else the net floor area of a space, square metres."""
    sets = element_util.get_psets(space, qtos_only=True, should_inherit=False).values()
    for name in ("GrossFloorArea", "NetFloorArea"):
        for values in sets:
            if isinstance(values.get(name), float):
                return float(values[name]) * model.square
    return None


@oracle("bays_numbered")
def bays_numbered(model: Model, params: Params) -> Answer:
    """As spaces, of the uses asked for."""
    return unique(model, [s for s in model.of("IfcSpace") if s.ObjectType in params["uses"]])


@oracle("bay_sizes", meshed=True)
def bay_sizes(model: Model, params: Params) -> Answer:
    """The least of all rectangles that lie along an edge of the shadow's hull."""
    bays = [s for s in model.of("IfcSpace") if s.ObjectType in params["uses"]]
    sizes = [(bay, least_rectangle(model.plans[bay.id()])) for bay in bays if bay.id() in model.plans]
    wrong = ids(b for b, (w, d) in sizes if w < params["width"] - 1e-4 or d < params["length"] - 1e-4)
    return Answer(len(bays), wrong, open=len(sizes) < len(bays))


def least_rectangle(outline: Any) -> tuple[float, float]:
    """Shorter and longer side of the rectangle of least area around an outline, edge by edge."""
    hull = np.array(outline.convex_hull.exterior.coords)
    edges = np.diff(hull, axis=0)
    found = []
    for along in edges / np.linalg.norm(edges, axis=1)[:, None]:
        spans = [np.ptp(hull @ axis) for axis in (along, np.array([-along[1], along[0]]))]
        found.append((float(spans[0] * spans[1]), float(min(spans)), float(max(spans))))
    return min(found)[1:]


@oracle("lift_shafts")
def lift_shafts(model: Model, params: Params) -> Answer:
    """Storeys of doors less those of shafts, where the library says that something is a lift."""
    every = model.of("IfcTransportElement")
    if not any("ELEVATOR" in (element_util.get_predefined_type(e), getattr(e, "OperationType", "")) for e in every):
        return Answer(0)
    return missing(model, [s for s in model.of("IfcSpace") if s.ObjectType in params["uses"]])
