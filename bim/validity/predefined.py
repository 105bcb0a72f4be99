"""OJT: the predefined type of an object, said once, and named where it is the user's own."""

from collections.abc import Iterator

from bim.extract import Entity
from bim.validity.facts import Facts
from bim.validity.registry import Fault, normative

OWN_NAMES = ("ElementType", "ProcessType", "ResourceType")
"""Attributes in which a type object names its own kind, by its class."""


def _untyped(facts: Facts) -> Iterator[Entity]:
    objects = (e for e in facts.of("IfcObject") if e.id() not in facts.typed)
    return (e for e in objects if facts.said(e, "PredefinedType") == "USERDEFINED")


@normative("OJT001", _untyped)
def own_object_type(_facts: Facts, thing: Entity) -> Iterator[Fault]:
    """An object of the user's own kind says which."""
    if _blank(thing.ObjectType):
        yield Fault("kind_not_named", thing)


def _own_types(facts: Facts) -> Iterator[Entity]:
    return (e for e in facts.of("IfcTypeObject") if facts.said(e, "PredefinedType") == "USERDEFINED")


@normative("OJT001", _own_types)
def own_element_type(facts: Facts, thing: Entity) -> Iterator[Fault]:
    """A type object of the user's own kind says which."""
    if all(_blank(facts.said(thing, name)) for name in OWN_NAMES):
        yield Fault("kind_not_named", thing)


def _typed(facts: Facts) -> Iterator[Entity]:
    for thing in facts.of("IfcObject"):
        type_object = facts.typed.get(thing.id())
        if type_object is not None and facts.said(type_object, "PredefinedType") not in (None, "NOTDEFINED"):
            yield thing


@normative("OJT001", _typed, schemas=("IFC4", "IFC4X3"))
def kind_said_by_type(facts: Facts, thing: Entity) -> Iterator[Fault]:
    """Where the type object says the kind, its objects do not say it again."""
    said = facts.said(thing, "PredefinedType")
    if said is not None:
        type_object = facts.typed[thing.id()]
        yield Fault("kind_said_twice", thing, {"object": said, "type": type_object.PredefinedType})


def _blank(text: str | None) -> bool:
    return text is None or not text.strip()
