"""Property and quantity sets of a model, with those that occurrences have from their types."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import ifcopenshell

from bim.ids import schema
from bim.ids.document import Value
from bim.ids.units import Scale, Units
from bim.ids.values import Found, matcher

Kind = Literal["single", "list", "bounded", "unsupported"]
Group = tuple[str, tuple[int, ...]]
"""A set's name and the sets of that name that an element has, its own before those of its type."""

_SET_NAME = 2  # of IfcRoot
_HAS_PROPERTY_SETS = 5  # of IfcTypeObject
_UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Reading:
    """The values of a property, each with its data type (upper case), in SI units; empty where it has none.

    `low` and `high` are the bounds of a bounded value.
    """

    kind: Kind
    items: tuple[tuple[str, Found], ...] = ()
    low: Found | None = None
    high: Found | None = None


class PropertySets:
    """Looks sets up by name; reads a property only when it is asked for."""

    def __init__(self, model: ifcopenshell.file, occurrences: Callable[[int], Iterable[int]]) -> None:
        self._model = model
        self._identifier = model.schema_identifier
        self._units = Units(model)
        self._occurrences = occurrences
        self._held: dict[Value, dict[int, tuple[Group, ...]]] = {}
        self._members: dict[int, dict[str, Any]] = {}
        self._readings: dict[tuple[int, str], Reading] = {}

    def named(self, value: Value) -> dict[int, tuple[Group, ...]]:
        """Elements (ids) that have sets whose name is what `value` asks for."""
        if value not in self._held:
            self._held[value] = self._holders(value)
        return self._held[value]

    def _holders(self, value: Value) -> dict[int, tuple[Group, ...]]:
        matches = matcher(value)
        held: dict[int, dict[str, list[int]]] = {}
        for name in [value] if isinstance(value, str) else [name for name in self._sets if name and matches(name)]:
            for set_id in self._sets.get(name, ()):
                for owner in self._owners(set_id):
                    held.setdefault(owner, {}).setdefault(name, []).append(set_id)
        own = {owner: {name: tuple(ids) for name, ids in sets.items()} for owner, sets in held.items()}
        for owner, sets in own.items():
            for occurrence in self._occurrences(owner):
                for name, ids in sets.items():
                    held.setdefault(occurrence, {}).setdefault(name, []).extend(ids)
        return {owner: tuple((name, tuple(ids)) for name, ids in sets.items()) for owner, sets in held.items()}

    @cached_property
    def _sets(self) -> dict[str, list[int]]:
        """Set ids by name."""
        found: dict[str, list[int]] = {}
        for entity in self._model.by_type("IfcPropertySetDefinition"):
            found.setdefault(entity[_SET_NAME], []).append(entity.id())
        for name, class_name, _ in self._extended:
            for entity in self._model.by_type(class_name):
                found.setdefault(entity[name], []).append(entity.id())
        return found

    @cached_property
    def _extended(self) -> tuple[tuple[int, str, int], ...]:
        """Classes of sets about materials and profiles: position of the name, class, position of their owner."""
        if self._identifier == "IFC2X3":
            return ((3, "IfcExtendedMaterialProperties", 0),)
        return ((0, "IfcMaterialProperties", 3), (0, "IfcProfileProperties", 3))

    def _owners(self, set_id: int) -> Iterable[int]:
        """Elements that have the set themselves; inheritance is not in it."""
        for source in self._sources.get(set_id, ()):
            entity: Any = self._model.by_id(source)
            if entity.is_a("IfcTypeObject"):
                yield source
                continue
            owners = entity[4 if entity.is_a("IfcRelDefinesByProperties") else self._extended[0][2]]
            for owner in owners if isinstance(owners, tuple) else (owners,):
                if owner is not None:
                    yield owner.id()

    @cached_property
    def _sources(self) -> dict[int, tuple[int, ...]]:
        """By set id, the entity that says whose it is: not read further, since most sets are never asked for."""
        found: dict[int, tuple[int, ...]] = {}
        for rel in self._model.by_type("IfcRelDefinesByProperties"):
            definition = rel[5]
            if definition is not None:
                # IFC4 also allows a list of sets here, which is no entity of its own.
                for one in (definition,) if definition.id() else definition[0]:
                    found[one.id()] = (*found.get(one.id(), ()), rel.id())
        for kind in self._model.by_type("IfcTypeObject"):
            for one in kind[_HAS_PROPERTY_SETS] or ():
                found[one.id()] = (*found.get(one.id(), ()), kind.id())
        for _, class_name, _ in self._extended:
            found.update((entity.id(), (entity.id(),)) for entity in self._model.by_type(class_name))
        return found

    def names(self, set_id: int) -> Iterable[str]:
        """Names of the properties in a set."""
        return self._in(set_id)

    def reading(self, set_id: int, name: str) -> Reading:
        """The property called `name` of a set that has it."""
        key = set_id, name
        if key not in self._readings:
            member = self._in(set_id)[name]
            self._readings[key] = member if isinstance(member, Reading) else self._read(member)
        return self._readings[key]

    def _in(self, set_id: int) -> dict[str, Any]:
        if set_id not in self._members:
            self._members[set_id] = self._list(self._model.by_id(set_id))
        return self._members[set_id]

    def _list(self, entity: Any) -> dict[str, Any]:
        """Properties by name: entities, or readings where the set is predefined and they are attributes."""
        info = schema.class_info(self._identifier, entity.is_a())
        assert info is not None  # noqa: S101 - the model's own class
        for attribute in ("HasProperties", "Quantities", "Properties", "ExtendedProperties"):
            if attribute in info.attributes:
                members = entity[info.attributes[attribute].position] or ()
                return {member[0]: member for member in members}
        return {
            a.name: self._plain(entity[a.position], a.data_type, None)
            for a in info.attributes.values()
            if a.position > 3 and entity[a.position] is not None
        }

    def _plain(self, value: Found, data_type: str | None, unit: Any) -> Reading:
        return Reading("single", self._items([(data_type or "", value)], unit))

    def _read(self, member: Any) -> Reading:
        kind = member.is_a()
        if kind == "IfcPropertySingleValue":
            return Reading("single", self._items(_typed(member[2]), member[3]))
        if kind.startswith("IfcQuantity"):
            info = schema.class_info(self._identifier, kind)
            assert info is not None  # noqa: S101 - the model's own class
            data_type = next(a.data_type for a in info.attributes.values() if a.position == 3)
            return self._plain(member[3], data_type, member[2])
        if kind == "IfcPropertyEnumeratedValue":
            unit = member[3][2] if member[3] is not None else None
            return Reading("list", self._items(_typed(*(member[2] or ())), unit))
        if kind == "IfcPropertyListValue":
            return Reading("list", self._items(_typed(*(member[2] or ())), member[3]))
        if kind == "IfcPropertyBoundedValue":
            return self._bounded(member)
        if kind == "IfcPropertyTableValue":
            columns = [self._items(_typed(*(member[at] or ())), member[at + 3]) for at in (2, 3)]
            return Reading("list", (*columns[0], *columns[1]))
        return Reading("unsupported")  # complex properties and references

    def _bounded(self, member: Any) -> Reading:
        high, low = (self._items(_typed(member[at]), member[4]) for at in (2, 3))
        middle = self._items(_typed(member[5]), member[4]) if len(member) > 5 else ()
        return Reading("bounded", (*high, *low, *middle), low[0][1] if low else None, high[0][1] if high else None)

    def _items(self, values: list[tuple[str, Any]], unit: Any) -> tuple[tuple[str, Found], ...]:
        """Values in SI; what is empty, unknown or no simple value is left out."""
        explicit = self._units.of_unit(unit) if unit is not None else None
        return tuple(
            (data_type, _si(value, explicit or self._units.of_measure(data_type)))
            for data_type, value in values
            if isinstance(value, str | int | float) and not (value == _UNKNOWN and data_type == "IFCLOGICAL")
        )


def _typed(*values: Any) -> list[tuple[str, Any]]:
    """Data type and value of each IfcValue."""
    return [(value.is_a().upper(), value[0]) for value in values if value is not None]


def _si(value: Found, scale: Scale) -> Found:
    if isinstance(value, str | bool) or (scale.times, scale.over, scale.plus) == (1, 1, 0):
        return value
    return scale.si(value)
