"""The standard's property and quantity sets, as the library publishes them for each schema."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import ifcopenshell.ifcopenshell_wrapper
import ifcopenshell.util.pset

from bim.extract import Entity

wrapper: Any = ifcopenshell.ifcopenshell_wrapper
KINDS = {
    "P_SINGLEVALUE": "IfcPropertySingleValue",
    "P_ENUMERATEDVALUE": "IfcPropertyEnumeratedValue",
    "P_BOUNDEDVALUE": "IfcPropertyBoundedValue",
    "P_LISTVALUE": "IfcPropertyListValue",
    "P_TABLEVALUE": "IfcPropertyTableValue",
    "P_REFERENCEVALUE": "IfcPropertyReferenceValue",
    "Q_LENGTH": "IfcQuantityLength",
    "Q_AREA": "IfcQuantityArea",
    "Q_VOLUME": "IfcQuantityVolume",
    "Q_COUNT": "IfcQuantityCount",
    "Q_WEIGHT": "IfcQuantityWeight",
    "Q_TIME": "IfcQuantityTime",
    "Q_NUMBER": "IfcQuantityNumber",
}
"""By the kind a template gives a member: the class of the member."""
TYPES_ONLY = ("PSET_TYPEDRIVENONLY", "QTO_TYPEDRIVENONLY")
OBJECTS_ONLY = ("PSET_OCCURRENCEDRIVEN", "PSET_PERFORMANCEDRIVEN", "QTO_OCCURRENCEDRIVEN")


@dataclass(frozen=True)
class Member:
    """One property or quantity: its class, the type of its value and the values it is chosen from."""

    kind: str
    measure: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """One set: what it is for, as pairs of class and predefined type, and its members by name."""

    applies_to: tuple[tuple[str, str | None], ...]
    types_only: bool
    objects_only: bool
    members: dict[str, Member]


@cache
def template(schema: str, name: str) -> Template | None:
    """The set `name` of `schema`, None where there is none."""
    found = ifcopenshell.util.pset.get_template(schema).get_by_name(name)
    if found is None:
        return None
    said = str(found.TemplateType)
    members = {member.Name: _member(member) for member in found.HasPropertyTemplates or ()}
    pairs = tuple((kind, predefined or _named_for(schema, name, kind)) for kind, predefined in _pairs(found))
    return Template(pairs, said in TYPES_ONLY, said in OBJECTS_ONLY, members)


def _pairs(found: Entity) -> Iterator[tuple[str, str | None]]:
    """`IfcActuator/ELECTRICACTUATOR,IfcWall` in pairs of class and predefined type."""
    for part in (found.ApplicableEntity or "").split(","):
        kind, _, predefined = part.strip().partition("/")
        if kind:
            yield kind, predefined.upper() or None


def _named_for(schema: str, name: str, kind: str) -> str | None:
    """The predefined type that a set of IFC2X3 has in its name alone: Pset_ActuatorTypeElectricActuator."""
    begin = f"Pset_{kind.removeprefix('Ifc')}"
    if schema != "IFC2X3" or not name.startswith(begin):
        return None
    wanted = name.removeprefix(begin).upper()
    return wanted if wanted in _predefined_types(schema, kind) else None


def _predefined_types(schema: str, kind: str) -> tuple[str, ...]:
    """The predefined types of a class, as its schema enumerates them."""
    declared = wrapper.schema_by_name(schema).declaration_by_name(kind).as_entity()
    for attribute in declared.all_attributes() if declared else ():
        if attribute.name() == "PredefinedType":
            return tuple(attribute.type_of_attribute().declared_type().enumeration_items())
    return ()


def _member(member: Entity) -> Member:
    if not member.is_a("IfcSimplePropertyTemplate"):
        return Member("IfcComplexProperty", "", ())
    enumeration = member.Enumerators
    choices = tuple(str(v.wrappedValue) for v in enumeration.EnumerationValues) if enumeration else ()
    return Member(KINDS.get(str(member.TemplateType), "IfcProperty"), member.PrimaryMeasureType or "", choices)
