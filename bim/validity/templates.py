"""The standard's property and quantity sets, as the library publishes them for each schema."""

from dataclasses import dataclass
from functools import cache

import ifcopenshell.util.pset

from bim.extract import Entity

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
    return Template(_pairs(found.ApplicableEntity or ""), said in TYPES_ONLY, said in OBJECTS_ONLY, members)


def _pairs(text: str) -> tuple[tuple[str, str | None], ...]:
    """`IfcActuator/ELECTRICACTUATOR,IfcWall` in pairs of class and predefined type."""
    parts = (part.strip().partition("/") for part in text.split(",") if part.strip())
    return tuple((kind, predefined.upper() or None) for kind, _, predefined in parts)


def _member(member: Entity) -> Member:
    if not member.is_a("IfcSimplePropertyTemplate"):
        return Member("IfcComplexProperty", "", ())
    enumeration = member.Enumerators
    choices = tuple(str(v.wrappedValue) for v in enumeration.EnumerationValues) if enumeration else ()
    return Member(KINDS.get(str(member.TemplateType), "IfcProperty"), member.PrimaryMeasureType or "", choices)
