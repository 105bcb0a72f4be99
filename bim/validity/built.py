"""BLT: doors, windows and stairs."""

from collections.abc import Iterator

from bim.extract import Entity
from bim.validity.facts import Facts
from bim.validity.registry import Fault, Select, kind, normative, presence

STAIR_PARTS = ("IfcStairFlight", "IfcSlab", "IfcRailing")
"""What a stair is put together from."""
LATER = ("IFC4", "IFC4X3")

presence("BLT000", kind("IfcBuiltElement"), schemas=("IFC4X3",))
presence("BLT000", kind("IfcBuildingElement"), schemas=("IFC2X3", "IFC4"))


def _own_words(attribute: str, *names: str) -> Select:
    """Objects without a type object, and type objects, that name an operation or a division of their own."""
    return lambda facts: (e for e in facts.of(*names) if e.id() not in facts.typed and getattr(e, attribute))


def _of_type(facts: Facts, name: str, type_name: str) -> Iterator[Entity]:
    typed = facts.typed
    return (e for e in facts.of(name) if e.id() in typed and typed[e.id()].is_a(type_name))


@normative("BLT001", _own_words("UserDefinedOperationType", "IfcDoor", "IfcDoorType"), schemas=LATER)
def door_operation(_facts: Facts, door: Entity) -> Iterator[Fault]:
    """A door that names an operation of its own says that it is its own."""
    if door.OperationType != "USERDEFINED":
        yield Fault("own_not_declared", door, {"attribute": "OperationType", "value": door.OperationType})


@normative("BLT001", lambda facts: _of_type(facts, "IfcDoor", "IfcDoorType"), schemas=LATER)
def door_operation_by_type(_facts: Facts, door: Entity) -> Iterator[Fault]:
    """A door with a type leaves the operation to it."""
    if door.OperationType is not None:
        yield Fault("said_twice", door, {"attribute": "OperationType", "value": door.OperationType})


@normative("BLT002", _own_words("UserDefinedPartitioningType", "IfcWindow", "IfcWindowType"), schemas=LATER)
def window_division(_facts: Facts, window: Entity) -> Iterator[Fault]:
    """A window that names a division of its own says that it is its own."""
    if window.PartitioningType != "USERDEFINED":
        yield Fault("own_not_declared", window, {"attribute": "PartitioningType", "value": window.PartitioningType})


@normative("BLT002", lambda facts: _of_type(facts, "IfcWindow", "IfcWindowType"), schemas=LATER)
def window_division_by_type(_facts: Facts, window: Entity) -> Iterator[Fault]:
    """A window with a type leaves the division to it."""
    if window.PartitioningType is not None:
        yield Fault("said_twice", window, {"attribute": "PartitioningType", "value": window.PartitioningType})


@normative("BLT003", kind("IfcStair"), practice=True)
def stair_parts(facts: Facts, stair: Entity) -> Iterator[Fault]:
    """A stair is put together from flights, landings and railings."""
    for part in facts.parts.get(stair.id(), []):
        if not any(part.is_a(name) for name in STAIR_PARTS):
            yield Fault("stair_part", part, {"class": part.is_a(), "allowed": " ".join(STAIR_PARTS)})
