"""Read the building's facts out of an IFC model; with placement and shapes the only walk over entities."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import ifcopenshell
import ifcopenshell.util.element
import ifcopenshell.util.unit

from bim.building import Door, Dwelling, Ramp, Space, StairFlight, Storey, StoreyKind, Window
from bim.guids import guid, said
from bim.positions import Positions

Entity = Any
"""An ifcopenshell entity instance; the library has no types."""


@dataclass(frozen=True)
class Facts:
    """Everything that is said, before anything is measured; lengths in metres, areas in square metres."""

    storeys: tuple[Storey, ...]
    spaces: tuple[Space, ...]
    dwellings: tuple[Dwelling, ...]
    doors: tuple[Door, ...]
    flights: tuple[StairFlight, ...]
    lifts: tuple[str, ...]
    windows: tuple[Window, ...] = ()
    ramps: tuple[Ramp, ...] = ()


class Structure:
    """The spatial structure as a table from entity id to its parent, built in one pass."""

    def __init__(self, model: ifcopenshell.file) -> None:
        self.parent: dict[int, Entity] = {}
        for relation in model.by_type("IfcRelContainedInSpatialStructure"):
            for element in relation.RelatedElements or ():
                self.parent[element.id()] = relation.RelatingStructure
        for relation in model.by_type("IfcRelAggregates"):
            for element in relation.RelatedObjects or ():
                self.parent[element.id()] = relation.RelatingObject

    def above(self, element: Entity) -> Iterator[Entity]:
        """The parents of `element`, nearest first; a cycle ends the walk."""
        seen = {element.id()}
        current = self.parent.get(element.id())
        while current is not None and current.id() not in seen:
            yield current
            seen.add(current.id())
            current = self.parent.get(current.id())

    def storey(self, element: Entity) -> str | None:
        """GlobalId of the storey that holds `element`."""
        return next((guid(parent) for parent in self.above(element) if parent.is_a("IfcBuildingStorey")), None)


def by_guid(model: ifcopenshell.file, key: str) -> Entity:
    """The entity with that GlobalId, or None."""
    try:
        return model.by_guid(key)
    except RuntimeError:
        return None


def extract(model: ifcopenshell.file, structure: Structure) -> Facts:
    """The facts of `model`; an attribute that is not set, or in no known unit, is None or empty, never a guess."""
    metre, square = known_scale(model, "LENGTHUNIT"), known_scale(model, "AREAUNIT")
    lifts = [guid(e) for e in model.by_type("IfcTransportElement") if _is_lift(e)]
    return Facts(
        storeys=tuple(
            sorted(_storeys(model, structure, metre), key=lambda storey: (storey.elevation, storey.id or ""))
        ),
        spaces=tuple(_spaces(model, structure, square)),
        dwellings=tuple(_dwellings(model)),
        doors=tuple(_doors(model, structure, metre)),
        flights=tuple(_flights(model, structure, metre)),
        lifts=tuple(lifts),
        windows=tuple(_windows(model, structure, metre)),
        ramps=tuple(_ramps(model, structure)),
    )


def unit_scale(model: ifcopenshell.file, kind: str) -> float:
    """Metres (or square metres) in one unit of the model; 1 where that is not known, for what must have a number."""
    return known_scale(model, kind) or 1.0


def known_scale(model: ifcopenshell.file, kind: str) -> float | None:
    """Metres (or square metres) in one unit of the model; None where none is declared, or one that measures nothing."""
    try:
        given = filter(None, (project.UnitsInContext for project in model.by_type("IfcProject")))
        units = [unit for assignment in given for unit in assignment.Units or () if _is_unit(unit, kind)]
        if not units or any(map(_by_itself, units)):
            return None
        scale = float(ifcopenshell.util.unit.calculate_unit_scale(model, kind))
    except (AttributeError, TypeError, IndexError, RuntimeError, ValueError, ZeroDivisionError):
        return None
    return scale if math.isfinite(scale) and scale > 0 else None


def _is_unit(unit: Entity, kind: str) -> bool:
    return bool(unit.is_a("IfcNamedUnit") and unit.UnitType == kind)


def _by_itself(unit: Entity) -> bool:
    """Whether a conversion leads back to a unit that it started from, so that following it never ends."""
    seen = set()
    while unit is not None and unit.is_a("IfcConversionBasedUnit"):
        if unit.id() in seen:
            return True
        seen.add(unit.id())
        unit = unit.ConversionFactor.UnitComponent
    return False


def length(value: Any, scale: float | None) -> float | None:
    """A number of the model in metres (or square metres); None where it or its unit is not known."""
    if scale is None or not isinstance(value, int | float):
        return None
    metres = float(value) * scale
    return metres if math.isfinite(metres) else None


def _storeys(model: ifcopenshell.file, structure: Structure, metre: float | None) -> Iterator[Storey]:
    """The level is the elevation over the building's own zero, as the standard has it; the placement's without one."""
    positions = Positions()
    for storey in model.by_type("IfcBuildingStorey"):
        placed = length((positions.origin(storey) or (None,) * 3)[2], metre)
        elevation = length(storey.Elevation, metre)
        level = placed if elevation is None else elevation + _zero_of(storey, structure, positions, metre)
        yield Storey(guid(storey), said(storey.Name), level or 0.0, StoreyKind.NOT_COUNTED, placed=placed)


def _zero_of(storey: Entity, structure: Structure, positions: Positions, metre: float | None) -> float:
    """Metres of the world at which the zero of the storey's building lies."""
    building = next((parent for parent in structure.above(storey) if parent.is_a("IfcBuilding")), None)
    at = None if building is None else positions.origin(building)
    return length(at[2], metre) or 0.0 if at is not None else 0.0


