"""What IFC schemas say about classes, attributes and data types, as IDS asks for it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from ifcopenshell import ifcopenshell_wrapper as wrapper

OBJECT, LIST, SELECT = "object", "list", "select"
"""Kinds of attributes that have no simple value; all others are an XML base type such as xs:double."""

_SIMPLE = {
    "string": "xs:string", "real": "xs:double", "number": "xs:double", "integer": "xs:integer",
    "boolean": "xs:boolean", "logical": "xs:string", "binary": "xs:string",
}  # fmt: skip
_BASES = {
    "IFCDATE": "xs:date", "IFCDATETIME": "xs:dateTime", "IFCTIME": "xs:time", "IFCDURATION": "xs:duration",
    "IFCURIREFERENCE": "xs:anyURI", "IFCCOUNTMEASURE": "xs:integer",
}  # fmt: skip
"""Data types whose XML base says more than the schema does (IDS documentation, DataTypes)."""


@dataclass(frozen=True)
class AttributeInfo:
    """A direct attribute: position, kind, and the data type (upper case, None where it has none by name)."""

    name: str
    position: int
    kind: str
    data_type: str | None
    logical: bool = False


@dataclass(frozen=True)
class ClassInfo:
    """A class by its name as the schema writes it; `attributes` by name, derived ones left out."""

    name: str
    attributes: dict[str, AttributeInfo]
    abstract: bool


@cache
def _schema(identifier: str) -> Any:
    return wrapper.schema_by_name(identifier)


def _declaration(identifier: str, name: str) -> Any:
    try:
        return _schema(identifier).declaration_by_name(name)
    except RuntimeError:  # the library's way to say that there is none
        return None


@cache
def classes(identifier: str) -> dict[str, str]:
    """All classes of a schema such as IFC4: upper case to the name as the schema writes it."""
    return {entity.name_uc(): entity.name() for entity in _schema(identifier).entities()}


@cache
def mapped_type(identifier: str, name: str) -> str | None:
    """The type class that makes occurrences to `name` where the schema has no such class (IFC2X3), or None.

    IFC2X3 says IfcFlowTerminal typed by IfcAirTerminalType for what IDS calls IFCAIRTERMINAL.
    """
    if identifier != "IFC2X3" or name in classes(identifier):
        return None
    return classes(identifier).get(f"{name}TYPE")


@cache
def names(identifier: str) -> tuple[str, ...]:
    """All names that IDS knows in a schema, upper case."""
    found = list(classes(identifier))
    bare = (name.removesuffix("TYPE") for name in found if name.endswith("TYPE"))
    return (*found, *(name for name in bare if mapped_type(identifier, name)))


@cache
def class_info(identifier: str, name: str) -> ClassInfo | None:
    """The class called `name` in any case, or None."""
    entity = _declaration(identifier, name)
    if not isinstance(entity, wrapper.entity):
        return None
    derived = list(entity.derived())
    attributes = [
        _attribute(identifier, position, attribute)
        for position, attribute in enumerate(entity.all_attributes())
        if not derived[position]
    ]
    return ClassInfo(entity.name(), {a.name: a for a in attributes}, entity.is_abstract())


def supertypes(identifier: str, name: str) -> tuple[str, ...]:
    """The classes above `name`, nearest first, upper case; the class itself is not among them."""
    found = []
    entity = _declaration(identifier, name)
    while entity is not None and (entity := entity.supertype()) is not None:
        found.append(entity.name_uc())
    return tuple(found)


def _attribute(identifier: str, position: int, attribute: Any) -> AttributeInfo:
    kind = attribute.type_of_attribute()
    if kind.as_aggregation_type():
        return AttributeInfo(attribute.name(), position, LIST, None)
    if kind.as_simple_type():
        base = kind.declared_type()
        return AttributeInfo(attribute.name(), position, _SIMPLE[base], None, base == "logical")
    declared = kind.declared_type()
    name = declared.name_uc()
    if isinstance(declared, wrapper.entity):
        return AttributeInfo(attribute.name(), position, OBJECT, name)
    if isinstance(declared, wrapper.select_type):
        return AttributeInfo(attribute.name(), position, SELECT, name)
    return AttributeInfo(attribute.name(), position, base_type(identifier, name) or LIST, name, name == "IFCLOGICAL")


@cache
def base_type(identifier: str, data_type: str) -> str | None:
    """The XML base type of a defined type or enumeration; None where there is no such type or it is a list."""
    declaration = _declaration(identifier, data_type)
    if declaration is None or isinstance(declaration, wrapper.entity | wrapper.select_type):
        return None
    if isinstance(declaration, wrapper.enumeration_type):
        return "xs:string"
    if data_type in _BASES:
        return _BASES[data_type]
    root = _root(declaration)
    return _SIMPLE.get(root.declared_type()) if root.as_simple_type() else None


@cache
def measure(identifier: str, data_type: str) -> str:
    """The defined type at the root: IFCLENGTHMEASURE of IFCPOSITIVELENGTHMEASURE; unknown types are their own."""
    declaration = _declaration(identifier, data_type)
    if declaration is None or declaration.as_type_declaration() is None:
        return data_type
    while (above := declaration.declared_type()).as_named_type():
        declaration = above.declared_type()
    return str(declaration.name_uc())


def _root(declaration: Any) -> Any:
    kind = declaration.declared_type()
    while kind.as_named_type():
        kind = kind.declared_type().declared_type()
    return kind
