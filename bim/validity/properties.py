"""PSE, QTY: property and quantity sets that bear the names of the standard's."""

import re
from collections.abc import Iterator

from bim.extract import Entity
from bim.validity.facts import Facts
from bim.validity.registry import Fault, normative, presence
from bim.validity.templates import Template, template

_LOOKALIKE = re.compile(r"pset", re.IGNORECASE)
BASE = "BaseQuantities"


def _named(facts: Facts, kind: str, prefix: str) -> Iterator[Entity]:
    return (e for e in facts.of(kind) if (e.Name or "").startswith(prefix))


def _standard(facts: Facts) -> Iterator[Entity]:
    return _named(facts, "IfcPropertySet", "Pset_")


def _base(facts: Facts) -> Iterator[Entity]:
    return _named(facts, "IfcElementQuantity", "Qto_")


def _own(facts: Facts) -> Iterator[Entity]:
    return (e for e in facts.of("IfcPropertySet") if not (e.Name or "").startswith("Pset_"))


def _quantified(facts: Facts) -> Iterator[Entity]:
    quantities = facts.of("IfcElementQuantity")
    return (e for e in quantities if any(o.is_a("IfcObject") for o in facts.described.get(e.id(), [])))


presence("QTY000", _quantified)


@normative("PSE001", _standard)
def property_set(facts: Facts, found: Entity) -> Iterator[Fault]:
    """A set with the standard's prefix is one of its sets, on what it is for, with its properties."""
    standard = template(facts.schema, found.Name)
    if standard is None:
        yield Fault("unknown_set", found, {"set": found.Name})
        return
    yield from _misplaced(facts, found, standard)
    for prop in found.HasProperties or ():
        yield from _property_faults(found, prop, standard)


@normative("QTY001", _base, schemas=("IFC4", "IFC4X3"))
def quantity_set(facts: Facts, found: Entity) -> Iterator[Fault]:
    """A set with the standard's prefix is one of its sets, on what it is for, with its quantities and method."""
    if found.MethodOfMeasurement != BASE:
        yield Fault("method", found, {"method": found.MethodOfMeasurement, "allowed": BASE})
    standard = template(facts.schema, found.Name)
    if standard is None:
        yield Fault("unknown_set", found, {"set": found.Name})
        return
    yield from _misplaced(facts, found, standard)
    for quantity in found.Quantities or ():
        yield from _property_faults(found, quantity, standard)


@normative("PSE002", _own, practice=True)
def own_name(_facts: Facts, found: Entity) -> Iterator[Fault]:
    """A set of the user's own does not begin as the standard's do."""
    if _LOOKALIKE.match(found.Name or ""):
        yield Fault("lookalike", found, {"set": found.Name})


def _misplaced(facts: Facts, found: Entity, standard: Template) -> Iterator[Fault]:
    for thing in facts.described.get(found.id(), []):
        is_type = thing.is_a("IfcTypeObject")
        if (standard.types_only and not is_type) or (standard.objects_only and is_type):
            yield Fault("wrong_carrier", found, {"set": found.Name, "class": thing.is_a()})
        elif not _applies(facts, thing, standard):
            allowed = " ".join(sorted({kind for kind, _ in standard.applies_to}))
            yield Fault("set_misplaced", found, {"set": found.Name, "class": thing.is_a(), "allowed": allowed})


def _applies(facts: Facts, thing: Entity, standard: Template) -> bool:
    predefined = [predefined for kind, predefined in standard.applies_to if _is(facts, thing, kind)]
    if not standard.applies_to or None in predefined:
        return True
    return _predefined(facts, thing) in predefined


def _is(facts: Facts, thing: Entity, kind: str) -> bool:
    """Whether a set for `kind` is for `thing`: itself, its type object, or what it is the type of."""
    if thing.is_a("IfcTypeObject"):
        return any(thing.is_a(kind + suffix) for suffix in ("", "Type", "Style"))
    return bool(thing.is_a(kind)) or (thing.id() in facts.typed and bool(facts.typed[thing.id()].is_a(kind)))


def _predefined(facts: Facts, thing: Entity) -> str | None:
    """The predefined type of an object, or of its type object, in capitals; its own name where user-defined."""
    for found in (thing, facts.typed.get(thing.id())):
        if found is None:
            continue
        said: str | None = facts.said(found, "PredefinedType")
        if said == "USERDEFINED":
            said = facts.said(found, "ElementType" if found.is_a("IfcTypeObject") else "ObjectType")
        if said:
            return said.upper()
    return None


def _property_faults(found: Entity, prop: Entity, standard: Template) -> Iterator[Fault]:
    wanted = standard.members.get(prop.Name)
    values = {"set": found.Name, "property": prop.Name}
    if wanted is None:
        yield Fault("unknown_property", found, values)
    elif not prop.is_a(wanted.kind):
        yield Fault("property_class", found, {**values, "class": prop.is_a(), "allowed": wanted.kind})
    elif prop.is_a("IfcPropertySingleValue"):
        value = prop.NominalValue
        if value is not None and wanted.measure and not value.is_a(wanted.measure):
            yield Fault("property_type", found, {**values, "type": value.is_a(), "allowed": wanted.measure})
    elif prop.is_a("IfcPropertyEnumeratedValue") and wanted.choices:
        for value in prop.EnumerationValues or ():
            if value.wrappedValue not in wanted.choices:
                allowed = " ".join(wanted.choices)
                yield Fault("value_choice", found, {**values, "value": str(value.wrappedValue), "allowed": allowed})
