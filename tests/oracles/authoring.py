"""What people do to a model: each change names the clauses whose outcome it must turn.

A change picks its victim by a seeded random number, so that each runs on several elements.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import ifcopenshell
import ifcopenshell.guid
import ifcopenshell.util.element as element_util

from tests.oracles.model import Entity

File = ifcopenshell.file
Act = Callable[[File, Random], None]


@dataclass(frozen=True)
class Change:
    """A change, and the codes of the clauses that it must turn; no other one of severity error may turn."""

    name: str
    turns: frozenset[str]
    act: Act


CHANGES: list[Change] = []


def change(name: str, *turns: str) -> Callable[[Act], Act]:
    """Register a change under a name, with the clauses it turns."""

    def register(act: Act) -> Act:
        CHANGES.append(Change(name, frozenset(turns), act))
        return act

    return register


def one(file: File, random: Random, kind: str, use: Sequence[str] = (), **said: Any) -> Entity:
    """Some element of a class, of one of those object types, and with those attributes."""
    found = [e for e in file.by_type(kind) if not use or e.ObjectType in use]
    return random.choice([e for e in found if all(getattr(e, name) == value for name, value in said.items())])


def sets(element: Entity) -> list[Entity]:
    """The sets of properties and quantities of an element."""
    return [r.RelatingPropertyDefinition for r in element.IsDefinedBy if r.is_a("IfcRelDefinesByProperties")]


def rows(element: Entity, name: str) -> list[tuple[Entity, Entity]]:
    """Properties and quantities of that name, each with its set."""
    told = [(s, getattr(s, "HasProperties", None) or getattr(s, "Quantities", ())) for s in sets(element)]
    return [(given, row) for given, every in told for row in every if row.Name == name]


def drop(element: Entity, name: str) -> None:
    """Take a property or quantity away, as if it had never been filled in."""
    for given, row in rows(element, name):
        attribute = "HasProperties" if given.is_a("IfcPropertySet") else "Quantities"
        rest = [r for r in getattr(given, attribute) if r != row]
        if rest:
            setattr(given, attribute, rest)
        else:
            given.Name = f"{given.Name}_"


def say(file: File, element: Entity, name: str, kind: str, value: Any) -> None:
    """Give a property another value."""
    for _, row in rows(element, name):
        row.NominalValue = file.create_entity(kind, value)


def leave(file: File, element: Entity, kind: str) -> None:
    """Take an element out of its relations of that class; one that holds nothing more is removed."""
    for relation in file.by_type(kind):
        many = "RelatedElements" if kind == "IfcRelContainedInSpatialStructure" else "RelatedObjects"
        rest = [e for e in getattr(relation, many) if e != element]
        if not rest:
            file.remove(relation)
        elif len(rest) < len(getattr(relation, many)):
            setattr(relation, many, rest)


def join(file: File, element: Entity, place: Entity) -> None:
    """Contain an element in a place."""
    ends = {"RelatedElements": [element], "RelatingStructure": place}
    file.create_entity("IfcRelContainedInSpatialStructure", ifcopenshell.guid.new(), **ends)


def aggregate(file: File, part: Entity, whole: Entity) -> None:
    """Make a part of a whole."""
    ends = {"RelatingObject": whole, "RelatedObjects": [part]}
    file.create_entity("IfcRelAggregates", ifcopenshell.guid.new(), **ends)


def double(file: File, element: Entity) -> Entity:
    """A copy with the same shape in the same place, in all relations that hold many elements."""
    copy = element_util.copy(file, element)
    for relation in file.get_inverse(element):
        for attribute in ("RelatedElements", "RelatedObjects"):
            held = getattr(relation, attribute, None)
            if held and element in held:
                setattr(relation, attribute, [*held, copy])
    return copy


def conversion(file: File) -> Entity:
    """The map conversion."""
    (made,) = file.by_type("IfcMapConversion")
    return made


def storey_of(element: Entity) -> Entity:
    """The storey of an element."""
    return element_util.get_parent(element, ifc_class="IfcBuildingStorey")


def body(element: Entity) -> Entity:
    """The only item of an element's body."""
    (shown,) = (r for r in element.Representation.Representations if r.RepresentationIdentifier == "Body")
    return shown.Items[0]


def scale(element: Entity, factor: float) -> None:
    """Make the width of an element's rectangle larger or smaller."""
    body(element).SweptArea.XDim *= factor