def _spaces(model: ifcopenshell.file, structure: Structure, square: float | None) -> Iterator[Space]:
    for space in model.by_type("IfcSpace"):
        yield Space(
            guid(space),
            said(space.Name),
            said(space.LongName),
            said(space.ObjectType),
            structure.storey(space),
            length(_quantity(space, "NetFloorArea"), square),
        )


def _quantity(element: Entity, name: str) -> float | None:
    """A base quantity by its name, from the standard set or the older BaseQuantities."""
    for quantities in properties(element, quantities=True).values():
        value = quantities.get(name)
        if isinstance(value, int | float):
            return float(value)
    return None


def properties(element: Entity, *, quantities: bool = False) -> dict[str, dict[str, Any]]:
    """Property (or quantity) sets of `element` by name."""
    sets = ifcopenshell.util.element.get_psets(element, psets_only=not quantities, qtos_only=quantities)
    return {name: dict(values) for name, values in sets.items()}


def _dwellings(model: ifcopenshell.file) -> Iterator[Dwelling]:
    members: dict[int, list[str]] = {}
    for relation in model.by_type("IfcRelAssignsToGroup"):
        found = [guid(e) for e in relation.RelatedObjects or () if e.is_a("IfcSpace")]
        if relation.RelatingGroup is not None:
            members.setdefault(relation.RelatingGroup.id(), []).extend(found)
    for zone in model.by_type("IfcZone"):
        if zone.ObjectType == "dwelling":
            number = properties(zone).get("Pset_ZoneCommon", {}).get("Reference") or ""
            spaces = tuple(sorted(members.get(zone.id(), ())))
            yield Dwelling(guid(zone), said(zone.Name), str(number), spaces)


def _doors(model: ifcopenshell.file, structure: Structure, metre: float | None) -> Iterator[Door]:
    positions = Positions()
    for door in model.by_type("IfcDoor"):
        yield Door(
            guid(door),
            said(door.Name),
            said(door.ObjectType),
            structure.storey(host(door)),
            length(door.OverallWidth, metre),
            _centre(door, positions, metre),
            height=length(door.OverallHeight, metre),
        )


def _windows(model: ifcopenshell.file, structure: Structure, metre: float | None) -> Iterator[Window]:
    positions = Positions()
    for window in model.by_type("IfcWindow"):
        sizes = (length(window.OverallWidth, metre), length(window.OverallHeight, metre))
        storey = structure.storey(host(window))
        yield Window(guid(window), said(window.Name), storey, *sizes, _centre(window, positions, metre))


def _centre(filling: Entity, positions: Positions, metre: float | None) -> tuple[float, float] | None:
    """The middle of a door or window in plan: its origin is at the corner of its width, which its x axis runs along."""
    width = length(filling.OverallWidth, metre)
    at = positions.origin(filling, along=0.0 if width is None else filling.OverallWidth / 2)
    return None if at is None or metre is None else (at[0] * metre, at[1] * metre)


def host(element: Entity) -> Entity:
    """The wall a door or window fills when it is not contained in a storey itself."""
    if element.ContainedInStructure or not element.FillsVoids:
        return element
    return element.FillsVoids[0].RelatingOpeningElement.VoidsElements[0].RelatingBuildingElement


def _flights(model: ifcopenshell.file, structure: Structure, metre: float | None) -> Iterator[StairFlight]:
    for flight in model.by_type("IfcStairFlight"):
        common = properties(flight).get("Pset_StairFlightCommon", {})
        riser, tread = (
            getattr(flight, key, None) if common.get(key) is None else common[key]
            for key in ("RiserHeight", "TreadLength")
        )
        whole = structure.parent.get(flight.id())
        yield StairFlight(
            guid(flight),
            said(flight.Name),
            structure.storey(flight),
            length(riser, metre),
            tread=length(tread, metre),
            stair=guid(whole) if whole is not None and whole.is_a("IfcStair") else None,
        )


def _ramps(model: ifcopenshell.file, structure: Structure) -> Iterator[Ramp]:
    """The flights of ramps, and the ramps that are not made of flights."""
    flights = model.by_type("IfcRampFlight")
    whole = {parent.id() for flight in flights for parent in structure.above(flight)}
    for ramp in [*flights, *(r for r in model.by_type("IfcRamp") if r.id() not in whole)]:
        yield Ramp(guid(ramp), said(ramp.Name), said(ramp.ObjectType), structure.storey(ramp))


def _is_lift(element: Entity) -> bool:
    kind = ifcopenshell.util.element.get_predefined_type(element)  # its type may say it
    return "ELEVATOR" in (kind, getattr(element, "OperationType", None))


def extent(model: ifcopenshell.file, most: int = 200) -> tuple[float, float, float, float] | None:
    """Box (metres) of the origins of walls and slabs: where the building is when no shapes are made."""
    metre = unit_scale(model, "LENGTHUNIT")
    elements = [*model.by_type("IfcWall")[:most], *model.by_type("IfcSlab")[:most]]
    positions = Positions()
    points = [point for point in map(positions.origin, elements) if point is not None]
    if not points:
        return None
    xs, ys = [p[0] * metre for p in points], [p[1] * metre for p in points]
    return (min(xs), min(ys), max(xs), max(ys))
